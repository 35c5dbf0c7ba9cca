// The network's part against an acquirer: notices about orders that the acquirer placed before.

import type { Clock, Random } from '../base/world.ts';
import type { ApiName } from '../wire/messages.ts';
import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { DoorPlay } from './doorCases.ts';
import type { Line, Said } from './line.ts';
import { wants } from './outcome.ts';

export interface AcquirerTerms {
  readonly acquirerId: string;
  readonly pspId: string;
  /** `paymentRequestId` of an order that has not ended: it will be told as paid. */
  readonly openOrder?: string;
  /** Another one: it will be told as failed. */
  readonly failingOrder?: string;
  /** The text of a private order code of its own over that amount, which nobody has scanned. */
  readonly privateCode?: string;
  /** The same for a national code: its shop will be credited. */
  readonly nationalCode?: string;
  /** What all orders ask, in minor units. */
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

  const paymentIdOf = (paymentRequestId: string): string =>
    `N${runId}${paymentRequestId}`.slice(0, 64);

  /** A notice that an order has ended with this code, over its amount times `times`. */
  function notice(paymentRequestId: string, code: ResultCode, times = 1n) {
    const value = String(terms.orderMinor * times);
    const amount = { currency: terms.orderCurrency, value };
    const message = {
      acquirerId: terms.acquirerId,
      pspId: terms.pspId,
      paymentRequestId,
      paymentId: paymentIdOf(paymentRequestId),
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

  const codes = createCodePlay(terms, line, { clock, paymentIdOf });
  const door: DoorPlay = {
    knock: (tampering) => tell(notice(newId(), 'ORDER_IS_CLOSED'), tampering),
    async force(tampering) {
      const id = terms.openOrder ?? newId();
      return { said: await tell(notice(id, 'SUCCESS'), tampering) };
    },
    log: line.log,
    limitMs,
  };
  const send = (api: ApiName, message: object): Promise<Said> => line.call(api, message);
  return { ...door, ...codes, terms, newId, notice, tell, send, paymentIdOf };
}

/** How often a push that is U is asked about, and how many times. */
const pushPollMs = 1_000;
const pushPolls = 15;

/** The network's part about codes of the acquirer's own. */
function createCodePlay(
  terms: AcquirerTerms,
  line: Line,
  { clock, paymentIdOf }: { readonly clock: Clock; readonly paymentIdOf: (id: string) => string },
) {
  const asked = new Map<string, Promise<Said>>();
  const named = ({ acquirerId, pspId }: AcquirerTerms, paymentRequestId: string) => ({
    acquirerId,
    pspId,
    paymentId: paymentIdOf(paymentRequestId),
    paymentRequestId,
  });

  /** What is behind a code, asked for a customer of the wallet; `other` makes it another wallet. */
  const askAbout = (codeValue: string, other: string): Promise<Said> =>
    line.call('userInitiatedPay', {
      acquirerId: terms.acquirerId,
      pspId: `${terms.pspId}${other}`,
      codeValue,
      customerId: 'CERTIFY-0001',
    });

  const push = (paymentRequestId: string, times = 1n): Promise<Said> => {
    const value = String(terms.orderMinor * times);
    const amount = { currency: terms.orderCurrency, value };
    return line.call('pushPayment', {
      ...named(terms, paymentRequestId),
      paymentAmount: amount,
      settlementAmount: amount,
      customerId: 'CERTIFY-0001',
      walletBrandName: 'Certification wallet',
      paymentTime: formatTime(clock.now()),
    });
  };
  const askPush = (paymentRequestId: string): Promise<Said> =>
    line.call('inquiryPushPayment', named(terms, paymentRequestId));

  return {
    askAbout,
    push,
    askPush,
    idIn: (said: Said): string => String(said.body?.paymentRequestId ?? ''),
    /** The first answer about a code; all cases of the code go by it. */
    behind(codeValue: string): Promise<Said> {
      const first = asked.get(codeValue) ?? askAbout(codeValue, '');
      asked.set(codeValue, first);
      return first;
    },
    /** Pushes, and asks while the end is unknown; nothing when the shop was credited. */
    async credited(paymentRequestId: string): Promise<string | undefined> {
      const said = await push(paymentRequestId);
      if (said.result?.resultStatus !== 'U') return wants(said, 'S');
      for (let poll = 0; poll < pushPolls; poll += 1) {
        await new Promise<void>((resolve) => void clock.wait(pushPollMs, resolve));
        const { paymentResult } = await askPush(paymentRequestId);
        if (paymentResult?.resultStatus === 'S') return undefined;
        if (paymentResult?.resultStatus === 'F')
          return `The push ended ${paymentResult.resultCode}.`;
      }
      return `The push was still unknown after ${pushPolls} seconds.`;
    },
  };
}
