// Between a till and the wire: the pay request of each product, and what the hub's words mean to
// a till.

import { type Money, toWire } from '../money/money.ts';
import type {
  AcquirerInquiryPaymentResponse,
  AcquirerNotifyPaymentRequest,
  AcquirerPayRequest,
  AcquirerPayResponse,
  ConsultPaymentRequest,
} from '../wire/acquirer.ts';
import type { Env, Order, PaymentFactor, ResultObject } from '../wire/objects.ts';
import type { AcquirerUserInitiatedPayResponse } from '../wire/push.ts';
import { formatTime, parseIsoTime } from '../wire/time.ts';
import type { HubWord, TillPayment, TillProduct } from './acquirer.ts';
import type { SandboxAcquirer } from './partners.ts';
import type { SandboxShop } from './shops.ts';
import { moneyOf } from './wallet-messages.ts';

/** A till with its shop and acquirer around it. */
export interface TillPlace {
  readonly acquirer: SandboxAcquirer;
  readonly shop: SandboxShop;
  readonly tillId: string;
}

interface TillProductRow {
  /** How long a payment may take, as we ask the hub (§1.9). */
  readonly lifeMs: number;
  readonly factor: PaymentFactor;
}

const orderCodeFactor: PaymentFactor = {
  isInStorePayment: 'true',
  isCashierPayment: 'true',
  inStorePaymentScenario: 'OrderCode',
};

/** What an acquirer says of each product (protocol.md §1.1). */
export const tillProducts: Readonly<Record<TillProduct, TillProductRow>> = {
  // Shown, scanned and paid in one go; the others wait for a visitor.
  payment_code: {
    lifeMs: 60_000,
    factor: {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    },
  },
  order_code: { lifeMs: 180_000, factor: orderCodeFactor },
  entry_code: {
    lifeMs: 180_000,
    factor: {
      isInStorePayment: 'true',
      isCashierPayment: 'true',
      inStorePaymentScenario: 'EntryCode',
    },
  },
  cashier: {
    lifeMs: 600_000,
    factor: { isInStorePayment: 'false', isCashierPayment: 'true', presentmentMode: 'TILE' },
  },
  // What the network is answered when it asks about a code of ours.
  private_order_code: { lifeMs: 180_000, factor: orderCodeFactor },
  push: { lifeMs: 180_000, factor: orderCodeFactor },
  auto_debit: {
    lifeMs: 60_000,
    factor: { isInStorePayment: 'false', isCashierPayment: 'false', isAgreementPayment: 'true' },
  },
};

/** Where a visitor opened a page of ours, instead of standing at the till. */
type TillPage =
  | { readonly product: 'entry_code'; readonly env: Env }
  | {
      readonly product: 'cashier';
      readonly env: Env;
      /** The wallet that the visitor chose. */
      readonly walletId: string;
      /** Where the visitor comes back to; a slash and the payment's id are appended. */
      readonly returnUrl: string;
    };

/** What a till, or the acquirer's page for its shop, wants to be paid. */
export interface TillOrder {
  readonly amount: Money;
  /** The visitor's payment code, where one was scanned. */
  readonly code?: string | undefined;
  /** The visitor allowed the debit before: what the shop holds of it. A secret. */
  readonly accessToken?: string | undefined;
  /** The payer's own id of the payment; the same id is the same payment. */
  readonly paymentRequestId?: string | undefined;
  readonly page?: TillPage | undefined;
}

function orderOf(place: TillPlace, payment: TillPayment, env: Env | undefined): Order {
  const { shop, tillId } = place;
  const storeAddress = {
    region: place.acquirer.market,
    state: shop.state,
    city: shop.city,
    address1: shop.district,
  };
  return {
    referenceOrderId: payment.paymentRequestId,
    orderDescription: shop.goods,
    orderAmount: toWire(payment.amount),
    merchant: {
      referenceMerchantId: shop.id,
      merchantMCC: shop.mcc,
      merchantName: shop.name,
      merchantDisplayName: shop.name,
      store: {
        referenceStoreId: shop.id,
        storeName: shop.nameZh,
        storeDisplayName: `${shop.name}, ${shop.district}`,
        storeMCC: shop.mcc,
        storeTerminalId: tillId,
        storeAddress,
      },
    },
    env: {
      ...env,
      storeTerminalId: tillId,
      storeTerminalRequestTime: formatTime(payment.createdAt),
    },
  };
}

/** The acquirer's `pay` (protocol.md §2.1). */
export function payRequest(
  place: TillPlace,
  payment: TillPayment,
  { code, accessToken, page }: TillOrder,
): AcquirerPayRequest {
  const cashier = page?.product === 'cashier' ? page : undefined;
  const id = code ?? accessToken;
  const method = { paymentMethodType: cashier?.walletId ?? 'CONNECT_WALLET' };
  return {
    paymentRequestId: payment.paymentRequestId,
    paymentAmount: toWire(payment.amount),
    order: orderOf(place, payment, page?.env),
    paymentMethod: id === undefined ? method : { ...method, paymentMethodId: id },
    paymentFactor: tillProducts[payment.product].factor,
    paymentExpiryTime: formatTime(payment.expiresAt),
    settlementStrategy: { settlementCurrency: place.acquirer.currency },
    ...(cashier === undefined
      ? {}
      : { paymentRedirectUrl: `${cashier.returnUrl}/${payment.paymentRequestId}` }),
  };
}

/** What is behind a code of ours (protocol.md §2.4): for the same code always the same. */
export function orderBehind(
  place: TillPlace,
  payment: TillPayment,
): Omit<AcquirerUserInitiatedPayResponse, 'result'> {
  return {
    codeType: 'ORDER_CODE',
    paymentRequestId: payment.paymentRequestId,
    order: orderOf(place, payment, undefined),
    paymentFactor: tillProducts[payment.product].factor,
    paymentAmount: toWire(payment.amount),
    paymentExpiryTime: formatTime(payment.expiresAt),
    settlementStrategy: { settlementCurrency: place.acquirer.currency },
  };
}

function wordFrom(
  verdict: ResultObject,
  facts: Pick<AcquirerPayResponse, 'paymentId' | 'settlementAmount' | 'walletBrandName'>,
): HubWord {
  return {
    status: verdict.resultStatus,
    resultCode: verdict.resultCode,
    resultMessage: verdict.resultMessage ?? null,
    paymentId: facts.paymentId,
    settlementAmount:
      facts.settlementAmount === undefined ? undefined : moneyOf(facts.settlementAmount),
    walletBrandName: facts.walletBrandName,
  };
}

/** The code that the till shows: the QR code of the form, or its first code. */
function orderCodeOf(answer: AcquirerPayResponse): HubWord['orderCode'] {
  const form = answer.orderCodeForm;
  const codes = form?.codeDetails ?? [];
  const chosen = codes.find((code) => code.codeValueType === 'QRCODE') ?? codes[0];
  if (form === undefined || chosen === undefined) return undefined;
  return { text: chosen.codeValue, expiresAt: parseIsoTime(form.expireTime) ?? null };
}

/** Which wallets a page of ours may offer for this amount (protocol.md §2.14). */
export function consultRequest(place: TillPlace, amount: Money): ConsultPaymentRequest {
  return {
    paymentAmount: toWire(amount),
    paymentFactor: tillProducts.cashier.factor,
    settlementStrategy: { settlementCurrency: place.acquirer.currency },
  };
}

/** What the sync answer to `pay` means. */
export function wordOfPay(answer: AcquirerPayResponse): HubWord {
  const payUrl = answer.paymentUrl ?? answer.normalUrl;
  return { ...wordFrom(answer.result, answer), orderCode: orderCodeOf(answer), payUrl };
}

/**
 * What an inquiry's answer means: `result` is about the question, `paymentResult` about the payment
 * (protocol.md §1.9). An order that is closed may be told in either; any other refusal of the
 * question says nothing about the payment.
 */
export function wordOfInquiry(answer: AcquirerInquiryPaymentResponse): HubWord {
  const { result, paymentResult } = answer;
  if (result.resultStatus === 'S' && paymentResult !== undefined) {
    return wordFrom(paymentResult, answer);
  }
  const closed = result.resultStatus === 'F' && result.resultCode === 'ORDER_IS_CLOSED';
  return { ...wordFrom(result, answer), status: closed ? 'F' : null };
}

/** What a notice means. */
export function wordOfNotice(notice: AcquirerNotifyPaymentRequest): HubWord {
  return wordFrom(notice.paymentResult, notice);
}

/** No usable answer came: nothing is known, and the payment must not be called failed. */
export function silence(problem: string): HubWord {
  return { status: null, resultCode: 'UNKNOWN_EXCEPTION', resultMessage: problem };
}
