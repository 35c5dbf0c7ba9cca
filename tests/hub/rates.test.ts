// Rates while payments go on: what stops a new payment never touches one that was quoted.

import { afterEach, describe, expect, test } from 'vitest';
import { approveRate, readWaiting, writeSpread } from '../../src/fx/controlStore.ts';
import { startRateFeeds } from '../../src/fx/sourceCommands.ts';
import { type RateSource, readSources, writeSource } from '../../src/fx/sourceStore.ts';
import { offerRates } from '../../src/fx/store.ts';
import { openDatabase } from '../../src/host/database.ts';
import { freeze, reloadRates, thaw } from './freezing.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codesOf,
  expectBalanced,
  malaysian,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

const hour = 3_600_000;
const operator = {
  source: 'operator',
  byWhom: 'ANNA',
  rank: 0,
  ageLimitMs: hour,
  jumpLimitBasisPoints: 300,
};

let rig: Rig;
afterEach(() => rig.close());

const network = { partners: [acquirer, malaysian], rates };
const start = () => startRig(network);
const times = () => {
  const { clock } = rig;
  return { now: clock.now(), realNow: clock.now() - clock.offsetMs() };
};
const reload = () => reloadRates(rig);

async function offer(price: string, realAt = times().realNow) {
  const table = { realAt, rates: [{ base: 'MYR', quote: 'CNY', price }] };
  const judged = await offerRates(rig.fresh.database, table, operator, times());
  await reload();
  return judged;
}

async function pay(id: string) {
  const [code = ''] = await codesOf(rig, 'TNG', 1);
  return rig.call('CHENGDU', 'pay', payWithCode(id, yuan(10_000), code));
}

/** An order, shown and scanned: its price is a quote from now on. */
async function scanned(id: string) {
  const shown = await rig.call('CHENGDU', 'pay', payForOrderCode(id, yuan(10_000)));
  const form = shown.body.orderCodeForm as { codeDetails: { codeValue: string }[] };
  const codeValue = form.codeDetails[0]?.codeValue ?? '';
  const scan = () => rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  return { scan, told: await scan() };
}

const refund = (id: string, refundRequestId: string) =>
  rig.call('CHENGDU', 'refund', {
    paymentRequestId: id,
    refundRequestId,
    refundAmount: yuan(10_000),
  });

describe('what stops new payments', () => {
  test.each(['CNY/MYR', 'MYR', 'ALL'])('a freeze of %s, until it is thawed', async (scope) => {
    rig = await start();
    expect((await pay('P1')).resultCode).toBe('SUCCESS');
    await freeze(rig, scope);
    const stopped = await pay('P2');
    expect(stopped).toMatchObject({
      resultCode: 'UNAVAILABLE_PAYMENT_METHOD',
      resultMessage: 'Payments that change CNY into MYR are stopped for now.',
    });
    const { told } = await scanned('P3');
    expect(told).toMatchObject({
      resultCode: 'CURRENCY_NOT_SUPPORT',
      resultMessage: 'Payments that change CNY into MYR are stopped for now.',
    });
    expect((await refund('P1', 'R1')).resultCode).toBe('SUCCESS');
    await thaw(rig, scope);
    expect((await pay('P4')).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });

  test('a rate past its age limit, until there is a newer one', async () => {
    rig = await start();
    await offer('1.6');
    const { scan, told } = await scanned('P1');
    await rig.advance(2 * 60_000);
    const late = offer('1.6', times().realNow - hour);
    expect((await late).tooOld).toMatch(/too old/);
    rig.clock.skip(hour - 3 * 60_000);
    await reload();
    expect((await scanned('P2')).told.resultCode).toBe('SUCCESS');
    rig.clock.skip(60_000);
    await reload();
    expect((await scanned('P3')).told).toMatchObject({
      resultCode: 'CURRENCY_NOT_SUPPORT',
      resultMessage: 'There is no rate from CNY to MYR now: the last one is too old.',
    });
    expect(told.body.payToAmount).toEqual({ currency: 'MYR', value: '6281' });
    expect((await scan()).resultCode).toBe('EXPIRED_CODE');
    await offer('1.61');
    expect((await pay('P4')).resultCode).toBe('SUCCESS');
    await expectBalanced(rig);
  });

  test('the acquirer’s own currency: a known id answers as before', async () => {
    rig = await startRig({
      partners: [{ ...acquirer, currency: 'USD', orderCurrencies: ['CNY'] }, malaysian],
      rates: [...rates, { base: 'USD', quote: 'CNY', price: '7' }],
    });
    const [code = ''] = await codesOf(rig, 'TNG', 1);
    const first = payWithCode('P1', yuan(10_000), code);
    expect((await rig.call('CHENGDU', 'pay', first)).resultCode).toBe('SUCCESS');
    await freeze(rig, 'USD');
    expect((await rig.call('CHENGDU', 'pay', first)).resultCode).toBe('SUCCESS');
    const other = { ...first, paymentAmount: yuan(9_000) };
    expect((await rig.call('CHENGDU', 'pay', other)).resultCode).toBe('REPEAT_REQ_INCONSISTENT');
    expect(await rig.call('CHENGDU', 'pay', { ...first, paymentRequestId: 'P2' })).toMatchObject({
      resultCode: 'CURRENCY_NOT_SUPPORT',
      resultMessage: 'Payments that change CNY into USD are stopped for now.',
    });
  });
});

test('a quote lives on whatever becomes of the rate', async () => {
  rig = await start();
  const { scan, told } = await scanned('P1');
  const quote = told.body.paymentQuote;
  expect(quote).toMatchObject({ quoteId: expect.any(String), quotePrice: '0.628125' });
  await offer('1.62');
  await freeze(rig, 'ALL');
  const again = await scan();
  expect(again.body.paymentQuote).toEqual(quote);
  expect(again.body.payToAmount).toEqual({ currency: 'MYR', value: '6281' });
  const paid = await rig.call('TNG', 'notifyPayment', {
    paymentRequestId: told.body.paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS', resultMessage: '' },
    paymentId: 'W1',
  });
  expect(paid.resultCode).toBe('SUCCESS');
  await rig.rest();
  await expectBalanced(rig);
});

test('a jump waits for a person, who is not the one that proposed it', async () => {
  rig = await start();
  const { database } = rig.fresh;
  expect((await offer('1.7')).jumped).toMatchObject([{ movedBasisPoints: 625 }]);
  expect(await readWaiting(database)).toMatchObject([{ price: '1.7', inForce: '1.6' }]);
  const pair = { base: 'MYR', quote: 'CNY', price: '1.70' };
  for (const name of ['ANNA', 'anna ']) {
    expect(await approveRate(database, pair, name, times())).toEqual({ kind: 'own_proposal' });
  }
  const late = { ...times(), realNow: times().realNow + hour };
  expect(await approveRate(database, pair, 'BEN', late)).toEqual({ kind: 'too_old' });
  // What was seen is approved, and nothing that came in its place.
  const other = { kind: 'other_price', price: '1.7' };
  const seen = { ...pair, price: '1.699' };
  for (const withinBasisPoints of [0, 5]) {
    const wanted = { ...seen, withinBasisPoints };
    expect(await approveRate(database, wanted, 'BEN', times())).toEqual(other);
  }
  expect(await readWaiting(database)).toHaveLength(1);
  expect(await approveRate(database, { ...seen, withinBasisPoints: 6 }, 'BEN', times())).toEqual({
    kind: 'approved',
    price: '1.7',
  });
  expect(await approveRate(database, pair, 'BEN', times())).toEqual({ kind: 'nothing_waits' });
  await reload();
  expect(rig.hubs[0]?.configuration.rules().board.middle('MYR', 'CNY')).toBe('1.7');
});

test('a dated spread holds from its instant on, without a reload', async () => {
  rig = await start();
  const validFrom = rig.clock.now() + 60_000;
  const spread = { pair: 'CNY/MYR', participantId: 'TNG', validFrom, basisPoints: 200 };
  await writeSpread(rig.fresh.database, spread, 'ANNA', rig.clock.now());
  await reload();
  expect((await scanned('P1')).told.body.payToAmount).toMatchObject({ value: '6281' });
  rig.clock.skip(60_000);
  expect((await scanned('P2')).told.body.payToAmount).toMatchObject({ value: '6375' });
});

test('two hubs: one looks at the source, both have the board within a second', async () => {
  rig = await startRig({ ...network, hubs: 2, refreshMs: 900 });
  const { database } = rig.fresh;
  const source: RateSource = {
    sourceId: 'feed',
    kind: 'http',
    address: 'http://feed.test',
    enabled: true,
    rank: 100,
    everyMs: 30_000,
    timeoutMs: 1_000,
    ageLimitMs: hour,
    jumpLimitBasisPoints: 300,
  };
  await writeSource(database, source, times().realNow);
  let looks = 0;
  let text = '';
  const failures: string[] = [];
  const others = [openDatabase({ connection: rig.fresh.config }), database];
  const feeds = others.map((each) =>
    startRateFeeds({
      database: each,
      clock: rig.clock,
      fetchTable: async () => {
        looks += 1;
        return text === '' ? { problem: 'No answer within 1000 ms.' } : { text };
      },
      changed: async () => undefined,
      failed: (_what, error) => void failures.push((error as Error).message),
    }),
  );
  const look = async () => {
    rig.clock.skip(30_000);
    await Promise.all(feeds.map((feed) => feed.look()));
    await rig.rest();
  };
  const table = (price: string) =>
    JSON.stringify({
      asOf: new Date(times().realNow).toISOString(),
      base: 'MYR',
      rates: { CNY: price },
    });
  await look();
  expect(looks).toBe(1);
  expect((await readSources(database))[0]?.problem).toMatch(/No answer/);
  text = table('1.61');
  await look();
  expect((await readSources(database))[0]?.problem).toBeNull();
  text = '{"asOf":1}';
  await look();
  await look();
  expect((await readSources(database))[0]?.problem).toMatch(/asOf/);
  text = table('2');
  await look();
  expect((await readSources(database))[0]?.problem).toBeNull();
  expect(await readWaiting(database)).toMatchObject([{ price: '2', source: 'feed' }]);
  expect(looks).toBe(5);
  expect(failures).toHaveLength(2);
  await rig.advance(1_000);
  const middles = rig.hubs.map((hub) => hub.configuration.rules().board.middle('MYR', 'CNY'));
  expect(middles).toEqual(['1.61', '1.61']);
  await Promise.all(feeds.map((feed) => feed.stop()));
  await others[0]?.close();
});
