// The operator's pages of rates and positions in a real browser: fed by the sandbox's market,
// stopped and approved by commands, seen on the pages.
import { expect, test } from 'vitest';
import type { RatesDesk } from '../../web/shared/rates-contract.ts';
import { chineseDesktop, englishDesktop, englishPhone } from './actors.ts';
import { payAtTill, wayfare } from './beside.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

/** `wayfare rates … --json` beside the running network. */
const rates = (...words: string[]) => wayfare(network.home, 'rates', ...words);

const desk = () => network.call<RatesDesk>('GET', '/console/api/rates/desk');

async function pay(walletId: string, value: string): Promise<string | null> {
  return (await payAtTill(network, value, walletId)).resultCode;
}

async function until<T>(read: () => Promise<T>, right: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 150; tries += 1) {
    const value = await read();
    if (right(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('it did not become so');
}

const settings = [englishPhone, chineseDesktop];

async function lookAt(place: 'rates' | 'positions', name: string): Promise<void> {
  for (const setting of settings) {
    const address = `/network/${place}`;
    const window = await open(address, setting);
    await window.page.locator('.card h2').first().waitFor();
    await window.page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
    await picture(window.page, `${place}-${name}-${setting.lang}-${setting.size}`);
    await expectGoodPage(window.page);
    await window.close();
  }
}

test('a new network: the market is its source, and every corridor is priced', async () => {
  const now = await desk();
  expect(now.sources).toMatchObject([{ sourceId: 'sandbox', problem: null }]);
  expect(now.corridors).toHaveLength(28);
  expect(now.corridors.every(({ state, mid }) => state === 'live' && mid !== null)).toBe(true);
  expect(now.rates.find(({ pair }) => pair === 'USD/CNY')).toMatchObject({ source: 'sandbox' });
  await lookAt('positions', 'empty');
});

test('frozen, jumped and priced by commands, and seen on the page', async () => {
  for (const wallet of ['TNG', 'KAKAOPAY', 'ALIPAY_HK', 'TRUEMONEY', 'GCASH']) {
    expect(await pay(wallet, '3600')).toBe('SUCCESS');
  }
  expect(await rates('freeze', 'CNY/THB', '--by', 'Mei', '--reason', 'Feed in doubt')).toEqual({
    frozen: 'CNY/THB',
  });
  await rates('spread', 'CNY/MYR', '80', '--participant', 'TNG', '--by', 'Mei');
  await rates('spread', 'CNY/KRW', '35', '--participant', 'TOSSPAY', '--by', 'Mei');
  const address = (await desk()).sources[0]?.address ?? '';
  const often = ['--every', '1s', '--by', 'Mei'];
  await rates('source', 'add', '--id', 'sandbox', '--address', address, ...often);
  await network.call('PUT', '/sandbox/market', { mode: 'jump', currency: 'PHP' });
  const held = ({ freezes, waiting }: RatesDesk) => freezes.length + waiting.length;
  const seen = await until(
    desk,
    (now) => held(now) === 2 && now.corridors.some(({ state }) => state === 'frozen'),
  );
  expect(seen.waiting).toMatchObject([{ quote: 'PHP', source: 'sandbox', proposedBy: null }]);
  expect(seen.waiting[0]?.movedBasisPoints).toBeGreaterThan(900);
  const stateOf = (pair: string) => seen.corridors.find((each) => each.pair === pair)?.state;
  expect([stateOf('CNY/THB'), stateOf('CNY/PHP')]).toEqual(['frozen', 'live']);
  expect(await pay('TRUEMONEY', '3600')).toBe('UNAVAILABLE_PAYMENT_METHOD');
  await lookAt('rates', 'attention');
  await lookAt('positions', 'full');

  const window = await open('/network', englishDesktop);
  await window.page.getByRole('link', { name: window.words.fx.open }).click();
  await window.page.getByRole('button', { name: 'CNY/KRW', exact: true }).click();
  const title = window.words.fx.history.replace('{{pair}}', 'CNY/KRW');
  await window.page.getByRole('heading', { name: title }).waitFor();
  await window.page.getByText('Feed in doubt').first().waitFor();
  await window.close();

  // The market moves on while the command starts.
  const [php] = (await desk()).waiting;
  await rates('approve', 'USD/PHP', '--price', php?.price ?? '', '--within', '9', '--by', 'Tom');
  await rates('thaw', 'CNY/THB', '--by', 'Tom');
  await until(desk, ({ corridors }) => corridors.every(({ state }) => state === 'live'));
  await until(desk, (now) => held(now) === 0);
  expect(await pay('TRUEMONEY', '3600')).toBe('SUCCESS');
}, 180_000);

test('a rate that a person sets goes before the market; a second one approves it', async () => {
  expect(await rates('set', 'USD/CNY', '9.99', '--by', 'Mei')).toEqual({
    inForce: [],
    waiting: ['USD/CNY'],
  });
  const approve = (price: string, by: string) =>
    rates('approve', 'USD/CNY', '--price', price, '--by', by);
  await expect(approve('9.99', 'Mei')).rejects.toThrow(/cannot approve/);
  await expect(approve('7.1', 'Tom')).rejects.toThrow('9.99 waits by now, not 7.1');
  await approve('9.99', 'Tom');
  const usd = (list: RatesDesk) => list.rates.find(({ pair }) => pair === 'USD/CNY');
  const now = await until(desk, (list) => usd(list)?.price === '9.99');
  expect(usd(now)).toMatchObject({ source: 'operator', tooOld: false });
  expect(now.events.slice(0, 2).map(({ byWhom, kind }) => `${byWhom} ${kind}`)).toEqual([
    'Tom approve',
    'Mei set',
  ]);
  await expect(rates('freeze', 'CNY/XXX', '--by', 'Mei', '--reason', 'x')).rejects.toThrow(/MYR/);
}, 60_000);

test('without an answer the pages say so', async () => {
  for (const place of ['rates', 'positions'] as const) {
    const address = `/network/${place}`;
    const window = await open(address, englishPhone, (page) =>
      page.route('**/console/api/{rates/desk,exposure}*', (route) => route.abort()),
    );
    await window.page.getByRole('button').filter({ hasText: /\w/ }).first().waitFor();
    await window.page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
    await picture(window.page, `${place}-error-en-phone`);
    await expectGoodPage(window.page);
    await window.context.close();
  }
}, 60_000);
