// The objects that messages share: amounts, quotes, orders, merchants, stores, terminals.
import { z } from 'zod';
import { parseIsoTime } from './time.ts';

/** Longest id on the wire, in characters (protocol.md §2, "common sizes"). */
export const idLength = 64;

/** Longest code value: a payment code, an order code's URL, a national QR text. */
export const codeValueLength = 512;

const urlLength = 2048;

/** Our bound for names and descriptions whose length the protocol leaves open. */
const nameLength = 256;

/** A text of 1 to `maximum` characters (code points). An empty text is never allowed (§2). */
export function text(maximum: number) {
  return z
    .string()
    .check((field) => {
      const problem = lengthProblem(field.value, maximum);
      if (problem !== undefined) {
        field.issues.push({ code: 'custom', message: problem, input: field.value });
      }
    })
    .meta({ minLength: 1, maxLength: maximum });
}

function lengthProblem(value: string, maximum: number): string | undefined {
  if (value.length === 0) return 'must not be empty: leave the field out instead';
  if (value.length <= maximum) return undefined;
  // Characters outside the basic plane take two units: count again before refusing.
  if (value.length <= maximum * 2 && [...value].length <= maximum) return undefined;
  return `must have at most ${maximum} characters`;
}

const form = (pattern: RegExp, message: string) => z.string().regex(pattern, { error: message });

/** An id that its owner chose: opaque, compared byte by byte. */
export const id = text(idLength);
export const name = text(nameLength);
export const description = text(256);
export const url = text(urlLength).regex(/^[a-z][a-z0-9+.-]*:\/\/\S+$/i, {
  error: 'must be an absolute URL',
});
/** Where the network itself calls: an address of an app's own scheme could never be reached. */
export const webUrl = text(urlLength).regex(/^https?:\/\/\S+$/i, {
  error: 'must be an http or https URL',
});
export const region = form(/^[A-Z]{2}$/, 'must be two capital letters, as in CN');
export const currency = form(/^[A-Z]{3}$/, 'must be three capital letters, as in CNY');
export const passThroughInfo = text(20_000);
export const extendInfo = text(4096);

/** ISO 8601 with an offset, as `2026-11-21T21:45:41+08:00`; the text is kept as sent. */
export const datetime = z
  .string()
  .check((field) => {
    if (parseIsoTime(field.value) === undefined) {
      const message = 'must be an ISO 8601 time with an offset, as in 2026-11-21T21:45:41+08:00';
      field.issues.push({ code: 'custom', message, input: field.value });
    }
  })
  .meta({ format: 'date-time' });

/** A truth value as the wire carries it. Both texts are truthy: ask `isTrue`. */
export type Flag = 'true' | 'false';

/** "true" or "false"; a JSON boolean is accepted and becomes its text. */
export const flag = z.union(
  [z.enum(['true', 'false']), z.boolean().transform((value): Flag => (value ? 'true' : 'false'))],
  { error: 'must be "true" or "false"' },
);

/** Whether a flag is set; an absent flag is not. */
export function isTrue(value: Flag | undefined): boolean {
  return value === 'true';
}

const amountValueRule =
  'must be a natural number of minor units: 1 to 18 digits, no sign, point or leading zero';

/** Minor units as decimal text. A safe JSON integer is accepted (partners-clients.md §2.9). */
const amountValue = z.union(
  [
    z.string().regex(/^[1-9][0-9]{0,17}$/, { error: amountValueRule }),
    z.number().int().min(1).transform(String),
  ],
  { error: amountValueRule },
);

/**
 * `{currency, value}`: value is a natural number of ISO 4217 minor units (protocol.md §5).
 * Whether the currency exists is the hub's question: the table lives in `money`.
 */
export const amount = z.object({ currency, value: amountValue });
export type Amount = z.infer<typeof amount>;

const countRule = 'must be a whole number from 1, without leading zeros';

/** A small whole number as text, from 1; a JSON integer is accepted. */
export const count = z.union(
  [
    z.string().regex(/^[1-9][0-9]{0,8}$/, { error: countRule }),
    z.number().int().min(1).max(999_999_999).transform(String),
  ],
  { error: countRule },
);

/**
 * A rate fixed for one payment. `quotePrice` is how many units of the second currency of the
 * pair one unit of the first costs. `extendInfo` is our addition: JSON text of `QuoteDetail`.
 */
export const quote = z.object({
  quoteId: id.optional(),
  quoteCurrencyPair: form(/^[A-Z]{3}\/[A-Z]{3}$/, 'must be a currency pair, as in CNY/MYR'),
  quotePrice: form(/^[0-9]{1,18}(\.[0-9]{1,18})?$/, 'must be a decimal number, as in 0.6301'),
  quoteStartTime: datetime.optional(),
  quoteExpiryTime: datetime.optional(),
  baseCurrency: currency.optional(),
  quoteUnit: text(32).optional(),
  extendInfo: extendInfo.optional(),
});
export type Quote = z.infer<typeof quote>;

/** What a quote's `extendInfo` says: the rate before the spread, and the spread. Texts. */
export interface QuoteDetail {
  readonly midPrice: string;
  readonly spreadBasisPoints: string;
}

/** The `extendInfo` text of a quote. */
export function writeQuoteDetail(detail: QuoteDetail): string {
  return JSON.stringify({
    midPrice: detail.midPrice,
    spreadBasisPoints: detail.spreadBasisPoints,
  });
}

/** Reads a quote's `extendInfo`; undefined when it is absent or something else. */
export function readQuoteDetail(extendInfoText: string | undefined): QuoteDetail | undefined {
  if (extendInfoText === undefined) return undefined;
  try {
    const detail = quoteDetail.safeParse(JSON.parse(extendInfoText));
    return detail.success ? detail.data : undefined;
  } catch {
    // extendInfo is free text of the sender: another form is no error.
    return undefined;
  }
}

const quoteDetail = z.object({ midPrice: z.string(), spreadBasisPoints: z.string() });

/** The `result` and `paymentResult` of a message; a partner's code need not be one of ours. */
export const resultObject = z.object({
  resultCode: text(64),
  resultStatus: z.enum(['S', 'F', 'U']),
  resultMessage: z.string().optional(),
});
export type ResultObject = z.infer<typeof resultObject>;

export const address = z.object({
  region,
  state: text(8).optional(),
  city: text(32).optional(),
  address1: text(256).optional(),
  address2: text(256).optional(),
  zipCode: text(32).optional(),
});
export type Address = z.infer<typeof address>;

export const userName = z.object({
  firstName: name.optional(),
  middleName: name.optional(),
  lastName: name.optional(),
  fullName: name.optional(),
});

/** Where a request comes from: the customer's device, or the till in a store. */
export const env = z.object({
  terminalType: z.enum(['WEB', 'WAP', 'APP', 'MINI_APP']).optional(),
  osType: z.enum(['IOS', 'ANDROID']).optional(),
  userAgent: text(2048).optional(),
  deviceTokenId: text(64).optional(),
  // The protocol says 32 characters, but a full IPv6 address has 39: our rule is wider.
  clientIp: text(64).optional(),
  cookieId: text(256).optional(),
  storeTerminalId: text(64).optional(),
  storeTerminalRequestTime: datetime.optional(),
});
export type Env = z.infer<typeof env>;

const merchantCategoryCode = form(/^[0-9]{4}$/, 'must be four digits (ISO 18245)');

export const store = z.object({
  referenceStoreId: id,
  storeName: name.optional(),
  storeMCC: merchantCategoryCode.optional(),
  storeDisplayName: name.optional(),
  storeTerminalId: id.optional(),
  storeOperatorId: id.optional(),
  storePhoneNo: text(32).optional(),
  storeAddress: address.optional(),
});
export type Store = z.infer<typeof store>;

export const merchant = z.object({
  referenceMerchantId: id,
  merchantMCC: merchantCategoryCode.optional(),
  merchantName: name.optional(),
  merchantDisplayName: name.optional(),
  merchantAddress: address.optional(),
  merchantRegisterDate: text(64).optional(),
  store: store.optional(),
});
export type Merchant = z.infer<typeof merchant>;

const goods = z.object({
  referenceGoodsId: id,
  goodsName: name,
  goodsCategory: name.optional(),
  goodsBrand: name.optional(),
  goodsUnitAmount: amount.optional(),
  goodsQuantity: count.optional(),
});

const buyer = z.object({
  referenceBuyerId: id.optional(),
  buyerName: userName.optional(),
  buyerPhoneNo: text(32).optional(),
  buyerEmail: text(256).optional(),
});

const shipping = z.object({
  shippingName: userName.optional(),
  shippingAddress: address.optional(),
  shippingCarrier: name.optional(),
  shippingPhoneNo: text(32).optional(),
});

const indirectAcquirer = z.object({
  referenceAcquirerId: id,
  acquirerName: name.optional(),
  acquirerAddress: address.optional(),
});

/** What is bought, from whom and where. */
export const order = z.object({
  referenceOrderId: id,
  orderDescription: description,
  orderAmount: amount,
  merchant: merchant.optional(),
  goods: z.array(goods).max(100, { error: 'must have at most 100 entries' }).optional(),
  shipping: shipping.optional(),
  buyer: buyer.optional(),
  env: env.optional(),
  indirectAcquirer: indirectAcquirer.optional(),
});
export type Order = z.infer<typeof order>;

/** How the customer pays: for wallets `CONNECT_WALLET`, with the scanned code or a token as id. */
export const paymentMethod = z.object({
  paymentMethodType: text(64),
  paymentMethodId: text(codeValueLength).optional(),
  customerId: id.optional(),
  paymentMethodMetaData: z.object({ authClientId: id.optional() }).optional(),
});
export type PaymentMethod = z.infer<typeof paymentMethod>;

/** Which product this payment is (protocol.md §1.1). */
export const paymentFactor = z.object({
  isInStorePayment: flag.optional(),
  isCashierPayment: flag.optional(),
  isAgreementPayment: flag.optional(),
  isPaymentEvaluation: flag.optional(),
  needSurcharge: flag.optional(),
  presentmentMode: z.enum(['UNIFIED', 'TILE', 'BUNDLE']).optional(),
  inStorePaymentScenario: z.enum(['PaymentCode', 'OrderCode', 'EntryCode']).optional(),
});
export type PaymentFactor = z.infer<typeof paymentFactor>;

export const settlementStrategy = z.object({ settlementCurrency: currency });

export const surchargeInfo = z.object({
  surchargeAmount: amount.optional(),
  surchargeQuote: quote.optional(),
});

/** Savings that the network gives the customer, already in the wallet's currency (§8). */
export const paymentPromoInfo = z.object({
  paymentPromoDetails: z.array(
    z.object({
      promoId: id,
      promoName: name.optional(),
      promoType: text(64).optional(),
      savingsAmount: amount,
    }),
  ),
});
