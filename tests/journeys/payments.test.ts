// Journeys of a visitor and a shopkeeper through the real network, in a real browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { identify } from '../../src/codes/identify.ts';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  button,
  chineseDesktop,
  collect,
  englishDesktop,
  englishPhone,
  noodleTill,
  openWindow,
  press,
  recordScreens,
  rightPin,
  type Setting,
  screen,
  showOrderCode,
  showPaymentCode,
  type Window,
  wrongPin,
} from './actors.ts';
import { cameraFlags, writeFilm } from './camera.ts';
import { expectGoodPage, expectVisibleFocus, netByAccount, readPostings } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const malaysian = '/visitor/TNG/TNG-0001';
const tillPayments = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1/payments';

/** The visitor's and the shopkeeper's windows, side by side. */
function openBoth(setting: Setting = englishPhone): Promise<[visitor: Window, till: Window]> {
  return Promise.all([open(malaysian, setting), open(noodleTill, setting)]);
}

function behave(wallet: string, mode: string): Promise<unknown> {
  return network.call('PUT', `/sandbox/wallets/${wallet}/behaviour`, { mode });
}

describe('before the first payment', () => {
  test('the network says what would put something there', async () => {
    const operator = await open('/network', englishDesktop);
    await operator.page.getByText(operator.words.network.none).waitFor();
    await operator.close();
  });

  test('no till shows a code; the first one that does appears by itself', async () => {
    const [visitor, till] = await openBoth();
    const { words } = visitor;
    await till.page.getByText(words.till.nothingToday).waitFor();
    await visitor.page.getByRole('link', { name: words.visitor.scanHelp }).click();
    await visitor.page.getByText(words.scan.noTills).waitFor();
    await showOrderCode(till, '12.5');
    await visitor.page.getByRole('button', { name: '12.50 CNY' }).waitFor();
    await Promise.all([visitor.close(), till.close()]);
  });
});

describe('the till shows a code, the visitor scans it', () => {
  test.each([
    ['in English on a phone', englishPhone, '38.5', '38.50 CNY'],
    ['in Chinese on a desktop', chineseDesktop, '1250', '1,250.00 CNY'],
  ] as const)('%s', async (_, setting, typed, shown) => {
    const [visitor, till] = await openBoth(setting);
    const { words, page } = visitor;
    await showOrderCode(till, typed);
    await page.getByRole('link', { name: words.visitor.scanHelp }).click();
    await page.getByRole('button', { name: shown }).click();

    const ticket = await readTicket(visitor);
    expect(ticket.shopGets).toBe(shown);
    expect(ticket.youPay).toMatch(/^[1-9][0-9,]*\.[0-9]{2} MYR$/);
    expect(ticket.lines).toMatch(/0\.5 ?%/);
    expect(ticket.lines.match(/1.CNY = 0\.[0-9]{4,6}.MYR/g)).toHaveLength(2);

    await button(visitor, words.review.agree).click();
    await press(visitor, wrongPin);
    await page.getByText(words.pin.wrong).waitFor();
    await press(visitor, rightPin);
    await screen(visitor, 'paid').getByText(ticket.youPay).waitFor();
    await screen(till, 'paid').getByText(words.till.paid, { exact: true }).waitFor();
    await screen(till, 'paid').getByText(shown).waitFor();
    // The refused PIN is an answer with status 422.
    await Promise.all([visitor.close(['status of 422']), till.close()]);
  });

  test('the visitor says no', async () => {
    const [visitor, till] = await openBoth();
    const { words, page } = visitor;
    await showOrderCode(till, '26');
    await page.getByRole('link', { name: words.visitor.scanHelp }).click();
    await page.getByRole('button', { name: '26.00 CNY' }).click();
    await button(visitor, words.review.decline).click();
    await screen(visitor, 'not_paid').waitFor();
    await screen(till, 'not_paid').waitFor();
    await Promise.all([visitor.close(), till.close()]);
  });
});

/** What the visitor is told before the consent. */
async function readTicket({ page, words }: Window) {
  await page.getByRole('heading', { name: words.review.title, level: 1 }).waitFor();
  const under = (label: string) =>
    page.getByText(label, { exact: true }).locator('xpath=following-sibling::*[1]').innerText();
  await page.getByText(words.review.midRate).waitFor();
  return {
    shopGets: await under(words.review.shopGets),
    youPay: await under(words.review.youPay),
    lines: await page.locator('dl').innerText(),
  };
}

describe('the visitor shows a code, the till reads it', () => {
  test('paid at once; the visitor sees it without a touch', async () => {
    const [visitor, till] = await openBoth();
    await collect(till, '45', await showPaymentCode(visitor));
    await screen(till, 'paid').getByText('45.00 CNY').waitFor();
    await screen(visitor, 'paid').waitFor();
    await Promise.all([visitor.close(), till.close()]);
  });

  test('over the limit the wallet asks for the PIN by itself', async () => {
    const [visitor, till] = await openBoth();
    const { words } = visitor;
    await collect(till, '1299', await showPaymentCode(visitor));
    await visitor.page.getByText('Nothing is paid until you enter your PIN').waitFor();
    await button(visitor, words.review.agree).click();
    await press(visitor, rightPin);
    await screen(visitor, 'paid').waitFor();
    await screen(till, 'paid').getByText('1,299.00 CNY').waitFor();
    await Promise.all([visitor.close(), till.close()]);
  });

  test('a wallet that declines: the till says not paid and why', async () => {
    const [visitor, till] = await openBoth(englishDesktop);
    const { words, page } = visitor;
    await page.getByLabel(words.beside.behaviourLabel).selectOption('decline');
    await page.getByText(words.behaviour.decline.help).waitFor();
    await collect(till, '20', await showPaymentCode(visitor));
    const reason = sentenceFor('USER_BALANCE_NOT_ENOUGH').shop.en;
    await screen(till, 'not_paid').getByText(reason).waitFor();
    await screen(visitor, 'not_paid').waitFor();
    await page.getByText(sentenceFor('USER_BALANCE_NOT_ENOUGH').visitor.what.en).waitFor();
    await behave('TNG', 'normal');
    await Promise.all([visitor.close(), till.close()]);
  });
});

test('the camera reads the code of the till', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-film-'));
  const film = path.join(directory, 'till.y4m');
  const payment = await network.call<{ orderCode: { text: string } }>('POST', tillPayments, {
    amount: { currency: 'CNY', value: '6600' },
  });
  writeFilm(film, payment.orderCode.text);
  const seeing = await launchBrowser(cameraFlags(film));
  try {
    const visitor = await openWindow(seeing, `${network.url}${malaysian}/scan`, englishPhone);
    await visitor.page.getByRole('tab', { name: visitor.words.scan.camera }).click();
    const ticket = await readTicket(visitor);
    expect(ticket.shopGets).toBe('66.00 CNY');
    await visitor.close();
  } finally {
    await seeing.close();
    rmSync(directory, { recursive: true });
  }
});

test('the operator sees a payment come, and its page tells everything', async () => {
  const operator = await open('/network', englishDesktop);
  const { words, page } = operator;
  await page.getByText(words.network.live.open, { exact: true }).waitFor();
  const customer = '/sandbox/wallets/GCASH/customers/GCASH-0001';
  const answer = await network.call<{ codes: { code: string }[] }>('POST', `${customer}/codes`, {});
  await network.call('POST', tillPayments, {
    amount: { currency: 'CNY', value: '7300' },
    code: answer.codes[0]?.code,
  });
  const row = page.getByRole('row').filter({ hasText: 'GCash' }).filter({ hasText: '73.00' });
  await row.getByText(words.network.stateName.SUCCESS).waitFor();
  await page.getByText(words.network.balanced).waitFor();
  await row.getByRole('link').click();

  await page.getByRole('heading', { name: words.payment.states }).waitFor();
  expect(await page.locator('[data-now="true"][data-state="SUCCESS"]').count()).toBe(2);
  const messages = await page.locator('details').count();
  expect(messages).toBeGreaterThanOrEqual(2);
  expect(await page.getByText(`${words.payment.request} ${words.payment.valid}`).count()).toBe(
    messages,
  );
  expect(await page.getByText(`${words.payment.response} ${words.payment.valid}`).count()).toBe(
    messages,
  );
  await expectBooks(operator);
  await expectGoodPage(page);
  await operator.close();
});

/** The postings on a payment's page balance, and add up to what both sides were told. */
async function expectBooks({ page, words }: Window): Promise<void> {
  const shown = await page.locator('main header').first().innerText();
  const postings = await readPostings(page.getByRole('table'));
  const { principal, spread, rounding, settlement } = words.payment.reasonName;
  const currencies = new Set(postings.map((line) => line.currency));
  expect([...currencies].sort()).toEqual(['CNY', 'PHP']);
  for (const currency of currencies) {
    const net = netByAccount(postings.filter((line) => line.currency === currency));
    expect([...net.values()].reduce((sum, each) => sum + each, 0n)).toBe(0n);
  }
  const quoted = postings.filter(({ reason }) => [principal, spread, rounding].includes(reason));
  const paid = netByAccount(quoted).get('position:GCASH:PHP') ?? 0n;
  expect(shown).toContain(`${paid / 100n}.${String(paid % 100n).padStart(2, '0')} PHP`);
  const settled = postings.filter(({ reason }) => reason === settlement);
  expect(netByAccount(settled).get('position:CHENGDU_PAY:CNY')).toBe(-7300n);
}

// These wait more than they work, so they do it at the same time.
describe.concurrent('meanwhile', { timeout: 60_000 }, () => {
  /** The pages with something to fill in, where the Tab key has to lead. */
  const withFields = ['/visitor', `${noodleTill}/scan?amount=38.50`, noodleTill, '/network'];
  const paths = [
    '/',
    '/visitor',
    malaysian,
    `${malaysian}/pay`,
    `${malaysian}/scan`,
    '/till',
    noodleTill,
    `${noodleTill}/scan?amount=38.50`,
    '/network',
    '/network/notices',
  ];

  test('a wallet that never answers: unknown, never "paid" too early, then paid', async () => {
    await behave('NAYAPAY', 'timeout');
    const [visitor, till] = await Promise.all([
      open('/visitor/NAYAPAY/NAYAPAY-0001'),
      open('/till/CHENGDU_PAY/TILL-NOODLES-2'),
    ]);
    const code = await showPaymentCode(visitor);
    const screens = await recordScreens(till.page);
    await collect(till, '23', code);
    // The hub waits for eight seconds, tells the till that it does not know, and asks the wallet.
    await screen(till, 'paid').waitFor({ timeout: 45_000 });
    expect(await screens()).toEqual(['waiting', 'unknown', 'paid']);
    await screen(visitor, 'paid').waitFor();
    await Promise.all([visitor.close(), till.close()]);
  });

  test('what cannot be paid is refused in the wallet, with its reason', async () => {
    const visitor = await open(`${malaysian}/scan`);
    const { words, page } = visitor;
    const said = (text: string) => identify(text).refusal?.message.en.title ?? '';
    await page.getByRole('tab', { name: words.scan.paste }).click();
    for (const text of [
      'https://example.com/menu',
      '281012345678901234567890',
      '00020101021126',
      'wxp://f2f0abc',
    ]) {
      await page.getByLabel(words.scan.pasteLabel).fill(text);
      await button(visitor, words.scan.read).click();
      await page.getByRole('alert').getByText(said(text)).waitFor();
    }
    // The way out is one tap away: the visitor's own code.
    await page.getByRole('link', { name: words.scan.showCode }).click();
    await page.getByText(words.pay.help).waitFor();
    await visitor.close();
  });

  test('money is added to a wallet', async () => {
    const visitor = await open('/visitor/KAKAOPAY/KAKAOPAY-0003');
    const { words, page } = visitor;
    const balance = await page
      .getByText(/^[0-9,]+ KRW$/)
      .first()
      .innerText();
    await button(visitor, words.topUp.open).click();
    const amount = page.getByLabel('How much, in KRW');
    await amount.fill('1.5');
    await page.getByText('This is no amount in KRW.').waitFor();
    await amount.fill('50000');
    await button(visitor, words.topUp.add).click();
    const after = BigInt(balance.replace(/\D/g, '')) + 50_000n;
    await page.getByText(`${after.toLocaleString('en')} KRW`, { exact: true }).waitFor();
    await visitor.close();
  });

  test('the server is down, and comes back', async () => {
    const visitor = await open('/');
    const { words, page, context } = visitor;
    const calls = /\/(sandbox|console)\//;
    await context.route(calls, (route) => route.abort());
    await page.goto(network.url + malaysian);
    await page.getByRole('heading', { name: words.states.unreachable }).waitFor();
    await expectGoodPage(page);
    await context.unroute(calls);
    await button(visitor, words.states.again).click();
    await page.getByRole('heading', { name: words.visitor.balance }).waitFor();
    await visitor.close(['ERR_FAILED']);
  });

  test.each([
    ['in English on a phone', englishPhone],
    ['in Chinese on a desktop', chineseDesktop],
  ] as const)('%s: one heading, names, a visible focus, a strict policy', async (_, setting) => {
    const window = await open('/', setting);
    const { page } = window;
    for (const place of paths) {
      const response = await page.goto(network.url + place);
      const policy = response?.headers()['content-security-policy'] ?? '';
      expect(policy, place).toContain("default-src 'self'");
      expect(policy, place).not.toContain('unsafe-inline');
      await page.locator('h1').waitFor();
      await page.locator('body:not(:has([aria-busy="true"]))').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(setting.lang);
      await expectGoodPage(page);
      if (withFields.includes(place)) await expectVisibleFocus(page, 8);
    }
    // What breaks the policy is written to the console, and so fails here.
    await window.close();
  });

  test('an address that leads nowhere says so', async () => {
    const lost = await open('/nowhere');
    const { words, page } = lost;
    await page.getByRole('heading', { name: words.states.noPage }).waitFor();
    await expectGoodPage(page);
    await page.goto(`${network.url}/network/payments/123`);
    await page.getByRole('heading', { name: words.states.missing }).waitFor();
    await expectGoodPage(page);
    await page.getByRole('link', { name: words.payment.back }).click();
    await page.getByRole('heading', { name: words.network.title }).waitFor();
    await lost.close(['status of 404']);
  });
});
