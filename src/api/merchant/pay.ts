// POST /ams/api/v1/payments/pay, from a merchant: charge a payment code, or give an order code.

import { networkIdOf } from '../../merchants/merchant.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import { type AcquirerPayRequest, acquirerPayResponse } from '../../wire/acquirer.ts';
import {
  type MerchantPayRequest,
  type MerchantPayResponse,
  merchantPayRequest,
} from '../../wire/merchant.ts';
import type { Order, PaymentFactor } from '../../wire/objects.ts';
import { type Answer, refuse } from '../partner/endpoint.ts';
import { payEndpoint } from '../partner/pay.ts';
import { type MerchantContext, merchantEndpoint } from './endpoint.ts';
import { merchantFacts } from './words.ts';

export const merchantPay = merchantEndpoint(merchantPayRequest, async (context, message) => {
  const { merchant, network } = context;
  const paymentFactor = factorOf(message);
  if (paymentFactor === undefined) return refuse('BUSINESS_NOT_SUPPORT');
  const request: AcquirerPayRequest = {
    paymentRequestId: networkIdOf(merchant, message.paymentRequestId),
    paymentAmount: message.paymentAmount,
    order: orderOf(context, message),
    paymentMethod: message.paymentMethod,
    paymentFactor,
    paymentExpiryTime: message.paymentExpiryTime,
    paymentNotifyUrl: message.paymentNotifyUrl,
    settlementStrategy: message.settlementStrategy,
    userRegion: message.userRegion,
  };
  return told(context, await payEndpoint.carryOut(network, request));
});

/**
 * The product that a merchant names, as the network's factors (protocol.md §1.1); undefined where
 * it is not offered. The scenario may be left out: a code that was scanned says which it is (our
 * rule).
 */
function factorOf(message: MerchantPayRequest): PaymentFactor | undefined {
  if (message.productCode !== 'IN_STORE_PAYMENT') return undefined;
  const wasScanned = message.paymentMethod.paymentMethodId !== undefined;
  const named = message.paymentFactor?.inStorePaymentScenario;
  const scenario = named ?? (wasScanned ? 'PaymentCode' : 'OrderCode');
  if (scenario === 'EntryCode') return undefined;
  return {
    isInStorePayment: 'true',
    isCashierPayment: scenario === 'PaymentCode' ? 'false' : 'true',
    inStorePaymentScenario: scenario,
  };
}

/** The order with what a merchant need not repeat: who and where it is, as it was registered. */
function orderOf(context: MerchantContext, { order, env }: MerchantPayRequest): Order {
  const { merchant, network } = context;
  const { store, categoryCode } = merchant;
  const region = network.caller.market;
  return {
    ...order,
    merchant: {
      ...(order.merchant ?? {
        referenceMerchantId: merchant.merchantId,
        merchantName: merchant.name,
        ...(categoryCode === null ? {} : { merchantMCC: categoryCode }),
      }),
      store: order.merchant?.store ?? {
        referenceStoreId: store.storeId,
        storeName: store.name,
        ...(store.city === null ? {} : { storeAddress: { region, city: store.city } }),
      },
    },
    ...(order.env === undefined && env === undefined ? {} : { env: order.env ?? env }),
  };
}

/** The network's answer in the merchant's words; a refusal is the same in both. */
async function told(context: MerchantContext, answer: Answer): Promise<Answer> {
  const { rules, desk } = context.network;
  const { paymentNumber } = answer;
  const said = acquirerPayResponse.parse(answer.body);
  if (paymentNumber === undefined || said.paymentId === undefined) return answer;
  const payment = await desk.run(findByNumberCommand(rules, paymentNumber));
  if (payment === undefined) return answer;
  const body: MerchantPayResponse = {
    result: said.result,
    ...merchantFacts(payment, rules),
    orderCodeForm: said.orderCodeForm,
  };
  return { body, paymentNumber };
}
