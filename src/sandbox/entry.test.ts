// A printed code: the wallet opens the acquirer's page as itself, in a language of the visitor's,
// and takes over where the page hands on to the network.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { entryCodeText, readWalletAgent, walletAgent } from './entry-addresses.ts';
import { chooseLanguage, entryWords, offeredLanguages } from './entry-words.ts';
import { type Pair, startPair } from './hub.fixture.ts';
import { nextId, orderAnswer, orderCodeOf, verdict } from './messages.fixture.ts';
import { sandboxAcquirers, sandboxWallets } from './partners.ts';

const chengdu = sandboxAcquirers[0] as (typeof sandboxAcquirers)[number];
const tng = sandboxWallets.find(({ id }) => id === 'TNG') as (typeof sandboxWallets)[number];
const printed = entryCodeText(chengdu, 'SHOP-NOODLES', 'TILL-NOODLES-2');
const customer = '/sandbox/wallets/TNG/customers/TNG-0001';

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});

afterEach(() => {
  expect(pair.failures).toEqual([]);
});

afterAll(async () => {
  await pair.close();
});

interface Scanned {
  readonly open?: { host: string; rest: string };
  readonly problem?: { code: string };
}

/** Opens the page in the wallet's web view. */
async function view(
  form?: Record<string, string>,
  headers: Record<string, string> = {},
  page = printed,
) {
  const { body } = await pair.api<Scanned>('POST', `${customer}/scans`, { text: page });
  const { host = '', rest = '' } = body.open ?? {};
  const at = `http://127.0.0.1:${pair.sandbox.port}${customer}/web/${host}${rest}`;
  const answer = await fetch(at, {
    headers,
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

const formOf = (html: string) => /name="order" value="([0-9]{20})"/.exec(html)?.[1] ?? '';

const paid = (amount: string, order: string, changes: Record<string, string> = {}) =>
  view({ amount, order, till: 'TILL-NOODLES-2', lang: 'en', ...changes });

describe('what was scanned', () => {
  test('a registered page is opened by the wallet; any other address is not', async () => {
    const { body } = await pair.api<Scanned>('POST', `${customer}/scans`, { text: printed });
    expect(body.open).toEqual({
      host: 'pay.chengdu-pay.example',
      rest: '/stores/SHOP-NOODLES/entry?till=TILL-NOODLES-2',
    });
    const other = 'https://shop.example/stores/SHOP-NOODLES/entry';
    const answer = await pair.api<Scanned>('POST', `${customer}/scans`, { text: other });
    expect(answer.body.open).toBeUndefined();
    expect(answer.body.problem?.code).toBe('INVALID_CODE');
  });

  test.each([
    ['not HTTPS', printed.replace('https', 'http')],
    ['a domain that only begins like it', printed.replace('.example', '.example.net')],
    ['the domain as a user of another', 'https://pay.chengdu-pay.example@evil.example/stores'],
    ['no address', 'hello'],
    ['another page of the domain', printed.replace('/stores/', '/tills/')],
  ])('%s is no registered page', async (_, text) => {
    const { body } = await pair.api<Scanned>('POST', `${customer}/scans`, { text });
    expect(body.open).toBeUndefined();
    expect(body.problem?.code).toBe('INVALID_CODE');
  });

  test('the web view opens nothing else of the domain', async () => {
    const tills = printed.replace(/\/stores.*/, '/tills/TILL-NOODLES-1/payments');
    expect((await view(undefined, {}, tills)).status).toBe(404);
  });
});

describe('who opens it', () => {
  test('a wallet is known by its User-Agent; the token is configuration', () => {
    const agent = walletAgent(tng);
    expect(readWalletAgent(agent)).toEqual({ walletId: 'TNG', market: 'MY', currency: 'MYR' });
    expect(readWalletAgent('Mozilla/5.0 AlipayConnect/2.0')).toBeUndefined();
    expect(readWalletAgent('Mozilla/5.0 AlipayConnect/2.0', ['AlipayConnect'])).toEqual({
      walletId: null,
      market: null,
      currency: null,
    });
    expect(readWalletAgent(undefined)).toBeUndefined();
  });

  test('a browser is told to scan with a wallet, and cannot pay', async () => {
    const at = `http://127.0.0.1:${pair.sandbox.port}/sandbox/acquirers/CHENGDU_PAY/stores/SHOP-NOODLES/entry`;
    const page = await (await fetch(at)).text();
    expect(page).toContain(entryWords.en.openInWallet);
    expect(page).not.toContain('<form');
    const body = new URLSearchParams({ amount: '36', order: '1'.repeat(20) });
    expect((await fetch(at, { method: 'POST', body })).status).toBe(403);
  });
});

describe('the amount page', () => {
  test('is in the visitor’s language, and offers two more beside it', async () => {
    const page = await view(undefined, { 'accept-language': 'ms-MY,en;q=0.5' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('lang="ms"');
    expect(page.html).toContain('Bayar Granny Lin Noodle House');
    expect(page.html).toContain(entryWords.en.language);
    expect(page.html).toContain(entryWords['zh-Hans'].language);
    expect(page.html).toContain('data-currency="MYR"');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each([
    ['MY', 'de-DE,de', 'en'],
    ['MY', 'zh-CN,zh;q=0.9', 'zh-Hans'],
    ['HK', 'zh-HK', 'zh-Hant'],
    ['SG', 'zh-TW', 'en'],
    ['KR', 'ko-KR', 'ko'],
    ['TH', 'ko-KR', 'en'],
    [null, undefined, 'en'],
  ] as const)('at home in %s, reading %s: %s', (market, accept, language) => {
    expect(chooseLanguage(offeredLanguages(market), undefined, accept)).toBe(language);
  });

  test('every language says everything, with the same things filled in', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const words of Object.values(entryWords)) {
      expect(Object.keys(words)).toEqual(Object.keys(entryWords.en));
      for (const [key, text] of Object.entries(words)) {
        expect(text).not.toBe('');
        expect(places(text)).toEqual(places(entryWords.en[key as keyof typeof words]));
      }
    }
  });

  test.each(['', '0', '-5', '3.655', 'abc', '1e3', '99999999999'])(
    'an amount of %s is not taken',
    async (amount) => {
      const { html } = await view();
      const before = pair.hub.heard.length;
      const answer = await paid(amount, formOf(html));
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(entryWords.en.wrongAmount);
      expect(pair.hub.heard).toHaveLength(before);
    },
  );

  test('what is typed cannot become a part of the page', async () => {
    const { html } = await view();
    const answer = await paid('"><script>alert(1)</script>', formOf(html));
    expect(answer.html).not.toContain('<script>alert');
  });
});

describe('handing on', () => {
  /** The hub takes the order; its address leads to an order code, and that to an order. */
  function hubTakes(number: number): { readonly legId: string } {
    const path = `/entry/${String(number).padStart(39, '0')}`;
    const legId = nextId('LEG');
    pair.hub.onCall('pay', () => ({
      result: verdict('PAYMENT_IN_PROCESS', 'U'),
      paymentId: `P${number}`,
      paymentUrl: `${pair.hub.url}${path}`,
    }));
    const waits = verdict('PAYMENT_IN_PROCESS', 'U');
    pair.hub.onCall('inquiryPayment', () => ({
      result: verdict('SUCCESS', 'S'),
      paymentResult: waits,
    }));
    pair.hub.onCall('userInitiatedPay', () => ({
      ...orderAnswer(legId),
      paymentFactor: {
        isInStorePayment: 'true',
        isCashierPayment: 'true',
        inStorePaymentScenario: 'EntryCode',
      },
    }));
    pair.hub.onEntry(path, orderCodeOf(number));
    return { legId };
  }

  test('the order is asked for as an entry code, and becomes a payment of the wallet', async () => {
    const { legId } = hubTakes(501);
    const { html } = await view();
    const answer = await paid('36.5', formOf(html));
    expect(answer.status).toBe(200);
    expect(answer.html).toContain(entryWords.en.handedOver);

    const asked = pair.hub.heard.filter(({ api }) => api === 'pay').at(-1)?.body;
    expect(asked).toMatchObject({
      paymentAmount: { currency: 'CNY', value: '3650' },
      paymentFactor: { inStorePaymentScenario: 'EntryCode' },
      order: {
        env: { userAgent: walletAgent(tng), terminalType: 'WAP' },
        merchant: { store: { storeTerminalId: 'TILL-NOODLES-2' } },
      },
    });
    const state = await pair.api<{ pending: object }>('GET', customer);
    expect(state.body.pending).toMatchObject({ paymentRequestId: legId, product: 'entry_code' });
    const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-2/payments';
    const { body } = await pair.api<{ payments: object[] }>('GET', till);
    expect(body.payments[0]).toMatchObject({ product: 'entry_code', status: 'PROCESSING' });
  });

  test('the form sent twice is one order; with another amount it is another', async () => {
    hubTakes(502);
    const { html } = await view();
    const count = () => pair.hub.heard.filter(({ api }) => api === 'pay').length;
    const before = count();
    await paid('20', formOf(html));
    await paid('20', formOf(html));
    expect(count()).toBe(before + 1);
    await paid('21', formOf(html));
    expect(count()).toBe(before + 2);
  });

  test('an address that the network refuses is said to the visitor', async () => {
    hubTakes(503);
    pair.hub.onCall('pay', () => ({
      result: verdict('PAYMENT_IN_PROCESS', 'U'),
      paymentId: 'P503',
      paymentUrl: `${pair.hub.url}/entry/${'9'.repeat(39)}`,
    }));
    const { html } = await view();
    const answer = await paid('22', formOf(html));
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('The code is not known.');
  });

  test('an address elsewhere is not opened', async () => {
    pair.hub.onCall('pay', () => ({
      result: verdict('PAYMENT_IN_PROCESS', 'U'),
      paymentId: 'P504',
      paymentUrl: 'https://evil.example/pay',
    }));
    const { html } = await view();
    const answer = await paid('23', formOf(html));
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('does not open');
  });

  test('when the hub says no, the visitor may try again', async () => {
    pair.hub.onCall('pay', () => ({ result: verdict('BUSINESS_NOT_SUPPORT', 'F') }));
    const { html } = await view();
    const answer = await paid('24', formOf(html));
    expect(answer.status).toBe(502);
    expect(answer.html).toContain(entryWords.en.refused);
    expect(formOf(answer.html)).not.toBe(formOf(html));
  });
});
