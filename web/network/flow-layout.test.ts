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

  it('puts the credited account after the debited one', () => {
    const [home] = flowPictures(paid);
    const x = Object.fromEntries(home?.nodes.map((node) => [node.account, node.x]) ?? []);
    expect(x['fx:MYR']).toBeGreaterThan(x['position:TNG:MYR'] ?? Number.NaN);
    expect(x['spread:MYR']).toBe(x['fx:MYR']);
    expect(home?.bands).toHaveLength(2);
  });

  it('draws the larger amount thicker, and a small one still visible', () => {
    const [large, small] = flowPictures(paid)[0]?.bands ?? [];
    expect(large?.thickness).toBe(20);
    expect(small?.thickness).toBe(2.5);
  });

  it('draws a reversal without an endless column', () => {
    const back = [...paid, posting('fx:MYR', 'position:TNG:MYR', '7524', 'MYR')];
    expect(flowPictures(back)[0]?.bands).toHaveLength(3);
    expect(flowPictures(back)[0]?.width).toBe(flowPictures(paid)[0]?.width);
  });
});

describe('the name of an account', () => {
  it('tells its kind and its participant', () => {
    expect(accountParts('position:TNG:MYR')).toEqual({ kind: 'position', participant: 'TNG' });
    expect(accountParts('fx:CNY')).toEqual({ kind: 'fx', participant: '' });
  });
});
