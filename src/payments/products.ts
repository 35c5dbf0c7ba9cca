// The products of the network as data: by which factors a `pay` names each, what it must carry, how
// long it lives, and what its answer shows.

import { assert } from '../base/assert.ts';
import type { Timing } from '../base/limits.ts';
import type { AcquirerPayRequest } from '../wire/acquirer.ts';
import { isTrue, type PaymentFactor } from '../wire/objects.ts';
import type { PresentmentMode } from './payment.ts';

/** What the answer to `pay` shows beside the result, while the payment is in process. */
export type ShownForm = 'nothing' | 'order_code' | 'entry_url' | 'cashier_urls';

/** A field that a product needs, where `unless` does not excuse it. */
interface RequiredField {
  /** Its path, as a resultMessage names it. */
  readonly field: string;
  readonly why: string;
  readonly read: (message: AcquirerPayRequest) => unknown;
  readonly needs?: (message: AcquirerPayRequest) => boolean;
}

interface ProductRow {
  /** The factors of the product (protocol.md §1.1); also what a wallet is told. */
  readonly factor: PaymentFactor;
  /** The longest life of its payments; an acquirer may ask for less, never for more. */
  readonly life: Extract<keyof Timing, `${string}PaymentMs`>;
  readonly shows: ShownForm;
  /** Whether a `pay` names it by its factors; the others begin with an acquirer's own code. */
  readonly namedByPay: boolean;
  /** Whether the acquirer has to credit the shop before the payment is done (§1.5). */
  readonly pushes: boolean;
  /** Whether the wallet is asked at once, and the acquirer's call waits for its word. */
  readonly asksWallet: boolean;
  readonly required: readonly RequiredField[];
}

const userAgent: RequiredField = {
  field: 'order.env.userAgent',
  why: 'an entry code needs it, to know the wallet that opened the page',
  read: (message) => message.order.env?.userAgent,
};

const cashierFields: readonly RequiredField[] = [
  {
    field: 'order.env.terminalType',
    why: 'a cashier payment needs it',
    read: (message) => message.order.env?.terminalType,
  },
  {
    field: 'order.env.osType',
    why: 'a cashier payment from APP or WAP needs it',
    read: (message) => message.order.env?.osType,
    needs: ({ order }) => ['APP', 'WAP'].includes(order.env?.terminalType ?? ''),
  },
  {
    field: 'paymentRedirectUrl',
    why: 'a cashier payment needs a place to send the visitor back to',
    read: (message) => message.paymentRedirectUrl,
  },
  {
    field: 'paymentFactor.presentmentMode',
    why: 'a cashier payment needs UNIFIED, TILE or BUNDLE',
    read: (message) => message.paymentFactor.presentmentMode,
  },
];

const orderCodeFactor: PaymentFactor = {
  isInStorePayment: 'true',
  isCashierPayment: 'true',
  inStorePaymentScenario: 'OrderCode',
};

const accessToken: RequiredField = {
  field: 'paymentMethod.paymentMethodId',
  why: 'a debit by agreement needs its access token',
  read: (message) => message.paymentMethod.paymentMethodId,
};

/**
 * Every product; all but the payment code and the debit by agreement are
 * variations of the order code (protocol.md §1.6).
 */
const products = {
  payment_code: {
    factor: {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    },
    life: 'paymentCodePaymentMs',
    shows: 'nothing',
    namedByPay: true,
    pushes: false,
    asksWallet: true,
    required: [],
  },
  order_code: {
    factor: orderCodeFactor,
    life: 'orderCodePaymentMs',
    shows: 'order_code',
    namedByPay: true,
    pushes: false,
    asksWallet: false,
    required: [],
  },
  entry_code: {
    factor: {
      isInStorePayment: 'true',
      isCashierPayment: 'true',
      inStorePaymentScenario: 'EntryCode',
    },
    life: 'orderCodePaymentMs',
    shows: 'entry_url',
    namedByPay: true,
    pushes: false,
    asksWallet: false,
    required: [userAgent],
  },
  cashier: {
    factor: { isInStorePayment: 'false', isCashierPayment: 'true' },
    life: 'cashierPaymentMs',
    shows: 'cashier_urls',
    namedByPay: true,
    pushes: false,
    asksWallet: false,
    required: cashierFields,
  },
  auto_debit: {
    factor: { isInStorePayment: 'false', isCashierPayment: 'false', isAgreementPayment: 'true' },
    life: 'autoDebitPaymentMs',
    shows: 'nothing',
    namedByPay: true,
    pushes: false,
    asksWallet: true,
    required: [accessToken],
  },
  private_order_code: {
    factor: orderCodeFactor,
    life: 'orderCodePaymentMs',
    shows: 'nothing',
    namedByPay: false,
    pushes: false,
    asksWallet: false,
    required: [],
  },
  push: {
    factor: orderCodeFactor,
    life: 'orderCodePaymentMs',
    shows: 'nothing',
    namedByPay: false,
    pushes: true,
    asksWallet: false,
    required: [],
  },
} as const satisfies Record<string, ProductRow>;

/** A product that an acquirer can pay with. */
export type OfferedProduct = keyof typeof products;

/**
 * How the payer and the till met. `never_placed`: the acquirer cancelled the id before it had paid
 * with it, so that it never can.
 */
export type Product = OfferedProduct | 'never_placed';

/** The row of a product. */
export function productRow(product: OfferedProduct): ProductRow {
  return products[product];
}

/**
 * The product that the factors of a `pay` name, or undefined for one that is not offered. In a
 * store the scenario decides; elsewhere it is a debit by agreement or else a cashier payment. Only
 * a debit by agreement can be evaluated (§1.1).
 */
export function productOf(factor: PaymentFactor): OfferedProduct | undefined {
  if (isTrue(factor.isAgreementPayment)) {
    const aside = isTrue(factor.isInStorePayment) || isTrue(factor.isCashierPayment);
    return aside ? undefined : 'auto_debit';
  }
  if (isTrue(factor.isPaymentEvaluation)) return undefined;
  const inStore = isTrue(factor.isInStorePayment);
  const names = Object.keys(products) as OfferedProduct[];
  return names.find((name) => {
    const row = productRow(name).factor;
    if (isTrue(row.isInStorePayment) !== inStore) return false;
    if (!productRow(name).namedByPay) return false;
    return inStore
      ? row.inStorePaymentScenario === factor.inStorePaymentScenario
      : isTrue(row.isCashierPayment) && isTrue(factor.isCashierPayment);
  });
}

/** The first field that a product needs and a message lacks, as a sentence; undefined if none. */
export function missingField(
  product: OfferedProduct,
  message: AcquirerPayRequest,
): string | undefined {
  const missing = productRow(product).required.find(
    ({ read, needs }) => (needs?.(message) ?? true) && read(message) === undefined,
  );
  return missing === undefined ? undefined : `${missing.field} is missing: ${missing.why}.`;
}

/** The factors as a wallet is told them, with what the acquirer added. */
export function factorOf(product: Product, mode: PresentmentMode | null): PaymentFactor {
  assert(product !== 'never_placed', 'no wallet hears of a payment that was never placed');
  const { factor } = productRow(product);
  return mode === null ? factor : { ...factor, presentmentMode: mode };
}
