// Payment codes: given to a wallet's customer for a minute, and good for one payment request.

import { laneOfSlot } from '../base/id.ts';
import { readPaymentCode } from '../codes/paymentCode.ts';
import type { ResultCode } from '../wire/results.ts';
import { changed, type PaymentCommand, unchanged } from './facts.ts';
import type { PaymentCode } from './payment.ts';
import type { Rules } from './rules.ts';

export interface CodeRequest {
  readonly walletId: string;
  readonly customerId: string;
  /** New codes of one slot, drawn by the caller from the world's chance. */
  readonly codes: readonly string[];
  readonly slot: number;
}

/** Stores new codes, which live from the tick's time on. */
export function issueCodesCommand(
  rules: Rules,
  request: CodeRequest,
): PaymentCommand<readonly PaymentCode[]> {
  return {
    kind: 'issue codes',
    lane: laneOfSlot(request.slot, rules.lanes),
    gather: () => undefined,
    decide(_facts, moment) {
      const codes = request.codes.map((code) => ({
        code,
        walletId: request.walletId,
        customerId: request.customerId,
        issuedAt: moment.now,
        expiresAt: moment.now + rules.timing.paymentCodeLifeMs,
        acquirerId: null,
        paymentRequestId: null,
      }));
      return changed(codes, { codes });
    },
  };
}

export type ClaimReply =
  | { readonly kind: 'claimed'; readonly walletId: string; readonly customerId: string }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode };

/**
 * Claims a scanned code for one payment request. The same request may claim it again; any other is
 * told that it is no code any more. Its lane is the code's own, so that the whole network has one
 * place where a code is used up.
 */
export function claimCodeCommand(
  rules: Rules,
  code: string,
  acquirerId: string,
  paymentRequestId: string,
): PaymentCommand<ClaimReply> | undefined {
  const read = readPaymentCode(code);
  if (read === undefined) return undefined;
  return {
    kind: 'claim code',
    lane: laneOfSlot(read.slot, rules.lanes),
    gather: (keys) => void keys.codes.add(code),
    decide(facts, moment) {
      const known = facts.codes.get(code);
      if (known === undefined) return unchanged({ kind: 'refused', resultCode: 'INVALID_CODE' });
      const claimed: ClaimReply = {
        kind: 'claimed',
        walletId: known.walletId,
        customerId: known.customerId,
      };
      if (known.acquirerId === acquirerId && known.paymentRequestId === paymentRequestId) {
        return unchanged(claimed);
      }
      if (known.acquirerId !== null || known.expiresAt <= moment.now) {
        return unchanged({ kind: 'refused', resultCode: 'EXPIRED_CODE' });
      }
      return changed(claimed, { codes: [{ ...known, acquirerId, paymentRequestId }] });
    },
  };
}
