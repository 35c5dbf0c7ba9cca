// The payment code that a visitor shows and a till scans: 24 digits, good for a minute and once.
//
// Layout (protocol.md §6.1): CII (6) names the issuer, BTI (2) is 02 for a payment code, UIN (16)
// is the network's to fill: the slot (4) and 12 random digits, so that it says nothing about the
// person and any machine of the hub knows which lane keeps it. The CII is a prefix (25 to 30), the
// digit of an agreement and the three digits of a routing number, which names the wallet.

import { slotCount } from '../base/id.ts';

/** The business type "payment code" (protocol.md §6.1). */
const PAYMENT_CODE_TYPE = '02';

/** A payment code of the form that this network issues, taken apart. */
export interface PaymentCode {
  /** Who issued it: prefix, agreement digit and routing number, six digits. */
  readonly cii: string;
  /** Three digits; of which wallet, if of any, the network's configuration says. */
  readonly routingNumber: string;
  readonly bti: string;
  /** 0 to 4095. */
  readonly slot: number;
  readonly random12: string;
}

/**
 * A new payment code. `cii` is the wallet's; `random12` comes from the world's randomness. Throws
 * `RangeError` for a slot, a text or an issuer of another form: the caller made them.
 */
export function writePaymentCode(parts: {
  readonly cii: string;
  readonly slot: number;
  readonly random12: string;
}): string {
  const text = parts.cii + PAYMENT_CODE_TYPE + slotText(parts.slot) + parts.random12;
  if (!/^(?:2[5-9]|30)[0-9]{4}$/.test(parts.cii) || !/^[0-9]{12}$/.test(parts.random12)) {
    throw new RangeError(
      'writePaymentCode: the issuer has 6 digits, the first two 25 to 30, and the random part 12',
    );
  }
  return text;
}

const FORM = /^(?:2[5-9]|30)[0-9]{4}02[0-9]{16}$/;

/**
 * A payment code taken apart, or undefined when the text has another form. Whose it is it does not
 * say: other networks issue codes of this form too.
 */
export function readPaymentCode(text: string): PaymentCode | undefined {
  if (!FORM.test(text)) return undefined;
  const slot = Number(text.slice(8, 12));
  if (slot >= slotCount) return undefined;
  return {
    cii: text.slice(0, 6),
    routingNumber: text.slice(3, 6),
    bti: text.slice(6, 8),
    slot,
    random12: text.slice(12),
  };
}

/**
 * The form of a payment code: `standard`, 24 digits with a CII, as this network's are;
 * `alipayplus19`, the older 19 digits of Alipay+; `legacy`, 16 to 24 digits of its first wallets.
 */
export type PaymentCodeFamily = 'standard' | 'alipayplus19' | 'legacy';

// protocol.md §6.1, from the particular to the general.
const FAMILIES: readonly (readonly [PaymentCodeFamily, RegExp])[] = [
  ['standard', FORM],
  ['alipayplus19', /^289[0-9]{10}6[0-9]{5}$/],
  ['legacy', /^(?:2[5-9]|30)[0-9]{14,22}$/],
];

/** Tells the family of a text of digits, or undefined when it is no payment code of any family. */
export function paymentCodeFamily(text: string): PaymentCodeFamily | undefined {
  return FAMILIES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** A slot as the four digits of a code. Throws `RangeError` outside 0 to 4095. */
export function slotText(slot: number): string {
  if (!Number.isInteger(slot) || slot < 0 || slot >= slotCount) {
    throw new RangeError(`slot ${slot} is not between 0 and ${slotCount - 1}`);
  }
  return String(slot).padStart(4, '0');
}
