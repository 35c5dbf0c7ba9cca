// Journeys by the codes of acquirers: a national code on the counter whose amount the visitor
// types, one on the till's screen, a shop that cannot be credited, and a private order code.
import { test } from 'vitest';
import {
  button,
  chineseDesktop,
  chinesePhone,
  englishDesktop,
  englishPhone,
  noodleTill,
  press,
  rightPin,
  screen,
  type Window,
} from './actors.ts';
import { expectGoodPage } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const korean = '/visitor/KAKAOPAY/KAKAOPAY-0001';
const satayTill = '/till/KINABALU_PAY/TILL-SATAY-1';
const kopitiamTill = '/till/HARBOUR_PAY/TILL-KOPITIAM-1';

async function behave(acquirerId: string, mode: string): Promise<void> {
  await network.call('PUT', `/sandbox/acquirers/${acquirerId}/behaviour`, { mode });
}

/** The visitor agrees to the price and types the PIN. */
async function agree(visitor: Window): Promise<void> {
  await visitor.page.getByRole('heading', { name: visitor.words.review.title }).waitFor();
  await button(visitor, visitor.words.review.agree).click();
  await press(visitor, rightPin);
}

async function pickTill(visitor: Window, amount: string): Promise<void> {
  const { page, words } = visitor;
  await page.getByRole('link', { name: words.visitor.scanHelp }).click();
  await page.getByRole('button').filter({ hasText: amount }).click();
}

test.each([
  ['in English on a phone', englishPhone, englishDesktop, 'Harbour Light Satay', '12.5'],
  ['in Chinese on a desktop', chineseDesktop, chinesePhone, '港灯沙爹', '8.9'],
] as const)('%s the visitor types the amount of a printed code', async (...told) => {
  const [, setting, beside, shop, typed] = told;
  await behave('KINABALU_PAY', 'normal');
  const [visitor, till] = await Promise.all([
    open(korean, setting),
    open(`${satayTill}/printed`, beside),
  ]);
  await expectGoodPage(till.page);
  const { page, words } = visitor;
  await page.getByRole('link', { name: words.visitor.scanHelp }).click();
  await page.getByLabel(words.scan.printed).selectOption({ label: shop });
  await page.getByRole('heading', { name: words.push.amountTitle }).waitFor();
  await expectGoodPage(page);
  await page.getByLabel(words.push.amount.replace('{{currency}}', 'MYR')).fill(typed);
  await button(visitor, words.push.goOn).click();
  await page.getByText(`${typed}0`).first().waitFor();
  // The till shows by itself that somebody is at it.
  await screen(till, 'waiting').waitFor();
  await agree(visitor);
  await screen(visitor, 'paid').waitFor();
  await screen(till, 'paid').waitFor();
  await expectGoodPage(page);
  await Promise.all([visitor.close(), till.close()]);
});

test('the shop is credited late: paid for the visitor, not yet at the till', async () => {
  await behave('HARBOUR_PAY', 'push_later');
  const [visitor, till] = await Promise.all([
    open(korean, englishPhone),
    open(kopitiamTill, englishDesktop),
  ]);
  await press(till, '7.4');
  await button(till, till.words.push.nationalCode.replace('{{scheme}}', 'SGQR')).click();
  await till.page.getByRole('img', { name: till.words.till.qr }).waitFor();
  await pickTill(visitor, '7.40');
  await agree(visitor);
  await screen(visitor, 'paid').waitFor();
  await till.page.getByRole('heading', { name: till.words.push.crediting }).waitFor();
  await expectGoodPage(till.page);
  await screen(till, 'paid').waitFor({ timeout: 20_000 });
  // The wallet hears it from the network, and says so at once.
  await visitor.page.getByText(visitor.words.push.creditedHelp).waitFor();
  await expectGoodPage(visitor.page);
  await Promise.all([visitor.close(), till.close()]);
});

test('the shop cannot be credited: the visitor has the money back', async () => {
  await behave('KINABALU_PAY', 'push_refused');
  const [visitor, till] = await Promise.all([
    open(korean, chinesePhone),
    open(satayTill, chineseDesktop),
  ]);
  await press(till, '9.3');
  await button(till, till.words.push.nationalCode.replace('{{scheme}}', 'DuitNow')).click();
  await till.page.getByRole('img', { name: till.words.till.qr }).waitFor();
  await pickTill(visitor, '9.30');
  await agree(visitor);
  await screen(visitor, 'reversed').waitFor();
  await visitor.page.getByText(visitor.words.push.reversedHelp).waitFor();
  await screen(till, 'not_paid').waitFor();
  await till.page.getByText(till.words.push.notCredited).waitFor();
  await Promise.all([visitor.close(), till.close()]);
});

test('a private order code is paid by its text', async () => {
  const [visitor, till] = await Promise.all([
    open('/visitor/TNG/TNG-0001', englishPhone),
    open(noodleTill, englishDesktop),
  ]);
  await press(till, '21.7');
  await button(till, till.words.push.ownCode.replace('{{acquirer}}', 'Chengdu Pay')).click();
  const text = await till.page.getByText(/^https:\/\/pay\.chengdu-pay\.example\//).textContent();
  const { page, words } = visitor;
  await page.getByRole('link', { name: words.visitor.scanHelp }).click();
  await page.getByRole('tab', { name: words.scan.paste }).click();
  await page.getByLabel(words.scan.pasteLabel).fill(text ?? '');
  await button(visitor, words.scan.read).click();
  await agree(visitor);
  await screen(visitor, 'paid').waitFor();
  await screen(till, 'paid').waitFor();
  await Promise.all([visitor.close(), till.close()]);
});
