// A clearing batch: what one day's payments and refunds come to under one agreement.

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';

/** A participant with one settlement currency: what batches are made for (protocol.md §7). */
export interface Agreement {
  readonly agreementId: string;
  /** The participant's position in that currency. */
  readonly accountId: number;
  readonly participantId: string;
  readonly participantName: string;
  readonly role: 'wallet' | 'acquirer';
  readonly market: string;
  readonly currency: string;
  /** The first day of which it has a batch. */
  readonly since: ClearingDay;
}

/** The public name of an agreement, `TNG-MYR`: our rule, for no document gives its form. */
export function agreementIdOf(participantId: string, currency: string): string {
  return `${participantId}-${currency}`;
}

/** Sums in minor units of the agreement's currency, positive to the participant's good. */
export interface Totals {
  readonly count: number;
  readonly gross: bigint;
  readonly interchange: bigint;
  readonly serviceFee: bigint;
}

export interface ClearingBatch {
  readonly clearingBatchId: string;
  readonly accountId: number;
  readonly day: ClearingDay;
  readonly payments: Totals;
  readonly refunds: Totals;
  readonly net: bigint;
  /** Over all items in any order: the sum of (number mod 2147483647) times net amount. */
  readonly checksum: bigint;
  /** The settlement batch that pays it; null until there is one. */
  readonly settlementBatchId: string | null;
}

/** D: the participant pays the network; C: the network pays it. Nothing at all is D (§7). */
export type Direction = 'D' | 'C';

export function directionOf(net: bigint): Direction {
  return net > 0n ? 'C' : 'D';
}

const digits = (day: ClearingDay, accountId: number) =>
  dateOf(day).replaceAll('-', '') + String(accountId).padStart(8, '0');

/** `C` with the day's date and the agreement's account: at most 32 characters (§7). */
function clearingBatchIdOf(day: ClearingDay, accountId: number): string {
  return `C${digits(day, accountId)}`;
}

/** `S` with the settlement day's date and the agreement's account. */
export function settlementBatchIdOf(day: ClearingDay, accountId: number): string {
  return `S${digits(day, accountId)}`;
}

/** What some payments, or some refunds, of a day come to for one account. */
export interface ClearingSlice extends Totals {
  readonly day: ClearingDay;
  readonly accountId: number;
  readonly isRefund: boolean;
  readonly checksum: bigint;
}

/** Of no payment. */
export const nothing: Totals = { count: 0, gross: 0n, interchange: 0n, serviceFee: 0n };

/** Two sums as one. */
export function plus(a: Totals, b: Totals): Totals {
  return {
    count: a.count + b.count,
    gross: a.gross + b.gross,
    interchange: a.interchange + b.interchange,
    serviceFee: a.serviceFee + b.serviceFee,
  };
}

const netOf = ({ gross, interchange, serviceFee }: Totals) => gross + interchange + serviceFee;

/**
 * The batches of a day, one for every agreement that began by then, from its slices in any
 * order. An agreement without a payment has a batch of nothing.
 */
export function batchesOf(
  day: ClearingDay,
  agreements: readonly Agreement[],
  slices: readonly ClearingSlice[],
): ClearingBatch[] {
  return agreements
    .filter(({ since }) => since <= day)
    .map(({ accountId }) => {
      const own = slices.filter((slice) => slice.accountId === accountId);
      const side = (isRefund: boolean) =>
        own.filter((slice) => slice.isRefund === isRefund).reduce<Totals>(plus, nothing);
      const [payments, refunds] = [side(false), side(true)];
      return {
        clearingBatchId: clearingBatchIdOf(day, accountId),
        accountId,
        day,
        payments,
        refunds,
        net: netOf(payments) + netOf(refunds),
        checksum: own.reduce((sum, slice) => sum + slice.checksum, 0n),
        settlementBatchId: null,
      };
    });
}
