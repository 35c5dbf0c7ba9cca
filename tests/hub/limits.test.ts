// Limits on persons: the published numbers to the cent, and the edge under 64 payments at once.

import { afterEach, describe, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { laneOfSlot, slotOf } from '../../src/base/id.ts';
import type { LimitRules } from '../../src/limits/limitRules.ts';
import { limitRulesFrom } from '../../src/limits/readLimitRules.ts';
import { readScreeningList } from '../../src/limits/screening.ts';
import { behindCode, codeMaker, connectedRules, nationalCodeOf } from './acquirerCodes.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  codesOf,
  expectBalanced,
  malaysian,
  openEntry,
  orderCodeIn,
  payAtCashier,
  payForEntryCode,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const partners = [acquirer, malaysian];
let serial = 0;
const nextId = () => `L${++serial}`;

/** Pays with a payment code of a customer; the answer of the acquirer's `pay`. */
async function payByCode(fen: number, customerId = 'ANNA') {
  const code = await codeOf(rig, 'TNG', customerId);
  const told = await rig.call('CHENGDU', 'pay', payWithCode(nextId(), yuan(fen), code));
  await rig.rest();
  return told;
}

/** Scans an order code of this amount; the answer of the wallet's `userInitiatedPay`. */
async function scanOrder(fen: number, customerId = 'ANNA') {
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode(nextId(), yuan(fen)));
  return scanned(orderCodeIn(placed), customerId);
}

/** The same by way of a printed code. */
async function scanEntry(fen: number, customerId = 'ANNA') {
  const placed = await rig.call('CHENGDU', 'pay', payForEntryCode(nextId(), yuan(fen)));
  const { codeValue } = await openEntry(rig, String(placed.body.paymentUrl));
  return scanned(String(codeValue), customerId);
}

function scanned(codeValue: string, customerId: string) {
  return rig.call('TNG', 'userInitiatedPay', { codeValue, customerId });
}

async function left(name: string, period: string, customerId = 'ANNA') {
  const told = await rig.call('TNG', 'inquiryUserLimits', { customerId });
  const list = told.body.userLimits as Record<string, unknown>[];
  return list.find((each) => each.limitName === name && each.limitPeriod === period);
}

describe('the mainland rules for wallets', () => {
  test('a payment code: 35,000.00 goes through, 35,000.01 does not', async () => {
    rig = await startRig({ partners, rates });
    expect((await payByCode(3_500_000)).resultCode).toBe('SUCCESS');
    const refused = await payByCode(3_500_001);
    expect(refused.resultCode).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT');
    expect(refused.resultMessage).toBe(
      'Rule mainland.instore: at most 35000.00 CNY a payment; ' +
        '35000.00 CNY left, 35000.01 CNY asked.',
    );
    await expectBalanced(rig);
  });

  test('an order code: 35,000.00 is shown, 35,000.01 leads to the page that says why', async () => {
    rig = await startRig({ partners, rates });
    expect((await scanOrder(3_500_000)).resultCode).toBe('SUCCESS');
    const refused = await scanOrder(3_500_001);
    expect(refused.resultCode).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT');
    const form = refused.body.actionForm as { actionType: string; redirectUrl: string };
    expect(form.actionType).toBe('REDIRECT');
    const url = new URL(form.redirectUrl);
    expect(url.pathname).toBe('/limit');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      rule: 'mainland.instore',
      per: 'payment',
      of: 'amount',
      currency: 'CNY',
      most: '3500000',
      left: '3500000',
      asked: '3500001',
    });
    await expectBalanced(rig);
  });

  test('a printed code: 500.00 is shown, 500.01 is refused with the reason', async () => {
    rig = await startRig({ partners, rates });
    expect((await scanEntry(50_000)).resultCode).toBe('SUCCESS');
    const refused = await scanEntry(50_001);
    expect(refused.resultCode).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT');
    expect(refused.resultMessage).toContain('Rule mainland.static: at most 500.00 CNY a payment');
    await expectBalanced(rig);
  });

  test('an online payment is under neither', async () => {
    rig = await startRig({ partners, rates });
    const placed = await rig.call('CHENGDU', 'pay', payAtCashier('ONLINE', yuan(9_000_000)));
    const codeValue = orderCodeIn(placed);
    expect((await scanned(codeValue, 'ANNA')).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });

  test('350,000 a year and person; printed codes are counted apart', async () => {
    rig = await startRig({ partners, rates });
    for (let each = 0; each < 10; each++) {
      expect((await payByCode(3_500_000)).resultCode).toBe('SUCCESS');
    }
    const refused = await payByCode(1);
    expect(refused.resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
    expect(refused.resultMessage).toBe(
      'Rule mainland.instore: at most 350000.00 CNY a year per person; ' +
        '0.00 CNY left, 0.01 CNY asked.',
    );
    // The other direction counts the same, a printed code and another person do not.
    expect((await scanOrder(100)).resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
    expect((await scanEntry(50_000)).resultCode).toBe('SUCCESS');
    expect((await payByCode(3_500_000, 'BEN')).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });

  test('50,000 a year and person on printed codes', async () => {
    rig = await startRig({ partners, rates, lanes: 4 });
    for (let each = 0; each < 99; each++) {
      expect((await scanEntry(50_000)).resultCode, `payment ${each}`).toBe('SUCCESS');
    }
    expect(await left('mainland.static', 'YEAR')).toMatchObject({
      limitAmount: yuan(5_000_000),
      remainingAmount: yuan(50_000),
      isNear: 'true',
    });
    expect((await scanEntry(30_000)).resultCode).toBe('SUCCESS');
    const refused = await scanEntry(20_001);
    expect(refused.resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
    expect(refused.resultMessage).toContain('200.00 CNY left, 200.01 CNY asked');
    expect((await scanEntry(20_000)).resultCode).toBe('SUCCESS');
    expect((await payByCode(3_500_000)).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });
});

/** Rules of one test, as an operator's file would have them. */
function rulesOf(limits: readonly object[], more: object = {}): LimitRules {
  const reading = limitRulesFrom({
    version: 'test-1',
    sets: [
      {
        counter: 'test.wallet',
        title: { en: 'Test', zh: '测试' },
        effectiveFrom: '2020-01-01',
        rail: 'wallet',
        currency: 'CNY',
        limits,
        ...more,
      },
    ],
  });
  if (!reading.ok) throw new Error(reading.problem);
  return reading.rules;
}

describe('at the edge', () => {
  const atOnce = 64;

  /** Request ids that spread evenly over all lanes. */
  function idsOver(lanes: number): string[] {
    const ids: string[] = [];
    while (ids.length < atOnce) {
      const id = nextId();
      if (laneOfSlot(slotOf('CHENGDU', id), lanes) === ids.length % lanes) ids.push(id);
    }
    return ids;
  }

  test.each([
    { lanes: 1, hubs: 1, room: 37 },
    { lanes: 4, hubs: 1, room: 37 },
    { lanes: 4, hubs: 2, room: 37 },
    { lanes: 4, hubs: 2, room: 1 },
    { lanes: 4, hubs: 1, room: 64 },
  ])('64 at once with room for $room: $lanes lanes, $hubs hubs', async ({ lanes, hubs, room }) => {
    const limitRules = rulesOf([{ per: 'year', amount: `${room * 100 + 99}.99` }]);
    rig = await startRig({ partners, rates, lanes, hubs, limitRules });
    const codes: string[] = [];
    while (codes.length < atOnce) codes.push(...(await codesOf(rig, 'TNG', 8)));
    const told = await Promise.all(
      idsOver(lanes).map((id, index) =>
        rig.call('CHENGDU', 'pay', payWithCode(id, yuan(10_000), codes[index] ?? '')),
      ),
    );
    await rig.rest();
    const paid = told.filter((each) => each.resultCode === 'SUCCESS');
    expect(paid).toHaveLength(room);
    const others = new Set(told.filter((each) => !paid.includes(each)).map((t) => t.resultCode));
    expect([...others]).toEqual(room === atOnce ? [] : ['USER_AMOUNT_EXCEED_LIMIT']);
    expect(rig.failures).toEqual([]);
    expect(await left('test.wallet', 'YEAR')).toMatchObject({ remainingAmount: yuan(9_999) });
    await expectBalanced(rig);
  });
});

describe('room comes back', () => {
  const limitRules = rulesOf([
    { per: 'day', amount: '100.00' },
    { per: 'day', count: 5 },
  ]);
  const remaining = async () => {
    const list = (await rig.call('TNG', 'inquiryUserLimits', { customerId: 'ANNA' })).body;
    const [amount, count] = list.userLimits as {
      remainingAmount?: { value: string };
      remainingCount?: string;
    }[];
    return [amount?.remainingAmount?.value, count?.remainingCount];
  };

  test('by a decline, a cancel and refunds; the number of payments stays counted', async () => {
    rig = await startRig({ partners, rates, lanes: 4, limitRules });
    const wallet = rig.wallets.get('TNG');
    if (wallet === undefined) throw new Error('no wallet');
    wallet.decide = () => ({ failure: 'USER_BALANCE_NOT_ENOUGH' });
    expect((await payByCode(10_000)).resultCode).toBe('USER_BALANCE_NOT_ENOUGH');
    expect(await remaining()).toEqual(['10000', '4']);
    wallet.decide = () => 'S';
    const code = await codeOf(rig, 'TNG');
    await rig.call('CHENGDU', 'pay', payWithCode('CANCELLED', yuan(10_000), code));
    expect(await remaining()).toEqual(['0', '3']);
    await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'CANCELLED' });
    await rig.rest();
    expect(await remaining()).toEqual(['10000', '3']);
    const again = await codeOf(rig, 'TNG');
    await rig.call('CHENGDU', 'pay', payWithCode('REFUNDED', yuan(10_000), again));
    for (const [refundRequestId, fen, rest] of [
      ['R1', 3_333, '3333'],
      ['R2', 3_333, '6666'],
      ['R3', 3_334, '10000'],
    ] as const) {
      const refund = { refundRequestId, refundAmount: yuan(fen), paymentRequestId: 'REFUNDED' };
      expect((await rig.call('CHENGDU', 'refund', refund)).resultCode).toBe('SUCCESS');
      await rig.rest();
      expect(await remaining()).toEqual([rest, '2']);
    }
    await expectBalanced(rig);
    // Two more, and then the number of payments is used up, whatever they came to.
    expect((await payByCode(100)).resultCode).toBe('SUCCESS');
    expect((await payByCode(100)).resultCode).toBe('SUCCESS');
    const refused = await payByCode(100);
    expect(refused.resultCode).toBe('PAYMENT_COUNT_EXCEED_LIMIT');
    expect(refused.resultMessage).toContain('at most 5 payments a day per person; 0 payments left');
    await expectBalanced(rig);
  });

  test('with the next day of UTC+8, not before', async () => {
    rig = await startRig({ partners, rates, limitRules });
    expect((await payByCode(10_000)).resultCode).toBe('SUCCESS');
    const told = await rig.call('TNG', 'inquiryUserLimits', { customerId: 'ANNA' });
    const [amount] = told.body.userLimits as { resetTime: string }[];
    const resetsAt = Date.parse(amount?.resetTime ?? '');
    expect(new Date(resetsAt + 8 * 3_600_000).toISOString()).toContain('T00:00:00');
    rig.clock.skip(resetsAt - rig.clock.now() - 1_000);
    expect((await payByCode(1)).resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
    rig.clock.skip(1_000);
    expect((await payByCode(10_000)).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });

  test('the same id again: answered as before, with the rule, and not counted twice', async () => {
    rig = await startRig({ partners, rates, limitRules });
    const code = await codeOf(rig, 'TNG');
    const paid = payWithCode('ONCE', yuan(6_000), code);
    for (let each = 0; each < 3; each++) await rig.call('CHENGDU', 'pay', paid);
    const refused = payWithCode('REFUSED', yuan(4_001), await codeOf(rig, 'TNG'));
    const first = await rig.call('CHENGDU', 'pay', refused);
    expect(first.resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
    await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'ONCE' });
    await rig.rest();
    const second = await rig.call('CHENGDU', 'pay', refused);
    expect(second.resultMessage).toBe(first.resultMessage);
    expect(await remaining()).toEqual(['10000', '4']);
    await expectBalanced(rig);
  });
});

test('a national code stays counted while the shop is being credited', async () => {
  const maker = { participantId: codeMaker, role: 'acquirer', currency: 'CNY' } as const;
  rig = await startRig({ partners: [...partners, maker], rates, codeRules: connectedRules });
  const simulated = present(rig.acquirers.get(codeMaker), codeMaker);
  const codeValue = nationalCodeOf('COUNTED', '35000.00', '156');
  simulated.codes.set(codeValue, behindCode('COUNTED', yuan(3_500_000)));
  simulated.decidePush = () => 'U';
  const shown = await scanned(codeValue, 'ANNA');
  expect(shown.resultCode).toBe('SUCCESS');
  const paymentResult = { resultStatus: 'S', resultCode: 'SUCCESS' };
  const { paymentRequestId } = shown.body;
  const notice = { paymentRequestId, paymentResult, paymentId: 'TNG-1' };
  expect((await rig.call('TNG', 'notifyPayment', notice)).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(simulated.pushes.get('COUNTED')?.state).toBe('PAYMENT_IN_PROCESS');
  const year = await left('mainland.instore', 'YEAR');
  expect(year?.remainingAmount).toEqual(yuan(31_500_000));
  await expectBalanced(rig);
});

test('a wallet’s own limit is counted in its own currency', async () => {
  const limitRules = rulesOf([{ per: 'day', amount: '62.81' }], {
    currency: 'MYR',
    wallets: ['TNG'],
  });
  rig = await startRig({ partners, rates, limitRules });
  // 100.00 CNY at 1.6 are 62.50 MYR, with the spread of 50 bp 62.81.
  expect((await payByCode(10_000)).resultCode).toBe('SUCCESS');
  expect((await payByCode(2)).resultCode).toBe('USER_AMOUNT_EXCEED_LIMIT');
  await expectBalanced(rig);
});

test('prove finds a counter that is not what was paid, and a share that nobody gave', async () => {
  rig = await startRig({ partners, rates });
  await payByCode(10_000);
  await expectBalanced(rig);
  const broken = async (sql: string) => {
    await rig.fresh.database.query(sql);
    const proof = await rig.prove();
    return proof.findings.filter(({ count }) => count > 0).map(({ name }) => name);
  };
  expect(await broken('update person_counters set used = used + 1')).toEqual([
    'counters_equal_payments',
  ]);
  expect(await broken('update person_counters set used = used - 1, moved = 5')).toEqual([
    'limits_are_shared_out_whole',
  ]);
  expect(await broken('delete from person_counters')).toEqual(['counters_equal_payments']);
});

describe('screening', () => {
  const reading = readScreeningList('{"version": "list-7", "names": ["RAMEN  house!", "Nobody"]}');
  if (!reading.ok) throw new Error(reading.problem);
  const screening = reading.list;

  test('a shop that is listed is refused for good, and the list is named', async () => {
    rig = await startRig({ partners, rates, screening });
    const refused = await payByCode(1_000);
    expect(refused.resultCode).toBe('REGULATION_RESTRICTION');
    expect(refused.resultMessage).toBe('Screening does not allow this payment (list list-7).');
    expect((await scanOrder(1_000)).resultCode).toBe('REGULATION_RESTRICTION');
    await expectBalanced(rig);
  });

  test('a shop that is not is paid, and the leg says by which list', async () => {
    const list = { ...screening, names: new Set(['nobody']) };
    rig = await startRig({ partners, rates, screening: list });
    expect((await payByCode(1_000)).resultCode).toBe('SUCCESS');
    const legs = await rig.fresh.database.query<{ counted: string }>('select counted from legs');
    expect(legs[0]?.counted).toMatch(/^mainland-2024-03\/list-7 mainland.instore:year20\d\d=1000$/);
    await expectBalanced(rig);
  });
});
