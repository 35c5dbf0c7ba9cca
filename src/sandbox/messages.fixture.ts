// Messages of a hub about one bowl of noodles, for tests.

import { writeOrderCode } from '../codes/orderCode.ts';

let serial = 0;

/** An id that no other test uses. */
export function nextId(prefix = 'A'): string {
  serial += 1;
  return `${prefix}${String(serial).padStart(10, '0')}`;
}

/** An order code of the network; each number is another payment. */
export function orderCodeOf(number: number): string {
  return writeOrderCode({ slot: number % 4096, number: String(number), nonce: '12345678' });
}

const order = {
  referenceOrderId: 'O1',
  orderDescription: 'Dandan noodles',
  orderAmount: { currency: 'CNY', value: '3600' },
  merchant: {
    referenceMerchantId: 'SHOP-NOODLES',
    merchantMCC: '5812',
    merchantDisplayName: 'Granny Lin Noodle House',
    store: {
      referenceStoreId: 'SHOP-NOODLES',
      storeName: '林婆婆面馆',
      storeAddress: { region: 'CN', city: 'Chengdu' },
    },
  },
};

const paymentQuote = {
  quoteId: 'Q1',
  quoteCurrencyPair: 'CNY/MYR',
  quotePrice: '0.6118',
  extendInfo: '{"midPrice":"0.60873","spreadBasisPoints":"50"}',
};

/** The hub's `pay` to TNG: 36.00 CNY are 22.02 MYR, unless told otherwise. */
export function payMessage(paymentRequestId: string, changes: object = {}) {
  return {
    acquirerId: 'CHENGDU_PAY',
    pspId: 'TNG',
    paymentRequestId,
    order,
    paymentAmount: { currency: 'CNY', value: '3600' },
    payToAmount: { currency: 'MYR', value: '2202' },
    paymentQuote,
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      paymentMethodId: '281808020001123456789012',
      customerId: 'TNG-0001',
    },
    paymentFactor: {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    },
    paymentExpiryTime: new Date(Date.now() + 60_000).toISOString(),
    ...changes,
  };
}

/** The hub's `inquiryPayment` and `cancelPayment` to TNG. */
export function nameMessage(paymentRequestId: string) {
  return { acquirerId: 'CHENGDU_PAY', pspId: 'TNG', paymentRequestId };
}

/** The hub's answer to `userInitiatedPay`. */
export function orderAnswer(paymentRequestId: string, changes: object = {}) {
  return {
    result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'Success.' },
    acquirerId: 'CHENGDU_PAY',
    pspId: 'TNG',
    codeType: 'ORDER_CODE',
    paymentRequestId,
    order,
    paymentAmount: { currency: 'CNY', value: '3600' },
    payToAmount: { currency: 'MYR', value: '2202' },
    paymentQuote,
    paymentExpiryTime: new Date(Date.now() + 180_000).toISOString(),
    ...changes,
  };
}

/** A `result` of the hub. */
export function verdict(resultCode: string, resultStatus: 'S' | 'F' | 'U') {
  return { resultCode, resultStatus, resultMessage: `test: ${resultCode}` };
}
