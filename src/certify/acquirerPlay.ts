// The network's part against an acquirer: notices about orders that the acquirer placed before.

import type { Clock, Random } from '../base/world.ts';
import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { DoorPlay } from './doorCases.ts';
import type { Line, Said } from './line.ts';

export interface AcquirerTerms {
  readonly acquirerId: string;
  readonly pspId: string;
  /** `paymentRequestId` of an order that has not ended: it will be told as paid. */
  readonly openOrder?: string;
  /** Another one: it will be told as failed. */
  readonly failingOrder?: string;
  /** What both orders ask, in minor units. */
  readonly orderCurrency: string;
  readonly orderMinor: bigint;
}

export type AcquirerPlay = ReturnType<typeof createAcquirerPlay>;

export function createAcquirerPlay(
  terms: AcquirerTerms,
  line: Line,
  options: { readonly clock: Clock; readonly random: Random; readonly limitMs: number },
) {
  const { clock, random, limitMs } = options;
  // The same payment has the same id in every notice about it.
  const runId = random.digits(16);

  /** A notice that an order has ended with this code, over its amount times `times`. */
  function notice(paymentRequestId: string, code: ResultCode, times = 1n) {
    const value = String(terms.orderMinor * times);
    const amount = { currency: terms.orderCurrency, value };
    const message = {
      acquirerId: terms.acquirerId,
      pspId: terms.pspId,
      paymentRequestId,
      paymentId: `N${runId}${paymentRequestId}`.slice(0, 64),
      paymentResult: result(code),
      paymentAmount: amount,
      paymentTime: formatTime(clock.now()),
    };
    if (code !== 'SUCCESS') return message;
    const walletBrandName = 'Certification wallet';
    return { ...message, customerId: 'CERTIFY-0001', walletBrandName, settlementAmount: amount };
  }

  const newId = (): string => `CERT${random.digits(24)}`;
  const tell = (message: object, ...rest: [] | Parameters<DoorPlay['knock']>): Promise<Said> =>
    line.call('notifyPayment', message, ...rest);
  const door: DoorPlay = {
    knock: (tampering) => tell(notice(newId(), 'ORDER_IS_CLOSED'), tampering),
    async force(tampering) {
      const id = terms.openOrder ?? newId();
      return { said: await tell(notice(id, 'SUCCESS'), tampering) };
    },
    log: line.log,
    limitMs,
  };
  return { ...door, terms, newId, notice, tell };
}
