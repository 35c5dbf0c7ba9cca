// The codes that an acquirer makes itself: a private order code for one payment, a national code
// for one payment, and the national code that is printed for a till.

import { readFields, valueAtPath } from '../codes/emvco.ts';
import { type MerchantCodeFields, writeMerchantCode } from '../codes/writeMerchantCode.ts';
import { decimalText, type Money, parseDecimal } from '../money/money.ts';
import type { TillPlace } from './acquirer-messages.ts';
import { entryDomain } from './entry-addresses.ts';
import type { OwnCodes, SandboxAcquirer } from './partners.ts';

type National = Extract<OwnCodes, { kind: 'national' }>;

/** The product that an acquirer's own codes belong to. */
export function ownProduct({ ownCodes }: SandboxAcquirer): 'private_order_code' | 'push' {
  return ownCodes.kind === 'private' ? 'private_order_code' : 'push';
}

/** The text of a code for one payment; `serial` (20 digits) makes it unlike every other. */
export function ownCodeText(place: TillPlace, amount: Money, serial: string): string {
  const { acquirer } = place;
  if (acquirer.ownCodes.kind === 'private') {
    return `https://${entryDomain(acquirer)}/${acquirer.ownCodes.digits}${serial}`;
  }
  return nationalText(place, acquirer.ownCodes, { amount, serial });
}

/** What is printed for a till of an acquirer with national codes: no amount, for ever the same. */
export function printedCodeText(place: TillPlace): string | undefined {
  const { ownCodes } = place.acquirer;
  return ownCodes.kind === 'national' ? nationalText(place, ownCodes, undefined) : undefined;
}

function nationalText(
  { acquirer, shop, tillId }: TillPlace,
  { accountTag, account, shopTag, scheme }: National,
  payment: { readonly amount: Money; readonly serial: string } | undefined,
): string {
  const ours = {
    tag: accountTag,
    fields: [...account, { tag: shopTag, value: shop.id }],
  };
  // An SGQR code names itself beside the schemes that it holds.
  const sgqr = {
    tag: '51',
    fields: [
      { tag: '00', value: 'SG.SGQR' },
      { tag: '01', value: shop.id },
    ],
  };
  const code: MerchantCodeFields = {
    pointOfInitiation: payment === undefined ? 'static' : 'dynamic',
    accounts: scheme === 'SGQR' ? [ours, sgqr] : [ours],
    merchantCategoryCode: shop.mcc,
    currency: acquirer.currency,
    ...(payment === undefined ? {} : { amount: decimalText(payment.amount) }),
    country: acquirer.market,
    merchantName: shop.name,
    city: shop.city,
    additionalData: {
      ...(payment === undefined ? {} : { billNumber: payment.serial }),
      terminalLabel: tillId,
    },
  };
  const { text, problems } = writeMerchantCode(code);
  if (text === null) throw new Error(`${shop.id} has no code: ${JSON.stringify(problems)}`);
  return text;
}

/**
 * What a wallet has made of a printed code of this acquirer: the till and the amount that the
 * visitor typed. Undefined for any other text; whether the text is whole the network has checked.
 */
export function readPrintedCode(
  acquirer: SandboxAcquirer,
  text: string,
): { readonly place: TillPlace; readonly amount: Money } | undefined {
  const { ownCodes, shops } = acquirer;
  if (ownCodes.kind !== 'national') return undefined;
  const { fields } = readFields(text);
  const at = (...path: string[]) => valueAtPath(fields, path);
  const tillId = at('62', '07');
  const shop = shops.find(({ id }) => id === at(ownCodes.accountTag, ownCodes.shopTag));
  const isTill = shop?.tills.some(({ id }) => id === tillId) === true;
  const isOurs = ownCodes.account.every(({ tag, value }) => at(ownCodes.accountTag, tag) === value);
  // A code of a bill was made by us, and is known; without one it was printed.
  if (shop === undefined || tillId === undefined || !isTill || !isOurs) return undefined;
  if (at('62', '01') !== undefined) return undefined;
  const amount = parseDecimal(acquirer.currency, at('54') ?? '');
  if (amount === undefined || amount.minor <= 0n) return undefined;
  return { place: { acquirer, shop, tillId }, amount };
}
