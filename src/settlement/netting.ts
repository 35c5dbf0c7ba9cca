// What is settled on a day: all cleared batches of an agreement that are due, in one amount.

import {
  type Calendars,
  isWorkingDayOfAll,
  workingDayFrom,
  workingDaysAfter,
} from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Agreement, ClearingBatch } from '../clearing/batch.ts';

/** How an agreement is settled. */
export interface SettlementTerms {
  /** n of T+n: working days after the clearing day. */
  readonly daysAfter: number;
  /** In minor units of its currency: less than this, either way, waits for more. */
  readonly minimumAmount: bigint;
}

/** T+2 working days (programme.md §5), and any amount but nothing: our rule. */
export const usualTerms: SettlementTerms = { daysAfter: 2, minimumAmount: 0n };

/** Where the network's own bank is: its working days count for everybody. */
const networkMarket = 'CN';

/** The markets whose banks must all be open for an agreement's money to move. */
export function marketsOf(agreement: Pick<Agreement, 'market'>): string[] {
  return [...new Set([networkMarket, agreement.market])];
}

/** T+n: the day on which a clearing batch is due to be settled. */
export function dueDay(
  calendars: Calendars,
  agreement: Pick<Agreement, 'market'>,
  terms: SettlementTerms,
  day: ClearingDay,
): ClearingDay {
  return workingDaysAfter(calendars, marketsOf(agreement), day, terms.daysAfter);
}

/** The next day, this one included, on which an agreement can be settled at all. */
export function nextSettlementDay(
  calendars: Calendars,
  agreement: Pick<Agreement, 'market'>,
  from: ClearingDay,
): ClearingDay {
  return workingDayFrom(calendars, marketsOf(agreement), from);
}

/** What was written off, and is due with whatever is settled next. */
export interface Adjustment {
  readonly breakId: string;
  readonly accountId: number;
  /** Minor units, positive to the participant's good. */
  readonly amount: bigint;
}

/** `carried`: what is due comes to nothing, or to less than the minimum, and waits for more. */
export type Netting =
  | { readonly kind: 'closed_market' }
  | { readonly kind: 'nothing_due' }
  | { readonly kind: 'carried'; readonly amount: bigint }
  | {
      readonly kind: 'settled';
      readonly amount: bigint;
      readonly batches: readonly ClearingBatch[];
      readonly adjustments: readonly Adjustment[];
    };

/**
 * What an agreement settles on a day, out of its batches that are not settled yet. What was written
 * off goes with them: every day has a batch, so something is due on every working day.
 */
export function netOf(
  calendars: Calendars,
  agreement: Agreement,
  terms: SettlementTerms,
  unsettled: {
    readonly batches: readonly ClearingBatch[];
    readonly adjustments: readonly Adjustment[];
  },
  today: ClearingDay,
): Netting {
  if (!isWorkingDayOfAll(calendars, marketsOf(agreement), today)) return { kind: 'closed_market' };
  const due = unsettled.batches.filter(
    (batch) =>
      batch.accountId === agreement.accountId &&
      dueDay(calendars, agreement, terms, batch.day) <= today,
  );
  if (due.length === 0) return { kind: 'nothing_due' };
  const own = unsettled.adjustments.filter((each) => each.accountId === agreement.accountId);
  const adjusted = own.reduce((sum, each) => sum + each.amount, 0n);
  const amount = due.reduce((sum, batch) => sum + batch.net, adjusted);
  const size = amount < 0n ? -amount : amount;
  if (size === 0n || size < terms.minimumAmount) return { kind: 'carried', amount };
  return { kind: 'settled', amount, batches: due, adjustments: own };
}
