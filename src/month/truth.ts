// What the network told about times: by it the auditor knows on which day each row of a wallet's
// own book must be cleared.

import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import type { MonthAcquirer } from './acquirer.ts';
import { type BookRow, rowKey } from './book.ts';
import type { MonthWallet } from './wallet.ts';

/** The last digits of a public id are the number that both sides' ids of one refund share. */
const numberDigits = 16;

export function numberOf(publicId: string): string {
  return String(BigInt(publicId.slice(-numberDigits)));
}

/** The parties of a month, as the auditor asks them. */
export interface Parties {
  readonly wallets: readonly MonthWallet[];
  readonly acquirers: readonly MonthAcquirer[];
}

/** Where a partner's row must be cleared, and what its own book says of it. */
export interface Placed {
  readonly row: BookRow;
  readonly key: string;
  /** By the network's word to the acquirer; undefined where it never said that it counts. */
  readonly networkDay: ClearingDay | undefined;
  readonly ownDay: ClearingDay;
}

/** All rows of a partner with their two days. */
export function placedRows(parties: Parties, partnerId: string): Placed[] {
  const acquirer = parties.acquirers.find(({ id }) => id === partnerId);
  if (acquirer !== undefined) {
    return [...acquirer.book.all()].map((row) => {
      const day = clearingDayOf(row.at);
      return { row, key: rowKey(row), networkDay: day, ownDay: day };
    });
  }
  const wallet = parties.wallets.find(({ id }) => id === partnerId);
  if (wallet === undefined) return [];
  const told = timesTold(parties);
  return [...wallet.book.all()].map((row) => {
    const name = row.kind === 'payment' ? wallet.orderOf(row.id) : `refund ${numberOf(row.id)}`;
    const at = told.get(name ?? '');
    const networkDay = at === undefined ? undefined : clearingDayOf(at);
    return { row, key: rowKey(row), networkDay, ownDay: clearingDayOf(row.at) };
  });
}

/** When each payment and refund came to its end, by the acquirer's name of it. */
function timesTold({ acquirers }: Parties): Map<string, number> {
  const told = new Map<string, number>();
  for (const { sales, refundsTold } of acquirers) {
    for (const sale of sales.values()) {
      if (sale.word === 'S' && !sale.cancelAsked) told.set(sale.paymentRequestId, sale.paidAt);
    }
    for (const [refundId, at] of refundsTold) told.set(`refund ${numberOf(refundId)}`, at);
  }
  return told;
}
