// A journey through a dispute: the visitor asks, the shop answers, the network keeps the clocks.
import { test } from 'vitest';
import {
  button,
  chineseDesktop,
  chinesePhone,
  collect,
  englishDesktop,
  englishPhone,
  noodleTill,
  screen,
  showPaymentCode,
  type Window,
} from './actors.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const { open } = setStage();

const malaysian = '/visitor/TNG/TNG-0001';

/** Looks whether the page is good, and keeps its picture for whoever wants to look. */
async function seen(window: Window, name: string): Promise<void> {
  await expectGoodPage(window.page);
  await picture(window.page, name);
}

/** A dispute in a state, as the visitor or the shop sees it. */
const dispute = ({ page }: Window, status: string) => page.locator(`[data-dispute="${status}"]`);

/** The button of a group of disputes; its count stands beside its name. */
const group = ({ page, words }: Window, name: 'closed' | 'overdue') =>
  page.getByRole('button', { name: words.disputes.group[name] });

async function paidPayment(amount: string): Promise<{ visitor: Window; till: Window }> {
  const [visitor, till] = await Promise.all([open(malaysian), open(noodleTill)]);
  await collect(till, amount, await showPaymentCode(visitor));
  await screen(till, 'paid').waitFor();
  await screen(visitor, 'paid').waitFor();
  return { visitor, till };
}

async function ask({ page, words }: Window, how: 'askReceipt' | 'askMoney'): Promise<void> {
  await page.getByRole('button', { name: words.complaint.begin, exact: true }).click();
  await page.getByLabel(words.complaint.reason).fill('The noodles never came.');
  await page.getByRole('button', { name: words.complaint[how], exact: true }).click();
}

test('a receipt, then the money back: asked in the wallet, answered at the till', async () => {
  const operator = await open('/network/disputes', englishDesktop);
  await operator.page.getByText(operator.words.disputes.none.open).waitFor();
  await seen(operator, 'list-empty-en-desktop');
  const { visitor, till } = await paidPayment('36');
  await ask(visitor, 'askReceipt');
  await dispute(till, 'ASKED').waitFor();
  await seen(till, 'till-asked-en-phone');
  await button(till, till.words.complaint.word.EVIDENCE).click();
  await dispute(visitor, 'ANSWERED').waitFor();
  await ask(visitor, 'askMoney');
  await dispute(till, 'ASKED').waitFor();
  // What the customer says comes as a file, too.
  await till.page.getByText('statement.txt').waitFor();
  await operator.page.getByText(operator.words.disputes.state.ASKED).waitFor();
  await seen(operator, 'list-open-en-desktop');
  await button(till, till.words.complaint.word.ACCEPT).click();
  await screen(visitor, 'refunded').waitFor();
  await dispute(visitor, 'ACCEPTED').waitFor();
  await seen(visitor, 'visitor-refunded-en-phone');
  await group(operator, 'closed').click();
  await operator.page.getByText(operator.words.disputes.state.REFUNDED).waitFor();
  await operator.page
    .getByRole('link', { name: operator.words.disputes.kind.ESCALATION })
    .first()
    .click();
  await operator.page.getByText(operator.words.disputes.step.refunded).waitFor();
  await operator.page
    .getByRole('heading', { name: operator.words.disputes.questionFiles })
    .waitFor();
  await seen(operator, 'one-refunded-en-desktop');
  const chinese = await open(new URL(operator.page.url()).pathname, chinesePhone);
  await chinese.page.getByText(chinese.words.disputes.step.refunded).waitFor();
  await seen(chinese, 'one-refunded-zh-phone');
  await Promise.all([operator, visitor, till, chinese].map((window) => window.close()));
});

test('a shop that never answers is overdue after ten days, and everybody sees it', async () => {
  const { visitor, till } = await paidPayment('12.5');
  await ask(visitor, 'askMoney');
  await dispute(till, 'ASKED').waitFor();
  const clock = await open('/network', englishDesktop);
  await button(clock, clock.words.clock.step.month).click();
  await dispute(visitor, 'OVERDUE').waitFor({ timeout: 20_000 });
  await dispute(till, 'OVERDUE').waitFor();
  await seen(visitor, 'visitor-overdue-en-phone');
  const operator = await open('/network/disputes', chineseDesktop);
  await group(operator, 'overdue').click();
  await operator.page.getByText(operator.words.disputes.state.OVERDUE).waitFor();
  await seen(operator, 'list-overdue-zh-desktop');
  const phone = await open('/network/disputes', chinesePhone);
  await seen(phone, 'list-zh-phone');
  const receipt = await open('/network/disputes/0', englishPhone);
  await seen(receipt, 'one-error-en-phone');
  await receipt.close(['404']);
  await Promise.all([operator, phone, visitor, till, clock].map((window) => window.close()));
});
