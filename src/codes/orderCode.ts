// The order code that a till shows and a wallet scans: an HTTPS address that names one payment.
//
// Text (our rule, after protocol.md §6.2): `https://<domain>/` + CII (6) + BTI 13 (2) + slot (4) +
// payment number (19) + nonce (8). The nonce makes an address that nobody can guess.

import { slotCount } from '../base/id.ts';
import { slotText } from './paymentCode.ts';

/** Where order codes live: configuration of a deployment. */
export interface OrderCodeForm {
  readonly domain: string;
  /** Six digits: the CII under which this network issues order codes. */
  readonly issuer: string;
}

/** The form of this network. */
export const defaultOrderCodeForm: OrderCodeForm = {
  domain: 'qr.wayfare.example',
  issuer: '281666',
};

/** The business type of an order code that the network issues (protocol.md §6.2). */
const ORDER_CODE_TYPE = '13';
const NUMBER_DIGITS = 19;
const NONCE_DIGITS = 8;

/** What an order code names. */
export interface OrderCode {
  /** 0 to 4095; the low 12 bits of the number. */
  readonly slot: number;
  /** The payment's number as decimal text without leading zeros, at most 19 digits. */
  readonly number: string;
  /** Eight digits. */
  readonly nonce: string;
}

/**
 * The text of an order code. Throws `RangeError` when the number or the nonce has another form or
 * the slot is not the number's own: the caller made them.
 */
export function writeOrderCode(
  code: OrderCode,
  form: OrderCodeForm = defaultOrderCodeForm,
): string {
  const { slot, number, nonce } = code;
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(number) || slotOfNumber(number) !== slot) {
    throw new RangeError(`writeOrderCode: the payment number ${number} is not of slot ${slot}`);
  }
  if (!/^[0-9]{8}$/.test(nonce)) {
    throw new RangeError('writeOrderCode: the nonce has 8 digits');
  }
  const digits = slotText(slot) + number.padStart(NUMBER_DIGITS, '0') + nonce;
  return `https://${form.domain}/${form.issuer}${ORDER_CODE_TYPE}${digits}`;
}

/** What an order code of ours names, or undefined when the text is anything else. */
export function readOrderCode(
  text: string,
  form: OrderCodeForm = defaultOrderCodeForm,
): OrderCode | undefined {
  const digits = orderCodePath(text, form);
  const head = form.issuer + ORDER_CODE_TYPE;
  const length = head.length + 4 + NUMBER_DIGITS + NONCE_DIGITS;
  if (digits?.length !== length || !/^[0-9]+$/.test(digits) || !digits.startsWith(head)) {
    return undefined;
  }
  const body = digits.slice(head.length);
  const slot = Number(body.slice(0, 4));
  const number = BigInt(body.slice(4, 4 + NUMBER_DIGITS)).toString();
  if (slotOfNumber(number) !== slot) {
    return undefined;
  }
  return { slot, number, nonce: body.slice(-NONCE_DIGITS) };
}

/**
 * What follows the domain when the address is on our domain, else undefined. Scheme and domain
 * count in any case, because a QR code in capital letters is smaller.
 */
export function orderCodePath(
  text: string,
  form: OrderCodeForm = defaultOrderCodeForm,
): string | undefined {
  const start = `https://${form.domain}/`;
  if (text.slice(0, start.length).toLowerCase() !== start.toLowerCase()) {
    return undefined;
  }
  return text.slice(start.length);
}

/** The slot is the payment number's low 12 bits. */
function slotOfNumber(number: string): number {
  return Number(BigInt(number) % BigInt(slotCount));
}
