// What a simulated till says about an order: the message of each product, and its shop's codes.

import type { CodeRule } from '../codes/codeRule.ts';
import { presetRules } from '../codes/presetRules.ts';
import { writeMerchantCode } from '../codes/writeMerchantCode.ts';
import { decimalText, money } from '../money/money.ts';
import { type OfferedProduct, productRow } from '../payments/products.ts';
import { formatTime } from '../wire/time.ts';
import type { WireAmount } from './ledgerOfWords.ts';

/** An order as far as its message needs it. */
export interface OrderToSay {
  readonly paymentRequestId: string;
  readonly product: OfferedProduct;
  readonly amount: WireAmount;
  readonly merchantId: string;
  readonly expiresAt: number;
  /** The payment code, or the access token. */
  readonly code: string | undefined;
  /** The wallet that the visitor chose on the shop's page. */
  readonly walletName: string | undefined;
}

/** `order` of every message: in a store it names the store. */
function orderOf({ paymentRequestId, amount, product, merchantId }: OrderToSay): object {
  const inStore = productRow(product).factor.isInStorePayment === 'true';
  return {
    referenceOrderId: paymentRequestId,
    orderDescription: 'noodles',
    orderAmount: amount,
    merchant: {
      referenceMerchantId: merchantId,
      merchantName: 'Noodles',
      ...(inStore ? { store: { referenceStoreId: 'S1', storeName: 'Noodles' } } : {}),
    },
    env: { terminalType: 'APP', osType: 'IOS', userAgent: 'Wallet/1.0' },
  };
}

/** `pay` of an order; `value` is another amount where a till says the wrong one. */
export function payBodyOf(order: OrderToSay, value: string): object {
  const { product, code, paymentRequestId, expiresAt, walletName } = order;
  const amount = { currency: order.amount.currency, value };
  return {
    paymentRequestId,
    paymentAmount: amount,
    order: orderOf({ ...order, amount }),
    paymentMethod: {
      paymentMethodType: walletName ?? 'CONNECT_WALLET',
      ...(code === undefined ? {} : { paymentMethodId: code }),
    },
    paymentFactor: {
      ...productRow(product).factor,
      ...(product === 'cashier' ? { presentmentMode: 'BUNDLE' } : {}),
    },
    ...(product === 'cashier' ? { paymentRedirectUrl: 'https://shop.example/thanks' } : {}),
    paymentExpiryTime: formatTime(expiresAt),
  };
}

/** What an acquirer says is behind a code of its own (protocol.md §2.4). */
export function behindCode(order: OrderToSay): object {
  return {
    codeType: 'ORDER_CODE',
    paymentRequestId: order.paymentRequestId,
    paymentAmount: order.amount,
    order: orderOf(order),
    paymentFactor: productRow(order.product).factor,
    paymentExpiryTime: formatTime(order.expiresAt),
  };
}

const privatePrefix = (acquirerId: string) => `https://${acquirerId}.example/28180304`;

/** The text that the shop shows for an order of its acquirer's own: a private or national code. */
export function shopCodeOf(acquirerId: string, order: OrderToSay): string {
  const { paymentRequestId, product } = order;
  if (product === 'private_order_code') return `${privatePrefix(acquirerId)}${paymentRequestId}`;
  const { text } = writeMerchantCode({
    pointOfInitiation: 'dynamic',
    accounts: [
      {
        tag: '26',
        fields: [
          { tag: '00', value: `NATIONAL${acquirerId.toUpperCase()}` },
          { tag: '01', value: paymentRequestId },
        ],
      },
    ],
    merchantCategoryCode: '5812',
    currency: order.amount.currency,
    amount: decimalText(money(order.amount.currency, BigInt(order.amount.value))),
    country: 'CN',
    merchantName: 'Noodles',
    city: 'CHENGDU',
    additionalData: { billNumber: paymentRequestId },
  });
  if (text === null) throw new Error(`${paymentRequestId} cannot be written as a national code`);
  return text;
}

/** The rules by which the network knows whose such a code is. */
export function codeRulesOf(acquirerIds: readonly string[]): readonly CodeRule[] {
  const own = acquirerIds.flatMap((acquirerId): CodeRule[] => {
    const common = {
      postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
      trusted: true,
      issuer: { id: acquirerId, en: acquirerId, zh: acquirerId },
      wallets: 'all',
      acquirerId,
    } as const;
    return [
      {
        ...common,
        id: `${acquirerId}-private`,
        codeMatchPattern: {
          matchMethod: 'PREFIX',
          prefix: privatePrefix(acquirerId),
          priority: 91,
        },
        whose: 'own_code',
      },
      {
        ...common,
        id: `${acquirerId}-national`,
        codeMatchPattern: {
          matchMethod: 'EMVCO',
          priority: 60,
          emvMatchRules: [
            {
              isPrimitiveMerchant: false,
              extendedMerchantTag: '00',
              extendedMerchantValue: `NATIONAL${acquirerId.toUpperCase()}`,
            },
          ],
        },
        queryType: 'PUSH_PAYMENT',
        whose: 'scheme_code',
      },
    ];
  });
  return [...own, ...presetRules];
}
