// The picture of the postings shows every movement once, from the debited to the credited account.
import { describe, expect, it } from 'vitest';
import type { Posting } from '../shared/console-contract.ts';
import { accountParts, flowPictures } from './flow-layout.ts';

function posting(debit: string, credit: string, value: string, currency: string): Posting {
  return {
    postingId: `${debit}-${credit}`,
    at: '2026-11-21T10:00:00.000Z',
    debitAccount: debit,
    creditAccount: credit,
    amount: { currency, value },
    reason: 'principal',
  };
}

const paid = [
  posting('position:TNG:MYR', 'fx:MYR', '7524', 'MYR'),
  posting('position:TNG:MYR', 'spread:MYR', '37', 'MYR'),
  posting('fx:CNY', 'position:CHENGDU_PAY:CNY', '12000', 'CNY'),
];

describe('the picture of postings', () => {
  it('is one for each currency', () => {
    expect(flowPictures(paid).map((one) => one.currency)).toEqual(['MYR', 'CNY']);
    expect(flowPictures([])).toEqual([]);
  });

  it('puts who pays on the left and who is paid on the right of the network', () => {
    const [home, shop] = flowPictures(paid);
    const x = (picture: typeof home, account: string) =>
      picture?.nodes.find((node) => node.account === account)?.x ?? Number.NaN;
    expect(x(home, 'position:TNG:MYR')).toBeLessThan(x(home, 'fx:MYR'));
    expect(x(home, 'spread:MYR')).toBe(x(home, 'fx:MYR'));
    expect(x(shop, 'fx:CNY')).toBeLessThan(x(shop, 'position:CHENGDU_PAY:CNY'));
    expect(home?.bands).toHaveLength(2);
  });

  it('puts the bank at a side, for money goes to it and comes from it through transit', () => {
    const transit = 'transit:TNG:MYR';
    const paidIn = [
      posting('bank:MYR', transit, '500', 'MYR'),
      posting(transit, 'position:TNG:MYR', '500', 'MYR'),
    ];
    for (const settled of [paidIn, [posting(transit, 'bank:MYR', '500', 'MYR')]]) {
      const [picture] = flowPictures(settled);
      expect(picture?.bands).toHaveLength(settled.length);
      const xs = picture?.nodes.map(({ x }) => x) ?? [];
      expect(new Set(xs).size).toBe(xs.length);
    }
  });

  it('draws the larger amount thicker, and a small one still visible', () => {
    const [large, small] = flowPictures(paid)[0]?.bands ?? [];
    expect(large?.thickness).toBe(20);
    expect(small?.thickness).toBe(2.5);
  });

  it('draws a movement back as a band of its own, which no other covers', () => {
    const back = [...paid, posting('fx:MYR', 'position:TNG:MYR', '12', 'MYR')];
    const [home] = flowPictures(back);
    expect(home?.bands).toHaveLength(3);
    expect(new Set(home?.bands.map((band) => band.labelY)).size).toBe(3);
    expect(home?.width).toBe(flowPictures(paid)[0]?.width);
  });

  it('keeps every band inside both of its accounts', () => {
    for (const { nodes, bands } of flowPictures(paid)) {
      for (const { posting: moved, labelY } of bands) {
        for (const account of [moved.debitAccount, moved.creditAccount]) {
          const node = nodes.find((one) => one.account === account);
          expect(labelY).toBeGreaterThan(node?.y ?? Number.NaN);
          expect(labelY).toBeLessThan((node?.y ?? 0) + (node?.height ?? 0));
        }
      }
    }
  });

  it('shows three columns when both sides use one currency', () => {
    const same = [
      posting('position:A:CNY', 'fx:CNY', '100', 'CNY'),
      posting('fx:CNY', 'position:B:CNY', '100', 'CNY'),
    ];
    expect(new Set(flowPictures(same)[0]?.nodes.map((node) => node.x)).size).toBe(3);
  });
});

describe('the name of an account', () => {
  it('tells its kind and its participant', () => {
    expect(accountParts('position:TNG:MYR')).toEqual({ kind: 'position', participant: 'TNG' });
    expect(accountParts('fx:CNY')).toEqual({ kind: 'fx', participant: '' });
  });
});
