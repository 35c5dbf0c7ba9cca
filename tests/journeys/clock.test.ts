// A journey through time: an operator moves the sandbox network's clock, and what was shown ends.
import { expect, test } from 'vitest';
import {
  button,
  chineseDesktop,
  collect,
  englishDesktop,
  noodleTill,
  screen,
  showOrderCode,
  showPaymentCode,
  type Window,
} from './actors.ts';
import { expectGoodPage } from './page.ts';
import { setStage } from './stage.ts';

const { open } = setStage();

const malaysian = '/visitor/TNG/TNG-0001';

/** The time that the operator's page shows, as an instant. */
async function shownTime(operator: Window): Promise<number> {
  const text = await operator.page.locator('[data-clock]').innerText();
  return Date.parse(`${text.replace(' ', 'T')}+08:00`);
}

test('an order code on a till ends as soon as the time has passed it', async () => {
  const [operator, till] = await Promise.all([open('/network', englishDesktop), open(noodleTill)]);
  await showOrderCode(till, '12.5');
  const before = await shownTime(operator);
  expect(Math.abs(before - Date.now())).toBeLessThan(5_000);
  await button(operator, operator.words.clock.step.tenMinutes).click();
  await screen(till, 'not_paid').waitFor({ timeout: 20_000 });
  await operator.page.getByText(/10 minutes ahead/).waitFor();
  await expect.poll(async () => (await shownTime(operator)) >= before + 600_000).toBe(true);
  await expectGoodPage(operator.page);
  await Promise.all([operator.close(), till.close()]);
});

test('a payment code that is a minute old is refused; a new one pays in the new time', async () => {
  const [operator, visitor, till] = await Promise.all([
    open('/network', chineseDesktop),
    open(malaysian),
    open(noodleTill),
  ]);
  const old = await showPaymentCode(visitor);
  await button(operator, operator.words.clock.step.minute).click();
  await operator.page.getByText(/11\s?分钟/).waitFor();
  await collect(till, '12.5', old);
  await screen(till, 'not_paid').waitFor({ timeout: 20_000 });
  await button(operator, operator.words.clock.step.afterCancelEnds).click();
  await expect
    .poll(() => operator.page.locator('[data-clock]').innerText(), { timeout: 5_000 })
    .toContain(' 00:16:');
  await Promise.all([visitor.close(), till.close()]);
  const [again, shop] = await Promise.all([open(malaysian), open(noodleTill)]);
  await collect(shop, '8', await showPaymentCode(again));
  await screen(shop, 'paid').waitFor({ timeout: 20_000 });
  await Promise.all([operator.close(), again.close(), shop.close()]);
});

test('a notice that was taken is sent again by hand', async () => {
  const operator = await open('/network', englishDesktop);
  const { words, page } = operator;
  await page.getByRole('link', { name: words.sections.notices }).click();
  await page.getByRole('heading', { name: words.notices.title }).waitFor();
  await page.getByText('SUCCESS').first().waitFor();
  const paid = page.getByRole('listitem').filter({ hasText: 'SUCCESS' }).first();
  expect(await paid.locator('details').count()).toBe(1);
  await paid.getByRole('button', { name: words.notices.replay }).click();
  await expect.poll(() => paid.locator('details').count(), { timeout: 10_000 }).toBe(2);
  await paid.locator('summary').last().click();
  await paid.getByText('POST /').last().waitFor();
  await expectGoodPage(page);
  await page.getByRole('button', { name: words.notices.state.given_up }).click();
  await page.getByText(words.notices.none.given_up).waitFor();
  await operator.close();
});
