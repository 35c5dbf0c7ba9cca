// The rules as data: what is in force when, which windows count, and what a wrong file is told.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, countersOf, excessText, readCounted, writeCounted } from './assess.ts';
import { type LimitRules, setsOfPayment, windowEndsAt, windowOf } from './limitRules.ts';
import { presetLimits } from './presetLimits.ts';
import { limitRulesFrom, readLimitRules } from './readLimitRules.ts';
import { listedName, readScreeningList } from './screening.ts';
import { evenShare } from './store.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`);
const person = { walletId: 'TNG', customerId: 'ANNA' };
const noRate = () => undefined;

describe('the rules of the project', () => {
  const inShop = { ...person, region: 'CN', codeKind: 'payment_code' } as const;

  test.each([
    ['2024-02-29', [700_000n, 7_000_000n]],
    ['2024-03-01', [3_500_000n, 35_000_000n]],
    ['2026-11-22', [3_500_000n, 35_000_000n]],
    ['2023-06-30', []],
  ])('on %s', (text, mosts) => {
    const sets = setsOfPayment(presetLimits, day(text), inShop);
    expect(sets.flatMap(({ limits }) => limits.map(({ most }) => most))).toEqual(mosts);
  });

  test('concern the mainland only, and what is paid in a shop', () => {
    const at = day('2026-11-22');
    const counters = (payment: Partial<typeof inShop> | object) =>
      setsOfPayment(presetLimits, at, { ...inShop, ...payment }).map(({ counter }) => counter);
    expect(counters({})).toEqual(['mainland.instore']);
    expect(counters({ codeKind: 'order_code' })).toEqual(['mainland.instore']);
    expect(counters({ codeKind: 'entry_code' })).toEqual(['mainland.static']);
    expect(counters({ codeKind: 'online' })).toEqual([]);
    expect(counters({ region: 'HK' })).toEqual([]);
  });
});

describe('windows are of UTC+8', () => {
  test.each([
    ['year', '2026-12-31T15:59:59Z', 'year2026', '2027-01-01'],
    ['year', '2026-12-31T16:00:00Z', 'year2027', '2028-01-01'],
    ['month', '2026-11-30T15:59:59Z', 'month2026-11', '2026-12-01'],
    ['day', '2026-11-21T16:00:00Z', 'day2026-11-22', '2026-11-23'],
  ] as const)('%s of %s', (per, at, window, end) => {
    expect(windowOf(per, Date.parse(at))).toBe(window);
    expect(windowEndsAt(per, Date.parse(at))).toBe(day(end));
  });

  test('an instant is before its window’s end, and the end is in another window', () => {
    const at = fc.integer({ min: day('2020-01-01'), max: day('2060-01-01') });
    const pers = fc.constantFrom(...(['hour', 'day', 'month', 'year'] as const));
    fc.assert(
      fc.property(at, pers, (instant, per) => {
        const end = windowEndsAt(per, instant);
        expect(end).toBeGreaterThan(instant);
        expect(windowOf(per, end - 1)).toBe(windowOf(per, instant));
        expect(windowOf(per, end)).not.toBe(windowOf(per, instant));
      }),
    );
  });
});

const good = {
  version: 'v1',
  sets: [
    {
      counter: 'a.bc',
      title: { en: 'A', zh: '甲' },
      effectiveFrom: '2026-01-01',
      rail: 'wallet',
      currency: 'KRW',
      limits: [{ per: 'day', amount: '1000' }],
    },
  ],
};

describe('a wrong file is told what is wrong', () => {
  const set = (part: object) => ({ ...good, sets: [{ ...good.sets[0], ...part }] });
  const sets = (...parts: object[]) => ({
    ...good,
    sets: parts.map((part) => ({ ...good.sets[0], ...part })),
  });
  test.each([
    ['no JSON', '{', 'it is no JSON'],
    ['no version', { sets: [] }, 'version'],
    ['a field too many', set({ regoin: 'CN' }), 'regoin'],
    ['a day that is none', set({ effectiveFrom: '2026-02-30' }), 'is no day of the calendar'],
    ['an end before it begins', set({ effectiveUntil: '2025-01-01' }), 'must be after'],
    [
      'decimals of a currency without',
      set({ limits: [{ per: 'day', amount: '1.5' }] }),
      'decimals',
    ],
    ['no currency', set({ currency: 'ABC' }), 'ISO 4217'],
    ['neither', set({ limits: [{ per: 'day' }] }), 'an amount or a count'],
    ['both', set({ limits: [{ per: 'day', amount: '1', count: 1 }] }), 'an amount or a count'],
    ['a count of a payment', set({ limits: [{ per: 'payment', count: 1 }] }), 'no count'],
    ['twice', set({ limits: [good.sets[0]?.limits[0], good.sets[0]?.limits[0]] }), 'same kind'],
    ['a counter like a count', set({ counter: 'a.n' }), 'short name'],
    ['the same day again', sets({}, {}), 'same day'],
    [
      'one counter over two regions',
      sets({ region: 'CN' }, { region: 'HK', wallets: ['TNG'] }),
      'differ in region',
    ],
  ])('%s', (_what, file, problem) => {
    const reading =
      typeof file === 'string' ? readLimitRules(file) : readLimitRules(JSON.stringify(file));
    expect(reading.ok ? '' : reading.problem).toContain(problem);
  });
});

function rulesOf(json: unknown): LimitRules {
  const reading = limitRulesFrom(json);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.rules;
}

test('of two sets for one person the lower limit counts, and it is counted once', () => {
  const own = { wallets: ['TNG'], limits: [{ per: 'day', amount: '400' }] };
  const rules = rulesOf({ ...good, sets: [good.sets[0], { ...good.sets[0], ...own }] });
  const at = day('2026-11-22');
  expect(countersOf(rules, at, person).map(({ most }) => most)).toEqual([400n]);
  expect(countersOf(rules, at, { ...person, walletId: 'KAKAO' }).map((c) => c.most)).toEqual([
    1_000n,
  ]);
});

test('tiers divide the customers of wallets', () => {
  const tier = (identityTiers: string[], amount: string) => ({
    ...good.sets[0],
    identityTiers,
    limits: [{ per: 'year', amount }],
  });
  const rules = rulesOf({
    version: 'v2',
    tiers: { TNG: 'unverified' },
    sets: [tier(['unverified'], '2000'), tier(['verified'], '50000')],
  });
  const most = (walletId: string) =>
    countersOf(rules, day('2026-11-22'), { walletId, customerId: 'X' }).map((each) => each.most);
  expect(most('TNG')).toEqual([2_000n]);
  expect(most('KAKAO')).toEqual([50_000n]);
});

test('what a leg was counted in reads back, whatever the customer is called', () => {
  const at = day('2026-11-22');
  const rules = rulesOf({
    ...good,
    sets: [
      { ...good.sets[0], limits: [...(good.sets[0]?.limits ?? []), { per: 'hour', count: 3 }] },
    ],
  });
  for (const customerId of ['ANNA', 'a/b c=1', 'x.n:y']) {
    const amount = { currency: 'KRW', minor: 900n };
    const payment = { ...person, customerId, region: 'CN', codeKind: 'order_code' } as const;
    const found = assess(rules, at, { ...payment, amount, payTo: amount, convert: noRate });
    if (found.kind !== 'counts') throw new Error(found.kind);
    const read = readCounted(payment, writeCounted(found.version, found.counts));
    expect(read).toEqual([
      { key: `TNG/a.bc:day2026-11-22/${customerId}`, amount: 900n, staysCounted: false },
      { key: `TNG/a.bc.n:hour2026-11-22T00/${customerId}`, amount: 1n, staysCounted: true },
    ]);
  }
});

test('an order in another currency is measured in the rule’s; without a rate it is not', () => {
  const payment = { ...person, region: 'CN', codeKind: 'order_code' } as const;
  const amount = { currency: 'CNY', minor: 100n };
  const payTo = { currency: 'MYR', minor: 62n };
  const at = day('2026-11-22');
  const rules = rulesOf(good);
  const convert = (_amount: object, currency: string) => ({ currency, minor: 200n });
  expect(assess(rules, at, { ...payment, amount, payTo, convert })).toMatchObject({
    counts: [{ amount: 200n }],
  });
  expect(assess(rules, at, { ...payment, amount, payTo, convert: noRate })).toEqual({
    kind: 'no_rate',
    currency: 'KRW',
  });
});

test('even shares sum to the limit', () => {
  const most = fc.bigInt({ min: 0n, max: 10n ** 15n });
  fc.assert(
    fc.property(most, fc.integer({ min: 1, max: 64 }), (limit, lanes) => {
      let sum = 0n;
      for (let lane = 0; lane < lanes; lane++) sum += evenShare(limit, lanes, lane);
      expect(sum).toBe(limit);
    }),
  );
});

test('a refusal fits into a resultMessage', () => {
  const text = excessText(
    {
      counter: 'a'.repeat(40),
      title: { en: '', zh: '' },
      per: 'month',
      of: 'amount',
      currency: 'CNY',
      most: 10n ** 15n,
      left: 10n ** 15n,
      asked: 10n ** 15n,
    },
    ({ minor }) => `${minor}.00`,
  );
  expect(text.length).toBeLessThanOrEqual(256);
});

describe('names are compared whole, in one spelling', () => {
  const reading = readScreeningList('{"version": "1", "names": ["Café  Nemo, S.A.", "禁止公司"]}');
  const list = reading.ok ? reading.list : undefined;

  test.each([
    ['CAFE NEMO S A', true],
    ['ｃａｆé nemo s.a.', true],
    ['「禁止公司」', true],
    ['Cafe Nemo', false],
    ['The Café Nemo S.A.', false],
    ['', false],
  ])('%s: %s', (name, isListed) => {
    expect(list && listedName(list, [null, name]) !== undefined).toBe(isListed);
  });

  test.each([
    ['{', 'no JSON'],
    ['{"version": "1", "names": [""]}', 'names.0'],
    ['{"version": "1", "names": ["..."]}', 'has no letters'],
    ['{"names": []}', 'version'],
  ])('a wrong list is told what is wrong: %s', (text, problem) => {
    const read = readScreeningList(text);
    expect(read.ok ? '' : read.problem).toContain(problem);
  });
});
