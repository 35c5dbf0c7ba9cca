// What the customer must have lost by all that the wallet said: to compare with its books.

import type { Said } from './line.ts';

interface Line {
  readonly payToMinor: bigint;
  isPaid: boolean;
  isCancelled: boolean;
  readonly refunds: Map<string, bigint>;
}

/** The fields of our own messages that money hangs on. */
interface Sent {
  readonly paymentRequestId?: string;
  readonly refundRequestId?: string;
  readonly payToAmount?: { readonly value: string };
  readonly refundFromAmount?: { readonly value: string };
  readonly paymentFactor?: { readonly isAgreementPayment?: string };
}

/**
 * Minor units that are gone from the customer: payments that were answered or told as paid, less
 * refunds; nothing for those that were cancelled.
 */
export function debitedBy(log: readonly Said[]): bigint {
  const lines = new Map<string, Line>();
  for (const said of log) if (said.isHeard !== true) hear(lines, said);
  let sum = 0n;
  for (const { payToMinor, isPaid, isCancelled, refunds } of lines.values()) {
    if (!isPaid || isCancelled) continue;
    sum += [...refunds.values()].reduce((left, refund) => left - refund, payToMinor);
  }
  return sum;
}

function hear(lines: Map<string, Line>, said: Said): void {
  const sent = JSON.parse(said.sent) as Sent;
  // A debit by agreement is taken from whoever consented, and an evaluation from nobody.
  if (sent.paymentFactor?.isAgreementPayment === 'true') return;
  const id = sent.paymentRequestId ?? '';
  const line = lines.get(id) ?? newLine(sent);
  lines.set(id, line);
  const isDone = said.result?.resultStatus === 'S';
  if (said.api === 'pay' && isDone) line.isPaid = true;
  if (said.api === 'cancelPayment' && isDone) line.isCancelled = true;
  if (said.api === 'inquiryPayment' && said.paymentResult?.resultStatus === 'S') {
    line.isPaid = true;
  }
  if (said.api === 'refund' && isDone && sent.refundFromAmount !== undefined) {
    line.refunds.set(sent.refundRequestId ?? '', BigInt(sent.refundFromAmount.value));
  }
}

function newLine(sent: Sent): Line {
  const payToMinor = BigInt(sent.payToAmount?.value ?? '0');
  return { payToMinor, isPaid: false, isCancelled: false, refunds: new Map() };
}
