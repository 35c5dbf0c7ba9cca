// A journey through registration: the sandbox's shops are sent, and an operator sees every wallet's
// word on each of them.
import { expect, test } from 'vitest';
import {
  button,
  chineseDesktop,
  englishDesktop,
  englishPhone,
  type Setting,
  type Window,
} from './actors.ts';
import { expectGoodPage } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const openPage = (setting: Setting, path = '/network/merchants'): Promise<Window> =>
  open(path, setting);

const signs = (window: Window, state: string) =>
  window.page.locator(`td [data-state="${state}"]`).count();

test('no merchant, then twelve: approved, refused with a reason, or without a word', async () => {
  const operator = await openPage(englishDesktop);
  await operator.page.getByText(operator.words.merchants.none).waitFor();
  await expectGoodPage(operator.page);
  await network.call('PUT', '/sandbox/wallets/MPAY/behaviour', { mode: 'registration_refused' });
  await network.call('PUT', '/sandbox/wallets/TOSSPAY/behaviour', { mode: 'registration_silent' });

  await button(operator, operator.words.merchants.send).click();
  await operator.page.getByText('12 shops were taken.').waitFor();
  await expect.poll(() => signs(operator, 'APPROVED'), { timeout: 30_000 }).toBe(12 * 11);
  await expect.poll(() => signs(operator, 'REJECTED'), { timeout: 10_000 }).toBe(12);
  expect(await signs(operator, 'ACCEPTED')).toBe(12);
  await operator.page.getByText('MPay: Shops of this category are not taken.').first().waitFor();
  await expectGoodPage(operator.page);

  // The same shops again: too soon, and nothing changes.
  await button(operator, operator.words.merchants.send).click();
  await operator.page.getByText('0 shops were taken.').waitFor();
  await operator.page.getByLabel(operator.words.merchants.search).fill('nobody sells here');
  await operator.page.getByText(operator.words.merchants.noneFound).waitFor();
  await operator.close();

  const [phone, chinese] = await Promise.all([openPage(englishPhone), openPage(chineseDesktop)]);
  for (const window of [phone, chinese]) {
    await window.page.getByText(window.words.merchants.state.REJECTED).first().waitFor();
    await expectGoodPage(window.page);
    await window.close();
  }
});
