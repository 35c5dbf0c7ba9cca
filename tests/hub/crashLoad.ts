// Tills and visitors that go on paying while the hub is killed, and remember what they were told.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CallOutcome, PartnerClient } from '../../src/wire/client.ts';
import type { Parties } from './crashParties.ts';
import { payForOrderCode, payWithCode, yuan } from './scenes.ts';
import { walletPaymentIdOf } from './wallet.ts';

const tills = 12;
const retryMs = 60;
/** How long a till goes on about one payment; longer than any payment lives. */
const patienceMs = 30_000;

interface Clients {
  readonly till: PartnerClient;
  readonly wallet: PartnerClient;
}

export interface Load {
  /** Final results that were acknowledged to a till, by its own id: they must hold for ever. */
  readonly acknowledged: Map<string, string>;
  /** Every payment that was begun. */
  readonly begun: string[];
  requests: number;
  /** Ends when every till has finished the payment that it is at. */
  stop(): Promise<void>;
}

interface Body {
  readonly result: { readonly resultCode: string; readonly resultStatus: string };
  readonly [field: string]: unknown;
}

/** Starts the tills; `clients` gives those for where the hub is now. */
export function startLoad(round: number, parties: Parties, clients: () => Clients): Load {
  let stopping = false;
  const load: Load = {
    acknowledged: new Map(),
    begun: [],
    requests: 0,
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };

  /** Sends until a signed answer comes; the same bytes of the business each time. */
  async function ask(who: keyof Clients, api: Parameters<PartnerClient['call']>[0], body: object) {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      load.requests += 1;
      const outcome: CallOutcome = await clients()[who].call(api, body);
      if (outcome.kind === 'answered') return outcome.body as unknown as Body;
      await sleep(retryMs);
    }
    throw new Error(`no answer to ${api} for ${patienceMs} ms`);
  }

  /** A till's patience: an answer U is followed by inquiries until the result is final. */
  async function follow(paymentRequestId: string, first: Body): Promise<void> {
    let said = first.result;
    const deadline = Date.now() + patienceMs;
    while (said.resultStatus === 'U') {
      if (Date.now() > deadline) throw new Error(`${paymentRequestId} never came to an end`);
      await sleep(retryMs);
      const body = await ask('till', 'inquiryPayment', { paymentRequestId });
      said = (body.paymentResult as Body['result'] | undefined) ?? said;
      // The hub was killed before the order was written down: nothing is known of it.
      if (body.result.resultCode === 'ORDER_NOT_EXIST') return;
    }
    load.acknowledged.set(paymentRequestId, said.resultCode);
  }

  async function payByCode(id: string): Promise<void> {
    const codes = await ask('wallet', 'getPaymentCode', { customerId: 'ANNA', env: {} });
    const [code] = (codes.paymentCodeList ?? []) as { paymentCode: string }[];
    if (code === undefined) return;
    load.begun.push(id);
    await follow(id, await ask('till', 'pay', payWithCode(id, yuan(1_600), code.paymentCode)));
  }

  async function payByOrder(id: string): Promise<void> {
    load.begun.push(id);
    const placed = await ask('till', 'pay', payForOrderCode(id, yuan(1_600)));
    const form = placed.orderCodeForm as { codeDetails: { codeValue: string }[] } | undefined;
    const codeValue = form?.codeDetails[0]?.codeValue;
    if (codeValue !== undefined) await payAsVisitor(codeValue);
    await follow(id, placed);
  }

  async function payAsVisitor(codeValue: string): Promise<void> {
    const order = await ask('wallet', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
    if (order.result.resultStatus !== 'S') return;
    const legId = String(order.paymentRequestId);
    const { wallet } = parties;
    if (!wallet.lines.has(legId)) {
      wallet.accept({
        paymentRequestId: legId,
        payToAmount: order.payToAmount as { currency: string; value: string },
        paymentMethod: { customerId: 'ANNA' },
        order: order.order as { referenceOrderId: string },
      });
    }
    const line = wallet.lines.get(legId);
    if (line?.state !== 'SUCCESS') return;
    await ask('wallet', 'notifyPayment', {
      paymentRequestId: legId,
      paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: walletPaymentIdOf(wallet.walletId, legId),
    });
  }

  async function till(number: number): Promise<void> {
    for (let serial = 0; !stopping; serial++) {
      const id = `R${round}-T${number}-${serial}`;
      await (serial % 3 === 2 ? payByOrder(id) : payByCode(id));
    }
  }

  const running = Array.from({ length: tills }, (_, number) => till(number));
  // Whoever stops the load hears of a failure; until then it must not end the process.
  for (const each of running) each.catch(() => {});
  return load;
}
