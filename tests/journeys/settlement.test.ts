// A journey through a day's close: days are closed, two persons settle, the bank has its say.
import { expect, test } from 'vitest';
import { statementXml } from '../hub/bankFile.ts';
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
import { expectGoodPage } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const place = '/network/settlement';
const dayMs = 86_400_000;

const advance = (advanceMs: number) => network.call('POST', '/console/api/clock', { advanceMs });

/** A batch's card by the name of its participant. */
const card = ({ page }: Window, name: string) =>
  page.locator('[data-state]').filter({ hasText: name });

test('before anything was closed the page says what it waits for', async () => {
  const operator = await open(place, chineseDesktop);
  const { words, page } = operator;
  await page.getByText(words.settlement.noBatches).waitFor();
  await page.getByText(words.files.none).waitFor();
  expect(await button(operator, words.settlement.close).isDisabled()).toBe(true);
  // The bank's file: one of an account that is not ours is named, and one that is none as well.
  await page.getByText(words.settlement.statement.noAccount).waitFor();
  await page.getByLabel(words.settlement.person).fill('王芳');
  const file = page.locator('input[type=file]');
  const text = statementXml({
    id: 'ST1',
    account: 'CN99',
    currency: 'CNY',
    date: '2026-11-22',
    opening: 0n,
    lines: [],
  });
  const mimeType = 'application/xml';
  await file.setInputFiles({ name: 'bank.xml', mimeType, buffer: Buffer.from(text) });
  await page.getByText(/CN99/).waitFor();
  await file.setInputFiles({ name: 'bank.xml', mimeType, buffer: Buffer.from('<a>') });
  await page.getByRole('alert').getByText('第 1 行：a 没有结束标签。').waitFor();
  await expectGoodPage(page);
  await operator.close(['400']);
});

test('next year is loaded by one person, approved by another, and seen on its strip', async () => {
  const operator = await open('/network/calendars', englishDesktop);
  const { words, page } = operator;
  const { calendars } = words;
  await page
    .getByRole('img', { name: 'China 2026, days off: 33, weekend days worked: 6' })
    .waitFor();
  await page.getByText(calendars.noChanges).waitFor();
  await page.getByLabel(words.settlement.person).fill('Wang Fang');
  const file = page.locator('input[type=file]');
  const load = (text: string) =>
    file.setInputFiles({
      name: 'cn-2027.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  const year = {
    market: 'CN',
    year: 2027,
    source: 'State Council',
    address: 'https://www.gov.cn/',
    published: '2025-11-04',
    holidays: { '2027-02-06': 'Spring Festival', '2027-02-08': 'Spring Festival' },
    workingWeekendDays: ['2027-02-20'],
  };
  const text = JSON.stringify(year, undefined, 1);
  await load(text.replace('02-08', '02-30'));
  await page.getByText(/Line 9: holidays\.2027-02-30: It is no date/).waitFor();
  await load(text);
  const change = page.locator('[data-change=H00000001]');
  await change.getByText(/no longer work on: 8 Feb Spring Festival\./).waitFor();
  await expectGoodPage(page);
  await change.getByRole('button', { name: words.people.approve }).click();
  await change.getByText(calendars.problem.SAME_PERSON).waitFor();
  await page.getByLabel(words.settlement.person).fill('Li Na');
  await change.getByRole('button', { name: words.people.approve }).click();
  await change.getByText(calendars.state.IN_FORCE).waitFor();
  await page.getByRole('button', { name: '2027' }).click();
  await page
    .getByRole('img', { name: 'China 2027, days off: 2, weekend days worked: 1' })
    .waitFor();
  await operator.close(['400', '409']);
  const phone = await open('/network/calendars', chinesePhone);
  await phone.page.getByText(phone.words.calendars.state.IN_FORCE).waitFor();
  // Names of days and faults of files are in the reader's language, too.
  await phone.page.getByText('2月15日 – 23日').locator('..').getByText('春节').waitFor();
  await phone.page.getByLabel(phone.words.settlement.person).fill('王芳');
  await phone.page.locator('input[type=file]').setInputFiles({
    name: 'cn-2027.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text.replace('2027,', '"2027",')),
  });
  await phone.page.getByText(/第 3 行：字段 year：必须是 2000 至 2199/).waitFor();
  await expectGoodPage(phone.page);
  await phone.close(['400']);
});

test('a payment is cleared, approved by another person, and ends at the bank', async () => {
  const [visitor, till] = await Promise.all([
    open('/visitor/TNG/TNG-0001', englishPhone),
    open(noodleTill, englishPhone),
  ]);
  await collect(till, '36', await showPaymentCode(visitor));
  await screen(till, 'paid').waitFor({ timeout: 20_000 });
  await Promise.all([visitor.close(), till.close()]);
  const operator = await open(place, englishDesktop);
  const { words, page } = operator;
  const { settlement } = words;
  await page.getByLabel(settlement.person).fill('Wang Fang');
  const close = button(operator, settlement.close);
  // A week on, whatever holidays it has, what is due has met a working day at some close.
  for (let day = 0; day < 14; day++) {
    await advance(dayMs);
    await expect.poll(() => close.isEnabled(), { timeout: 15_000 }).toBe(true);
    const closed = page.waitForResponse((response) => response.url().endsWith('/close'));
    await close.click();
    await closed;
    await page.getByText(/Days closed: [1-9]/).waitFor();
    // The page has read what is left: nothing can be closed before another day is over.
    await expect.poll(() => close.isDisabled(), { timeout: 15_000 }).toBe(true);
    if ((await page.locator('[data-state]').count()) >= 2) break;
  }
  const chengdu = card(operator, 'Chengdu Pay');
  await chengdu.getByRole('button', { name: settlement.verb.check }).click();
  await chengdu.getByRole('button', { name: settlement.verb.approve }).click();
  await chengdu.getByText(settlement.problem.SAME_PERSON).waitFor();
  await page.getByLabel(settlement.person).fill('Li Na');
  await chengdu.getByRole('button', { name: settlement.verb.approve }).click();
  await chengdu.getByRole('button', { name: settlement.verb.send }).click();
  // The bank has moved a yuan too little: two persons book its line; then the rest comes.
  const typed = Number(await chengdu.getByLabel(/^Amount in CNY/).inputValue());
  const whole = BigInt(Math.round(typed * 100));
  await bookFromStatement(whole - 100n, await chengdu.locator('span.mono').first().innerText());
  await chengdu.getByText(/The bank has still to move 1\.00\s?CNY/).waitFor();
  await expectGoodPage(page);
  await chengdu.getByLabel(settlement.reference).fill('BK2');
  await chengdu.getByRole('button', { name: settlement.verb.confirm }).click();
  await chengdu.getByRole('button', { name: settlement.verb.finish }).click();
  await expect.poll(() => chengdu.getAttribute('data-state'), { timeout: 10_000 }).toBe('FINISHED');
  await page.getByText(words.files.forBank).first().waitFor({ timeout: 20_000 });
  await page.getByLabel(words.files.of).selectOption('CHENGDU_PAY');
  const file = page.getByRole('link', { name: /^camt054_CHENGDU_PAY_CNY_S/ });
  await file.waitFor({ timeout: 20_000 });
  await expectGoodPage(page);
  await page.locator('details').last().locator('summary').click();
  await page.getByRole('table').first().waitFor();
  await expectGoodPage(page);
  await operator.close(['409']);
  const phone = await open(place, englishPhone);
  await phone.page.getByText(settlement.state.FINISHED).first().waitFor();
  await expectGoodPage(phone.page);
  await phone.close();
  await readLedger();
});

/** A line of the bank that makes up no batch is a break, and two persons book it on its page. */
async function bookFromStatement(amount: bigint, settlementBatchId: string): Promise<void> {
  const account = { by: 'Li Na', currency: 'CNY', account: 'CN01' };
  await network.call('POST', '/console/api/settlement/bank/accounts', account);
  const { today: date } = await network.call<{ today: string }>('GET', '/console/api/settlement');
  const text = statementXml({
    id: 'ST1',
    account: 'CN01',
    currency: 'CNY',
    date,
    opening: 500_000n,
    lines: [{ amount, date, reference: 'BK1' }],
  });
  const file = { by: 'Li Na', fileName: 'bank.xml', text };
  await network.call('POST', '/console/api/settlement/bank/statements', file);
  const desk = await open('/network/reconciliation', englishDesktop);
  const { words, page } = desk;
  const { reconciliation } = words;
  await page.locator('[data-break]').getByRole('link').first().click();
  await page.getByLabel(reconciliation.batch).waitFor();
  expect(await page.getByLabel(reconciliation.batch).inputValue()).toBe(settlementBatchId);
  await page.getByText(/1\.00\s?CNY of the batch is then still to be moved/).waitFor();
  await page.getByLabel(reconciliation.person).fill('Wang Fang');
  await page.getByLabel(reconciliation.note).fill('The bank paid in two parts.');
  await shot(desk, 'book-line-en-desktop');
  const phone = await open(new URL(page.url()).pathname, chinesePhone);
  await phone.page.getByLabel(phone.words.reconciliation.batch).waitFor();
  await expectGoodPage(phone.page);
  await shot(phone, 'book-line-zh-phone');
  await phone.close();
  await button(desk, reconciliation.propose).click();
  await button(desk, reconciliation.approve).click();
  await page.getByText(reconciliation.problem.SAME_PERSON).waitFor();
  await page.getByLabel(reconciliation.person).fill('Li Na');
  await button(desk, reconciliation.approve).click();
  await page.getByText(`Booked for ${settlementBatchId}`).waitFor();
  await expectGoodPage(page);
  await shot(desk, 'book-line-ended');
  await desk.close(['409']);
}

async function shot({ page }: Window, name: string): Promise<void> {
  const directory = process.env.WAYFARE_PICTURES;
  if (directory) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

/** The books of it all: they balance now and at a close, and lead from the bank to the batch. */
async function readLedger(): Promise<void> {
  const reader = await open('/network/ledger', englishPhone);
  const { words, page } = reader;
  const { ledger } = words;
  await page.getByText(ledger.balanced).waitFor();
  await expectGoodPage(page);
  await page.getByLabel(ledger.moment).selectOption({ index: 1 });
  await page.getByText(ledger.final).waitFor();
  await page.getByText(ledger.balanced).waitFor();
  await page.getByLabel(ledger.moment).selectOption({ index: 0 });
  const account = page.getByRole('link', { name: 'bank:CNY' });
  await account.click();
  // The page that is left has links of the same kind.
  await account.waitFor({ state: 'detached' });
  const movement = page.getByRole('rowheader').getByRole('link').first();
  await movement.waitFor();
  await expectGoodPage(page);
  await movement.click();
  await page.getByRole('heading', { name: ledger.cause }).waitFor();
  await page.getByText('BK2').waitFor();
  await expectGoodPage(page);
  await reader.close();
}
