// Journeys of a visitor who scans a printed code and types the amount in a language of their own.
import type { FrameLocator } from 'playwright-core';
import { test } from 'vitest';
import { entryWords } from '../../src/sandbox/entry-words.ts';
import {
  button,
  chineseDesktop,
  englishPhone,
  noodleTill,
  press,
  rightPin,
  screen,
  type Window,
} from './actors.ts';
import { expectGoodPage, expectVisibleFocus } from './page.ts';
import { setStage } from './stage.ts';

const { open } = setStage();

const malaysian = '/visitor/TNG/TNG-0001';

/** Scans the printed code of a shop; gives the acquirer's page inside the wallet. */
async function scanPrinted(visitor: Window, shop: string): Promise<FrameLocator> {
  const { page, words } = visitor;
  await page.getByRole('link', { name: words.visitor.scanHelp }).click();
  await page.getByLabel(words.scan.printed).selectOption({ label: shop });
  const frame = page.frameLocator('iframe');
  await frame.locator('h1').waitFor();
  return frame;
}

async function type(frame: FrameLocator, keys: string): Promise<void> {
  for (const key of keys) await frame.locator(`[data-key="${key}"]`).click();
}

test.each([
  ['in English on a phone', englishPhone, 'Granny Lin Noodle House', entryWords.en, '36.5'],
  ['in Chinese on a desktop', chineseDesktop, '林婆婆面馆', entryWords['zh-Hans'], '48.5'],
] as const)('the visitor types the amount %s and pays', async (_, setting, shop, words, typed) => {
  const [visitor, till] = await Promise.all([
    open(malaysian, setting),
    open(`${noodleTill}/printed`, setting),
  ]);
  await expectGoodPage(till.page);
  await till.page.getByRole('img', { name: till.words.till.qr }).waitFor();

  const frame = await scanPrinted(visitor, shop);
  await expectGoodPage(visitor.page);
  await type(frame, typed);
  // About what it is at home, before anything else is asked.
  await frame.locator('.home', { hasText: /[0-9]\.[0-9]{2} MYR$/ }).waitFor();
  await frame.getByRole('button', { name: words.next, exact: true }).click();

  await visitor.page.getByRole('heading', { name: visitor.words.review.title }).waitFor();
  await visitor.page.getByText(`${typed}0`).first().waitFor();
  await button(visitor, visitor.words.review.agree).click();
  await press(visitor, rightPin);
  await screen(visitor, 'paid').waitFor();
  // The shopkeeper sees it under the code, without having done anything.
  const line = till.page.getByRole('listitem').filter({ hasText: `${typed}0` });
  await line.getByText(till.words.till.status.SUCCESS).waitFor();
  await Promise.all([visitor.close(), till.close()]);
});

test('the page speaks the language of the wallet’s home when asked to', async () => {
  const visitor = await open(malaysian);
  const frame = await scanPrinted(visitor, 'Bamboo Court Tea House');
  await frame.getByRole('link', { name: 'Bahasa Melayu' }).click();
  await frame.getByText(entryWords.ms.amount).waitFor();
  await frame.getByRole('button', { name: entryWords.ms.next, exact: true }).click();
  await frame.getByText(entryWords.ms.wrongAmount).waitFor();
  // The empty amount is an answer with status 422.
  await visitor.close(['status of 422']);
});

test('an address of the network that is no more says so in a plain browser', async () => {
  const dead = await open(`/entry/${'1'.repeat(39)}`);
  await dead.page.getByText(dead.words.page.over).waitFor();
  await expectGoodPage(dead.page);
  // An address that nobody knows is an answer with status 404.
  await dead.close(['status of 404']);
});

test('the focus can be seen on the till’s printed code', async () => {
  const till = await open(`${noodleTill}/printed`);
  await expectVisibleFocus(till.page, 6);
  await till.close();
});
