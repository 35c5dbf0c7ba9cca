// Payment codes: given to a wallet's customer for a minute, and good for one payment request.

import { assert } from '../base/assert.ts';
import { laneOfSlot } from '../base/id.ts';
import { readPaymentCode, writePaymentCode } from '../codes/paymentCode.ts';
import { type CodeIssuer, ciiOf } from '../network/codeIssuer.ts';
import type { ResultCode } from '../wire/results.ts';
import { changed, type PaymentCommand, unchanged } from './facts.ts';
import type { PaymentCode } from './payment.ts';
import type { Rules } from './rules.ts';

export interface CodeRequest {
  readonly walletId: string;
  /** The wallet's own: codes name the wallet that they are of. */
  readonly codeIssuer: CodeIssuer;
  readonly customerId: string;
  /** Twelve digits a code, drawn by the caller from the world's chance. */
  readonly randoms: readonly string[];
  readonly slot: number;
}

/** Stores new codes, which live from the tick's time on. */
export function issueCodesCommand(
  rules: Rules,
  request: CodeRequest,
): PaymentCommand<readonly PaymentCode[]> {
  const { slot } = request;
  const cii = ciiOf(request.codeIssuer);
  return {
    kind: 'issue codes',
    lane: laneOfSlot(slot, rules.lanes),
    gather: () => undefined,
    decide(_facts, moment) {
      const codes = request.randoms.map((random12) => ({
        code: writePaymentCode({ cii, slot, random12 }),
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
  | { readonly kind: 'refused'; readonly resultCode: ResultCode; readonly message?: string };

/**
 * Claims a scanned code for one payment request. The same request may claim it again; any other is
 * told that it is no code any more. Its lane is the code's own, so that the whole network has one
 * place where a code is used up. Undefined when the text is no payment code.
 *
 * What was stored is the truth: a code that was given out counts, whatever its wallet's codes begin
 * with by now. The directory only says why a code that nobody was given is none.
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
      const owner = rules.directory.routingNumbers.get(read.routingNumber);
      if (known === undefined) return unchanged(notGivenOut(read.routingNumber, owner));
      // A number is nobody else's for good, so what a code says and whose it is are one thing.
      assert(owner === undefined || owner === known.walletId, 'a code names another wallet');
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

/** Our sentence for a wallet's code that was never given out is the result's own. */
function notGivenOut(routingNumber: string, owner: string | undefined): ClaimReply {
  const refused = { kind: 'refused', resultCode: 'INVALID_CODE' } as const;
  if (owner !== undefined) return refused;
  const message =
    'paymentMethod.paymentMethodId is of no wallet of this network: ' +
    `routing number ${routingNumber} is nobody's.`;
  return { ...refused, message };
}
