// A static merchant code with the amount that a customer typed: the text of a dynamic code, made
// for this one payment (decision 0029).

import { currencyOf } from '../money/currency.ts';
import { decimalText, type Money } from '../money/money.ts';
import { type Field, fieldValue, readFields, withCrc, writeField } from './emvco.ts';
import { readMerchantCode } from './merchantCode.ts';
import { problem } from './problem.ts';
import type { WrittenMerchantCode } from './writeMerchantCode.ts';

/** Inside tag 62: the first of the tags that EMVCo leaves to payment systems (MPM 1.1 §4.8). */
const ownTag = '50';
/** Whose template it is, as sub-tag 00 must say. */
const ownName = 'example.wayfare';

/**
 * The code for one payment of `amount` (in the code's own currency): tag 54 is written, tag 01 says
 * dynamic, `nonce` (1 to 25 characters) stands in tag 62.50, and the checksum is made anew. All
 * else stays as it was printed. A text that cannot be written so has its problems instead.
 */
export function withAmount(text: string, amount: Money, nonce: string): WrittenMerchantCode {
  const printed = readMerchantCode(text);
  if (!printed.valid) return { text: null, problems: printed.problems };
  if (printed.amount !== null || currencyOf(amount.currency)?.numeric !== printed.currencyNumeric) {
    return { text: null, problems: [problem('amount_not_in_currency', { tag: '54' })] };
  }
  const { fields } = readFields(text);
  const additional = additionalWith(fieldValue(fields, '62') ?? '', nonce);
  const changed = new Map([
    ['01', '12'],
    ['54', decimalText(amount)],
    ['62', additional],
  ]);
  const kept = fields.filter(({ tag }) => tag !== '63' && !changed.has(tag));
  const all = [...kept, ...Array.from(changed, ([tag, value]) => ({ tag, value }))];
  const written = all.sort(byTag).map(({ tag, value }) => writeField(tag, value));
  if (written.includes(undefined)) {
    return { text: null, problems: [problem('length_out_of_range', { tag: '62' })] };
  }
  const composed = withCrc(written.join(''));
  const { valid, problems } = readMerchantCode(composed);
  return valid ? { text: composed, problems } : { text: null, problems };
}

/** The format indicator stays first; EMVCo leaves the order of the others free. */
function byTag(a: Field, b: Field): number {
  return a.tag < b.tag ? -1 : 1;
}

/** What tag 62 said, and the nonce after it. */
function additionalWith(before: string, nonce: string): string {
  const own = `${writeField('00', ownName)}${writeField('01', nonce)}`;
  const others = readFields(before).fields.filter(({ tag }) => tag !== ownTag);
  return [...others, { tag: ownTag, value: own }]
    .map(({ tag, value }) => writeField(tag, value))
    .join('');
}
