// Merchant codes for tests: one shop of each national scheme, written by our own rules.

import { withCrc, writeField } from './emvco.ts';

/** Fields in a row. Throws when one cannot be written: the test would test nothing. */
export function fields(...pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([tag, value]) => {
      const text = writeField(tag, value);
      if (text === undefined) throw new Error(`tag ${tag} cannot hold ${value}`);
      return text;
    })
    .join('');
}

/** What a shop's code says. */
export interface Shop {
  readonly accounts: readonly (readonly [string, string])[];
  readonly country: string;
  readonly currency: string;
  readonly amount?: string;
  readonly method?: '11' | '12';
  readonly category?: string;
  readonly more?: readonly (readonly [string, string])[];
  readonly format?: string;
}

/** A merchant code of a shop, with the checksum right. */
export function shopCode(shop: Shop): string {
  const { accounts, country, currency, amount, method, category = '5812', more = [] } = shop;
  return withCrc(
    fields(
      ['00', shop.format ?? '01'],
      ...(method === undefined ? [] : [['01', method] as const]),
      ...accounts,
      ['52', category],
      ['53', currency],
      ...(amount === undefined ? [] : [['54', amount] as const]),
      ['58', country],
      ['59', 'NOODLES'],
      ['60', 'TOWN'],
      ...more,
    ),
  );
}

/** A template: its tag, and its fields in a row. */
export const account = (tag: string, ...pairs: readonly (readonly [string, string])[]) =>
  [tag, fields(...pairs)] as const;

/** The national schemes: a shop of each, whose code it must be called. */
export const schemes: readonly (readonly [string, Shop])[] = [
  [
    'DUITNOW',
    {
      accounts: [account('26', ['00', 'A0000006150001'], ['01', '603346'], ['02', 'MD1'])],
      country: 'MY',
      currency: '458',
      format: '02',
    },
  ],
  [
    'SGQR',
    {
      accounts: [
        account('26', ['00', 'SG.COM.NETS'], ['01', '1198500065']),
        account('51', ['00', 'SG.SGQR'], ['01', '1809072DD85C']),
      ],
      country: 'SG',
      currency: '702',
    },
  ],
  [
    'PAYNOW',
    {
      accounts: [account('26', ['00', 'SG.PAYNOW'], ['01', '2'], ['02', 'T08GB0025ACT1'])],
      country: 'SG',
      currency: '702',
    },
  ],
  [
    'NETS',
    {
      accounts: [account('26', ['00', 'SG.COM.NETS'], ['01', '1198500065'])],
      country: 'SG',
      currency: '702',
    },
  ],
  [
    'VIETQR',
    {
      accounts: [account('38', ['00', 'A000000727'], ['01', '0006970418'], ['02', 'QRPUSH'])],
      country: 'VN',
      currency: '704',
    },
  ],
  [
    'KHQR',
    {
      accounts: [account('30', ['00', 'shop@bank'], ['01', '123456'])],
      country: 'KH',
      currency: '116',
    },
  ],
  [
    'LANKAQR',
    {
      accounts: [account('26', ['00', '0000600001'], ['01', '123'])],
      country: 'LK',
      currency: '144',
    },
  ],
  [
    'QRIS',
    {
      accounts: [account('51', ['00', 'ID.CO.QRIS.WWW'], ['02', 'ID1020017'])],
      country: 'ID',
      currency: '360',
    },
  ],
  [
    'PROMPTPAY',
    {
      accounts: [account('30', ['00', 'A000000677010112'], ['01', '0112233445566'])],
      country: 'TH',
      currency: '764',
    },
  ],
  [
    'UPI',
    {
      accounts: [account('26', ['00', 'A000000524'], ['01', 'shop@bank'])],
      country: 'IN',
      currency: '356',
    },
  ],
  [
    'QRPH',
    {
      accounts: [account('28', ['00', 'ph.ppmi.p2m'], ['01', 'GXCHPHM2XXX'])],
      country: 'PH',
      currency: '608',
    },
  ],
];
