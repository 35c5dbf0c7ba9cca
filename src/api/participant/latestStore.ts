// The latest payments of one participant: looked for from the newest on, a piece at a time, and
// remembered, so that whoever has few does not have all payments read again at every look.

import { numberArray } from '../../base/sqlArray.ts';
import type { Database, Row, SqlValue, Statement } from '../../base/world.ts';
import { unindexedOrSorted } from '../../clearing/store.ts';
import type { Participant } from '../../network/participant.ts';

/** A payment that was found. */
export interface Found {
  readonly paymentNumber: number;
  readonly createdAt: number;
}

type Whose = Pick<Participant, 'participantId' | 'role'>;

/** What is known of one lane: everything from `bottom` to `top` was looked at. */
interface Known {
  readonly top: number;
  readonly bottom: number;
  /** Those in between that are the participant's, the newest first; no more than are shown. */
  readonly found: readonly Found[];
  /** Those in between that may still become its own: in process, until now with other wallets. */
  readonly open: readonly number[];
}

/** Payments of one statement: a millisecond or two of one core. */
const pieceRows = 2_000;
/** Pieces of one look in all lanes: some tenths of a second. The next look goes on from there. */
const piecesOfLook = 100;
const unknown: Known = { top: 0, bottom: Number.MAX_SAFE_INTEGER, found: [], open: [] };

export interface LatestPayments {
  /** The newest payments of a participant, as far as they were looked for by now. */
  find(whose: Whose): Promise<readonly Found[]>;
}

/** A memory of the latest payments of participants; `lanes` are those of the network. */
export function rememberLatest(
  database: Database,
  lanes: () => number,
  most: number,
): LatestPayments {
  const memory = new Map<string, Map<number, Known>>();
  const looks = new Map<string, Promise<readonly Found[]>>();
  const look = async (whose: Whose): Promise<readonly Found[]> => {
    const known = memory.get(whose.participantId) ?? new Map<number, Known>();
    memory.set(whose.participantId, known);
    const all: Found[] = [];
    const count = lanes();
    for (let lane = 0; lane < count; lane++) {
      const budget = Math.ceil(piecesOfLook / count);
      const before = known.get(lane) ?? unknown;
      const seen = await lookAt(database, { lane, whose, most, budget }, before);
      known.set(lane, seen);
      all.push(...seen.found);
    }
    return all.sort(newestFirst).slice(0, most);
  };
  return {
    find(whose) {
      const { participantId } = whose;
      const under = looks.get(participantId);
      if (under !== undefined) return under;
      const started = look(whose).finally(() => looks.delete(participantId));
      looks.set(participantId, started);
      return started;
    },
  };
}

const newestFirst = (a: Found, b: Found) =>
  b.createdAt - a.createdAt || b.paymentNumber - a.paymentNumber;

interface Look {
  readonly lane: number;
  readonly whose: Whose;
  readonly most: number;
  /** Pieces that it may read. */
  readonly budget: number;
}

/**
 * Looks at what is new in a lane and at what was in process, and then further back as far as its
 * budget goes. A payment is in process for many minutes where nobody scans it: each is looked up by
 * its key, so that those after it are read once.
 */
async function lookAt(database: Database, look: Look, known: Known): Promise<Known> {
  const { most } = look;
  let { budget } = look;
  let at = Number.MAX_SAFE_INTEGER;
  let top = known.top;
  const fresh: Found[] = [];
  const open: number[] = [];
  let reached = false;
  while (!reached && fresh.length < most && budget-- > 0) {
    const piece = await readPiece(database, latestPiece(look.lane, look.whose, at));
    top = Math.max(top, piece.highest);
    at = piece.lowest;
    const isNew = (number: number) => number > known.top;
    fresh.push(...piece.found.filter(({ paymentNumber }) => isNew(paymentNumber)));
    open.push(...piece.open.filter(isNew));
    reached = piece.isLast || at <= known.top + 1;
  }
  // Enough is newer, or the memory is too old to be reached: what it has is left behind.
  if (!reached) return { top, bottom: at, found: fresh.slice(0, most), open };
  const again =
    known.open.length === 0
      ? { found: [], open: [] }
      : await readPiece(database, openPiece(look.lane, look.whose, known.open));
  open.push(...again.open);
  const found = [...fresh, ...[...again.found, ...known.found].sort(newestFirst)].slice(0, most);
  let bottom = known === unknown ? at : known.bottom;
  let isMore = bottom > 0 && at > 0;
  while (isMore && found.length < most && budget-- > 0) {
    const piece = await readPiece(database, latestPiece(look.lane, look.whose, bottom));
    found.push(...piece.found);
    open.push(...piece.open);
    bottom = piece.isLast ? 0 : piece.lowest;
    isMore = bottom > 0;
  }
  return { top, bottom, found: found.slice(0, most), open };
}

interface Piece {
  readonly found: Found[];
  readonly highest: number;
  readonly lowest: number;
  /** Payments that are in process and not the participant's. */
  readonly open: number[];
  /** Nothing is older. */
  readonly isLast: boolean;
}

async function readPiece(database: Database, statements: Statement[]): Promise<Piece> {
  const rows = await database.session('latest').run(statements);
  return pieceFrom(rows[2]?.[0] ?? []);
}

const listed = (text: Row[number] | undefined) => (text == null ? [] : String(text).split(','));

function pieceFrom([looked, highest, lowest, open, found]: Row): Piece {
  return {
    found: listed(found).map((text) => {
      const [number, at] = text.split(' ');
      return { paymentNumber: Number(number), createdAt: Number(at) };
    }),
    highest: Number(highest ?? 0),
    lowest: Number(lowest ?? 0),
    open: listed(open).map(Number),
    isLast: Number(looked) < pieceRows,
  };
}

/**
 * The newest payments of a lane below a number, and which of them are the participant's: by the
 * key, from its end, whatever the planner believes.
 */
export function latestPiece(lane: number, whose: Whose, below: number): Statement[] {
  const from =
    'from payments p where p.lane = $1 and p.payment_number < $2 ' +
    'order by p.payment_number desc limit $4';
  return pieceOf(whose, from, [lane, below, whose.participantId, pieceRows]);
}

/** The same of some payments of a lane, each looked up by its key. */
function openPiece(lane: number, whose: Whose, numbers: readonly number[]): Statement[] {
  const from =
    'from unnest($2::text::bigint[]) u(n) cross join lateral (select * from payments a ' +
    'where a.lane = $1 and a.payment_number = u.n offset 0) p';
  return pieceOf(whose, from, [lane, numberArray(numbers), whose.participantId]);
}

function pieceOf(whose: Whose, from: string, values: readonly SqlValue[]): Statement[] {
  // An acquirer's payment is its own from the beginning; a wallet's from when it scans it.
  const [isOwn, mayBecome] =
    whose.role === 'acquirer'
      ? ["starts_with(p.request_key, $3 || '/')", 'false']
      : [
          'coalesce(p.first_wallet_id = $3, false) or exists (select 1 from later_legs g ' +
            'where g.lane = p.lane and g.payment_number = p.payment_number ' +
            'and g.wallet_id = $3 offset 0)',
          "state = 'PROCESSING' and not is_own",
        ];
  const settings = unindexedOrSorted.map((way) => `set_config('enable_${way}', 'off', true)`);
  return [
    { text: 'begin isolation level read committed read only', values: [] },
    { text: `select ${settings.join(', ')}`, values: [] },
    {
      text:
        `select count(*), max(n), min(n), string_agg(n::text, ',') filter (where ${mayBecome}), ` +
        "string_agg(n || ' ' || created_at, ',' order by n desc) filter (where is_own) " +
        `from (select p.payment_number as n, p.state, p.created_at, ${isOwn} as is_own ${from}) p`,
      values,
    },
    { text: 'commit', values: [] },
  ];
}
