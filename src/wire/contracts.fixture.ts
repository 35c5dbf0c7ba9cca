// One complete good example of every message, with every known field, for the tests to break.

const amount = { currency: 'CNY', value: '12000' };
const payTo = { currency: 'MYR', value: '7562' };
const time = '2026-11-21T21:45:41.123+08:00';
const success = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'Success.' };

const address = {
  region: 'CN',
  state: 'SC',
  city: 'Chengdu',
  address1: 'No. 8 Chunxi Road',
  address2: 'Jinjiang District',
  zipCode: '610000',
};

const quote = {
  quoteId: 'Q1',
  quoteCurrencyPair: 'CNY/MYR',
  quotePrice: '0.6301',
  quoteStartTime: time,
  quoteExpiryTime: time,
  baseCurrency: 'CNY',
  quoteUnit: '1',
  extendInfo: '{"midPrice":"0.6270","spreadBasisPoints":"50"}',
};

const order = {
  referenceOrderId: 'ORDER-1',
  orderDescription: '担担面, two bowls',
  orderAmount: amount,
  merchant: {
    referenceMerchantId: 'M1',
    merchantMCC: '5812',
    merchantName: 'Chengdu Noodle House',
    merchantDisplayName: '成都面馆',
    merchantAddress: address,
    merchantRegisterDate: '2020-01-01T00:00:00+08:00',
    store: {
      referenceStoreId: 'S1',
      storeName: 'Chunxi Road',
      storeMCC: '5812',
      storeDisplayName: '春熙路店',
      storeTerminalId: 'T1',
      storeOperatorId: 'OP1',
      storePhoneNo: '+862812345678',
      storeAddress: address,
    },
  },
  goods: [
    {
      referenceGoodsId: 'G1',
      goodsName: 'Dan dan noodles',
      goodsCategory: 'food',
      goodsBrand: 'House',
      goodsUnitAmount: { currency: 'CNY', value: '6000' },
      goodsQuantity: '2',
    },
  ],
  shipping: {
    shippingName: { firstName: 'Aisyah', middleName: 'binti', lastName: 'Ahmad', fullName: 'A A' },
    shippingAddress: address,
    shippingCarrier: 'SF',
    shippingPhoneNo: '+60123456789',
  },
  buyer: {
    referenceBuyerId: 'B1',
    buyerName: { fullName: 'Aisyah Ahmad' },
    buyerPhoneNo: '+60123456789',
    buyerEmail: 'a@example.org',
  },
  env: {
    terminalType: 'APP',
    osType: 'ANDROID',
    userAgent: 'till/1.0',
    deviceTokenId: 'D1',
    clientIp: '203.0.113.7',
    cookieId: 'K1',
    storeTerminalId: 'T1',
    storeTerminalRequestTime: time,
  },
  indirectAcquirer: {
    referenceAcquirerId: 'IA1',
    acquirerName: 'Indirect Ltd',
    acquirerAddress: address,
  },
};

const paymentMethod = {
  paymentMethodType: 'CONNECT_WALLET',
  paymentMethodId: '281006020000000000125733',
  customerId: 'CUSTOMER-1',
  paymentMethodMetaData: { authClientId: 'AC1' },
};

const paymentFactor = {
  isInStorePayment: 'true',
  isCashierPayment: 'false',
  isAgreementPayment: 'false',
  isPaymentEvaluation: 'false',
  needSurcharge: 'false',
  presentmentMode: 'UNIFIED',
  inStorePaymentScenario: 'PaymentCode',
};

const promotion = {
  promoId: 'PR1',
  promoName: 'Ten off',
  promoType: 'INSTANT_DISCOUNT',
  savingsAmount: { currency: 'MYR', value: '100' },
};

const walletPricing = {
  payToAmount: payTo,
  paymentQuote: quote,
  surchargeInfo: { surchargeAmount: payTo, surchargeQuote: quote },
  paymentPromoInfo: { paymentPromoDetails: [promotion] },
};

const links = {
  paymentExpiryTime: time,
  paymentNotifyUrl: 'https://hub.example/aps/api/v1/payments/notifyPayment',
  paymentRedirectUrl: 'https://shop.example/done?order=1',
};

const acquirerFacts = {
  acquirerId: 'ACQ1',
  pspId: 'PSP1',
  paymentId: 'PAY1',
  paymentTime: time,
  paymentAmount: amount,
  customerId: 'CUSTOMER-1',
  walletBrandName: 'Touch Wallet',
  mppPaymentId: 'MPP1',
  settlementAmount: amount,
  settlementQuote: quote,
  customsDeclarationAmount: amount,
};

const walletFacts = {
  paymentId: 'MPP1',
  paymentTime: time,
  paymentAmount: amount,
  payToAmount: payTo,
  customerId: 'CUSTOMER-1',
};

/** Complete bodies by schema name. */
export const examples = {
  acquirerPayRequest: {
    paymentRequestId: 'PR1',
    paymentAmount: amount,
    order,
    paymentMethod,
    paymentFactor,
    ...links,
    settlementStrategy: { settlementCurrency: 'CNY' },
    splitSettlementId: 'SP1',
    userRegion: 'MY',
    allowedPspRegions: ['MY', 'SG'],
  },
  acquirerPayResponse: {
    result: success,
    ...acquirerFacts,
    paymentUrl: 'https://hub.example/p/1',
    normalUrl: 'https://hub.example/n/1',
    schemeUrl: 'wallet://pay/1',
    applinkUrl: 'https://hub.example/a/1',
    appIdentifier: 'com.example.wallet',
    orderCodeForm: {
      paymentMethodType: 'CONNECT_WALLET',
      expireTime: time,
      codeDetails: [
        { codeValueType: 'QRCODE', codeValue: 'https://hub.example/281', displayType: 'TEXT' },
      ],
    },
  },
  acquirerNotifyPaymentRequest: {
    paymentRequestId: 'PR1',
    paymentResult: success,
    ...acquirerFacts,
  },
  acquirerInquiryPaymentRequest: { paymentRequestId: 'PR1', paymentId: 'PAY1' },
  acquirerInquiryPaymentResponse: {
    result: success,
    paymentResult: success,
    paymentRequestId: 'PR1',
    ...acquirerFacts,
    transactions: [
      {
        transactionResult: success,
        transactionId: 'TX1',
        transactionType: 'PAYMENT',
        transactionStatus: 'SUCCESS',
        transactionAmount: amount,
        transactionRequestId: 'PR1',
        transactionTime: time,
      },
    ],
  },
  acquirerCancelPaymentRequest: { paymentRequestId: 'PR1', paymentId: 'PAY1' },
  acquirerCancelPaymentResponse: { result: success, acquirerId: 'ACQ1', pspId: 'PSP1' },
  acquirerRefundRequest: {
    paymentRequestId: 'PR1',
    paymentId: 'PAY1',
    refundRequestId: 'RR1',
    refundAmount: amount,
    refundReason: 'one bowl was cold',
  },
  acquirerRefundResponse: {
    result: success,
    acquirerId: 'ACQ1',
    pspId: 'PSP1',
    refundId: 'REF1',
    refundTime: time,
    refundAmount: amount,
    settlementAmount: amount,
    settlementQuote: quote,
  },
  walletPayRequest: {
    acquirerId: 'ACQ1',
    pspId: 'PSP1',
    paymentRequestId: 'WPR1',
    order,
    paymentAmount: amount,
    paymentMethod,
    paymentFactor,
    ...walletPricing,
    ...links,
    passThroughInfo: '{"any":"thing"}',
  },
  walletPayResponse: {
    result: success,
    paymentId: 'MPP1',
    paymentTime: time,
    customerId: 'CUSTOMER-1',
    paymentUrl: 'https://wallet.example/p/1',
  },
  userInitiatedPayRequest: {
    codeValue: 'https://qr.example/28166613000000001',
    customerId: 'CUSTOMER-1',
    passThroughInfo: 'anything',
  },
  userInitiatedPayResponse: {
    result: success,
    acquirerId: 'ACQ1',
    pspId: 'PSP1',
    codeType: 'ORDER_CODE',
    paymentRequestId: 'WPR1',
    order,
    paymentFactor,
    paymentAmount: amount,
    ...walletPricing,
    ...links,
    actionForm: { actionType: 'ERROR_PAGE' },
    passThroughInfo: 'anything',
  },
  walletNotifyPaymentRequest: {
    paymentRequestId: 'WPR1',
    paymentResult: success,
    ...walletFacts,
  },
  walletInquiryPaymentRequest: { acquirerId: 'ACQ1', pspId: 'PSP1', paymentRequestId: 'WPR1' },
  walletInquiryPaymentResponse: { result: success, paymentResult: success, ...walletFacts },
  walletCancelPaymentRequest: { acquirerId: 'ACQ1', pspId: 'PSP1', paymentRequestId: 'WPR1' },
  walletRefundRequest: {
    acquirerId: 'ACQ1',
    pspId: 'PSP1',
    paymentRequestId: 'WPR1',
    paymentId: 'MPP1',
    refundRequestId: 'WRR1',
    refundAmount: amount,
    refundFromAmount: payTo,
    refundQuote: quote,
    refundPromoInfo: { paymentPromoDetails: [promotion] },
    surchargeInfo: { surchargeAmount: payTo, surchargeQuote: quote },
    extendInfo: '{"any":"thing"}',
  },
  walletRefundResponse: { result: success, refundId: 'MREF1', refundTime: time },
  resultOnly: { result: success },
  getPaymentCodeRequest: {
    customerId: 'CUSTOMER-1',
    codeQuantity: '3',
    region: 'CN',
    env: { terminalType: 'APP', osType: 'IOS' },
  },
  getPaymentCodeResponse: {
    result: success,
    paymentCodeList: [
      {
        paymentCode: '281006020000000000125733',
        codeValueType: 'QRCODE',
        paymentCodeIssueTime: time,
        paymentCodeExpiryTime: time,
      },
    ],
  },
};
