// Between a till and the wire: the pay request of each product, and what the hub's words mean to
// a till.

import { toWire } from '../money/money.ts';
import type {
  AcquirerInquiryPaymentResponse,
  AcquirerNotifyPaymentRequest,
  AcquirerPayRequest,
  AcquirerPayResponse,
} from '../wire/acquirer.ts';
import type { Order, PaymentFactor, ResultObject } from '../wire/objects.ts';
import { formatTime, parseIsoTime } from '../wire/time.ts';
import type { HubWord, TillPayment } from './acquirer.ts';
import type { SandboxAcquirer } from './partners.ts';
import type { SandboxShop } from './shops.ts';
import { moneyOf } from './wallet-messages.ts';

/** A till with its shop and acquirer around it. */
export interface TillPlace {
  readonly acquirer: SandboxAcquirer;
  readonly shop: SandboxShop;
  readonly tillId: string;
}

/**
 * A payment code is shown, scanned and paid in one go; an order code waits for a visitor (§1.9).
 */
export const lifeMs = { payment_code: 60_000, order_code: 180_000 } as const;

function orderOf(place: TillPlace, payment: TillPayment): Order {
  const { shop, tillId } = place;
  const storeAddress = {
    region: 'CN',
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
    env: { storeTerminalId: tillId, storeTerminalRequestTime: formatTime(payment.createdAt) },
  };
}

function factorOf(payment: TillPayment): PaymentFactor {
  if (payment.product === 'payment_code') {
    return {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    };
  }
  return {
    isInStorePayment: 'true',
    isCashierPayment: 'true',
    inStorePaymentScenario: 'OrderCode',
  };
}

/** The acquirer's `pay` (protocol.md §2.1); `code` is the scanned payment code, if there is one. */
export function payRequest(
  place: TillPlace,
  payment: TillPayment,
  code: string | undefined,
): AcquirerPayRequest {
  const method = { paymentMethodType: 'CONNECT_WALLET' };
  return {
    paymentRequestId: payment.paymentRequestId,
    paymentAmount: toWire(payment.amount),
    order: orderOf(place, payment),
    paymentMethod: code === undefined ? method : { ...method, paymentMethodId: code },
    paymentFactor: factorOf(payment),
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

/** What the sync answer to `pay` means. */
export function wordOfPay(answer: AcquirerPayResponse): HubWord {
  return { ...wordFrom(answer.result, answer), orderCode: orderCodeOf(answer) };
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
