// Reading whatever was scanned or pasted: one judgement for the page, the command and the hub.

import { type ConsumerCode, looksLikeConsumerCode, readConsumerCode } from './consumerCode.ts';
import { type MerchantCode, readMerchantCode } from './merchantCode.ts';
import {
  defaultOrderCodeForm,
  type OrderCode,
  type OrderCodeForm,
  orderCodePath,
  readOrderCode,
} from './orderCode.ts';
import { type PaymentCodeFamily, paymentCodeFamily, readPaymentCode } from './paymentCode.ts';
import { type CodeProblem, isValid, type ProblemCode, problem } from './problem.ts';

/** EMVCo allows 512 characters in both modes; our own codes are far shorter. */
export const MAX_CODE_LENGTH = 512;

/** What a text turned out to be. */
export type CodeKind =
  | 'merchant_code'
  | 'consumer_code'
  | 'payment_code'
  | 'order_code'
  | 'url'
  | 'unknown';

/** Why this network cannot carry a payment of the code today; the first that applies. */
export type NotPayableReason =
  | 'not_valid'
  | 'not_a_payment'
  | 'currency_unknown'
  | 'amount_not_in_currency'
  | 'scheme_not_connected'
  | 'foreign_issuer';

/** What every reading says; texts are null where the code does not. */
interface Judgement {
  readonly valid: boolean;
  readonly kind: CodeKind;
  readonly problems: readonly CodeProblem[];
  readonly scheme: string | null;
  readonly merchantName: string | null;
  readonly city: string | null;
  readonly country: string | null;
  /** ISO 4217 alphabetic code. */
  readonly currency: string | null;
  readonly currencyNumeric: string | null;
  /** Major units as the code writes them. */
  readonly amount: string | null;
  /**
   * Whether the hub takes a payment of it: an order code from a wallet, a payment code from a till.
   * Whose a payment code is no reading says, only the rules do: see `identify`.
   */
  readonly payable: boolean;
  readonly reason?: NotPayableReason;
}

/** One code, judged, as plain JSON: the judgement and what only its kind has. */
export interface CodeReading
  extends Judgement,
    Partial<Omit<MerchantCode, keyof Judgement>>,
    Partial<Pick<ConsumerCode, 'applications' | 'tlv'>> {
  readonly paymentCode?: {
    readonly family: PaymentCodeFamily;
    /** Who issued it, and whom that names; of the form that this network's have. */
    readonly cii?: string;
    readonly routingNumber?: string;
    readonly slot?: number;
  };
  readonly orderCode?: OrderCode;
  readonly url?: string;
}

/** The codes of a deployment that differ from the network's defaults. */
export interface ReadOptions {
  readonly orderCodeForm?: OrderCodeForm;
}

const SILENT: Judgement = {
  valid: true,
  kind: 'unknown',
  problems: [],
  scheme: null,
  merchantName: null,
  city: null,
  country: null,
  currency: null,
  currencyNumeric: null,
  amount: null,
  payable: false,
};

/** Judges a text of any length. White space around it is ignored. Never throws. */
export function readCode(text: string, options: ReadOptions = {}): CodeReading {
  // A scanner may add a line end; no code begins or ends with white space by itself.
  const code = text.trim();
  if (code.length === 0) {
    return refused('unknown', 'empty');
  }
  if (code.length > MAX_CODE_LENGTH) {
    return refused('unknown', 'too_long', `${code.length} of at most ${MAX_CODE_LENGTH}`);
  }
  if (/^[0-9]+$/.test(code)) {
    const family = paymentCodeFamily(code);
    if (family !== undefined) {
      return ofPaymentCode(code, family);
    }
  }
  if (/^00[0-9]{2}/.test(code)) {
    return ofMerchantCode(readMerchantCode(code));
  }
  if (looksLikeConsumerCode(code)) {
    return ofConsumerCode(readConsumerCode(code));
  }
  if (/^https?:\/\//i.test(code)) {
    return ofUrl(code, options.orderCodeForm ?? defaultOrderCodeForm);
  }
  return refused('unknown', 'not_recognised');
}

function ofPaymentCode(code: string, family: PaymentCodeFamily): CodeReading {
  const read = readPaymentCode(code);
  const parts = read && { cii: read.cii, routingNumber: read.routingNumber, slot: read.slot };
  return {
    ...SILENT,
    kind: 'payment_code',
    scheme: family === 'legacy' ? null : 'Alipay+',
    reason: 'foreign_issuer',
    paymentCode: { family, ...parts },
  };
}

/** The reading of a payment code that the rules know as one of this network's wallets. */
export function ownPaymentCode({ reason: _reason, ...reading }: CodeReading): CodeReading {
  return { ...reading, scheme: 'Wayfare', payable: true };
}

function ofMerchantCode(code: MerchantCode): CodeReading {
  return { ...SILENT, ...code, kind: 'merchant_code', reason: merchantReason(code) };
}

/** A sound code of another scheme is read for the visitor, but no scheme is connected yet. */
function merchantReason({ valid, problems }: MerchantCode): NotPayableReason {
  if (!valid) {
    return 'not_valid';
  }
  const codes = new Set(problems.map(({ code }) => code));
  if (codes.has('currency_unknown')) {
    return 'currency_unknown';
  }
  return codes.has('amount_not_in_currency') ? 'amount_not_in_currency' : 'scheme_not_connected';
}

function ofConsumerCode(code: ConsumerCode): CodeReading {
  const { valid, problems, applications, tlv } = code;
  return {
    ...SILENT,
    valid,
    kind: 'consumer_code',
    problems,
    scheme: applications.find(({ scheme }) => scheme !== null)?.scheme ?? null,
    reason: valid ? 'scheme_not_connected' : 'not_valid',
    applications,
    tlv,
  };
}

function ofUrl(code: string, form: OrderCodeForm): CodeReading {
  const orderCode = readOrderCode(code, form);
  if (orderCode !== undefined) {
    return { ...SILENT, kind: 'order_code', scheme: 'Wayfare', payable: true, orderCode };
  }
  if (orderCodePath(code, form) !== undefined) {
    return refused('order_code', 'order_code_malformed');
  }
  if (!URL.canParse(code)) {
    return refused('unknown', 'not_recognised');
  }
  const url = new URL(code);
  const problems = url.protocol === 'https:' ? [] : [problem('url_not_https')];
  const alipayPlus = url.host === 'qr.alipayplus.com';
  return {
    ...SILENT,
    valid: isValid(problems),
    kind: 'url',
    problems,
    scheme: alipayPlus ? 'Alipay+' : null,
    reason: alipayPlus ? 'foreign_issuer' : 'not_a_payment',
    url: url.href,
  };
}

function refused(kind: CodeKind, code: ProblemCode, detail?: string): CodeReading {
  const problems = [problem(code, detail === undefined ? {} : { detail })];
  return { ...SILENT, valid: false, kind, problems, reason: 'not_valid' };
}
