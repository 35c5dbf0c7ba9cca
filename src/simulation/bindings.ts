// Standing permissions at a simulated acquirer: it asks for them, keeps its tokens fresh, debits
// by them, and ends some.

import { productRow } from '../payments/products.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { Affair, mostTries } from './affair.ts';
import type { Permission } from './agreementAudit.ts';
import { openPage } from './browser.ts';
import type { WireAmount } from './ledgerOfWords.ts';
import type { PartyAnswer } from './party.ts';
import type { SimulatedWallet } from './wallet.ts';

/** A customer's permission as the shop has it. */
export interface Binding extends Permission {
  readonly wallet: SimulatedWallet;
  /** Our codes, as they came: by the customer's browser, or by a notice. */
  authCode: string | undefined;
  accessToken: string | undefined;
  refreshToken: string | undefined;
  isOver: boolean;
}

interface Answer {
  readonly result: { readonly resultStatus: 'S' | 'F' | 'U'; readonly resultCode: string };
  readonly authUrl?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

const client = { authClientId: 'C1' };
const codeWaitsMs = 60_000;

export class Bindings extends Affair {
  readonly #bindings = new Map<string, Binding>();

  /** Those that the shop has had a token for, ended ones too: some tills try them again. */
  get withToken(): readonly Binding[] {
    return [...this.#bindings.values()].filter(({ accessToken }) => accessToken !== undefined);
  }

  /** Asks a customer of a wallet for a permission; undefined when none came of it. */
  async bind(wallet: SimulatedWallet, customerId: string): Promise<Binding | undefined> {
    const binding: Binding = {
      name: `${this.id}B${this.#bindings.size + 1}`,
      acquirerId: this.id,
      walletId: wallet.id,
      customerId,
      wallet,
      authCode: undefined,
      accessToken: undefined,
      refreshToken: undefined,
      isOver: false,
    };
    this.#bindings.set(binding.name, binding);
    return this.#busily(async () => {
      const prepared = await this.#untilFinal(`prepare of ${binding.name}`, () =>
        this.#prepare(binding),
      );
      if (prepared?.authUrl === undefined) return undefined;
      const back = wallet.grants.consent(prepared.authUrl, customerId);
      if (back === undefined) return undefined;
      const location = await openPage(this.world, back);
      this.#comeBack(binding, location?.text ?? '');
      const until = this.world.time.now() + codeWaitsMs;
      while (binding.authCode === undefined && this.world.time.now() < until) {
        await this.world.time.pause(1_000);
      }
      const { authCode } = binding;
      if (authCode === undefined) return undefined;
      return this.#apply(binding, { grantType: 'AUTHORIZATION_CODE', authCode });
    });
  }

  /** Newer tokens for the refresh token; the old ones are good no more. */
  refresh(binding: Binding): Promise<Binding | undefined> {
    const { refreshToken } = binding;
    return this.#busily(() => this.#apply(binding, { grantType: 'REFRESH_TOKEN', refreshToken }));
  }

  /** The shop ends it. */
  async end(binding: Binding): Promise<void> {
    binding.isOver = true;
    const body = { ...client, accessToken: binding.accessToken };
    await this.#busily(() =>
      this.#untilFinal(`cancelToken of ${binding.name}`, () => this.#call('cancelToken', body)),
    );
  }

  /** Asks whether the customer could pay; no money may move of it. */
  async evaluate(binding: Binding, paymentRequestId: string, amount: WireAmount): Promise<void> {
    this.auditor.agreements.evaluates(this.id, paymentRequestId);
    this.auditor.agreements.debits(binding, paymentRequestId);
    await this.#call('pay', {
      paymentRequestId,
      paymentAmount: amount,
      order: {
        referenceOrderId: paymentRequestId,
        orderDescription: 'noodles',
        orderAmount: amount,
        merchant: { referenceMerchantId: 'M1' },
      },
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        paymentMethodId: binding.accessToken,
      },
      paymentFactor: { ...productRow('auto_debit').factor, isPaymentEvaluation: 'true' },
    });
  }

  /** authNotify: a code, or that a permission is over. */
  answer(call: ReceivedCall): PartyAnswer {
    const body = JSON.parse(call.bodyText) as Record<string, string>;
    const binding = this.#bindings.get(body.referenceAgreementId ?? '');
    if (binding === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (body.authorizationNotifyType === 'TOKEN_CANCELED') binding.isOver = true;
    else binding.authCode ??= body.authCode;
    return { body: { result: result('SUCCESS') } };
  }

  #prepare({ name, walletId }: Binding): Promise<Answer | undefined> {
    return this.#call('prepare', {
      ...client,
      authClientName: name,
      referenceAgreementId: name,
      scopes: ['AGREEMENT_PAY'],
      authState: name,
      terminalType: 'APP',
      osType: 'IOS',
      customerBelongsTo: walletId,
      authRedirectUrl: `https://${this.id}.example/back`,
    });
  }

  /** The customer's browser comes back to the shop: the state says whose code it brings. */
  #comeBack(binding: Binding, location: string): void {
    if (!URL.canParse(location)) return;
    const { searchParams } = new URL(location);
    if (searchParams.get('authState') !== binding.name) {
      this.auditor.blame(`the customer of ${binding.name} came back to ${location}`);
    }
    binding.authCode ??= searchParams.get('authCode') ?? undefined;
  }

  async #apply(binding: Binding, grant: object): Promise<Binding | undefined> {
    const given = await this.#untilFinal(`applyToken of ${binding.name}`, () =>
      this.#call('applyToken', { ...client, ...grant }),
    );
    if (given?.accessToken === undefined) return undefined;
    binding.accessToken = given.accessToken;
    binding.refreshToken = given.refreshToken ?? binding.refreshToken;
    this.auditor.agreements.acquirerHolds(binding, given.accessToken);
    return binding;
  }

  async #untilFinal(
    what: string,
    call: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const answer = await call();
      if (answer !== undefined && answer.result.resultStatus !== 'U') return answer;
      await this.pauseAfter(attempt);
    }
    this.auditor.blame(`${what} never came to an end`);
    return undefined;
  }

  async #call(
    api: 'prepare' | 'applyToken' | 'cancelToken' | 'pay',
    body: object,
  ): Promise<Answer | undefined> {
    const outcome = await this.party.client.call(api, body);
    if (outcome.kind !== 'answered' || this.party.away) return undefined;
    return outcome.body as unknown as Answer;
  }

  async #busily<T>(work: () => Promise<T>): Promise<T> {
    this.open++;
    const done = await work();
    this.open--;
    return done;
  }
}
