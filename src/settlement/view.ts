// What people see of settling: each agreement's money by where it is, and batches with steps.

import { type Calendars, dateOf, isCovered } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { type Agreement, type ClearingBatch, directionOf } from '../clearing/batch.ts';
import type { ClosedDay } from '../clearing/store.ts';
import { positionName, transitName } from '../ledger/account.ts';
import {
  type Adjustment,
  dueDay,
  marketsOf,
  nextSettlementDay,
  type SettlementTerms,
  usualTerms,
} from './netting.ts';
import { bankedOf, breakOf, type SettlementBatch } from './settlement.ts';
import type { BatchHistory } from './store.ts';

/** All that is read of a network for it. */
export interface SettlementFacts {
  readonly today: ClearingDay;
  readonly calendars: Calendars;
  readonly openDay: ClearingDay | undefined;
  readonly closesAt: number | undefined;
  readonly closesItself: number | undefined;
  readonly days: readonly ClosedDay[];
  readonly agreements: readonly Agreement[];
  readonly terms: ReadonlyMap<string, SettlementTerms>;
  readonly unsettled: readonly ClearingBatch[];
  readonly adjustments: readonly Adjustment[];
  readonly histories: readonly BatchHistory[];
  /** By account name, credits less debits. */
  readonly balances: ReadonlyMap<string, bigint>;
}

/** An amount on a page: minor units as text, positive to the participant's good. */
const amountOf = (currency: string, value: bigint) => ({ currency, value: String(value) });
const isoTime = (at: number) => new Date(at).toISOString();
const sum = (values: readonly bigint[]) => values.reduce((all, each) => all + each, 0n);

/** The view that `wayfare settle status` prints and the page of settlement shows. */
export function settlementView(facts: SettlementFacts) {
  const { today, openDay, closesAt, days, histories, agreements } = facts;
  const of = new Map(agreements.map((agreement) => [agreement.accountId, agreement]));
  return {
    today: dateOf(today),
    openDay: openDay === undefined ? null : dateOf(openDay),
    closesAt: closesAt === undefined ? null : isoTime(closesAt),
    /** When the open day closes by itself; null where days do not. */
    closesItselfAt: facts.closesItself === undefined ? null : isoTime(facts.closesItself),
    days: days.map((each) => ({
      day: dateOf(each.day),
      closedAt: isoTime(each.closedAt),
      closedBy: each.closedBy,
    })),
    agreements: agreements.map((agreement) => agreementView(agreement, facts)),
    batches: histories.flatMap((history) => {
      const agreement = of.get(history.batch.accountId);
      return agreement === undefined ? [] : [batchView(agreement, history, facts)];
    }),
  };
}

/** What of a batch is still in the participant's position. */
function notMoved({ batch, entries }: BatchHistory): bigint {
  const isUnderWay = ['SENT', 'CONFIRMED', 'FINISHED'].includes(batch.state);
  if (batch.amount > 0n) return isUnderWay ? 0n : batch.amount;
  const left = batch.amount - bankedOf(entries);
  return left > 0n ? 0n : left < batch.amount ? batch.amount : left;
}

function agreementView(agreement: Agreement, facts: SettlementFacts) {
  const { accountId, participantId, currency } = agreement;
  const { balances, calendars, today } = facts;
  const terms = facts.terms.get(participantId) ?? usualTerms;
  const waiting = facts.unsettled.filter((batch) => batch.accountId === accountId);
  const own = facts.histories.filter(({ batch }) => batch.accountId === accountId);
  const position = balances.get(positionName(participantId, currency)) ?? 0n;
  const writtenOff = facts.adjustments.filter((each) => each.accountId === accountId);
  const cleared = sum([
    ...waiting.map(({ net }) => net),
    ...writtenOff.map(({ amount }) => amount),
  ]);
  const inBatches = sum(own.map(notMoved));
  const due = waiting
    .filter(({ net }) => net !== 0n)
    .map((batch) => dueDay(calendars, agreement, terms, batch.day));
  const nextDay =
    due.length === 0
      ? undefined
      : nextSettlementDay(calendars, agreement, Math.max(today, Math.min(...due)));
  return {
    agreementId: agreement.agreementId,
    participantId,
    participantName: agreement.participantName,
    role: agreement.role,
    currency,
    daysAfter: terms.daysAfter,
    minimumAmount: amountOf(currency, terms.minimumAmount),
    /** Not closed yet; closed and waiting; in a batch and not moved; at the banks, unconfirmed. */
    open: amountOf(currency, position - cleared - inBatches),
    cleared: amountOf(currency, cleared),
    settling: amountOf(currency, inBatches),
    underWay: amountOf(currency, balances.get(transitName(participantId, currency)) ?? 0n),
    /** When what is cleared is settled next; null where that is nothing. */
    nextDay: nextDay === undefined ? null : dateOf(nextDay),
    /** False when the holidays of that year are not known. */
    isCalendarKnown: isCovered(calendars, marketsOf(agreement), nextDay ?? today),
  };
}

/** States in which the bank has heard nothing of a batch yet. */
const unsent: readonly SettlementBatch['state'][] = ['CLOSED', 'CHECKED', 'APPROVED'];

/**
 * The day that an unsent batch would have by the calendars of now, where its own is no working day
 * any more. Its own stays: a value date that was given never changes silently (our rule).
 */
function otherDayOf(
  batch: SettlementBatch,
  agreement: Agreement,
  calendars: Calendars,
): ClearingDay | undefined {
  if (!unsent.includes(batch.state)) return undefined;
  const day = nextSettlementDay(calendars, agreement, batch.valueDay);
  return day === batch.valueDay ? undefined : day;
}

function batchView(
  agreement: Agreement,
  history: BatchHistory,
  { today, calendars }: Pick<SettlementFacts, 'today' | 'calendars'>,
) {
  const { batch, steps, entries } = history;
  const { currency } = agreement;
  const found = breakOf(batch, entries, today);
  const otherDay = otherDayOf(batch, agreement, calendars);
  return {
    settlementBatchId: batch.settlementBatchId,
    agreementId: agreement.agreementId,
    participantId: agreement.participantId,
    participantName: agreement.participantName,
    amount: amountOf(currency, batch.amount),
    direction: directionOf(batch.amount),
    settlementDay: dateOf(batch.settlementDay),
    valueDay: dateOf(batch.valueDay),
    /** Set where banks do not work on its value day by the calendars of now. */
    otherDay: otherDay === undefined ? null : dateOf(otherDay),
    state: batch.state,
    steps: steps.map(({ state, by, at }) => ({ state, by, at: isoTime(at) })),
    entries: entries.map((entry) => ({
      bankReference: entry.bankReference,
      amount: amountOf(currency, entry.amount),
      valueDay: dateOf(entry.valueDay),
    })),
    break:
      found === undefined
        ? null
        : { kind: found.kind, difference: amountOf(currency, found.difference) },
  };
}

/** One closed day's batches as people see them. */
export function dayView(
  day: ClearingDay,
  batches: readonly ClearingBatch[],
  agreements: readonly Agreement[],
) {
  return {
    day: dateOf(day),
    batches: batches.flatMap((batch) => {
      const agreement = agreements.find(({ accountId }) => accountId === batch.accountId);
      return agreement === undefined ? [] : [clearingBatchView(batch, agreement)];
    }),
  };
}

/** A clearing batch as people see it. */
export function clearingBatchView(batch: ClearingBatch, agreement: Agreement) {
  const { currency } = agreement;
  const totals = ({ count, gross, interchange, serviceFee }: ClearingBatch['payments']) => ({
    count,
    gross: amountOf(currency, gross),
    interchange: amountOf(currency, interchange),
    serviceFee: amountOf(currency, serviceFee),
  });
  return {
    clearingBatchId: batch.clearingBatchId,
    agreementId: agreement.agreementId,
    participantId: agreement.participantId,
    participantName: agreement.participantName,
    payments: totals(batch.payments),
    refunds: totals(batch.refunds),
    net: amountOf(currency, batch.net),
    direction: directionOf(batch.net),
    checksum: String(batch.checksum),
    settlementBatchId: batch.settlementBatchId,
  };
}
