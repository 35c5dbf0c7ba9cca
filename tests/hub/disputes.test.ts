// Disputes on a real Postgres: their counts and clocks to the day, and one effect of many at once.

import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  contents,
  expectBalanced,
  korean,
  malaysian,
  orderCodeIn,
  paid,
  payForOrderCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const atOnce = 32;
const hubs = 2;
const partners = [acquirer, { ...acquirer, participantId: 'LUZERN' }, malaysian, korean];

const times = <T>(work: (each: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: atOnce }, (_, each) => work(each)));

/** The wallet's paymentRequestId of its only payment so far, or of a later one. */
const legIdOf = (place = 0) => [...(rig.wallets.get('TNG')?.lines.keys() ?? [])][place] ?? '';

function fileOf(fileName: string, text: string) {
  const content = Buffer.from(text);
  return {
    fileName,
    contentType: 'text/plain',
    fileHash: createHash('sha256').update(content).digest('hex'),
    fileContent: content.toString('base64'),
  };
}

const retrieve = (id: string, paymentRequestId = legIdOf(), hub?: number) =>
  rig.call(
    'TNG',
    'initiateRetrieval',
    { disputeRequestId: id, paymentRequestId, disputeReason: 'What is this?' },
    hub,
  );
const escalate = (id: string, fen: number, paymentRequestId = legIdOf(), hub?: number) =>
  rig.call(
    'TNG',
    'initiateEscalation',
    { disputeRequestId: id, paymentRequestId, escalationAmount: yuan(fen) },
    hub,
  );

/** What a partner was told by an interface, the last first. */
const toldTo = (partnerId: string, api: string) =>
  rig.disputeCalls.filter((call) => call.partnerId === partnerId && call.api === api);
const askedIds = (api: string) =>
  toldTo('CHENGDU', api).map(({ body }) => String(body.disputeRequestId));
const lastAsked = (api: string) => askedIds(api).at(-1) ?? '';

const answerRetrieval = async () => {
  await rig.rest();
  return rig.call('CHENGDU', 'responseRetrieval', {
    disputeRequestId: lastAsked('initiateRetrieval'),
    responseMessage: 'Two bowls of noodles, see the receipt.',
  });
};
const answerEscalation = async (word: object) => {
  await rig.rest();
  return rig.call('CHENGDU', 'responseEscalation', {
    disputeRequestId: lastAsked('initiateEscalation'),
    ...word,
  });
};
const refused = { refundType: 'REFUSE_REFUND', responseMessage: 'They ate it.' };

const states = async () =>
  (
    await rig.fresh.database.query<{ state: string }>(
      "select state from disputes where state <> 'REFUSED' order by created_at, dispute_number",
    )
  ).map(({ state }) => state);

/** Time jumps, as the operator of a sandbox network can make it, and what is then due is done. */
async function skipDays(days: number): Promise<void> {
  rig.clock.skip(days * dayMs);
  await rig.advance(6_000);
}

test('a retrieval goes to the acquirer, and its evidence to the wallet', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const chat = fileOf('chat.txt', 'I have never been there.');
  const question = {
    disputeRequestId: 'D1',
    paymentRequestId: legIdOf(),
    disputeReason: 'What is this?',
    evidences: [chat],
  };
  const untrue = { ...question, evidences: [{ ...chat, fileHash: '0'.repeat(64) }] };
  const refusedFile = await rig.call('TNG', 'initiateRetrieval', untrue);
  expect(refusedFile.resultMessage).toContain('evidences[0].fileHash');
  const told = await rig.call('TNG', 'initiateRetrieval', question);
  expect(told).toMatchObject({ resultCode: 'SUCCESS' });
  expect(told.body.responseDueTime).toBe('2026-12-02T00:00:00.000+08:00');
  await rig.rest();
  expect(toldTo('CHENGDU', 'initiateRetrieval')).toMatchObject([
    {
      body: {
        paymentRequestId: 'P1',
        pspId: 'TNG',
        disputeReason: 'What is this?',
        evidences: [chat],
      },
    },
  ]);
  const file = fileOf('receipt.txt', '2 bowls of noodles, 120.00');
  const answer = { disputeRequestId: lastAsked('initiateRetrieval'), evidences: [file] };
  const wrongHash = { ...file, fileHash: '0'.repeat(64) };
  const bad = await rig.call('CHENGDU', 'responseRetrieval', { ...answer, evidences: [wrongHash] });
  expect(bad.resultMessage).toContain('evidences[0].fileHash');
  const other = await rig.call('LUZERN', 'responseRetrieval', answer);
  expect(other.resultCode).toBe('ORDER_NOT_EXIST');
  expect(await rig.call('CHENGDU', 'responseRetrieval', answer)).toMatchObject({
    resultCode: 'SUCCESS',
  });
  expect((await rig.call('CHENGDU', 'responseRetrieval', answer)).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(toldTo('TNG', 'responseRetrieval')).toMatchObject([
    { body: { disputeRequestId: 'D1', paymentRequestId: legIdOf(), evidences: [file] } },
  ]);
  await expectBalanced(rig);
});

test('an accepted escalation ends with an ordinary refund, in parts if need be', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  expect((await escalate('D1', 5_000)).resultCode).toBe('SUCCESS');
  const accepted = { refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount: yuan(4_000) };
  expect((await answerEscalation(accepted)).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(toldTo('TNG', 'responseEscalation')).toMatchObject([
    {
      body: { disputeRequestId: 'D1', ...accepted, refundDueTime: '2026-11-27T00:00:00.000+08:00' },
    },
  ]);
  expect(await states()).toEqual(['ACCEPTED']);
  const refund = (id: string, fen: number) =>
    rig.call('CHENGDU', 'refund', {
      paymentRequestId: 'P1',
      refundRequestId: id,
      refundAmount: yuan(fen),
    });
  expect((await refund('R1', 1_000)).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(await states()).toEqual(['ACCEPTED']);
  expect((await refund('R2', 3_000)).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(await states()).toEqual(['REFUNDED']);
  await skipDays(30);
  expect(await states()).toEqual(['REFUNDED']);
  expect(toldTo('TNG', 'notifyDispute')).toEqual([]);
  await expectBalanced(rig);
});

test('a promise not kept in five days is overdue, and can still be kept', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  await escalate('D1', 5_000);
  await answerEscalation({ refundType: 'ACCEPT_REFUND' });
  await skipDays(5);
  expect(await states()).toEqual(['ACCEPTED']);
  await skipDays(1);
  expect(await states()).toEqual(['REFUND_OVERDUE']);
  for (const partner of ['TNG', 'CHENGDU']) {
    expect(toldTo(partner, 'notifyDispute')).toMatchObject([
      { body: { disputeStatus: 'REFUND_OVERDUE' } },
    ]);
  }
  await expectBalanced(rig);
  await rig.call('CHENGDU', 'refund', {
    paymentRequestId: 'P1',
    refundRequestId: 'R1',
    refundAmount: yuan(5_000),
  });
  await rig.rest();
  expect(await states()).toEqual(['REFUNDED']);
  await expectBalanced(rig);
});

test('day 360 after the payment is in time, day 361 is not', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  rig.clock.skip(360 * dayMs);
  expect((await retrieve('D1')).resultCode).toBe('SUCCESS');
  expect((await escalate('D2', 5_000)).resultCode).toBe('SUCCESS');
  await answerRetrieval();
  await answerEscalation(refused);
  rig.clock.skip(dayMs);
  expect((await retrieve('D3')).resultCode).toBe('REFUND_WINDOW_EXCEED');
  // A second escalation has days of its own.
  expect((await escalate('D4', 5_000)).resultCode).toBe('SUCCESS');
  await paid(rig, 'P2', yuan(12_000));
  rig.clock.skip(361 * dayMs);
  expect((await escalate('D5', 5_000, legIdOf(1))).resultCode).toBe('REFUND_WINDOW_EXCEED');
  await rig.advance(6_000);
  await expectBalanced(rig);
});

test('a second open retrieval and a sixth are refused', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  for (let each = 1; each <= 5; each++) {
    expect((await retrieve(`D${each}`)).resultCode).toBe('SUCCESS');
    const second = await retrieve(`E${each}`);
    expect(second).toMatchObject({ resultCode: 'PROCESS_FAIL' });
    expect(second.resultMessage).toContain('open');
    await answerRetrieval();
  }
  const sixth = await retrieve('D6');
  expect(sixth).toMatchObject({ resultCode: 'PROCESS_FAIL' });
  expect(sixth.resultMessage).toContain('5 retrievals');
  // F is final: the id that was refused while another was open stays refused.
  expect((await retrieve('E1')).resultMessage).toContain('open');
  await expectBalanced(rig);
});

test('a second escalation has 25 days after the first, and there is no third', async () => {
  rig = await startRig({ partners, rates });
  for (const id of ['P1', 'P2']) await paid(rig, id, yuan(12_000));
  await escalate('A1', 5_000, legIdOf(0));
  await answerEscalation(refused);
  await escalate('B1', 5_000, legIdOf(1));
  await answerEscalation(refused);
  rig.clock.skip(25 * dayMs);
  expect((await escalate('A2', 5_000, legIdOf(0))).resultCode).toBe('SUCCESS');
  expect((await escalate('A3', 5_000, legIdOf(0))).resultMessage).toContain('open');
  await answerEscalation(refused);
  expect((await escalate('A4', 5_000, legIdOf(0))).resultMessage).toContain('2 escalations');
  rig.clock.skip(dayMs);
  expect((await escalate('B2', 5_000, legIdOf(1))).resultCode).toBe('REFUND_WINDOW_EXCEED');
  await rig.advance(6_000);
  await expectBalanced(rig);
});

test('no answer by the end of day 10 is overdue, and a late one counts', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  await retrieve('D1');
  await escalate('D2', 5_000);
  await skipDays(10);
  expect(await states()).toEqual(['ASKED', 'ASKED']);
  expect((await retrieve('D3')).resultMessage).toContain('open');
  await skipDays(1);
  expect(await states()).toEqual(['OVERDUE', 'OVERDUE']);
  for (const partner of ['TNG', 'CHENGDU']) {
    expect(toldTo(partner, 'notifyDispute')).toHaveLength(2);
    expect(toldTo(partner, 'notifyDispute')).toMatchObject(
      Array.from({ length: 2 }, () => ({ body: { disputeStatus: 'RESPONSE_OVERDUE' } })),
    );
  }
  await expectBalanced(rig);
  expect((await answerEscalation({ refundType: 'ACCEPT_REFUND' })).resultCode).toBe('SUCCESS');
  // The wallet has gone on to another retrieval: that one is to be answered now.
  const late = lastAsked('initiateRetrieval');
  expect((await retrieve('D4')).resultCode).toBe('SUCCESS');
  const answer = { disputeRequestId: late, responseMessage: 'Noodles.' };
  const told = await rig.call('CHENGDU', 'responseRetrieval', answer);
  expect(told.resultCode).toBe('ORDER_IS_CLOSED');
  expect((await answerRetrieval()).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(await states()).toEqual(['OVERDUE', 'ACCEPTED', 'ANSWERED']);
  await expectBalanced(rig);
});

test('what is asked back and what is promised have their bounds', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  await rig.call('CHENGDU', 'refund', {
    paymentRequestId: 'P1',
    refundRequestId: 'R0',
    refundAmount: yuan(2_000),
  });
  expect((await escalate('D1', 10_001)).resultCode).toBe('REFUND_AMOUNT_EXCEED');
  const ringgit = { currency: 'MYR', value: '100' };
  const foreign = { disputeRequestId: 'D2', paymentRequestId: legIdOf() };
  const inRinggit = { ...foreign, escalationAmount: ringgit };
  expect((await rig.call('TNG', 'initiateEscalation', inRinggit)).resultCode).toBe(
    'CURRENCY_NOT_SUPPORT',
  );
  expect((await rig.call('KAKAO', 'initiateRetrieval', foreign)).resultCode).toBe(
    'ORDER_NOT_EXIST',
  );
  expect((await escalate('D3', 10_000)).resultCode).toBe('SUCCESS');
  const partly = (refundAmount: object) =>
    answerEscalation({ refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount });
  expect((await partly(yuan(10_001))).resultCode).toBe('REFUND_AMOUNT_EXCEED');
  expect((await partly(ringgit)).resultCode).toBe('CURRENCY_NOT_SUPPORT');
  expect((await answerEscalation({ refundType: 'ACCEPT_PARTIAL_REFUND' })).resultMessage).toContain(
    'refundAmount',
  );
  expect((await answerEscalation({ refundType: 'REFUSE_REFUND' })).resultMessage).toContain(
    'responseMessage',
  );
  expect((await partly(yuan(9_000))).resultCode).toBe('SUCCESS');
  expect((await partly(yuan(8_000))).resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  expect((await partly(yuan(9_000))).resultCode).toBe('SUCCESS');
  await expectBalanced(rig);
});

test('a payment cancelled while it is disputed: its wallet hears the answer', async () => {
  rig = await startRig({ partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  expect((await retrieve('D1')).resultCode).toBe('SUCCESS');
  await rig.rest();
  const cancelled = await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'P1' });
  expect(cancelled.resultCode).toBe('SUCCESS');
  expect((await answerRetrieval()).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(toldTo('TNG', 'responseRetrieval')).toMatchObject([
    { body: { disputeRequestId: 'D1', paymentRequestId: legIdOf() } },
  ]);
  await expectBalanced(rig);
});

test('payments that are not paid cannot be disputed', async () => {
  rig = await startRig({ partners, rates });
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('P1', yuan(2_500)));
  const codeValue = orderCodeIn(placed);
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  const legId = String(scan.body.paymentRequestId);
  expect((await retrieve('D1', legId)).resultCode).toBe('PROCESS_FAIL');
  await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'P1' });
  await rig.rest();
  expect((await retrieve('D2', legId)).resultCode).toBe('ORDER_IS_CLOSED');
  const before = await contents(rig);
  expect((await retrieve('D3', '20261121200000000000000010')).resultCode).toBe('ORDER_NOT_EXIST');
  expect(await contents(rig)).toEqual(before);
});

test(`${atOnce} of the same dispute and of the same answer at once: one effect`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  for (const id of ['P1', 'P2']) await paid(rig, id, yuan(12_000));
  const told = await times((each) => escalate('D1', 5_000, legIdOf(), each % hubs));
  expect(new Set(told.map((each) => each.resultCode))).toEqual(new Set(['SUCCESS']));
  await rig.rest();
  expect(askedIds('initiateEscalation')).toHaveLength(1);
  const answers = await times(() => answerEscalation({ refundType: 'ACCEPT_REFUND' }));
  expect(new Set(answers.map((each) => each.resultCode))).toEqual(new Set(['SUCCESS']));
  await rig.rest();
  expect(toldTo('TNG', 'responseEscalation')).toHaveLength(1);
  expect(await states()).toEqual(['ACCEPTED']);
  const elsewhere = await escalate('D1', 5_000, legIdOf(1));
  expect(elsewhere.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  const otherAmount = await escalate('D1', 4_000);
  expect(otherAmount.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  await expectBalanced(rig);
});

test(`${atOnce} retrievals at once: one is open, whichever hub took it`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const told = await times((each) => retrieve(`D${each}`, legIdOf(), each % hubs));
  expect(told.filter((each) => each.resultCode === 'SUCCESS')).toHaveLength(1);
  expect(await states()).toEqual(['ASKED']);
  await expectBalanced(rig);
});

test('what nobody heard is said again, by another hub after a crash', async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  rig.deafen('CHENGDU', true);
  await escalate('D1', 5_000, legIdOf(), 0);
  const stopping = rig.hubs[0]?.stop();
  await rig.advance(30_000);
  rig.deafen('CHENGDU', false);
  await rig.advance(120_000);
  await stopping;
  expect(askedIds('initiateEscalation')).toHaveLength(1);
  const wallet = rig.wallets.get('TNG');
  if (wallet === undefined) throw new Error('no wallet');
  wallet.away = true;
  const disputeRequestId = lastAsked('initiateEscalation');
  const accepted = { disputeRequestId, refundType: 'ACCEPT_REFUND' };
  expect((await rig.call('CHENGDU', 'responseEscalation', accepted, 1)).resultCode).toBe('SUCCESS');
  await rig.advance(30_000);
  wallet.away = false;
  await rig.advance(180_000);
  expect(toldTo('TNG', 'responseEscalation')).toHaveLength(1);
  const waiting = await rig.fresh.database.query<{ kind: string }>(
    'select kind from dispute_tasks order by kind',
  );
  expect(waiting.map(({ kind }) => kind)).toEqual(['answer.due', 'refund.look']);
  await expectBalanced(rig);
});
