// Limits on persons in a real browser: told before, explained when met, overseen by the operator.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LimitsInForce } from '../../web/shared/limits-contract.ts';
import { button, chineseDesktop, englishPhone, type Window } from './actors.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const settings = [englishPhone, chineseDesktop];
const visitor = '/visitor/TNG/TNG-0001';
const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1';

async function orderCode(fen: number): Promise<string> {
  const amount = { currency: 'CNY', value: String(fen) };
  const order = await network.call<{ orderCode: { text: string } }>('POST', `${till}/payments`, {
    amount,
  });
  return order.orderCode.text;
}

describe.each(settings)('$lang $size', (setting) => {
  const { words } = setting;
  let window: Window;

  beforeAll(async () => {
    window = await open(visitor, setting);
  });

  // The page that is told of a fault is the only one with an answer of status 500.
  afterAll(() => window?.close(['500']));

  test('the wallet says what is left; a code over the limit leads to the reason', async () => {
    const { page } = window;
    await page.getByRole('heading', { name: words.limits.mine }).waitFor();
    await picture(page, `limits-wallet-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
    await page.goto(`${network.url}${visitor}/scan`);
    await page.getByRole('tab', { name: words.scan.paste }).click();
    await page.getByLabel(words.scan.pasteLabel).fill(await orderCode(3_500_001));
    await button(window, words.scan.read).click();
    await page.getByRole('heading', { name: words.limits.refusedTitle }).waitFor();
    await page.getByText('35,000.01').waitFor();
    await page.getByText(words.limits.nothingTaken).waitFor();
    await picture(page, `limits-refused-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
  });

  test('a year that is used up is told with what is left', async () => {
    const query = 'rule=mainland.instore&per=year&of=amount&currency=CNY&most=35000000';
    const address = `${network.url}/limit?${query}&left=12000&asked=15000`;
    const { page } = window;
    await page.goto(address);
    await page.getByText('120.00').waitFor();
    await page.getByRole('button', { name: words.limits.backToWallet }).waitFor();
    await picture(page, `limits-year-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
  });

  test('an address that says nothing of a limit is told to be so', async () => {
    const { page } = window;
    await page.goto(`${network.url}/limit?rule=x`);
    await page.getByRole('heading', { name: words.limits.wrongAddress }).waitFor();
    await expectGoodPage(page);
  });

  test('the operator sees the rules in force and those replaced', async () => {
    const { page } = window;
    await page.goto(`${network.url}/network/limits`);
    await page.getByText(words.limits.state.past).first().waitFor();
    expect(await page.getByText(words.limits.state.in_force, { exact: true }).count()).toBe(2);
    await page.getByText('350,000.00').waitFor();
    await picture(page, `limits-rules-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
  });

  test.each(['full', 'empty', 'error'] as const)('the operator’s page: %s', async (state) => {
    const { page } = window;
    const real = await network.call<LimitsInForce>('GET', '/console/api/limits');
    const people = [4210, 812, 377, 201, 96, 71, 40, 33, 18, 9, 3];
    const full = {
      ...real,
      sets: real.sets.map((set) => ({
        ...set,
        limits: set.limits.map((limit) => ({
          ...limit,
          people: limit.people === null ? null : people,
        })),
      })),
    };
    await page.route('**/console/api/limits', (route) =>
      state === 'error'
        ? route.fulfill({ status: 500, json: { error: { code: 'X', message: 'It is broken.' } } })
        : route.fulfill({ json: state === 'full' ? full : { ...real, sets: [] } }),
    );
    await page.goto(`${network.url}/network/limits`);
    const shown = {
      full: page.getByRole('img').first(),
      empty: page.getByText(words.limits.none),
      error: page.getByRole('alert'),
    }[state];
    await shown.waitFor();
    await picture(page, `limits-operator-${state}-${setting.size}-${setting.lang}`);
    await expectGoodPage(page);
    await page.unroute('**/console/api/limits');
  });
});
