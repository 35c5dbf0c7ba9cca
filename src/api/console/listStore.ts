// SQL of the network's list of payments: a lane is read by its key, from its end, piece by piece;
// whoever knows an id is answered by it.

import { laneOfSlot, slotOf, slotOfNumber } from '../../base/id.ts';
import { numberArray, textArray } from '../../base/sqlArray.ts';
import type { Database, Row, Statement } from '../../base/world.ts';
import { answerAt, readByIndex, unindexedOrSorted } from '../../clearing/store.ts';

/** What a payment must be to be listed; null asks for nothing. */
export interface PaymentFilter {
  readonly state: string | null;
  readonly walletId: string | null;
  readonly acquirerId: string | null;
  /** The start of an acquirer's paymentRequestId. */
  readonly requestId: string | null;
}

/** A payment that fits. */
export interface Found {
  readonly paymentNumber: number;
  readonly createdAt: number;
}

/** What was read of a lane at once. */
export interface Piece {
  readonly found: readonly Found[];
  readonly rows: number;
  /** The least number that was looked at, and when that payment was made. */
  readonly lowest: number;
  readonly lowestAt: number;
}

/** $3 to $6 are the filter; a later leg is looked for only where the first is another wallet's. */
const fits =
  '(p.state = $3 or $3::text is null) and ' +
  "(starts_with(p.request_key, $5 || '/') or $5::text is null) and " +
  "(starts_with(substr(p.request_key, strpos(p.request_key, '/') + 1), $6) or " +
  '$6::text is null) and ($4::text is null or coalesce(p.first_wallet_id = $4, false) or ' +
  'exists (select 1 from later_legs g where g.lane = p.lane and ' +
  'g.payment_number = p.payment_number and g.wallet_id = $4 offset 0))';

const filterValues = ({ state, walletId, acquirerId, requestId }: PaymentFilter) => [
  state,
  walletId,
  acquirerId,
  requestId,
];

/** The newest payments of a lane below a number, and which of them fit. */
export function listPiece(
  lane: number,
  below: number,
  filter: PaymentFilter,
  rows: number,
): Statement[] {
  const text =
    "select count(*), min(array[n, created_at])::text, string_agg(n || ' ' || created_at, ',') " +
    'filter (where fits) from (select ' +
    `p.payment_number as n, p.created_at, ${fits} as fits from payments p where p.lane = $1 ` +
    'and p.payment_number < $2 order by p.payment_number desc limit $7) p';
  return readByIndex(
    { text, values: [lane, below, ...filterValues(filter), rows] },
    unindexedOrSorted,
  );
}

/** What `listPiece` was answered. */
function pieceFrom(answer: readonly (readonly Row[])[]): Piece {
  const [rows, lowestWithTime, found] = answer[answerAt]?.[0] ?? [];
  const [lowest, lowestAt] = String(lowestWithTime ?? '{0,0}')
    .slice(1, -1)
    .split(',');
  const texts = found == null ? [] : String(found).split(',');
  return {
    rows: Number(rows),
    lowest: Number(lowest),
    lowestAt: Number(lowestAt),
    found: texts.map((text) => {
      const [number, at] = text.split(' ');
      return { paymentNumber: Number(number), createdAt: Number(at) };
    }),
  };
}

/** A piece of the list; it gives way to payments. */
export async function readListPiece(
  database: Database,
  lane: number,
  below: number,
  filter: PaymentFilter,
  rows: number,
): Promise<Piece> {
  const session = database.session('list');
  return pieceFrom(await session.run(listPiece(lane, below, filter, rows)));
}

/** The payments of these numbers that fit, each by its key. */
export async function findByNumbers(
  database: Database,
  lanes: number,
  numbers: readonly number[],
  filter: PaymentFilter,
): Promise<Found[]> {
  const rows = await database.query<{ payment_number: string; created_at: string }>(
    'select p.payment_number, p.created_at from unnest($1::text::smallint[], ' +
      '$2::text::bigint[]) u(lane, n) cross join lateral (select * from payments a ' +
      `where a.lane = u.lane and a.payment_number = u.n offset 0) p where ${fits}`,
    [
      numberArray(numbers.map((number) => laneOfSlot(slotOfNumber(number), lanes))),
      numberArray(numbers),
      ...filterValues(filter),
    ],
  );
  return rows.map((row) => ({
    paymentNumber: Number(row.payment_number),
    createdAt: Number(row.created_at),
  }));
}

/** The payments that one of these acquirers knows by exactly this paymentRequestId. */
export async function numbersOfRequest(
  database: Database,
  lanes: number,
  acquirerIds: readonly string[],
  requestId: string,
): Promise<number[]> {
  const rows = await database.query<{ payment_number: string }>(
    'select r.payment_number from unnest($1::text::smallint[], $2::text::text[]) u(lane, k) ' +
      'cross join lateral (select * from payment_requests a where a.lane = u.lane ' +
      'and a.request_key = u.k offset 0) r',
    [
      numberArray(acquirerIds.map((each) => laneOfSlot(slotOf(each, requestId), lanes))),
      textArray(acquirerIds.map((each) => `${each}/${requestId}`)),
    ],
  );
  return rows.map((row) => Number(row.payment_number));
}
