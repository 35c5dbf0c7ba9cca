// A simulated acquirer for tests: codes of its own, and what it does when it is told to credit.

import type { ResultCode } from '../../src/wire/results.ts';
import { result } from '../../src/wire/results.ts';

/**
 * What it does with a push that it hears for the first time. `lost`: the call never arrived.
 * `unheard`: it credits, and its answer is lost.
 */
export type PushDecision = 'S' | 'U' | 'lost' | 'unheard' | { readonly failure: ResultCode };

interface Push {
  readonly paymentId: string;
  state: ResultCode;
  /** How often the shop was credited. */
  credits: number;
}

type Reply = { readonly result: object } & Record<string, unknown>;

interface Asked {
  readonly codeValue: string;
  readonly paymentId: string;
  readonly paymentRequestId: string;
}

export class SimulatedAcquirer {
  /** What is behind each of its codes: the answer to `userInitiatedPay`. */
  readonly codes = new Map<string, object>();
  readonly pushes = new Map<string, Push>();
  readonly heard: string[] = [];
  decidePush: () => PushDecision = () => 'S';

  /** Handles one verified call beside notices; null when it gives no answer. */
  answer(api: string | undefined, text: string): Reply | null {
    const asked = JSON.parse(text) as Asked;
    this.heard.push(`${api} ${asked.paymentRequestId ?? asked.codeValue}`);
    switch (api) {
      case 'userInitiatedPay': {
        const behind = this.codes.get(asked.codeValue);
        const known = result(behind === undefined ? 'INVALID_CODE' : 'SUCCESS');
        return { ...behind, result: known };
      }
      case 'pushPayment':
        return this.#push(asked);
      case 'inquiryPushPayment': {
        const push = this.pushes.get(asked.paymentRequestId);
        return push === undefined
          ? { result: result('ORDER_NOT_EXIST') }
          : { result: result('SUCCESS'), paymentResult: result(push.state) };
      }
      default:
        return { result: result('NO_INTERFACE_DEF') };
    }
  }

  /** It makes up its mind about a push that it has heard of; tells nobody. */
  settle(paymentRequestId: string, state: ResultCode): Push {
    const push = this.pushes.get(paymentRequestId);
    if (push === undefined) throw new Error(`no push of ${paymentRequestId}`);
    if (state === 'SUCCESS' && push.state !== 'SUCCESS') push.credits += 1;
    push.state = state;
    return push;
  }

  #push({ paymentId, paymentRequestId }: Asked): Reply | null {
    const known = this.pushes.get(paymentRequestId);
    if (known !== undefined) return { result: result(known.state) };
    const decision = this.decidePush();
    if (decision === 'lost') return null;
    const push: Push = { paymentId, state: 'PAYMENT_IN_PROCESS', credits: 0 };
    this.pushes.set(paymentRequestId, push);
    if (typeof decision === 'object') push.state = decision.failure;
    if (decision === 'S' || decision === 'unheard') this.settle(paymentRequestId, 'SUCCESS');
    return decision === 'unheard' ? null : { result: result(push.state) };
  }
}
