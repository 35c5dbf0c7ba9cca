// A journey through a day's differences: the sandbox's partners keep books of their own and make
// mistakes on purpose; the command finds each of them, and two persons end one on the page.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { button, chineseDesktop, chinesePhone, englishDesktop, englishPhone } from './actors.ts';
import { payAtTill, wayfare } from './beside.ts';
import { expectGoodPage, picture } from './page.ts';
import { setStage } from './stage.ts';

const place = '/network/reconciliation';

const { network, open } = setStage();

/** Pays at a till by a customer's code, and waits until it is paid. */
async function pay(value: string): Promise<void> {
  expect((await payAtTill(network, value)).status).toBe('SUCCESS');
}

interface Closing {
  readonly days: readonly string[];
}

/** Puts the time on by a day and closes what is over; resolves to the day that was closed last. */
async function closeDay(): Promise<string> {
  await network.call('POST', '/console/api/clock', { advanceMs: 86_400_000 });
  const { days } = await network.call<Closing>('POST', '/console/api/settlement/close', {
    by: 'Wang Fang',
  });
  return days.at(-1) ?? '';
}

/** A partner's own file of a day. */
async function fetchBook(partner: string, day: string): Promise<string> {
  const answer = await fetch(`${network.url}/sandbox/partners/${partner}/books/${day}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Fetches a partner's own file of a day and compares it. */
async function reconcile(partner: string, agreement: string, day: string) {
  const file = path.join(network.home, `${partner}-${day}.csv`);
  writeFileSync(file, await fetchBook(partner, day));
  const words = ['reconcile', 'run', file, '--agreement', agreement, '--day', day];
  return wayfare(network.home, ...words, '--by', 'Wang Fang');
}

interface Books {
  readonly days: readonly {
    readonly date: string;
    readonly comparison: { readonly state: string; readonly differences: unknown[] } | null;
  }[];
}

/** Waits until a partner has compared some days by itself and found nothing. */
async function comparedBy(partnerId: string, ...dates: string[]): Promise<void> {
  const read = async () => {
    const { days } = await network.call<Books>('GET', `/sandbox/partners/${partnerId}/books`);
    return days
      .filter(({ date }) => dates.includes(date))
      .map(({ comparison }) => `${comparison?.state} ${comparison?.differences.length}`);
  };
  await expect.poll(read, { timeout: 60_000 }).toEqual(dates.map(() => 'compared 0'));
}

test('with nothing compared the page says where breaks come from', async () => {
  const operator = await open(place, chinesePhone);
  await operator.page.getByText(operator.words.reconciliation.noRuns).waitFor();
  await operator.page.getByText(operator.words.reconciliation.file.noDay).waitFor();
  await expectGoodPage(operator.page);
  await picture(operator.page, 'reconciliation-empty');
  await operator.close();
});

test('each kind of mistake of the partners is found, and nothing else', async () => {
  for (let each = 1; each <= 6; each += 1) await pay(String(1_000 * each));
  const first = await closeDay();
  await pay('800');
  const second = await closeDay();
  // By themselves they have compared what is right, before they are told to make mistakes.
  await comparedBy('TNG', first, second);
  await comparedBy('CHENGDU_PAY', first, second);
  const mistakes = { drop: 1, double: 1, changeAmount: 1, dayLate: 1 };
  for (const [partner, agreement] of [
    ['TNG', 'TNG-MYR'],
    ['CHENGDU_PAY', 'CHENGDU_PAY-CNY'],
  ] as const) {
    const at = `/sandbox/partners/${partner}/books/${first}/mistakes`;
    expect(await network.call('PUT', at, mistakes)).toMatchObject(mistakes);
    // Left out and late are both not there; the next day's file tells them apart.
    expect(await reconcile(partner, agreement, first)).toMatchObject({
      isNew: true,
      lines: 5,
      items: 6,
      matched: 3,
      found: { amount_differs: 1, missing_there: 2, duplicate_there: 1 },
    });
    expect(await reconcile(partner, agreement, first)).toMatchObject({ isNew: false });
    expect(await reconcile(partner, agreement, second)).toMatchObject({
      lines: 2,
      items: 1,
      matched: 1,
      found: { other_day: 1 },
    });
  }
  const { breaks } = (await wayfare(network.home, 'reconcile', 'breaks')) as {
    breaks: { kind: string; day: string; difference: { value: string } }[];
  };
  expect(breaks.map(({ kind }) => kind).sort()).toEqual(
    ['amount_differs', 'duplicate_there', 'missing_there'].flatMap((kind) => [kind, kind]),
  );
  expect(new Set(breaks.map(({ day }) => day))).toEqual(new Set([first]));
  const ended = (await wayfare(network.home, 'reconcile', 'breaks', '--resolved')) as {
    breaks: { resolution: string }[];
  };
  expect(ended.breaks.map(({ resolution }) => resolution)).toEqual(Array(4).fill('other_day'));
}, 240_000);

test('one proposes, another approves, and the books are proved', async () => {
  const operator = await open(place, englishDesktop);
  const { page, words } = operator;
  const { reconciliation } = words;
  await page.locator('[data-break]').first().waitFor();
  await expectGoodPage(page);
  await picture(operator.page, 'reconciliation-full');
  await page.locator('[data-break="amount_differs"]').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: reconciliation.kind.amount_differs }).waitFor();
  await expectGoodPage(page);
  await page.getByLabel(reconciliation.person).fill('Wang Fang');
  await button(operator, reconciliation.take).click();
  await page.getByText('Looked after by Wang Fang').waitFor();
  await page.getByLabel(reconciliation.note).fill('Their figure stands.');
  await button(operator, reconciliation.propose).click();
  await button(operator, reconciliation.approve).click();
  await page.getByText(reconciliation.problem.SAME_PERSON).waitFor();
  await picture(operator.page, 'break-refused');
  // On the command line it is said which proposal was seen.
  const breakId = page.url().split('/').at(-1) ?? '';
  const approve = ['reconcile', 'approve', breakId, '--by', 'Li Na'];
  const seen = ['--proposed-at', '2026-11-22T00:00:00.000Z'];
  await expect(wayfare(network.home, ...approve, ...seen)).rejects.toThrow(
    'another end stands there now, which Wang Fang proposed',
  );
  await expect(wayfare(network.home, ...approve)).rejects.toThrow('--proposed-at');
  await page.getByLabel(reconciliation.person).fill('Li Na');
  await button(operator, reconciliation.approve).click();
  await page.getByText(reconciliation.state.RESOLVED, { exact: true }).waitFor();
  await picture(operator.page, 'break-ended');
  await operator.close(['409']);
  const proof = (await wayfare(network.home, 'prove')) as { balanced: boolean };
  expect(proof.balanced).toBe(true);
  for (const setting of [englishPhone, chineseDesktop]) {
    const other = await open(place, setting);
    await other.page.locator('[data-break]').first().waitFor();
    await expectGoodPage(other.page);
    await picture(other.page, `reconciliation-${setting.lang}-${setting.size}`);
    await other.page.locator('[data-break="duplicate_there"]').getByRole('link').first().click();
    await other.page.getByText(other.words.reconciliation.theirs, { exact: true }).waitFor();
    await expectGoodPage(other.page);
    await picture(other.page, `break-${setting.lang}-${setting.size}`);
    await other.close();
  }
  const wrong = await open(`${place}/B0`, englishPhone);
  await expectGoodPage(wrong.page);
  await picture(wrong.page, 'break-error');
  await wrong.close(['404']);
}, 120_000);

test('an operator picks a file on the page, and hears what is wrong with one', async () => {
  const { days } = await network.call<{ days: string[] }>(
    'GET',
    '/console/api/reconciliation/files',
  );
  const [day = ''] = days;
  const book = await fetchBook('CHENGDU_PAY', day);
  const operator = await open(place, chineseDesktop);
  const { page, words } = operator;
  const { file, kind } = words.reconciliation;
  await page.getByLabel(file.agreement, { exact: true }).selectOption('CHENGDU_PAY-CNY');
  await page.getByLabel(file.day, { exact: true }).selectOption(day);
  expect(await button(operator, file.pick).isDisabled()).toBe(true);
  await page.getByLabel(words.settlement.person).fill('王芳');
  const pick = (text: string, name = 'book.csv') =>
    page.locator(`input[type=file][aria-label="${file.pick}"]`).setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
  // What the command compared is the same file here, though it comes with another name.
  await pick(book);
  await page.getByText(file.repeated).waitFor();
  await pick('a,b\n1,2\n');
  await page.getByText(/文件中没有 requestId 列/).waitFor();
  await picture(page, 'reconciliation-file-wrong');
  await pick('x'.repeat(2 * 1024 * 1024 + 1));
  await page.getByText(/文件超过 2 MiB/).waitFor();
  await pick(`\uFEFF${book}PAYMENT,BAD,,12.x,\n`, 'corrected.csv');
  await page.getByRole('status').getByText(`${kind.unreadable} 1`).waitFor();
  await expectGoodPage(page);
  await picture(page, 'reconciliation-file-zh-desktop');
  await page.getByRole('link', { name: file.toBreaks }).click();
  await page.getByText(file.all).waitFor();
  await page.locator('[data-break="unreadable"]').getByRole('link').click();
  await page.getByText('没有这个币种：PAYMENT,BAD,,12.x,').waitFor();
  await expectGoodPage(page);
  await picture(page, 'break-reason-zh-desktop');
  await operator.close(['400']);
  const phone = await open(`${place}?agreement=CHENGDU_PAY-CNY&day=${day}`, englishPhone);
  await phone.page.locator('[data-break="unreadable"]').waitFor();
  await phone.page.getByText(phone.words.reconciliation.file.columns).click();
  await expectGoodPage(phone.page);
  await picture(phone.page, 'reconciliation-file-en-phone');
  await phone.close();
}, 120_000);

test('a partner compares by itself after the close, and makes mistakes when told', async () => {
  for (let each = 1; each <= 6; each += 1) await pay(String(1_000 * each));
  const day = await closeDay();
  const desk = await open('/books?partner=CHENGDU_PAY', englishDesktop);
  const { page, words } = desk;
  const card = page.locator(`[data-date="${day}"]`);
  await card.getByText(words.books.noBreaks).waitFor({ timeout: 60_000 });
  await card.getByText(words.books.allSame).waitFor();
  await card.locator('summary').click();
  const kinds = Object.entries(words.books.mistake);
  for (const [, label] of kinds) await card.getByLabel(label, { exact: true }).fill('1');
  await card.getByRole('button', { name: words.books.tell }).click();
  await card.getByRole('button', { name: words.books.compare }).click();
  await card.getByText(`${words.reconciliation.kind.unreadable} 1`).waitFor({ timeout: 20_000 });
  const { breaks } = await network.call<{ breaks: { kind: string; day: string }[] }>(
    'GET',
    '/console/api/reconciliation',
  );
  const found = breaks.filter((each) => each.day === day).map(({ kind }) => kind);
  // Left out and late are both not there; the file of the next day would tell them apart.
  expect(found.sort()).toEqual([
    'amount_differs',
    'currency_differs',
    'duplicate_there',
    'missing_here',
    'missing_there',
    'missing_there',
    'unreadable',
  ]);
  await expectGoodPage(page);
  await picture(desk.page, 'books-en-desktop');
  await desk.close();
  const phone = await open('/books', chinesePhone);
  await phone.page.getByText(phone.words.books.nothing).waitFor();
  await expectGoodPage(phone.page);
  await picture(phone.page, 'books-empty-zh-phone');
  await phone.page.getByLabel(phone.words.books.partner).selectOption('TNG');
  await phone.page.locator(`[data-date="${day}"]`).waitFor();
  await expectGoodPage(phone.page);
  await picture(phone.page, 'books-zh-phone');
  await phone.close();
}, 120_000);
