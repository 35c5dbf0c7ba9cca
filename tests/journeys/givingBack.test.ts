// Journeys of money that goes back: refunds and a cancel at the till, seen by visitor and network.
import { describe, expect, test } from 'vitest';
import {
  button,
  chineseDesktop,
  collect,
  englishDesktop,
  englishPhone,
  noodleTill,
  type Setting,
  screen,
  showPaymentCode,
  type Window,
} from './actors.ts';
import { expectGoodPage, picture, readPostings } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const malaysian = '/visitor/TNG/TNG-0001';

function openBoth(setting: Setting): Promise<[visitor: Window, till: Window]> {
  return Promise.all([open(malaysian, setting), open(noodleTill, setting)]);
}

async function balance(): Promise<bigint> {
  const state = (await network.call('GET', '/sandbox/wallets/TNG/customers/TNG-0001')) as {
    customer: { balance: { value: string } };
  };
  return BigInt(state.customer.balance.value);
}

/** The visitor pays 36.00 yuan by code; both see it. */
async function pay(visitor: Window, till: Window): Promise<void> {
  await collect(till, '36', await showPaymentCode(visitor));
  await screen(till, 'paid').waitFor();
  await screen(visitor, 'paid').waitFor();
}

describe('a refund at the till', () => {
  test.each([
    ['in English on a phone', englishPhone, 'phone'],
    ['in Chinese on a desktop', chineseDesktop, 'desktop'],
  ])('%s: a part, then the rest', async (_title, setting, name) => {
    const before = await balance();
    const [visitor, till] = await openBoth(setting);
    const { words } = till;
    await pay(visitor, till);
    await picture(till.page, `till-paid-${name}`);
    await button(till, words.till.refund).click();
    const field = till.page.getByRole('textbox');
    expect(await field.inputValue()).toBe('36.00');
    await field.fill('36.01');
    expect(await till.page.locator('button[type="submit"]').isDisabled()).toBe(true);
    await field.fill('12');
    await picture(till.page, `till-refund-panel-${name}`);
    await expectGoodPage(till.page);
    await till.page.locator('button[type="submit"]').click();
    await till.page.getByText('24.00 CNY').first().waitFor();
    await picture(till.page, `till-part-${name}`);
    await expectGoodPage(till.page);
    await visitor.page.getByRole('heading', { name: words.result.refunds }).waitFor();
    await picture(visitor.page, `visitor-part-${name}`);
    await expectGoodPage(visitor.page);
    await button(till, words.till.refund).click();
    await till.page.locator('button[type="submit"]').click();
    await screen(till, 'given_back').waitFor();
    await till.page.getByText(words.till.refundedAll, { exact: true }).waitFor();
    await screen(visitor, 'refunded').waitFor();
    await picture(till.page, `till-all-${name}`);
    await picture(visitor.page, `visitor-all-${name}`);
    await button(visitor, words.result.done).click();
    await visitor.page.getByText(words.visitor.refunded, { exact: true }).first().waitFor();
    await picture(visitor.page, `visitor-history-${name}`);
    await button(till, words.till.next).click();
    await till.page.getByText(words.till.all, { exact: true }).first().waitFor();
    expect(await balance()).toBe(before);
    await Promise.all([visitor.close(), till.close()]);
  });

  test('that the wallet refuses says so, and the money stays', async () => {
    const [visitor, till] = await openBoth(englishPhone);
    const { words } = till;
    await pay(visitor, till);
    const behaviour = { mode: 'refund_declined', declineCode: 'USER_STATUS_ABNORMAL' };
    await network.call('PUT', '/sandbox/wallets/TNG/behaviour', behaviour);
    await button(till, words.till.refund).click();
    await till.page.locator('button[type="submit"]').click();
    await till.page.getByText('NOT given back').waitFor();
    await screen(till, 'paid').waitFor();
    await picture(till.page, 'till-refused-phone');
    await network.call('PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'normal' });
    await Promise.all([visitor.close(), till.close()]);
  });
});

describe('a cancel at the till', () => {
  test('asks first, gives all of it back, and the network shows what was taken back', async () => {
    const before = await balance();
    const [visitor, till] = await openBoth(englishPhone);
    const { words } = till;
    await pay(visitor, till);
    await button(till, words.till.cancel).click();
    await picture(till.page, 'till-cancel-panel-phone');
    await button(till, words.till.keepIt).click();
    await button(till, words.till.cancel).click();
    await button(till, words.till.cancelDo).click();
    await screen(till, 'given_back').waitFor();
    await till.page.getByText(words.till.cancelled, { exact: true }).waitFor();
    await screen(visitor, 'reversed').waitFor();
    await picture(till.page, 'till-cancelled-phone');
    expect(await balance()).toBe(before);
    const operator = await open('/network', englishDesktop);
    const list = (await network.call('GET', '/console/api/payments')) as {
      payments: { paymentId: string; state: string }[];
    };
    const [cancelled] = list.payments.filter((payment) => payment.state === 'CLOSED');
    const refunded = list.payments.find((payment) => payment.state === 'SUCCESS');
    await operator.page.goto(`${network.url}/network/payments/${cancelled?.paymentId}`);
    await operator.page.getByRole('heading', { name: words.payment.cancelled }).waitFor();
    await expectGoodPage(operator.page);
    const tables = operator.page.locator('table');
    const [made = [], undone = []] = await Promise.all(
      [tables.nth(0), tables.nth(1)].map((table) => readPostings(table)),
    );
    expect(made.length).toBeGreaterThan(3);
    expect(undone.map(({ debit, credit, minor }) => [credit, debit, minor])).toEqual(
      made.map(({ debit, credit, minor }) => [debit, credit, minor]),
    );
    await picture(operator.page, 'network-cancelled-desktop');
    await operator.page.goto(`${network.url}/network/payments/${refunded?.paymentId}`);
    await operator.page.locator('#refunds').waitFor();
    await expectGoodPage(operator.page);
    await picture(operator.page, 'network-refunds-desktop');
    await Promise.all([visitor.close(), till.close(), operator.close()]);
  });
});
