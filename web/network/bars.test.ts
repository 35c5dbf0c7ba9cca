// A cap's bar: what is posted, what is held, and never more than the whole.
import { describe, expect, it } from 'vitest';
import { capBar } from './bars.ts';

function position(debits: string, credits: string, pending: string, cap: string | null) {
  const money = (value: string) => ({ currency: 'MYR', value });
  return {
    posted: { debits: money(debits), credits: money(credits) },
    pending: { debits: money(pending), credits: money('0') },
    cap: cap === null ? null : money(cap),
  };
}

describe('the bar of a cap', () => {
  it('shows posted and pending beside each other', () => {
    expect(capBar(position('2500', '0', '1000', '10000'))).toEqual({
      posted: 25,
      pending: 10,
      owed: 3500n,
      over: false,
      used: 350_000n,
    });
  });

  it('counts what came back', () => {
    expect(capBar(position('2500', '2000', '0', '1000')).posted).toBe(50);
  });

  it('shows a little where a little is used', () => {
    const bar = capBar(position('1', '0', '0', '1000000'));
    expect(bar.posted).toBe(0.8);
    expect(bar.used).toBe(1n);
  });

  it('stops at the end and says that it is over', () => {
    const bar = capBar(position('9000', '0', '3000', '10000'));
    expect(bar.posted + bar.pending).toBe(100);
    expect(bar.over).toBe(true);
  });

  it('is empty without a cap or when the network owes', () => {
    expect(capBar(position('500', '0', '0', null)).posted).toBe(0);
    expect(capBar(position('0', '500', '0', '1000')).posted).toBe(0);
  });
});
