// Currency positions as the operator's page reads them: exposure, and the result of each corridor.

import type { Database } from '../../base/world.ts';
import { beginningOf, clearingDayOf } from '../../calendar/clearingDay.ts';
import type { RateBoard } from '../../fx/board.ts';
import { readCorridors, readCurrencyPositions } from '../../fx/positionStore.ts';
import { type CorridorSums, exposureOf, resultOf } from '../../fx/positions.ts';
import { money, toWire } from '../../money/money.ts';
import { convert, rateFromDecimal } from '../../money/rate.ts';
import type { Hub } from '../hub.ts';

/** The clearing days that the results are of, and the currency in which exposures are compared. */
interface Question {
  readonly days: number;
  readonly currency: string;
}

/** Results read every journal of their days: pages that ask within this time share one reading. */
const sharedForMs = 5_000;

/** Answers the page; what was read for it is shared for a few seconds. */
export function openPositions(hub: Hub, database: Database) {
  const shared = new Map<number, { readonly at: number; readonly sums: Promise<CorridorSums[]> }>();

  function corridors(days: number, from: number): Promise<CorridorSums[]> {
    const at = performance.now();
    for (const [each, known] of shared) if (at - known.at > sharedForMs) shared.delete(each);
    const known = shared.get(days);
    if (known !== undefined) return known.sums;
    const sums = readCorridors(database, from, Number.MAX_SAFE_INTEGER);
    shared.set(days, { at, sums });
    sums.catch(() => shared.delete(days));
    return sums;
  }

  return async ({ days, currency }: Question) => {
    const from = beginningOf(clearingDayOf(hub.now()) - (days - 1));
    const [positions, sums] = await Promise.all([
      readCurrencyPositions(database),
      corridors(days, from),
    ]);
    const { board } = hub.configuration.rules();
    return {
      from: new Date(from).toISOString(),
      currency,
      currencies: positions.map((position) => {
        const exposure = exposureOf(position);
        const wire = (minor: bigint) => toWire(money(position.currency, minor));
        return {
          currency: position.currency,
          owedToUs: wire(position.owedToUs),
          owedByUs: wire(position.owedByUs),
          stock: wire(position.stock),
          spread: wire(position.spread),
          rounding: wire(position.rounding),
          fees: wire(position.fees),
          exposure: wire(exposure),
          valued: valued(board, position.currency, exposure, currency),
        };
      }),
      corridors: sums.map((each) => corridorView(board, each, currency)),
    };
  };
}

/** An amount at today's middle; null where there is no rate. */
function valued(board: RateBoard, from: string, minor: bigint, to: string) {
  const middle = board.middle(from, to);
  if (middle === undefined) return null;
  return toWire(convert(money(from, minor), rateFromDecimal(from, to, middle)));
}

function corridorView(board: RateBoard, sums: CorridorSums, currency: string) {
  const { settling, paying, effects } = sums;
  const middle = board.middle(settling, paying);
  const head = { pair: `${settling}/${paying}`, effects, mid: middle ?? null };
  if (middle === undefined) return { ...head, result: null, valued: null };
  const result = resultOf(sums, rateFromDecimal(settling, paying, middle));
  const wire = (minor: bigint) => toWire(money(paying, minor));
  return {
    ...head,
    result: {
      spread: wire(result.spread),
      rounding: wire(result.rounding),
      market: wire(result.market),
      total: wire(result.total),
    },
    valued: valued(board, paying, result.total, currency),
  };
}
