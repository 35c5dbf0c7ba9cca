// The network's part against a wallet: payments of one customer, and what came of each.

import type { Clock, Random } from '../base/world.ts';
import type { ApiName } from '../wire/messages.ts';
import { formatTime } from '../wire/time.ts';
import type { WalletPayRequest } from '../wire/wallet.ts';
import type { DoorPlay } from './doorCases.ts';
import type { Line, Said } from './line.ts';
import { wordsOf } from './outcome.ts';

export interface WalletTerms {
  readonly acquirerId: string;
  readonly pspId: string;
  /** Has enough for the whole run. */
  readonly customerId: string;
  /** Has less than a hundred times one payment; without it a case is skipped. */
  readonly poorCustomerId?: string;
  /** Of one payment, in the shop's currency; a multiple of ten, in minor units. */
  readonly orderCurrency: string;
  readonly orderMinor: bigint;
  /** The same in the customer's currency. */
  readonly payToCurrency: string;
  readonly payToMinor: bigint;
  /** How long a customer may take to agree to a payment that is answered with U. */
  readonly patienceMs: number;
  /**
   * Has somebody consent on the page of this address, in the name of `poorCustomerId` where there
   * is one; resolves to the authCode that comes back, undefined for none. Without it the cases of
   * auto debit are not played.
   */
  readonly consent?: (authUrl: string) => Promise<string | undefined>;
  /** Where `consent` hears of it. */
  readonly authRedirectUrl?: string;
}

/** An agreement with its first tokens; `problem` when it could not be had. */
export interface Bound {
  readonly prepared: Said;
  readonly applied: Said;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly problem: string | undefined;
}

/** A payment that the wallet says is paid; `problem` when it could not be had. */
export interface PaidPayment {
  readonly id: string;
  readonly message: WalletPayRequest;
  readonly said: Said;
  readonly paymentId: string;
  readonly problem: string | undefined;
}

export type WalletPlay = ReturnType<typeof createWalletPlay>;

/** How often a wallet that said U is asked how it stands. */
const inquiryMs = 500;
const lifeMs = 600_000;

export function createWalletPlay(
  terms: WalletTerms,
  line: Line,
  options: { readonly clock: Clock; readonly random: Random; readonly limitMs: number },
) {
  const { clock, random, limitMs } = options;
  const { acquirerId, pspId } = terms;
  const newId = (): string => `CERT${random.digits(24)}`;

  /** `pay` of `times` ordinary payments in one, with a new id. */
  function payMessage(customerId = terms.customerId, times = 1n): WalletPayRequest {
    const paymentRequestId = newId();
    const amount = (currency: string, minor: bigint) => ({
      currency,
      value: String(minor * times),
    });
    const paymentAmount = amount(terms.orderCurrency, terms.orderMinor);
    const merchant = {
      referenceMerchantId: 'CERTIFY-SHOP',
      merchantMCC: '5812',
      merchantName: 'Certification shop',
      store: { referenceStoreId: 'CERTIFY-SHOP', storeName: 'Certification shop' },
    };
    const orderDescription = 'Acceptance case';
    return {
      acquirerId,
      pspId,
      paymentRequestId,
      order: {
        referenceOrderId: paymentRequestId,
        orderDescription,
        orderAmount: paymentAmount,
        merchant,
      },
      paymentAmount,
      payToAmount: amount(terms.payToCurrency, terms.payToMinor),
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        paymentMethodId: `28${random.digits(22)}`,
        customerId,
      },
      paymentFactor: {
        isInStorePayment: 'true',
        isCashierPayment: 'false',
        inStorePaymentScenario: 'PaymentCode',
      },
      paymentExpiryTime: formatTime(clock.now() + lifeMs),
    };
  }

  const nameOf = (paymentRequestId: string) => ({ acquirerId, pspId, paymentRequestId });
  const inquire = (id: string) => line.call('inquiryPayment', nameOf(id));

  /** A new payment that is paid; a customer who has to agree is waited for. */
  async function paid(): Promise<PaidPayment> {
    const message = payMessage();
    const id = message.paymentRequestId;
    let said = await line.call('pay', message);
    let result = said.result;
    const until = clock.elapsed() + terms.patienceMs;
    while (result?.resultStatus === 'U' && clock.elapsed() < until) {
      await clock.pause(inquiryMs);
      said = await inquire(id);
      result = said.paymentResult ?? said.result;
    }
    const isPaid = result?.resultStatus === 'S';
    const problem = isPaid ? undefined : `An ordinary payment was answered ${wordsOf(said)}.`;
    return { id, message, said, paymentId: String(said.body?.paymentId ?? ''), problem };
  }

  /** Whether the wallet says by an inquiry that an id is paid; nothing when it is not. */
  async function paidAfterAll(id: string): Promise<string | undefined> {
    const { paymentResult } = await inquire(id);
    if (paymentResult?.resultStatus !== 'S') return undefined;
    return 'inquiryPayment says that the payment is paid.';
  }

  /** `refund` of some hundredths of a payment, in whole minor units. */
  function refund(of: PaidPayment, refundRequestId: string, minors: RefundMinors): Promise<Said> {
    return line.call('refund', {
      ...nameOf(of.id),
      paymentId: of.paymentId,
      refundRequestId,
      refundAmount: { currency: terms.orderCurrency, value: String(minors.order) },
      refundFromAmount: { currency: terms.payToCurrency, value: String(minors.payTo) },
    });
  }

  /** A part of an ordinary payment in both currencies, rounded down. */
  function part(numerator: bigint, denominator: bigint): RefundMinors {
    return {
      order: (terms.orderMinor * numerator) / denominator,
      payTo: (terms.payToMinor * numerator) / denominator,
    };
  }

  const agreements = createAgreementPlay(terms, line, newId, payMessage);

  const door: DoorPlay = {
    knock: (tampering) => line.call('inquiryPayment', nameOf(newId()), tampering),
    async force(tampering) {
      const message = payMessage();
      const said = await line.call('pay', message, tampering);
      const effect = await paidAfterAll(message.paymentRequestId);
      return effect === undefined ? { said } : { said, effect };
    },
    log: line.log,
    limitMs,
  };

  return {
    ...door,
    ...agreements,
    terms,
    newId,
    payMessage,
    pay: (message: object | string) => line.call('pay', message),
    tell: (api: ApiName, message: object) => line.call(api, message),
    paid,
    paidAfterAll,
    inquire,
    cancel: (id: string) => line.call('cancelPayment', nameOf(id)),
    refund,
    part,
  };
}

/** The part of it that is about auto debit: one agreement for all its cases. */
function createAgreementPlay(
  terms: WalletTerms,
  line: Line,
  newId: () => string,
  payMessage: (customerId?: string, times?: bigint) => WalletPayRequest,
) {
  const { acquirerId, pspId } = terms;
  const authClientId = 'CERTIFY-CLIENT';
  const about = { acquirerId, pspId, authClientId };
  let known: Promise<Bound> | undefined;
  let newest = '';
  const heard = (said: Said): Said => {
    newest = String(said.body?.accessToken ?? newest);
    return said;
  };

  async function bind(): Promise<Bound> {
    const prepared = await line.call('prepare', {
      ...about,
      authClientName: 'Certification shop',
      referenceAgreementId: newId(),
      scopes: ['AGREEMENT_PAY'],
      authState: newId(),
      terminalType: 'WEB',
      authRedirectUrl: terms.authRedirectUrl ?? 'https://certify.example/bound',
    });
    const authUrl = String(prepared.body?.authUrl ?? '');
    const authCode = authUrl === '' ? undefined : await terms.consent?.(authUrl);
    const grant = { grantType: 'AUTHORIZATION_CODE', authCode: authCode ?? 'none' };
    const applied = heard(await line.call('applyToken', { ...about, ...grant }));
    const problem =
      authUrl === ''
        ? `prepare was answered ${wordsOf(prepared)}, without authUrl.`
        : authCode === undefined
          ? 'Nobody came back from the page of authUrl with an authCode.'
          : undefined;
    const { accessToken, refreshToken } = applied.body ?? {};
    return {
      prepared,
      applied,
      accessToken: String(accessToken ?? ''),
      refreshToken: String(refreshToken ?? ''),
      problem,
    };
  }

  return {
    bound(): Promise<Bound> {
      known ??= bind();
      return known;
    },
    newestToken: () => newest,
    send: (api: 'prepare' | 'applyToken', message: object) => line.call(api, message),
    async refresh(refreshToken: string): Promise<Said> {
      const grant = { grantType: 'REFRESH_TOKEN', refreshToken };
      return heard(await line.call('applyToken', { ...about, ...grant }));
    },
    revoke: (accessToken: string) => line.call('cancelToken', { ...about, accessToken }),
    /** `pay` by a token, or only the question whether it would be paid. */
    debitMessage(token: string, isEvaluation = false, times = 1n): WalletPayRequest {
      const { paymentMethod, ...message } = payMessage(undefined, times);
      const { paymentMethodType } = paymentMethod;
      return {
        ...message,
        paymentMethod: { paymentMethodType, paymentMethodId: token },
        paymentFactor: {
          isInStorePayment: 'false',
          isCashierPayment: 'false',
          isAgreementPayment: 'true',
          ...(isEvaluation ? { isPaymentEvaluation: 'true' } : {}),
        },
      };
    },
  };
}

/** A refund's two amounts in minor units. */
interface RefundMinors {
  readonly order: bigint;
  readonly payTo: bigint;
}
