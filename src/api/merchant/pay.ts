// POST /ams/api/v1/payments/pay, from a merchant: charge a payment code or by a customer's
// permission, or give an order code or the way to a wallet's cashier.

import { networkIdOf } from '../../merchants/merchant.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import { factorOf as productFactor } from '../../payments/products.ts';
import {
  type AcquirerPayRequest,
  type AcquirerPayResponse,
  acquirerPayResponse,
} from '../../wire/acquirer.ts';
import {
  type MerchantPayRequest,
  type MerchantPayResponse,
  type MerchantSessionRequest,
  merchantPayRequest,
} from '../../wire/merchant.ts';
import { isTrue, type Order, type PaymentFactor } from '../../wire/objects.ts';
import { type Answer, refuse } from '../partner/endpoint.ts';
import { payEndpoint } from '../partner/pay.ts';
import { type MerchantContext, merchantEndpoint } from './endpoint.ts';
import { merchantFacts } from './words.ts';

export const merchantPay = merchantEndpoint(merchantPayRequest, async (context, message) => {
  const paymentFactor = factorOf(message);
  if (paymentFactor === undefined) return refuse('BUSINESS_NOT_SUPPORT');
  return told(context, await placeOrder(context, message, paymentFactor));
});

/** An order as a merchant gives it, in a store or on a page. */
type MerchantOrder = MerchantSessionRequest & Pick<MerchantPayRequest, 'paymentMethod'>;

/** Has the partner API place the order that its acquirer would have sent for the merchant. */
export async function placeOrder(
  context: MerchantContext,
  message: MerchantOrder,
  paymentFactor: PaymentFactor,
): Promise<Answer> {
  const { merchant, network } = context;
  const borrowed = borrowedName(context, message);
  if (borrowed !== undefined) {
    const why = `order.merchant.referenceMerchantId ${borrowed} is another merchant here.`;
    return refuse('PARAM_ILLEGAL', why);
  }
  const request: AcquirerPayRequest = {
    paymentRequestId: networkIdOf(merchant, message.paymentRequestId),
    paymentAmount: message.paymentAmount,
    order: orderOf(context, message),
    paymentMethod: isTrue(paymentFactor.isAgreementPayment)
      ? { ...message.paymentMethod, paymentMethodMetaData: { authClientId: merchant.merchantId } }
      : message.paymentMethod,
    paymentFactor,
    paymentExpiryTime: message.paymentExpiryTime,
    paymentNotifyUrl: message.paymentNotifyUrl,
    paymentRedirectUrl: message.paymentRedirectUrl,
    allowedPspRegions: message.allowedPspRegions ?? message.allowedPaymentMethodRegions,
    settlementStrategy: message.settlementStrategy,
    userRegion: message.userRegion,
  };
  return payEndpoint.carryOut(network, request);
}

/**
 * The other merchant of this acquirer that an order names, where somebody takes registered
 * merchants only: what wallets approved for it must not be had by naming it.
 */
function borrowedName(context: MerchantContext, { order }: MerchantOrder): string | undefined {
  const { merchant, merchants, network } = context;
  if (network.rules.registrations?.isNeeded !== true) return undefined;
  const { merchantId, acquirerId } = merchant;
  const sellerId = order.merchant?.referenceMerchantId ?? merchantId;
  const isOther = sellerId !== merchantId && merchants.byId(sellerId)?.acquirerId === acquirerId;
  return isOther ? sellerId : undefined;
}

/** The factors of an order on a page or in an app; without a mode UNIFIED (our rule). */
export function cashierFactor(message: {
  readonly paymentFactor?: Pick<PaymentFactor, 'presentmentMode'> | undefined;
}): PaymentFactor {
  return {
    isInStorePayment: 'false',
    isCashierPayment: 'true',
    presentmentMode: message.paymentFactor?.presentmentMode ?? 'UNIFIED',
  };
}

const debitFactor = productFactor('auto_debit', null);

/**
 * The product that a merchant names, as the network's factors (protocol.md §1.1); undefined where
 * it is not offered. The scenario may be left out: a code that was scanned says which it is (our
 * rule).
 */
function factorOf(message: MerchantPayRequest): PaymentFactor | undefined {
  if (message.productCode === 'CASHIER_PAYMENT') return cashierFactor(message);
  if (message.productCode === 'AGREEMENT_PAYMENT') return debitFactor;
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
function orderOf(context: MerchantContext, { order, env }: MerchantOrder): Order {
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
    ...waysIn(said),
  };
  return { body, paymentNumber };
}

/** The ways to a wallet; a page can follow the plain address as a form too. */
function waysIn(said: AcquirerPayResponse): Partial<MerchantPayResponse> {
  const { normalUrl, schemeUrl, applinkUrl, appIdentifier, orderCodeForm } = said;
  return {
    orderCodeForm,
    ...(normalUrl === undefined
      ? {}
      : {
          normalUrl,
          schemeUrl,
          applinkUrl,
          appIdentifier,
          redirectActionForm: {
            method: 'GET',
            redirectUrl: normalUrl,
            actionFormType: 'REDIRECTION',
          },
        }),
  };
}
