// Journeys of a visitor who buys tickets in an online shop and pays in the wallet from home.
import { expect, test } from 'vitest';
import {
  button,
  chineseDesktop,
  englishPhone,
  press,
  rightPin,
  type Setting,
  screen,
  type Window,
} from './actors.ts';
import { expectGoodPage, expectVisibleFocus, picture } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

/** The shop, with so many tickets chosen. */
async function openShop(setting: Setting, tickets: number): Promise<Window> {
  const visitor = await open('/shop', setting);
  await visitor.page.getByRole('button', { name: String(tickets), exact: true }).click();
  return visitor;
}

/** From the shop to the wallet, as one of its customers, up to the review. */
async function choose({ page, words }: Window, wallet: string): Promise<void> {
  await page.getByRole('button', { name: wallet }).click();
  await page
    .getByRole('heading', { name: words.cashier.title.replace('{{wallet}}', wallet) })
    .waitFor();
}

test.each([
  ['in English on a phone', englishPhone],
  ['in Chinese on a desktop', chineseDesktop],
] as const)('tickets are paid %s, and the wallet goes back by itself', async (_, setting) => {
  const visitor = await openShop(setting, 3);
  const { page, words } = visitor;
  await page.getByText('180.00').waitFor();
  await expectGoodPage(page);
  await picture(page, `shop-${setting.locale}`);
  await expectVisibleFocus(page, 6);

  await choose(visitor, "Touch 'n Go eWallet");
  await expectGoodPage(page);
  await picture(page, `cashier-${setting.locale}`);
  await page.locator('main ul button').first().click();
  await page.getByRole('heading', { name: words.review.title }).waitFor();
  await page.getByText('180.00').first().waitFor();
  await button(visitor, words.review.agree).click();
  await press(visitor, rightPin);
  await screen(visitor, 'paid').waitFor();
  const paidAt = Date.now();
  await expectGoodPage(page);
  await picture(page, `paid-${setting.locale}`);
  await page.getByRole('heading', { name: words.shop.status.SUCCESS }).waitFor({ timeout: 12_000 });
  expect(Date.now() - paidAt).toBeGreaterThan(4_000);
  await expectGoodPage(page);
  await picture(page, `order-${setting.locale}`);
  await visitor.close();
});

test('the shop says that it waits when the visitor comes back without paying', async () => {
  const visitor = await openShop(englishPhone, 1);
  const { page, words } = visitor;
  await choose(visitor, 'Kakao Pay');
  const { payments } = await network.call<{ payments: { paymentRequestId: string }[] }>(
    'GET',
    '/sandbox/acquirers/LAKESIDE/tills/TILL-BOATS-1/payments',
  );
  const order = payments[0]?.paymentRequestId ?? '';
  await page.goto(`${network.url}/shop/orders/${order}`);
  await page.getByRole('heading', { name: words.shop.status.PROCESSING }).waitFor();
  await picture(page, 'order-waiting');
  await visitor.close();
});

test.each([
  ['without an order', ''],
  ['with a text that is no order', '?codeValue=hello'],
])('a cashier %s says what to do', async (_, search) => {
  const visitor = await open(`/cashier/TNG${search}`, englishPhone);
  const { page, words } = visitor;
  if (search === '') {
    await page.getByText(words.cashier.noOrderHelp).waitFor();
    await picture(page, 'cashier-empty');
  } else {
    await page.locator('main ul button').first().click();
    await page.getByRole('alert').waitFor();
    await picture(page, 'cashier-refused');
  }
  await visitor.close();
});
