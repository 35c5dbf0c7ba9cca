// Fee rules on a real Postgres: two persons put them in force, payments keep the rules of their
// time, refunds return interchange to the minor unit, and a trial run says what would have been.

import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { clearingDayOf } from '../../src/calendar/clearingDay.ts';
import { closeDays } from '../../src/clearing/commands.ts';
import { FeeBook, type FeeSet } from '../../src/fees/feeRules.ts';
import { readFeeRules } from '../../src/fees/readFeeRules.ts';
import { FeeReplay } from '../../src/fees/replay.ts';
import { readPaid } from '../../src/fees/replayStore.ts';
import {
  approveFeeSet,
  feeNoticeMs,
  proposeFeeSet,
  readFeeSets,
  stateOfSet,
  withdrawFeeSet,
} from '../../src/fees/store.ts';
import { openDatabase } from '../../src/host/database.ts';
import { explainPayment } from '../../src/payments/feeExample.ts';
import { feeTermsAt } from '../../src/payments/fees.ts';
import { findByNumberCommand } from '../../src/payments/find.ts';
import { formatTime } from '../../src/wire/time.ts';
import { closingWorld, expectProved, refundOf, skipPast } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  korean,
  malaysian,
  orderCodeIn,
  paid,
  payForOrderCode,
  rates,
  yuan,
} from './scenes.ts';
import { walletPaymentIdOf } from './wallet.ts';

let rig: Rig;
afterEach(() => rig.close());

const partners = [acquirer, malaysian, korean];
const begin = (hubs = 1) => startRig({ partners, rates, lanes: 2, hubs });

function setOf(version: string, effectiveFrom: number, rules: readonly object[]) {
  const text = JSON.stringify({ version, effectiveFrom: formatTime(effectiveFrom), rules });
  const reading = readFeeRules(text);
  if (!reading.ok) throw new Error(reading.problem);
  return { set: reading.set, text };
}

const interchange = (basisPoints: number, more: object = {}) => ({
  ruleId: `i${basisPoints}`,
  fee: 'interchange',
  basisPoints,
  ...more,
});

async function propose(version: string, inMs: number, rules: readonly object[], byWhom = 'Li') {
  const { set, text } = setOf(version, rig.clock.now() + inMs, rules);
  const act = { byWhom, now: rig.clock.now() };
  return (await proposeFeeSet(rig.fresh.database, set, text, act)).kind;
}

async function approve(version: string, byWhom = 'Wang', database = rig.fresh.database) {
  const act = { byWhom, now: rig.clock.now() };
  const { kind } = await approveFeeSet(database, version, act);
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
  return kind;
}

/** Puts rules in force and lets their time come. */
async function inForce(version: string, rules: readonly object[]): Promise<void> {
  expect(await propose(version, feeNoticeMs, rules)).toBe('done');
  expect(await approve(version)).toBe('done');
  rig.clock.skip(feeNoticeMs);
}

/** The postings of a reason: of payments by their ids, then of refunds in their order. */
async function posted(reason: string): Promise<number[]> {
  const rows = await rig.fresh.database.query<{ amount: string }>(
    'select t.amount from postings t left join payments p on p.lane = t.lane ' +
      'and p.payment_number = t.journal_number where t.reason = $1 ' +
      'order by p.request_key nulls last, t.journal_number',
    [reason],
  );
  return rows.map(({ amount }) => Number(amount));
}

test('four eyes, in time, once: nobody else puts rules in force', async () => {
  rig = await begin();
  const act = (byWhom: string) => ({ byWhom, now: rig.clock.now() });
  const { database } = rig.fresh;
  expect(await propose('v1', feeNoticeMs - 1, [interchange(5)])).toBe('too_late');
  expect(await propose('v1', feeNoticeMs, [interchange(5)])).toBe('done');
  expect(await propose('v1', feeNoticeMs * 9, [interchange(7)], 'Wang')).toBe('known_version');
  expect(await approve('v1', 'Li')).toBe('own_proposal');
  expect(await approve('v1', ' LI ')).toBe('own_proposal');
  expect(await approve('v2')).toBe('unknown');
  rig.clock.skip(1);
  expect(await approve('v1')).toBe('too_late');
  expect((await withdrawFeeSet(database, 'v1', act('Li'))).kind).toBe('done');
  expect(await approve('v1')).toBe('already_withdrawn');
  expect(await propose('v2', feeNoticeMs, [interchange(5)])).toBe('done');
  expect(await approve('v2')).toBe('done');
  expect(await approve('v2', 'Zhao')).toBe('already_approved');
  expect((await withdrawFeeSet(database, 'v2', act('Li'))).kind).toBe('already_approved');
  const states = (await readFeeSets(database)).map((each) => [each.set.version, stateOfSet(each)]);
  expect(new Map(states as [string, string][])).toEqual(
    new Map([
      ['v1', 'withdrawn'],
      ['v2', 'approved'],
    ]),
  );
});

test('of sixteen approvals at once, one counts', async () => {
  rig = await begin();
  await propose('v1', feeNoticeMs, [interchange(5)]);
  const persons = Array.from({ length: 16 }, (_, each) => ({
    name: `P${each}`,
    database: openDatabase({ connection: rig.fresh.config }),
  }));
  const told = await Promise.all(
    persons.map(({ name, database }) => approve('v1', name, database)),
  );
  await Promise.all(persons.map(({ database }) => database.close()));
  expect(told.filter((kind) => kind === 'done')).toHaveLength(1);
  expect(told.filter((kind) => kind === 'already_approved')).toHaveLength(15);
});

test('a payment keeps the rules of its time, whatever comes before it is paid', async () => {
  rig = await begin(2);
  await paid(rig, 'BEFORE', yuan(12_000));
  const told = await rig.call('CHENGDU', 'pay', payForOrderCode('PLACED', yuan(12_000)));
  const codeValue = orderCodeIn(told);
  await inForce('v1', [
    interchange(50),
    { ruleId: 'w', fee: 'wallet_service_fee', basisPoints: 100, wallet: 'TNG' },
  ]);
  await paid(rig, 'AFTER', yuan(12_000));
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  const legId = String(scan.body.paymentRequestId);
  await rig.call('TNG', 'notifyPayment', {
    paymentRequestId: legId,
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
    paymentId: walletPaymentIdOf('TNG', legId),
  });
  await rig.rest();
  expect(await posted('interchange_from_acquirer')).toEqual([60, 36, 36]);
  expect(await posted('wallet_service_fee')).toEqual([75, 8, 8]);
  // Another set changes what is told of none of them.
  await inForce('v2', [interchange(1)]);
  await explainedAsPosted();
  expect(rig.failures).toEqual([]);
  await expectProved(rig.fresh.database);
});

/** Every paid payment is explained with exactly the fees that are in its journal. */
async function explainedAsPosted(): Promise<void> {
  const [hub] = rig.hubs;
  if (hub === undefined) throw new Error('a rig has at least one hub');
  const rules = hub.configuration.rules();
  const rows = await rig.fresh.database.query<{ n: string }>(
    "select payment_number as n from payments where state = 'SUCCESS'",
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { n } of rows) {
    const payment = await hub.desk.run(findByNumberCommand(rules, Number(n)));
    if (payment === undefined) throw new Error(`there is no ${n}`);
    const answer = explainPayment(rules, payment);
    if (answer.kind !== 'explained') throw new Error(answer.why);
    const fees = answer.explained.fees.map(({ fee, amount }) => [
      fee === 'interchange' ? 'interchange_from_acquirer' : fee,
      amount.value,
    ]);
    const found = await rig.fresh.database.query<{ reason: string; amount: string }>(
      "select reason, amount from postings where journal_number = $1 and (reason like '%fee' or " +
        "reason = 'interchange_from_acquirer')",
      [Number(n)],
    );
    const named = new Map(found.map(({ reason, amount }) => [reason, amount]));
    expect(fees).toEqual(fees.map(([reason]) => [reason, named.get(String(reason)) ?? '0']));
  }
}

test('refunds in parts return a minimum of interchange whole, and no service fee', async () => {
  rig = await begin();
  await inForce('v1', [interchange(30, { currency: 'CNY', minimum: '100' })]);
  await paid(rig, 'P1', yuan(10_000));
  for (const [index, fen] of [3_333, 3_333, 3_333, 1].entries()) {
    const told = await rig.call('CHENGDU', 'refund', refundOf('P1', `R${index}`, fen));
    expect(told.resultCode).toBe('SUCCESS');
    await rig.rest();
  }
  const [taken, ...returned] = await posted('interchange_from_acquirer');
  expect(taken).toBe(100);
  expect(returned.reduce((sum, each) => sum + each, 0)).toBe(100);
  expect(await posted('acquirer_service_fee')).toHaveLength(1);
  const date = '2026-11-21';
  skipPast(rig, date);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  await expectProved(rig.fresh.database);
});

/** What a set would have come to on everything that was paid. */
async function replayed(set: FeeSet) {
  const rules = rig.hubs[0]?.configuration.rules();
  if (rules === undefined) throw new Error('a rig has at least one hub');
  const tried = { directory: rules.directory, feeBook: new FeeBook([set]) };
  const replay = new FeeReplay((about) => feeTermsAt(tried, about, set.effectiveFrom));
  for await (const some of readPaid(rig.fresh.database, 0, rig.clock.now() + 1)) {
    for (const each of some) replay.add(each);
  }
  return replay.result();
}

/** Service fees and interchange of each position, as the postings say: positive is paid. */
async function inTheBooks(): Promise<Map<string, string>> {
  const rows = await rig.fresh.database.query<{ id: string; fee: string; interchange: string }>(
    'select a.participant_id as id, ' +
      "coalesce(sum(s) filter (where reason like '%service_fee'), 0) as fee, " +
      "coalesce(sum(s) filter (where reason like 'interchange%'), 0) as interchange from (" +
      'select reason, debit_account as account_id, amount as s from postings union all ' +
      'select reason, credit_account, -amount from postings) e ' +
      "join accounts a using (account_id) where a.kind = 'position' group by 1",
  );
  return new Map(rows.map(({ id, fee, interchange: part }) => [id, `${fee} ${part}`]));
}

test('a trial run is what the same payments come to once the rules are in force', async () => {
  rig = await begin();
  const rules = [
    interchange(40),
    interchange(25, { ruleId: 'krw', corridor: 'CNY/KRW', currency: 'CNY', maximum: '20' }),
    { ruleId: 's', fee: 'acquirer_service_fee', basisPoints: 7, currency: 'CNY', minimum: '15' },
    { ruleId: 'w', fee: 'wallet_service_fee', basisPoints: 33, wallet: 'TNG' },
  ];
  const drawn = fc.sample(fc.integer({ min: 200, max: 90_000 }), { numRuns: 24, seed: 7 });
  const round = async (name: string) => {
    for (const [index, fen] of drawn.entries()) {
      const id = `${name}${index}`;
      await paid(rig, id, yuan(fen), index % 3 === 0 ? 'KAKAO' : 'TNG');
      if (index % 4 !== 0) continue;
      await rig.call('CHENGDU', 'refund', refundOf(id, `${id}-A`, Math.floor(fen / 3)));
      await rig.call('CHENGDU', 'refund', refundOf(id, `${id}-B`, Math.floor(fen / 5)));
      await rig.rest();
    }
    // Cancelled payments never were: they are in neither sum.
    await paid(rig, `${name}-X`, yuan(5_000));
    await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: `${name}-X` });
    await rig.rest();
  };
  await round('A');
  const before = await inTheBooks();
  const { set } = setOf('trial', rig.clock.now() + feeNoticeMs, rules);
  const tried = await replayed(set);
  expect(tried.payments).toBe(drawn.length);
  const words = (which: 'was' | 'would') =>
    new Map(
      tried.lines.map(({ participantId, role, serviceFee, interchange: part }) => [
        participantId,
        `${serviceFee[which]} ${role === 'wallet' ? -part[which] : part[which]}`,
      ]),
    );
  expect(words('was')).toEqual(before);
  await inForce('v1', rules);
  await round('B');
  const after = await inTheBooks();
  const difference = new Map(
    [...after].map(([id, sums]) => {
      const [now = [], then = []] = [sums, before.get(id) ?? '0 0'].map((text) =>
        text.split(' ').map(Number),
      );
      return [id, now.map((sum, at) => sum - (then[at] ?? 0)).join(' ')];
    }),
  );
  expect(difference).toEqual(words('would'));
  expect(tried.rules.find(({ ruleId }) => ruleId === 'krw')?.payments).toBe(8);
  const earned = tried.network.find(({ currency }) => currency === 'CNY');
  expect(earned?.would).not.toBe(earned?.was);
  expect(clearingDayOf(rig.clock.now())).toBe(clearingDayOf(rig.clock.now() - feeNoticeMs));
  await explainedAsPosted();
  await expectProved(rig.fresh.database);
}, 60_000);
