// Disputes about what merchants of our own acquirer sold: they hear, agree or defend themselves in
// their own dialect, and the wallet hears their answer in its own.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NoticeState } from '../../src/api/console/noticeStore.ts';
import {
  listNotices,
  type NoticeDesk,
  replayAll,
  replayNotice,
} from '../../src/api/console/notices.ts';
import { present } from '../../src/base/assert.ts';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import { merchantNotifyDisputeRequest } from '../../src/wire/merchantDisputes.ts';
import {
  acknowledgement,
  type MerchantScene,
  openMerchantScene,
  type Shop,
} from './merchantShop.ts';
import { codeOf, expectBalanced, yuan } from './scenes.ts';
import { isGenuineNotice } from './sdk.ts';

const noticeDelaysMs = [20_000, 40_000, 80_000];
/** A little longer than what is due about disputes is left alone. */
const lookMs = 5_000;

let scene: MerchantScene;
let shop: Shop;
let neighbour: Shop;

beforeAll(async () => {
  scene = await openMerchantScene({ timing: { noticeDelaysMs } });
  shop = await scene.addShop('RAMEN', 'java');
  neighbour = await scene.addShop('TEA', 'python');
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

/** Sells something; gives the wallet's own name of the payment. */
async function sold(id: string): Promise<string> {
  const { rig } = scene;
  const told = await shop.call('pay', {
    productCode: 'IN_STORE_PAYMENT',
    paymentRequestId: id,
    paymentAmount: yuan(10_000),
    order: { referenceOrderId: id, orderDescription: 'Noodles', orderAmount: yuan(10_000) },
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      paymentMethodId: await codeOf(rig, 'TNG'),
    },
  });
  expect(told.result.resultCode).toBe('SUCCESS');
  await rig.rest();
  return [...(rig.wallets.get('TNG')?.lines.keys() ?? [])].at(-1) ?? '';
}

/** The wallet opens a dispute; gives the notice that the merchant got of it. */
async function disputed(
  api: 'initiateRetrieval' | 'initiateEscalation',
  id: string,
  evidences?: readonly object[],
) {
  const paymentRequestId = await sold(id);
  const amount = api === 'initiateEscalation' ? { escalationAmount: yuan(4_000) } : {};
  const reason = { disputeReasonCode: '7801', disputeReason: 'Never came.' };
  const ask = { disputeRequestId: `D-${id}`, paymentRequestId, ...reason, ...amount, evidences };
  expect((await scene.rig.call('TNG', api, ask)).resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  return noticesOf(id)[0];
}

const noticesOf = (paymentRequestId: string) =>
  scene.heard
    .filter(({ body }) => body.includes('disputeNotificationType'))
    .filter((notice) => isGenuineNotice(notice, scene.networkKey))
    .map(({ body }) => merchantNotifyDisputeRequest.parse(JSON.parse(body)))
    .filter((notice) => notice.paymentRequestId === paymentRequestId);

const outcomesOf = (id: string) =>
  noticesOf(id).filter(({ disputeNotificationType: type }) => /JUDGED|CANCELLED/.test(type));

/** How the dispute of a payment came out, as the merchant was told it first. */
async function outcomeOf(id: string) {
  await scene.rig.advance(lookMs);
  await expect.poll(() => outcomesOf(id).length).toBeGreaterThan(0);
  return outcomesOf(id)[0];
}

function desk(): NoticeDesk {
  const hub = present(scene.rig.hubs[0], 'a hub');
  return {
    database: scene.rig.fresh.database,
    rules: hub.configuration.rules(),
    run: (commands) => Promise.all(commands.map((command) => hub.desk.run(command))),
    runDisputes: (commands) => Promise.all(commands.map((command) => hub.disputes.run(command))),
  };
}

const listed = async (state: NoticeState, disputeId: string) => {
  await scene.rig.advance(lookMs);
  const { notices } = await listNotices(desk(), { state, limit: 50 });
  return notices.filter((notice) => notice.disputeId === disputeId);
};

/** What the wallet was last told about its dispute. */
const walletHeard = (api: string, id: string) =>
  scene.rig.disputeCalls.findLast(
    (call) => call.api === api && call.body.disputeRequestId === `D-${id}`,
  )?.body;

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(90_000, 7)]);

test('evidence is asked for, and supplied as a picture', async () => {
  const notice = await disputed('initiateRetrieval', 'E1');
  expect(notice).toMatchObject({
    disputeNotificationType: 'DISPUTE_CREATED',
    disputeType: 'RETRIEVAL_REQUEST',
    disputeReasonCode: '7801',
    disputeReasonMsg: 'Never came.',
  });
  const disputeId = notice?.disputeId ?? '';
  const supply = (file: Buffer, by = shop) =>
    by.call('supplyDefenseDocument', { disputeId, disputeEvidence: file.toString('base64') });
  expect((await supply(png, neighbour)).result.resultCode).toBe('ORDER_NOT_EXIST');
  expect((await supply(Buffer.from([80, 75, 3, 4, 0]))).result.resultCode).toBe('PARAM_ILLEGAL');
  expect((await shop.call('acceptDispute', { disputeId })).result.resultCode).toBe('PROCESS_FAIL');
  const supplied = (await supply(png)).body;
  expect(supplied).toMatchObject({ disputeId, result: { resultStatus: 'S' } });
  expect(supplied.disputeResolutionTime).toMatch(/^20.*\+08:00$/);
  expect((await supply(png)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  const [file] = (walletHeard('responseRetrieval', 'E1')?.evidences ?? []) as object[];
  expect(file).toMatchObject({
    contentType: 'image/png',
    fileName: 'defense.png',
    fileContent: png.toString('base64'),
  });
});

test('money is asked back: agreed and refunded, or refused with a document', async () => {
  const agreed = await disputed('initiateEscalation', 'M1');
  expect(agreed).toMatchObject({ disputeType: 'CHARGEBACK', disputeAmount: yuan(4_000) });
  const { disputeId } = agreed ?? { disputeId: '' };
  expect((await shop.call('acceptDispute', { disputeId })).body.disputeId).toBe(disputeId);
  const late = { disputeId, disputeEvidence: Buffer.from('They ate it.').toString('base64') };
  expect((await shop.call('supplyDefenseDocument', late)).result.resultCode).toBe(
    'REPEAT_REQ_INCONSISTENT',
  );
  const refund = { paymentRequestId: 'M1', refundRequestId: 'R1', refundAmount: yuan(4_000) };
  expect((await shop.call('refund', refund)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  expect(walletHeard('responseEscalation', 'M1')).toMatchObject({
    refundType: 'ACCEPT_REFUND',
    refundAmount: yuan(4_000),
  });
  const judged = await outcomeOf('M1');
  expect(judged).toMatchObject({
    disputeNotificationType: 'DISPUTE_JUDGED',
    disputeId,
    disputeAmount: yuan(4_000),
    disputeJudgedResult: 'ACCEPT_BY_MERCHANT',
    disputeJudgedAmount: yuan(4_000),
  });
  expect(judged?.disputeJudgedTime).toMatch(/^20.*\+08:00$/);
  expect(judged?.defendable).toBeUndefined();

  const refused = await disputed('initiateEscalation', 'M2');
  const defense = { ...late, disputeId: refused?.disputeId };
  expect((await shop.call('supplyDefenseDocument', defense)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  expect(walletHeard('responseEscalation', 'M2')).toMatchObject({
    refundType: 'REFUSE_REFUND',
    evidences: [{ contentType: 'text/plain' }],
  });
  // The wallet has heard it: the refusal stands.
  const stands = await outcomeOf('M2');
  expect(stands).toMatchObject({
    disputeNotificationType: 'DISPUTE_JUDGED',
    disputeJudgedResult: 'ACCEPT_BY_CUSTOMER',
  });
  expect(stands?.disputeJudgedAmount).toBeUndefined();
});

test('an outcome that nobody takes is kept, shown, and sent again by hand', async () => {
  const asked = await disputed('initiateEscalation', 'K1');
  const disputeId = asked?.disputeId ?? '';
  expect(await replayNotice(desk(), disputeId)).toBe('not_ended');
  scene.answerNotices(500, '');
  const defense = { disputeId, disputeEvidence: Buffer.from('Eaten.').toString('base64') };
  expect((await shop.call('supplyDefenseDocument', defense)).result.resultCode).toBe('SUCCESS');
  await outcomeOf('K1');
  await expect.poll(() => listed('waiting', disputeId)).toMatchObject([{ attempts: [{}] }]);
  for (const delay of noticeDelaysMs) await scene.rig.advance(delay + lookMs);
  const times = noticeDelaysMs.length + 1;
  await expect.poll(() => outcomesOf('K1').length).toBe(times);
  const [kept] = await listed('given_up', disputeId);
  expect(kept).toMatchObject({ resultCode: 'DECLINED', nextAttemptAt: null, refundId: null });
  expect(kept?.attempts).toHaveLength(times);

  scene.answerNotices(200, acknowledgement);
  expect(await replayNotice(desk(), disputeId)).toBe('replayed');
  await expect.poll(() => listed('taken', disputeId)).toMatchObject([{ state: 'taken' }]);
  expect(outcomesOf('K1')).toHaveLength(times + 1);
  expect(new Set(outcomesOf('K1').map((each) => JSON.stringify(each))).size).toBe(1);
  // One that was taken too, and all that were given up together; a stranger's id is none.
  expect(await replayNotice(desk(), disputeId)).toBe('replayed');
  await scene.rig.advance(lookMs);
  await expect.poll(() => outcomesOf('K1').length).toBe(times + 2);
  expect(await replayAll(desk(), 'WAYFARE_ACQUIRING')).toBe(0);
  const other = disputeId.replace(/.$/, (last) => String((Number(last) + 1) % 10));
  expect(await replayNotice(desk(), other)).toBe('unknown_payment');
});

test('where the wallet goes on to the next question, the one before is cancelled', async () => {
  const first = await disputed('initiateRetrieval', 'C1');
  scene.rig.clock.skip(12 * dayMs);
  await scene.rig.advance(6_000);
  await expect.poll(() => noticesOf('C1').length).toBe(2);
  const [line] = [...(scene.rig.wallets.get('TNG')?.lines.keys() ?? [])].slice(-1);
  const again = { disputeRequestId: 'D-C1-2', paymentRequestId: line };
  expect((await scene.rig.call('TNG', 'initiateRetrieval', again)).resultCode).toBe('SUCCESS');
  const cancelled = await outcomeOf('C1');
  expect(cancelled).toMatchObject({
    disputeNotificationType: 'DISPUTE_CANCELLED',
    disputeId: first?.disputeId,
    disputeType: 'RETRIEVAL_REQUEST',
  });
  expect(cancelled?.defenseDueTime).toBeUndefined();
  const late = { disputeId: first?.disputeId, disputeEvidence: png.toString('base64') };
  expect((await shop.call('supplyDefenseDocument', late)).result.resultCode).toBe(
    'ORDER_IS_CLOSED',
  );
});

const fileOf = (fileName: string, contentType: string, content: Buffer) => ({
  fileName,
  contentType,
  fileHash: createHash('sha256').update(content).digest('hex'),
  fileContent: content.toString('base64'),
});

test('what the wallet shows is downloaded by the merchant, as it is or as an archive', async () => {
  const pdf = fileOf('chat.pdf', 'application/pdf', Buffer.from('%PDF-1.4 where are my noodles'));
  const photo = fileOf('../photo.png', 'image/png', png);
  const one = await disputed('initiateEscalation', 'F1', [pdf]);
  const two = await disputed('initiateRetrieval', 'F2', [photo, pdf]);
  const none = await disputed('initiateRetrieval', 'F3');
  expect([one, two, none].map((notice) => notice?.disputeEvidenceCount)).toEqual([1, 2, undefined]);
  const download = (disputeId: string | undefined, disputeEvidenceType: string, by = shop) =>
    by.call('downloadDisputeEvidence', { disputeId, disputeEvidenceType });

  const file = await download(one?.disputeId, 'DISPUTE_EVIDENCE_FILE');
  expect(file.body).toMatchObject({
    disputeId: one?.disputeId,
    disputeEvidence: pdf.fileContent,
    disputeEvidenceFormat: 'PDF',
  });
  // The Java SDK writes the constant's name.
  const files = await download(two?.disputeId, 'FILE');
  expect(files.body.disputeEvidenceFormat).toBeUndefined();
  const archive = Buffer.from(files.body.disputeEvidence, 'base64');
  expect(namesIn(archive)).toEqual(['1-.._photo.png', '2-chat.pdf']);
  expect(archive.includes(png)).toBe(true);

  const form = await download(none?.disputeId, 'DISPUTE_EVIDENCE_TEMPLATE');
  expect(form.body.disputeEvidenceFormat).toBe('PDF');
  const page = Buffer.from(form.body.disputeEvidence, 'base64').toString('latin1');
  expect(page).toMatch(/^%PDF-1\.4\n/);
  expect(page).toContain(`(Dispute: ${none?.disputeId})`);
  expect(page).toContain('(Paid: 100.00 CNY');

  const codeOfAnswer = async (...asked: Parameters<typeof download>) =>
    (await download(...asked)).result.resultCode;
  expect(await codeOfAnswer(none?.disputeId, 'FILE')).toBe('PROCESS_FAIL');
  expect(await codeOfAnswer(one?.disputeId, 'FILE', neighbour)).toBe('ORDER_NOT_EXIST');
  expect(await codeOfAnswer('2026', 'FILE')).toBe('ORDER_NOT_EXIST');
  expect(await codeOfAnswer(one?.disputeId, 'PICTURE')).toBe('PARAM_ILLEGAL');
  expect(await codeOfAnswer(undefined, 'FILE')).toBe('PARAM_ILLEGAL');
});

/** The names in a ZIP archive, read from its end as an unpacking program does. */
function namesIn(archive: Buffer): string[] {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const length = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    expect(archive.readUInt32LE(archive.readUInt32LE(at + 42))).toBe(0x04034b50);
    at += 46 + length;
    return name;
  });
}

test('a merchant that says nothing is alerted when its time is over', async () => {
  await disputed('initiateEscalation', 'L1');
  scene.rig.clock.skip(12 * dayMs);
  await scene.rig.advance(6_000);
  await expect.poll(() => noticesOf('L1').length).toBe(2);
  expect(noticesOf('L1').map((notice) => notice.disputeNotificationType)).toEqual([
    'DISPUTE_CREATED',
    'DEFENSE_DUE_ALERT',
  ]);
  expect(noticesOf('L1')[1]?.disputeStatus).toBe('RESPONSE_OVERDUE');
});
