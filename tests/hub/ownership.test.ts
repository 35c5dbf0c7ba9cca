// What is one participant's own is as absent for another as if it had never been: over the partner
// API with another's key, and over the participants' pages with another's session.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { closeAndNet } from '../../src/settlement/commands.ts';
import { closingWorld, instant, skipTo } from './closing.ts';
import { type Browser, openPages, type Pages } from './pages.ts';
import { paid, yuan } from './scenes.ts';

let pages: Pages;
let own: { chengdu: Browser; harbour: Browser; tng: Browser; kakao: Browser };
/** The ids of one payment with a dispute and a refund, by both sides. */
const ids = { payment: '', leg: '', dispute: '', refund: '', file: '', batch: '' };

beforeAll(async () => {
  pages = await openPages({ isSandbox: false, start: instant('2026-11-23 12:00') });
  const { rig, filing } = pages;
  await paid(rig, 'P1', yuan(10_000));
  const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
  ids.payment = String(asked.body.paymentId);
  const wallet = present(rig.wallets.get('TNG'), 'TNG');
  ids.leg = present([...wallet.lines.keys()][0], 'a leg');
  const opened = await rig.call('TNG', 'initiateEscalation', {
    disputeRequestId: 'D1',
    paymentRequestId: ids.leg,
    escalationAmount: { currency: 'CNY', value: '10000' },
  });
  expect(opened.resultCode).toBe('SUCCESS');
  await rig.rest();
  ids.dispute = String(
    rig.disputeCalls.find(({ partnerId }) => partnerId === 'CHENGDU')?.body.disputeRequestId,
  );
  const refunded = await rig.call('CHENGDU', 'refund', {
    paymentRequestId: 'P1',
    refundRequestId: 'R1',
    refundAmount: { currency: 'CNY', value: '100' },
  });
  ids.refund = String(refunded.body.refundId);
  skipTo(rig, '2026-11-24 00:30');
  await closeAndNet(closingWorld(rig), { by: 'Wang' });
  await filing.make();
  ids.file = present(
    (await filing.list()).find((file) => file.participantId === 'CHENGDU'),
    '',
  ).name;
  const person = (name: string, id: string) => pages.signedIn(name, 'participant', id);
  own = {
    chengdu: await person('Chen', 'CHENGDU'),
    harbour: await person('Ho', 'HARBOUR'),
    tng: await person('Tan', 'TNG'),
    kakao: await person('Kim', 'KAKAO'),
  };
}, 60_000);

afterAll(() => pages.close());

/** Everything about the payment that money or a dispute could change. */
const state = async () => {
  const { database } = pages.rig.fresh;
  const tables = ['payments', 'refunds', 'cancellations', 'disputes', 'postings', 'agreements'];
  return Promise.all(
    tables.map((table) => database.query(`select t::text from ${table} t order by 1`)),
  );
};

const other = 'never-heard-of';

/** A call by another's key: once about what is somebody's, once about what nobody has. */
const calls = [
  [
    'HARBOUR',
    'inquiryPayment',
    () => ({ paymentRequestId: 'P1' }),
    () => ({ paymentRequestId: other }),
  ],
  [
    'HARBOUR',
    'inquiryPayment',
    () => ({ paymentId: ids.payment }),
    () => ({ paymentId: unknown(ids.payment) }),
  ],
  [
    'HARBOUR',
    'refund',
    () => refund({ paymentRequestId: 'P1' }),
    () => refund({ paymentRequestId: other }),
  ],
  [
    'HARBOUR',
    'refund',
    () => refund({ paymentId: ids.payment }),
    () => refund({ paymentId: unknown(ids.payment) }),
  ],
  ['HARBOUR', 'responseEscalation', () => answer(ids.dispute), () => answer(unknown(ids.dispute))],
  ['HARBOUR', 'responseRetrieval', () => said(ids.dispute), () => said(unknown(ids.dispute))],
  ['KAKAO', 'initiateEscalation', () => escalate(ids.leg), () => escalate(unknown(ids.leg))],
  ['KAKAO', 'initiateRetrieval', () => ask(ids.leg), () => ask(unknown(ids.leg))],
] as const;

/** The same id with another number, which nobody has. */
const unknown = (id: string) =>
  id.replace(/\d(?=\d{5}$)/, (digit) => String((Number(digit) + 3) % 10));
const refund = (named: object) => ({
  ...named,
  refundRequestId: 'R9',
  refundAmount: { currency: 'CNY', value: '100' },
});
const said = (disputeRequestId: string) => ({ disputeRequestId, responseMessage: 'ours' });
const answer = (disputeRequestId: string) => ({
  ...said(disputeRequestId),
  refundType: 'ACCEPT_REFUND',
});
const ask = (paymentRequestId: string) => ({ disputeRequestId: 'D9', paymentRequestId });
const escalate = (paymentRequestId: string) => ({
  ...ask(paymentRequestId),
  escalationAmount: { currency: 'CNY', value: '100' },
});

test.each(calls)('%s gets for %s what an unknown id gets', async (caller, api, theirs, nobodys) => {
  const before = await state();
  const told = await pages.rig.call(caller, api, theirs());
  const unheard = await pages.rig.call(caller, api, nobodys());
  expect([told.resultCode, told.resultStatus]).toEqual([unheard.resultCode, unheard.resultStatus]);
  expect(told.resultStatus).toBe('F');
  expect(JSON.stringify(told.body)).not.toContain('Ramen');
  expect(await state()).toEqual(before);
});

test('cancelling by an id of another acquirer leaves the payment as it is', async () => {
  // An id that an acquirer has not used yet is closed for itself, and for nobody else.
  await pages.rig.call('HARBOUR', 'cancelPayment', { paymentRequestId: 'P1' });
  const asked = await pages.rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
  expect(asked.body.paymentResult).toMatchObject({ resultStatus: 'S' });
});

test('pages: each participant sees its own, and another’s is not there', async () => {
  const at = '/participant/api';
  const { chengdu, harbour, tng, kakao } = own;
  for (const page of [chengdu, tng]) {
    expect((await page.get(`${at}/disputes/${ids.dispute}`)).status).toBe(200);
    expect((await page.get(`${at}/disputes`)).body).toMatchObject({ counts: { open: 1 } });
    expect((await page.get(`${at}/overview`)).body.payments).toHaveLength(1);
  }
  for (const page of [harbour, kakao]) {
    const missing = await page.get(`${at}/disputes/${ids.dispute}`);
    expect(missing).toEqual(await page.get(`${at}/disputes/${unknown(ids.dispute)}`));
    expect(missing.status).toBe(404);
    expect((await page.get(`${at}/disputes`)).body).toMatchObject({
      counts: { open: 0 },
      disputes: [],
    });
    // The first has cancelled an id of its own above; of the other's payment it sees nothing.
    const { payments } = (await page.get(`${at}/overview`)).body;
    expect(JSON.stringify(payments)).not.toContain('Ramen');
  }
  const before = await state();
  for (const page of [harbour, kakao, tng]) {
    const file = await page.get(`${at}/files/${ids.file}`);
    expect([file.status, file.body]).toEqual([404, (await page.get(`${at}/files/${other}`)).body]);
    const answered = await page.post(`${at}/disputes/${ids.dispute}/answer`, {
      refundType: 'ACCEPT_REFUND',
    });
    expect(answered.status).toBe(404);
    for (const body of [{ paymentId: ids.payment }, { refundId: ids.refund }]) {
      expect((await page.post(`${at}/notices/replay`, body)).status).toBe(404);
    }
    const batches = (await page.get(`${at}/batches`)).body;
    expect(JSON.stringify(batches)).not.toContain('CHENGDU');
  }
  expect(await state()).toEqual(before);
  const file = await chengdu.get(`${at}/files/${ids.file}`);
  expect([file.status, file.body.length > 0]).toEqual([200, true]);
  // The participant is of the session: nothing in an address changes it.
  const asOther = await kakao.get(`${at}/batches?participantId=CHENGDU&participant=CHENGDU`);
  expect(asOther.body.agreements.map((each: { agreementId: string }) => each.agreementId)).toEqual([
    'KAKAO-KRW',
  ]);
});

test('a statement from opening to closing, and an answer from the page', async () => {
  const at = '/participant/api';
  const { statements } = (await own.chengdu.get(`${at}/statement?from=2026-11-23&to=2026-11-24`))
    .body;
  expect(statements).toMatchObject([
    {
      agreementId: 'CHENGDU-CNY',
      opening: { value: '0' },
      lines: [
        {
          kind: 'CLEARING',
          day: '2026-11-23',
          amount: { value: '9850' },
          balance: { value: '9850' },
        },
      ],
      closing: { value: '9850' },
    },
  ]);
  const wrong = await own.chengdu.post(`${at}/disputes/${ids.dispute}/answer`, {
    refundType: 'PERHAPS',
  });
  expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'PARAM_ILLEGAL' } } });
  const taken = await own.chengdu.post(`${at}/disputes/${ids.dispute}/answer`, {
    refundType: 'REFUSE_REFUND',
    responseMessage: 'The noodles were eaten.',
    evidences: [{ fileName: 'a.txt', contentType: 'text/plain', fileContent: 'b2s=' }],
  });
  expect(taken).toMatchObject({
    status: 200,
    body: { state: 'DECLINED', evidences: [{ fileName: 'a.txt' }] },
  });
});
