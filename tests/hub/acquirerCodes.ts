// Codes of an acquirer's own for tests: the rules that name it, and what it says is behind a code.

import type { CodeRule } from '../../src/codes/codeRule.ts';
import { presetRules } from '../../src/codes/presetRules.ts';
import { account, shopCode } from '../../src/codes/shops.fixture.ts';
import { payForOrderCode } from './scenes.ts';

/** The acquirer that the rules name. */
export const codeMaker = 'KLPAY';

const prefix = 'https://pay.klpay.example/28180304';
const issuer = { id: codeMaker, en: 'KL Pay', zh: 'KL Pay' };
const common = {
  postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
  trusted: true,
  issuer,
  wallets: 'all',
  acquirerId: codeMaker,
} as const;

/** The rules of the project, and those of an acquirer that is connected. */
export const connectedRules: readonly CodeRule[] = [
  {
    ...common,
    id: 'klpay-private-order-code',
    codeMatchPattern: { matchMethod: 'PREFIX', prefix, priority: 91 },
    whose: 'own_code',
  },
  {
    ...common,
    id: 'klpay-duitnow',
    codeMatchPattern: {
      matchMethod: 'EMVCO',
      priority: 60,
      emvMatchRules: [
        {
          isPrimitiveMerchant: false,
          extendedMerchantTag: '00',
          extendedMerchantValue: 'A0000006150001',
        },
      ],
    },
    queryType: 'PUSH_PAYMENT',
    whose: 'scheme_code',
  },
  ...presetRules,
];

/** A private order code; each name is another code. */
export function privateCodeOf(name: string): string {
  return `${prefix}0001${name}`;
}

/**
 * A DuitNow code with this amount (major units) and bill number; static without an amount. In
 * ringgit, or in the currency with this number (`156` is the yuan).
 */
export function nationalCodeOf(name: string, amount?: string, currency = '458'): string {
  return shopCode({
    accounts: [account('26', ['00', 'A0000006150001'], ['01', '603346'], ['02', 'MD1'])],
    country: 'MY',
    currency,
    method: amount === undefined ? '11' : '12',
    ...(amount === undefined ? {} : { amount }),
    more: [account('62', ['01', name])],
  });
}

/** What the acquirer says is behind a code: an order under its own id. */
export function behindCode(name: string, amount: { currency: string; value: string }): object {
  const { order, paymentFactor } = payForOrderCode(name, amount);
  return {
    codeType: 'ORDER_CODE',
    paymentRequestId: name,
    order,
    paymentFactor,
    paymentAmount: amount,
  };
}
