// Developer pages in a real browser: reachable, whole, and the signing test finds a fault.
import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { sealRequest } from '../../src/wire/envelope.ts';
import { generateKeys } from '../../src/wire/signature.ts';
import { signatureFaults } from '../../src/wire/signatureFaults.ts';
import { chineseDesktop, englishDesktop, englishPhone } from './actors.ts';
import { expectGoodPage, expectVisibleFocus } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

test('from the start page to the reference, with every operation', async () => {
  const { page } = await open('/', englishDesktop);
  await page.getByRole('link', { name: englishDesktop.words.start.developers }).click();
  await page.getByRole('link', { name: englishDesktop.words.docs.api }).click();
  await page.locator('#getPaymentCode').waitFor();
  const document = await network.call<{ paths: object; webhooks: object }>('GET', '/openapi.json');
  const operations = Object.keys(document.paths).length + Object.keys(document.webhooks).length;
  expect(await page.locator('main section[id]').count()).toBe(operations);
  for (const fold of await page.locator('#pay details').all()) {
    await fold.evaluate((element) => element.setAttribute('open', ''));
  }
  await page.locator('#pay').getByText('REPEAT_REQ_INCONSISTENT', { exact: true }).waitFor();
  await expectGoodPage(page);
  await expectVisibleFocus(page, 12);
});

test.each([englishPhone, chineseDesktop])('each page is good, $lang $size', async (setting) => {
  const { page, close } = await open('/docs', setting);
  await expectGoodPage(page);
  for (const place of [
    'api',
    'merchant-api',
    'signature',
    'guides/wallet',
    'guides/merchant',
    'guides/certification',
  ]) {
    await page.goto(`${network.url}/docs/${place}`);
    await page.locator('h1').waitFor();
    await expectGoodPage(page);
  }
  // A guide is in the page's language, and leads to the same guide in the other one and back.
  const other = setting.lang === 'en' ? 'zh-CN' : 'en';
  await page.locator(`article[lang="${setting.lang}"]`).waitFor();
  await page.locator(`main a[hreflang="${other}"]`).click();
  await page.locator(`article[lang="${other}"]`).waitFor();
  await expectGoodPage(page);
  await page.locator(`main a[hreflang="${setting.lang}"]`).click();
  await page.locator(`article[lang="${setting.lang}"]`).waitFor();
  await close();
});

test.each([englishPhone, chineseDesktop])('the signing test, $lang', async (setting) => {
  const { words } = setting;
  const { page } = await open('/docs/signature', setting);
  const keys = generateKeys('ES256');
  const body = '{"paymentRequestId":"P1"}';
  const uri = '/aps/api/v1/payments/inquiryPayment';
  const headers = await sealRequest({
    method: 'POST',
    uri,
    clientId: 'LOTUS',
    time: new Date().toISOString(),
    body,
    algorithm: 'ES256',
    key: createPrivateKey(keys.privateKeyPem),
    keyVersion: '1',
  });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = (sent: string) => [`POST ${uri} HTTP/1.1`, ...lines, '', sent].join('\n');
  await page.getByLabel(words.docs.publicKey).fill(keys.publicKeyPem);
  await page.getByLabel(words.docs.message).fill(text(body));
  await page.getByRole('button', { name: words.docs.check }).click();
  await page.getByRole('heading', { name: words.docs.valid }).waitFor();
  await page.getByLabel(words.docs.message).fill(text(body.replace(':', ': ')));
  await page.getByRole('button', { name: words.docs.check }).click();
  await page
    .getByText(signatureFaults.body_reserialised[setting.lang === 'en' ? 'en' : 'zh'])
    .waitFor();
  await expectGoodPage(page);
});

test('an open page of an older version finds the new one by itself', async () => {
  const { page, words } = await open('/docs', englishDesktop);
  await page.locator('h1').waitFor();
  let isOld = true;
  const gone = { status: 404, contentType: 'application/json', body: '{}' };
  await page.route('**/assets/**', (route) => (isOld ? route.fulfill(gone) : route.continue()));
  await page.route('**/till', (route) => {
    isOld = false;
    return route.continue();
  });
  await page.getByRole('link', { name: words.shell.till, exact: true }).click();
  await page.getByRole('heading', { name: words.choose.till }).waitFor();
  expect(isOld).toBe(false);
  await page.close();
});
