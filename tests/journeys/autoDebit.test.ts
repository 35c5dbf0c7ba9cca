// The journey of a visitor who lets an online shop charge the wallet, pays with one tap, and takes
// it back.
import { expect, test } from 'vitest';
import {
  button,
  chineseDesktop,
  englishPhone,
  press,
  rightPin,
  type Setting,
  type Window,
  wrongPin,
} from './actors.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();
const walletName = "Touch 'n Go eWallet";

/** From the shop to the wallet's question. */
async function askForConsent(visitor: Window): Promise<void> {
  const { page, words } = visitor;
  await page.getByLabel(words.oneTap.remember).check();
  await page.getByRole('button', { name: walletName, exact: false }).last().click();
  await page.getByRole('heading', { name: words.consent.who }).waitFor();
}

const oneTap = ({ page, words }: Window) =>
  page.getByRole('button', { name: words.oneTap.payWith.replace('{{wallet}}', walletName) });

test.each([
  ['in English on a phone', englishPhone],
  ['in Chinese on a desktop', chineseDesktop],
] as const)('allowed once, paid with one tap, taken back, %s', async (_, setting: Setting) => {
  const visitor = await open('/shop', setting);
  const { page, words } = visitor;
  await picture(page, `bind-shop-${setting.locale}`);
  await askForConsent(visitor);
  await expectGoodPage(page);
  await picture(page, `consent-${setting.locale}`);
  await page.locator('main ul button').first().click();
  await press(visitor, wrongPin);
  await page.getByText(words.consent.wrongPin).waitFor();
  await picture(page, `consent-pin-${setting.locale}`);
  await press(visitor, rightPin);
  await page.getByRole('heading', { name: words.oneTap.bound }).waitFor();
  await expectGoodPage(page);
  await picture(page, `bound-${setting.locale}`);

  await page.getByRole('link', { name: words.oneTap.back }).click();
  await oneTap(visitor).waitFor();
  await expectGoodPage(page);
  await picture(page, `one-tap-${setting.locale}`);
  await oneTap(visitor).click();
  await page.getByRole('heading', { name: words.shop.status.SUCCESS }).waitFor();
  await picture(page, `one-tap-paid-${setting.locale}`);

  await page.goto(`${network.url}/visitor/TNG/TNG-0001`);
  await page.getByRole('link', { name: words.permissions.open }).click();
  await page.getByRole('heading', { name: words.permissions.title }).waitFor();
  const takeBack = page.getByRole('button', {
    name: words.permissions.revokeOf.replace('{{shop}}', 'Three Pools Rowing Boats'),
  });
  await takeBack.waitFor();
  await expectGoodPage(page);
  await picture(page, `permissions-${setting.locale}`);
  await takeBack.click();
  await page.getByText(words.permissions.revoked).first().waitFor();
  await page.goto(`${network.url}/shop`);
  await page.getByRole('heading', { name: words.shop.payWith }).waitFor();
  await expect.poll(() => oneTap(visitor).count(), { timeout: 10_000 }).toBe(0);
  await visitor.close(['422']);
});

test('who refuses comes back to the shop, and nothing is allowed', async () => {
  const visitor = await open('/shop', englishPhone);
  const { page, words } = visitor;
  await askForConsent(visitor);
  await button(visitor, words.consent.refuse).click();
  const refused = words.oneTap.notBound.replace('{{wallet}}', walletName);
  await page.getByRole('heading', { name: refused }).waitFor();
  await picture(page, 'bind-refused');
  await visitor.close();
});

test('a consent page without a question, and a wallet without permissions, say so', async () => {
  const visitor = await open('/authorize/TNG?grant=none', englishPhone);
  await visitor.page.getByText(visitor.words.consent.noneHelp).waitFor();
  await picture(visitor.page, 'consent-none');
  await visitor.page.goto(`${network.url}/visitor/KAKAOPAY/KAKAOPAY-0001/permissions`);
  await visitor.page.getByText(visitor.words.permissions.noneHelp).waitFor();
  await picture(visitor.page, 'permissions-none');
  await visitor.close(['404']);
});
