// Merchants that simulated acquirers make known, and what simulated wallets think of them.

import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { Affair, mostTries } from './affair.ts';
import type { PartyAnswer } from './party.ts';

const products = ['IN_STORE_PAYMENT', 'CASHIER_PAYMENT', 'AGREEMENT_PAYMENT'] as const;

/** An acquirer's side. */
export class Registrations extends Affair {
  async registerAll(merchantIds: readonly string[]): Promise<void> {
    this.open++;
    await Promise.all(merchantIds.map((merchantId) => this.#register(merchantId)));
    this.open--;
  }

  answer(): PartyAnswer {
    const { chance, stormy } = this.world;
    const lost = stormy() && chance.happens(0.1);
    return { body: { result: result(lost ? 'UNKNOWN_EXCEPTION' : 'SUCCESS') } };
  }

  async #register(merchantId: string): Promise<void> {
    const { time, chance } = this.world;
    const registrationRequestId = `${this.id}-${merchantId}`;
    const body = {
      registrationRequestId,
      productCodes: products,
      merchantInfo: { referenceMerchantId: merchantId, merchantDisplayName: 'Noodles' },
      storeInfo: { referenceStoreId: 'S1' },
    };
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const outcome = await this.party.client.call('registration', body);
      const word = outcome.kind === 'answered' ? statusOf(outcome.body) : 'U';
      if (word === 'F') this.auditor.blame(`${registrationRequestId} was not taken`);
      if (word !== 'U') break;
      await this.pauseAfter(attempt);
    }
    await time.pause(chance.between(1_000, 60_000));
    await this.party.client.call('inquiryRegistrationStatus', { registrationRequestId });
  }
}

function statusOf(body: Readonly<Record<string, unknown>>): string {
  return (body.result as { readonly resultStatus: string }).resultStatus;
}

interface RegistrationBody {
  readonly acquirerId?: string;
  readonly registrationRequestId: string;
  readonly merchantInfo?: { readonly referenceMerchantId: string };
}

interface Judgement {
  readonly acquirerId: string;
  readonly merchantId: string;
  word: 'APPROVED' | 'REJECTED' | undefined;
}

/** A wallet's side: it looks at each merchant once. */
export class WalletRegistrations extends Affair {
  readonly #known = new Map<string, Judgement>();

  answer(call: ReceivedCall): PartyAnswer {
    const body = JSON.parse(call.bodyText) as RegistrationBody;
    const id = body.registrationRequestId;
    if (call.api === 'registration') return this.#taken(id, body);
    const known = this.#known.get(id);
    if (known === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    const registrationStatus = this.#say(known) ?? 'PENDING';
    const word = { registrationResult: { registrationStatus } };
    return { body: { result: result('SUCCESS'), ...word } };
  }

  #taken(id: string, { acquirerId = '', merchantInfo }: RegistrationBody): PartyAnswer {
    const { chance, time, stormy } = this.world;
    if (stormy() && chance.happens(0.1)) return { body: { result: result('UNKNOWN_EXCEPTION') } };
    if (!this.#known.has(id)) {
      const merchantId = merchantInfo?.referenceMerchantId ?? '';
      const judged: Judgement = { acquirerId, merchantId, word: undefined };
      this.#known.set(id, judged);
      this.open++;
      time.after(chance.between(200, 12_000), () => {
        // The second merchant is none for everybody.
        const refuses = merchantId === 'M2' && chance.happens(0.5);
        judged.word = refuses ? 'REJECTED' : 'APPROVED';
        void this.#notify(id, judged).then(() => {
          this.open--;
        });
      });
    }
    return {
      body: { result: result('SUCCESS') },
      never: stormy() && chance.happens(0.06),
    };
  }

  /** Tells the network, mostly; it asks for what it was not told. */
  async #notify(registrationRequestId: string, judged: Judgement): Promise<void> {
    const { chance, stormy } = this.world;
    if (stormy() && chance.happens(0.2)) return;
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const registrationStatus = this.#say(judged);
      const outcome = await this.party.client.call('notifyRegistrationStatus', {
        registrationRequestId,
        registrationResult: { registrationStatus },
      });
      if (outcome.kind === 'answered' && statusOf(outcome.body) !== 'U') return;
      await this.pauseAfter(attempt);
    }
  }

  #say({ acquirerId, merchantId, word }: Judgement): Judgement['word'] {
    if (word === 'APPROVED') this.auditor.merchants.approves(this.id, acquirerId, merchantId);
    return word;
  }
}
