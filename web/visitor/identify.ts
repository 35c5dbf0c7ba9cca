// Judging a scanned text in the browser, before anything is sent: why it cannot be paid from a
// wallet.
import { type CodeReading, type NotPayableReason, readCode } from '../../src/codes/read.ts';

/** The reasons that have words of their own; `shown_by_visitor` is a code that shops scan. */
export type RefusalReason = NotPayableReason | 'shown_by_visitor';

/** Why a text is not paid: a reason found here, or a code that the wallet or the hub answered. */
export type Refusal =
  | { readonly text: string; readonly reason: RefusalReason; readonly reading: CodeReading }
  | { readonly text: string; readonly code: string; readonly message?: string };

/**
 * Undefined when the wallet may go on: an order code, or an address, for it may be a registered
 * page.
 */
export function refusalOf(text: string): Refusal | undefined {
  const reading = readCode(text);
  if (reading.kind === 'order_code' && reading.payable) return undefined;
  const isAddress = reading.kind === 'url' && reading.reason === 'not_a_payment';
  if (isAddress && reading.problems.length === 0) return undefined;
  if (reading.kind === 'payment_code') return { text, reason: 'shown_by_visitor', reading };
  return { text, reason: reading.reason ?? 'not_valid', reading };
}
