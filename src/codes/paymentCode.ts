// The payment code that a visitor shows and a till scans: 24 digits, good for a minute and once.
//
// Layout (protocol.md §6.1): CII (6) names the network and the issuer, BTI (2) is 02 for a payment
// code, UIN (16) is ours to fill: the slot (4) and 12 random digits, so that it says nothing about
// the person and any machine of the hub knows which lane keeps it.

import { slotCount } from '../base/id.ts';

/**
 * Our CII, a rule of this network: prefix 28 (any of 25 to 30), agreement digit 1, and 808, the
 * routing number that names us. Another deployment passes its own.
 */
export const PAYMENT_CODE_ISSUER = '281808';

/** The business type "payment code" (protocol.md §6.1). */
const PAYMENT_CODE_TYPE = '02';

/** One of our payment codes, taken apart. */
export interface PaymentCode {
  readonly cii: string;
  readonly bti: string;
  /** 0 to 4095. */
  readonly slot: number;
  readonly random12: string;
}

/**
 * A new payment code. `random12` comes from the world's randomness. Throws `RangeError` for a slot,
 * a text or an issuer of another form: the caller made them.
 */
export function writePaymentCode(
  parts: { readonly slot: number; readonly random12: string },
  issuer: string = PAYMENT_CODE_ISSUER,
): string {
  const text = issuer + PAYMENT_CODE_TYPE + slotText(parts.slot) + parts.random12;
  if (!isIssuer(issuer) || !/^[0-9]{12}$/.test(parts.random12)) {
    throw new RangeError('writePaymentCode: the issuer has 6 digits and the random part 12');
  }
  return text;
}

/** One of our payment codes, or undefined when the text is anything else. */
export function readPaymentCode(
  text: string,
  issuer: string = PAYMENT_CODE_ISSUER,
): PaymentCode | undefined {
  if (!/^[0-9]{24}$/.test(text) || !text.startsWith(issuer + PAYMENT_CODE_TYPE)) {
    return undefined;
  }
  const slot = Number(text.slice(8, 12));
  if (slot >= slotCount) {
    return undefined;
  }
  return { cii: text.slice(0, 6), bti: text.slice(6, 8), slot, random12: text.slice(12) };
}

/**
 * Whose payment code it seems to be: `own`; `standard`, another issuer's 24 digits; `alipayplus19`,
 * the older 19 digits of Alipay+; `legacy`, 16 to 24 digits of one of its first wallets.
 */
export type PaymentCodeFamily = 'own' | 'standard' | 'alipayplus19' | 'legacy';

// protocol.md §6.1, from the particular to the general.
const FAMILIES: readonly (readonly [PaymentCodeFamily, RegExp])[] = [
  ['standard', /^(?:2[5-9]|30)[0-9]{4}02[0-9]{16}$/],
  ['alipayplus19', /^289[0-9]{10}6[0-9]{5}$/],
  ['legacy', /^(?:2[5-9]|30)[0-9]{14,22}$/],
];

/** Tells the family of a text of digits, or undefined when it is no payment code of any family. */
export function paymentCodeFamily(
  text: string,
  issuer: string = PAYMENT_CODE_ISSUER,
): PaymentCodeFamily | undefined {
  if (readPaymentCode(text, issuer) !== undefined) {
    return 'own';
  }
  return FAMILIES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** A slot as the four digits of a code. Throws `RangeError` outside 0 to 4095. */
export function slotText(slot: number): string {
  if (!Number.isInteger(slot) || slot < 0 || slot >= slotCount) {
    throw new RangeError(`slot ${slot} is not between 0 and ${slotCount - 1}`);
  }
  return String(slot).padStart(4, '0');
}

function isIssuer(text: string): boolean {
  return /^(?:2[5-9]|30)[0-9]{4}$/.test(text);
}
