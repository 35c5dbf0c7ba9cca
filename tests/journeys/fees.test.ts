// Fees by rules, from the command line to the operator's page: tried on past payments, put in force
// by two persons, explained, and worked out in a real browser.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatTime } from '../../src/wire/time.ts';
import type { FeeRules } from '../../web/shared/fees-contract.ts';
import { chineseDesktop, englishPhone } from './actors.ts';
import { payAtTill, wayfare } from './beside.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

/** `wayfare fees … --json` beside the running network; throws what it complains of. */
const fees = <T>(...words: string[]) => wayfare<T>(network.home, 'fees', ...words);

async function pay(value: string): Promise<string> {
  await payAtTill(network, value);
  const { payments } = await network.call<{ payments: { paymentId: string }[] }>(
    'GET',
    '/console/api/payments?limit=1&status=SUCCESS',
  );
  return payments[0]?.paymentId ?? '';
}

const settings = [englishPhone, chineseDesktop];

const now = async () => (await network.call<{ now: string }>('GET', '/console/api/clock')).now;

const rules = [
  { ruleId: 'standard', fee: 'interchange', basisPoints: 25 },
  {
    ruleId: 'small-payments',
    fee: 'interchange',
    products: ['payment_code', 'order_code'],
    currency: 'CNY',
    basisPoints: 25,
    minimum: '10',
    maximum: '5000',
    note: 'No payment in a shop costs less than ten fen of interchange.',
  },
  { ruleId: 'tng', fee: 'wallet_service_fee', wallet: 'TNG', basisPoints: 8 },
];

test('nothing but agreements yet: the page says so, and works out an example', async () => {
  for (const setting of settings) {
    const { words } = setting;
    const window = await open('/network/fees', setting);
    await window.page.getByText(words.fees.none).waitFor();
    await window.page.getByText('0.30 CNY'.replace(' ', '\u00a0')).waitFor();
    await window.page.getByLabel(words.fees.amount.replace('{{currency}}', 'CNY')).fill('1O0');
    await window.page.getByText(words.fees.wrongAmount).waitFor();
    await picture(window.page, `fees-empty-${setting.size}-${setting.lang}`);
    await expectGoodPage(window.page);
    await window.close();
  }
});

test('tried, proposed, approved by another person, explained, and seen', async () => {
  const paymentId = await pay('3600');
  const file = path.join(network.home, 'rules.json');
  const at = Date.parse(await now()) + 90_000;
  writeFileSync(file, JSON.stringify({ version: '2026-12', effectiveFrom: formatTime(at), rules }));
  const today = formatTime(at).slice(0, 10);
  const tried = await fees<{
    payments: number;
    lines: { participantId: string; interchange: { was: string; would: string } }[];
    network: { currency: string; was: string; would: string }[];
  }>('simulate', '--file', file, '--from', '2026-01-01', '--to', today);
  expect(tried.payments).toBe(1);
  expect(tried.lines.find(({ participantId }) => participantId === 'CHENGDU_PAY')).toMatchObject({
    interchange: { was: '11', would: '10' },
  });
  expect((await fees<{ sets: unknown[] }>('list')).sets).toEqual([]);

  await fees('activate', '--file', file, '--by', 'Li');
  await expect(fees('activate', '--approve', '2026-12', '--by', 'Li')).rejects.toThrow(
    'whoever proposed it cannot approve it',
  );
  await fees('activate', '--approve', '2026-12', '--by', 'Wang');
  await lookAt('coming');
  await network.call('POST', '/console/api/clock', { advanceMs: 120_000 });
  await expect
    .poll(async () => (await network.call<FeeRules>('GET', '/console/api/fees')).sets[0]?.state)
    .toBe('in_force');

  type Explained = {
    version: string | null;
    fees: { fee: string; decidedBy: string; rule: { ruleId: string } | null; outdone: string[] }[];
    posted: { reason: string; amount: { value: string } }[];
  };
  const old = await fees<Explained>('explain', '--payment', paymentId);
  expect(old.version).toBe(null);
  expect(old.posted.find(({ reason }) => reason === 'interchange_from_acquirer')).toMatchObject({
    amount: { value: '11' },
  });
  const fresh = await fees<Explained>('explain', '--payment', await pay('2000'));
  expect(fresh.version).toBe('2026-12');
  expect(fresh.fees[0]).toMatchObject({
    decidedBy: 'minimum',
    rule: { ruleId: 'small-payments' },
    outdone: ['standard'],
  });
  expect(fresh.posted.find(({ reason }) => reason === 'interchange_from_acquirer')).toMatchObject({
    amount: { value: '10' },
  });
  await lookAt('in_force');
});

/** The page with its set in this state, in every language and size. */
async function lookAt(state: 'coming' | 'in_force'): Promise<void> {
  for (const setting of settings) {
    const { words } = setting;
    const window = await open('/network/fees', setting);
    const { page } = window;
    await page.getByText(words.fees.state[state], { exact: true }).waitFor();
    await page.getByLabel(words.fees.wallet, { exact: true }).selectOption('TNG');
    await page.getByLabel(words.fees.acquirer, { exact: true }).selectOption('CHENGDU_PAY');
    await page.getByLabel(words.fees.amount.replace('{{currency}}', 'CNY')).fill('20.00');
    const interchange = state === 'coming' ? '0.06' : '0.10';
    await page.getByText(`${interchange}\u00a0CNY`, { exact: true }).waitFor();
    await picture(page, `fees-${state}-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
    await window.close();
  }
}

test('out of order: the page says so, in both places, and can ask again', async () => {
  for (const setting of settings) {
    const broken = { status: 500, json: { error: { code: 'X', message: 'It is broken.' } } };
    const window = await open('/network/fees', setting, (page) =>
      page.route('**/console/api/fees/example?*', (route) => route.fulfill(broken)),
    );
    const { page } = window;
    await page.getByRole('alert').waitFor();
    await picture(page, `fees-example-error-${setting.size}-${setting.lang}`);
    await page.route('**/console/api/fees', (route) => route.fulfill(broken));
    await page.goto(`${network.url}/network/fees`);
    await page.getByRole('button', { name: setting.words.states.again }).waitFor();
    await picture(page, `fees-error-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
    await window.close(['500']);
  }
});
