// Fee rules: what a file may say, which rule wins, and what a fee comes to, for any case.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../money/money.ts';
import { explainFees } from './explain.ts';
import {
  concerns,
  FeeBook,
  type FeeCase,
  type FeeRule,
  type FeeSet,
  feeKinds,
  feeProducts,
  rivalsOf,
  weightOf,
} from './feeRules.ts';
import { readFeeRules } from './readFeeRules.ts';
import { agreedTerm, feeOf, feesOf, returnedOf, termOf } from './reckon.ts';

const about: FeeCase = {
  walletId: 'TNG',
  acquirerId: 'CHENGDU',
  product: 'order_code',
  orderCurrency: 'CNY',
  walletCurrency: 'MYR',
  settlementCurrency: 'CNY',
};

const effectiveFrom = '2026-12-01T00:00:00+08:00';

function file(rules: readonly object[], more: object = {}): string {
  return JSON.stringify({ version: 'v1', effectiveFrom, rules, ...more });
}

const rule = { ruleId: 'r1', fee: 'interchange', basisPoints: 30 };

describe('a file of fee rules', () => {
  test('is read with its time and bounds', () => {
    const text = file([{ ...rule, currency: 'CNY', minimum: '10', maximum: '500' }]);
    const reading = readFeeRules(text);
    if (!reading.ok) throw new Error(reading.problem);
    expect(reading.set.effectiveFrom).toBe(Date.parse(effectiveFrom));
    expect(reading.set.rules[0]).toMatchObject({ minimum: 10n, maximum: 500n, wallet: null });
  });

  test('is the one of the guide', () => {
    const guide = readFileSync(new URL('../../docs/guides/fees.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n(.*?)```/s.exec(guide) ?? [];
    const reading = readFeeRules(example);
    expect(reading).toMatchObject({ ok: true, set: { version: '2026-12' } });
  });

  test.each([
    ['{', 'it is no JSON'],
    [file([rule], { effectiveFrom: '2026-12-01' }), 'effectiveFrom must be a time'],
    [file([{ ...rule, basisPoints: 10_001 }]), 'rules[0].basisPoints'],
    [file([{ ...rule, wallet: 'T N G' }]), 'rules[0].wallet must be the id'],
    [file([{ ...rule, products: ['cash'] }]), 'rules[0].products[0]'],
    [file([{ ...rule, corridor: 'CNY-MYR' }]), 'rules[0].corridor'],
    [file([{ ...rule, colour: 'red' }]), 'rules[0]'],
    [file([rule, rule]), 'the rule r1 is there twice'],
    [file([rule, { ...rule, ruleId: 'r2', basisPoints: 5 }]), 'concern the same payments'],
    [
      file([
        { ...rule, products: ['push', 'cashier'] },
        { ...rule, ruleId: 'r2', products: ['cashier'] },
      ]),
      'the rule r2 and r1 concern the same payments',
    ],
    [file([{ ...rule, minimum: '10' }]), 'must name their currency'],
    [file([{ ...rule, currency: 'CNY', minimum: '10', maximum: '9' }]), 'below its minimum'],
    [file([{ ...rule, currency: 'IDR', minimum: '50' }]), 'cannot be paid in IDR'],
  ])('%# is refused with the reason', (text, problem) => {
    const reading = readFeeRules(text);
    expect(reading.ok ? 'read' : reading.problem).toContain(problem);
  });
});

const someRule = fc.record({
  fee: fc.constantFrom(...feeKinds),
  wallet: fc.option(fc.constantFrom('TNG', 'KAKAOPAY')),
  acquirer: fc.option(fc.constantFrom('CHENGDU', 'OSAKA')),
  corridor: fc.option(fc.constantFrom('CNY/MYR', 'JPY/MYR', 'CNY/KRW')),
  products: fc.option(fc.subarray([...feeProducts], { minLength: 1 })),
  currency: fc.option(fc.constantFrom('CNY', 'MYR', 'JPY')),
  basisPoints: fc.nat(10_000),
});

/** Sets that a file could hold: rules that concern the same payments are left out. */
const someSet = fc.array(someRule, { maxLength: 30 }).map((drawn) => {
  const kept: object[] = [];
  for (const [index, each] of drawn.entries()) {
    const named = Object.fromEntries(Object.entries(each).filter(([, value]) => value !== null));
    const next = [...kept, { ...named, ruleId: `r${index}` }];
    if (readFeeRules(file(next)).ok) kept.push(next.at(-1) ?? {});
  }
  const reading = readFeeRules(file(kept));
  if (!reading.ok) throw new Error(reading.problem);
  return reading.set;
});

const someCase: fc.Arbitrary<FeeCase> = fc.record({
  walletId: fc.constantFrom('TNG', 'KAKAOPAY', 'GCASH'),
  acquirerId: fc.constantFrom('CHENGDU', 'OSAKA'),
  product: fc.constantFrom(...feeProducts),
  orderCurrency: fc.constantFrom('CNY', 'JPY'),
  walletCurrency: fc.constantFrom('MYR', 'KRW', 'CNY'),
  settlementCurrency: fc.constantFrom('CNY', 'JPY'),
});

describe('the rule that wins', () => {
  test('concerns the payment, says most about it, and is the only one that says so much', () => {
    fc.assert(
      fc.property(someSet, someCase, (set, each) => {
        const chosen = new FeeBook([set]).rulesOf(each, set.effectiveFrom);
        for (const fee of feeKinds) {
          const candidates = set.rules.filter((one) => one.fee === fee && concerns(one, each));
          const weights = candidates.map(weightOf);
          expect(new Set(weights).size).toBe(weights.length);
          const best = candidates.find((one) => weightOf(one) === Math.max(...weights));
          expect(chosen[fee]?.rule).toBe(best);
        }
      }),
    );
  });

  test('is the same in whatever order the rules are written', () => {
    fc.assert(
      fc.property(someSet, someCase, fc.nat(), (set, each, turn) => {
        const at = set.rules.length === 0 ? 0 : turn % set.rules.length;
        const turned = { ...set, rules: [...set.rules.slice(at), ...set.rules.slice(0, at)] };
        const ids = (from: FeeSet) =>
          feeKinds.map((fee) => rivalsOf(from, fee, each).map(({ ruleId }) => ruleId));
        expect(ids(turned)).toEqual(ids(set));
      }),
    );
  });

  test('is of the set that began last, and none before the first', () => {
    const set = (version: string, at: number, basisPoints: number): FeeSet => ({
      version,
      effectiveFrom: at,
      rules: [{ ...open, basisPoints }],
    });
    const book = new FeeBook([set('b', 2_000, 20), set('a', 1_000, 10), set('c', 2_000, 30)]);
    const at = (time: number) => book.rulesOf(about, time).interchange?.version;
    expect([at(999), at(1_000), at(1_999), at(2_000)]).toEqual([undefined, 'a', 'a', 'c']);
  });
});

const open: FeeRule = {
  ruleId: 'open',
  fee: 'interchange',
  wallet: null,
  acquirer: null,
  corridor: null,
  products: null,
  currency: null,
  basisPoints: 0,
  minimum: 0n,
  maximum: null,
  note: null,
};

describe('a fee', () => {
  const bounds = fc
    .tuple(fc.bigInt(0n, 10_000n), fc.bigInt(0n, 10_000n))
    .map(([a, b]) => ({ minimum: a < b ? a : b, maximum: a < b ? b : a }));

  test('is within its bounds wherever there is enough to take, and never more than all', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 13n), fc.nat(10_000), bounds, (minor, points, bound) => {
        const fee = feeOf(money('CNY', minor), { ...agreedTerm(points), ...bound });
        expect(fee >= 0n && fee <= minor).toBe(true);
        expect(fee <= bound.maximum).toBe(true);
        if (minor >= bound.minimum) expect(fee >= bound.minimum).toBe(true);
      }),
    );
  });

  test('grows with the amount', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), fc.nat(10_000), bounds, (minor, points, bound) => {
        const of = (from: bigint) => feeOf(money('CNY', from), { ...agreedTerm(points), ...bound });
        expect(of(minor + 1n) >= of(minor)).toBe(true);
      }),
    );
  });

  test('that is given back in parts is given back whole, whatever the parts', () => {
    const parts = fc.array(fc.bigInt(1n, 10n ** 6n), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(parts, fc.bigInt(0n, 10n ** 6n), (each, fee) => {
        const whole = each.reduce((sum, part) => sum + part, 0n);
        let [done, back] = [0n, 0n];
        for (const part of each) {
          const before = returnedOf('CNY', fee, done, whole);
          done += part;
          const step = returnedOf('CNY', fee, done, whole) - before;
          expect(step >= 0n).toBe(true);
          back += step;
        }
        expect(back).toBe(fee);
      }),
    );
  });
});

test('a minimum of interchange gives the wallet the same share of the principal', () => {
  const chosen = { version: 'v1', rule: { ...open, basisPoints: 30, minimum: 50n } };
  const base = { settlement: money('CNY', 1_000n), payTo: money('MYR', 628n), principal: 625n };
  const terms = {
    interchange: termOf(chosen),
    acquirer_service_fee: agreedTerm(20),
    wallet_service_fee: agreedTerm(10),
  };
  expect(feesOf(base, terms)).toEqual({
    interchange: 50n,
    interchangeToWallet: 31n,
    acquirerServiceFee: 2n,
    walletServiceFee: 1n,
  });
  const [interchange, service] = explainFees(about, base, terms, undefined);
  expect(interchange).toMatchObject({
    payer: 'CHENGDU',
    payee: 'TNG',
    amount: { currency: 'CNY', value: '50' },
    received: { currency: 'MYR', value: '31' },
    decidedBy: 'minimum',
    rule: { version: 'v1', ruleId: 'open' },
    sentence: '30 bp of 10.00 CNY, raised to the minimum: 0.50 CNY',
  });
  expect(service).toMatchObject({ payee: 'network', rule: null, decidedBy: 'rate' });
});
