// What can be wrong with a cashier payment and with the question before it, for resultCases.ts.

import { writeCashier } from '../../src/network/cashierStore.ts';
import { type Draft, type Fault, withFields } from './faults.ts';
import type { Rig } from './rig.ts';
import { payAtCashier, yuan } from './scenes.ts';

const cashier = {
  participantId: 'CLOSING',
  normalUrl: 'https://closing.example/pay',
  schemeUrl: null,
  applinkUrl: null,
  appIdentifier: null,
  logoUrl: null,
  scansCodes: false,
};

/** Gives the wallet CLOSING a cashier, so that it is known to cashier payments. */
export async function openCashierOfClosed(rig: Rig): Promise<void> {
  await writeCashier(rig.fresh.database, cashier, rig.clock.now());
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
}

const { paymentFactor, paymentRedirectUrl } = payAtCashier('ANY', yuan(1_000));

/** A cashier payment by the wallet of this name. */
const atCashierOf = (paymentMethodType: string) => (draft: Draft) => {
  const order = { ...(draft.body.order as object), env: { terminalType: 'WEB' } };
  const paymentMethod = { paymentMethodType };
  return withFields({ paymentFactor, paymentRedirectUrl, order, paymentMethod })(draft);
};

/** An entry code whose page does not say which wallet opened it. */
export const withoutUserAgent: Fault = {
  code: 'PARAM_ILLEGAL',
  what: 'an entry code without the page’s userAgent',
  apply: withFields({
    paymentFactor: { isInStorePayment: 'true', inStorePaymentScenario: 'EntryCode' },
  }),
};

/** The wallet that a cashier payment names. */
export const wrongWallets: readonly Fault[] = [
  { code: 'PARAM_ILLEGAL', what: 'a wallet without a cashier', apply: atCashierOf('TNG') },
  {
    code: 'UNAVAILABLE_PAYMENT_METHOD',
    what: 'the cashier of a wallet that was closed',
    apply: atCashierOf('CLOSING'),
  },
];

/** A consultPayment that nothing is wrong with. */
export const goodConsult = () => ({
  paymentAmount: yuan(1_000),
  paymentFactor,
  settlementStrategy: { settlementCurrency: 'CNY' },
});

export const consultFaults: readonly Fault[] = [
  {
    code: 'BUSINESS_NOT_SUPPORT',
    what: 'in a store',
    apply: withFields({ paymentFactor: { isInStorePayment: 'true', isCashierPayment: 'true' } }),
  },
  {
    code: 'PARAM_ILLEGAL',
    what: 'no currency of ISO 4217',
    apply: withFields({ paymentAmount: { currency: 'ABC', value: '1000' } }),
  },
  {
    code: 'CURRENCY_NOT_SUPPORT',
    what: 'a currency without agreement',
    apply: withFields({ paymentAmount: { currency: 'USD', value: '1000' } }),
  },
];
