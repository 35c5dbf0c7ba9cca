// An operator watches a certification: nothing yet, a case after the other, the verdict, the hint.

import { expect, test } from 'vitest';
import { chineseDesktop, englishDesktop, englishPhone } from './actors.ts';
import { expectGoodPage } from './page.ts';
import { setStage } from './stage.ts';

const { network, open } = setStage();

const place = '/network/certification';
const api = '/console/api/certifications';
const run = { clientId: 'LOTUS', role: 'wallet', url: 'http://127.0.0.1:9100', cases: 2 };
const call = {
  api: 'pay',
  sent: '{"paymentRequestId":"CERT-1"}',
  answered: '{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}',
  signatureProblem: null,
  tookMs: 12.4,
};
const paid = {
  ordinal: 1,
  id: 'pay',
  title: 'a payment is paid, and the answer names it',
  source: 'protocol.md §2.2',
  verdict: 'pass',
  problem: null,
  hint: null,
  calls: [call],
};
const failed = {
  ...paid,
  ordinal: 2,
  id: 'pay-twice',
  title: 'the same pay again: the same answer, no second debit',
  verdict: 'fail',
  problem: 'paymentId is W2; it was W1 before.',
  hint: 'Keep the payment by its paymentRequestId.',
};

test('from nothing to a verdict', async () => {
  const { page, words } = await open('/network', englishDesktop);
  await page.getByRole('link', { name: words.sections.certification }).click();
  await page.getByText(words.certification.none).waitFor();
  await expectGoodPage(page);
  await network.call('POST', `${api}/RUN-JOURNEY-1/cases`, { run, case: paid });
  await page.getByText('1 of 2').waitFor();
  await network.call('POST', `${api}/RUN-JOURNEY-1/cases`, { run, case: failed });
  await page.getByText(failed.hint).waitFor();
  await page.getByText('"CERT-1"').last().waitFor();
  await network.call('POST', `${api}/RUN-JOURNEY-1/end`, {
    debited: { currency: 'MYR', value: '611' },
  });
  await page.getByText(words.certification.verdict.notCertified).first().waitFor();
  await page.getByText(/6\.11\sMYR/).waitFor();
  await page.getByLabel(words.certification.participant).selectOption('LOTUS');
  await expect.poll(() => page.url()).toContain('client=LOTUS');
  await expectGoodPage(page);
  await page.close();
});

test.each([englishPhone, chineseDesktop])('is a good page, $lang $size', async (setting) => {
  const window = await open(place, setting);
  const { page, words } = window;
  for (const [search, seen] of [
    ['', words.certification.verdict.notCertified],
    ['?client=5YA01CHENGDUPAY', words.certification.none],
    ['?run=RUN-NOBODY-1', words.states.missing],
  ] as const) {
    if (search !== '') await page.goto(network.url + place + search);
    await page.getByText(seen).first().waitFor();
    await expectGoodPage(page);
  }
  // A run that nobody made is an answer with status 404.
  await window.close(['404']);
});
