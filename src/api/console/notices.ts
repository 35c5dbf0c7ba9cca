// What partners were told: every notice with its attempts, and sending one again by hand.

import { laneOfSlot, publicId, readPublicId, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import { disputeIdOf } from '../../disputes/bodies.ts';
import type { Dispute } from '../../disputes/dispute.ts';
import type { DisputeCommand } from '../../disputes/facts.ts';
import { replayOutcomeCommand } from '../../disputes/outcome.ts';
import { findDisputesCommand } from '../../disputes/tasks.ts';
import { paymentOfRefund } from '../../merchants/store.ts';
import { unsignedVerdict } from '../../network/calls.ts';
import type { Directory } from '../../network/directory.ts';
import { refundIdOf } from '../../payments/aftermathBodies.ts';
import type { PaymentCommand } from '../../payments/facts.ts';
import { findAftermathCommand, findByNumberCommand } from '../../payments/find.ts';
import { type Replay, replayNoticeCommand } from '../../payments/notices.ts';
import type { Payment, Refund } from '../../payments/payment.ts';
import type { Rules } from '../../payments/rules.ts';
import { acquirerNotifyPaymentResponse } from '../../wire/acquirer.ts';
import { decodeAnswer } from '../../wire/messages.ts';
import {
  countDisputeNotices,
  disputeNotices,
  replayOutcome,
  tellsOutcome,
} from './disputeNotices.ts';
import {
  attemptsOf,
  countNotices,
  type NoticeState,
  type OpenNotice,
  openNoticeOf,
  openNotices,
  type StoredAttempt,
  type TakenNotice,
  takenNotices,
} from './noticeStore.ts';
import { countRefundNotices, refundNotices } from './refundNoticeStore.ts';

export interface NoticeFilter {
  readonly partnerId?: string | undefined;
  readonly state: NoticeState;
  readonly limit: number;
}

/** What runs a command on the network: a hub's desk, or the command line by itself. */
export interface NoticeDesk {
  readonly database: Database;
  /** Without configuration of its own the command line knows only these. */
  readonly rules: Pick<Rules, 'lanes' | 'directory'>;
  run<Reply>(commands: readonly PaymentCommand<Reply>[]): Promise<Reply[]>;
  runDisputes<Reply>(commands: readonly DisputeCommand<Reply>[]): Promise<Reply[]>;
}

interface Found {
  readonly paymentNumber: number;
  /** Null where the notice is of the payment itself. */
  readonly refundNumber: number | null;
  /** Of a notice of how this dispute of the payment came out. */
  readonly disputeNumber: number | null;
  readonly acquirerId: string;
  readonly state: NoticeState;
  readonly dueAt: number | null;
}

/** The notices that fit, with every attempt and its answer. */
export async function listNotices(desk: NoticeDesk, filter: NoticeFilter) {
  const { database, rules } = desk;
  const [ofPayments, ofRefunds, ofDisputes, ...counts] = await Promise.all([
    findNotices(database, filter),
    findRefundNotices(database, filter),
    findDisputeNotices(database, filter),
    countNotices(database, filter.partnerId),
    countRefundNotices(database, filter.partnerId),
    countDisputeNotices(database, filter.partnerId),
  ]);
  const found = [...ofPayments, ...ofRefunds, ...ofDisputes];
  const numbers = found.map((notice) => notice.paymentNumber);
  const [payments, aftermaths, disputed, attempts] = await Promise.all([
    desk.run(numbers.map((number) => findByNumberCommand(rules, number))),
    desk.run(ofRefunds.map((notice) => findAftermathCommand(rules, notice.paymentNumber))),
    desk.runDisputes(ofDisputes.map((one) => findDisputesCommand(rules, one.paymentNumber))),
    numbers.length === 0 ? [] : attemptsOf(database, numbers),
  ]);
  const refunds = aftermaths.flatMap((each) => each.refunds);
  const disputes = disputed.flatMap((each) => each.disputes);
  const notices = found.flatMap((notice, index) => {
    const payment = payments[index];
    const refund = refunds.find((each) => each.refundNumber === notice.refundNumber);
    const dispute = disputes.find(
      (each) =>
        each.paymentNumber === notice.paymentNumber && each.disputeNumber === notice.disputeNumber,
    );
    const isGone =
      (notice.refundNumber !== null && refund === undefined) ||
      (notice.disputeNumber !== null && dispute === undefined);
    if (payment === undefined || isGone) return [];
    const of = attempts.filter((each) => Number(each.payment_number) === notice.paymentNumber);
    const view = noticeView(notice, payment, { refund, dispute }, of, rules.directory);
    // What came of a dispute before merchants were told of it was never sent.
    const wasSent = view.attempts.length > 0 || view.state !== 'taken';
    return dispute === undefined || wasSent ? [view] : [];
  });
  const sentAt = (notice: (typeof notices)[number]) =>
    Date.parse(notice.attempts.at(-1)?.at ?? notice.endedAt ?? '');
  // Each list has its order; where there are two, what was sent last comes first.
  if (ofRefunds.length + ofDisputes.length > 0) notices.sort((a, b) => sentAt(b) - sentAt(a));
  return {
    counts: {
      waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
      givenUp: counts.reduce((sum, { givenUp }) => sum + givenUp, 0),
    },
    notices: notices.slice(0, filter.limit),
  };
}

async function findNotices(database: Database, filter: NoticeFilter): Promise<Found[]> {
  const { partnerId, state, limit } = filter;
  const found = (row: OpenNotice | TakenNotice) => ({
    paymentNumber: Number(row.payment_number),
    refundNumber: null,
    disputeNumber: null,
    acquirerId: row.acquirer_id,
    state,
    dueAt: 'due_at' in row ? Number(row.due_at) : null,
  });
  if (state === 'taken') return (await takenNotices(database, partnerId, limit)).map(found);
  const kind = state === 'given_up' ? 'notice.given_up' : 'acquirer.notify';
  return (await openNotices(database, kind, partnerId, limit)).map(found);
}

async function findRefundNotices(database: Database, filter: NoticeFilter): Promise<Found[]> {
  const { partnerId, state, limit } = filter;
  const rows = await refundNotices(database, state, partnerId, limit);
  return rows.map((row) => ({
    paymentNumber: Number(row.payment_number),
    refundNumber: Number(row.refund_number),
    disputeNumber: null,
    acquirerId: row.acquirer_id,
    state,
    dueAt: row.due_at === null ? null : Number(row.due_at),
  }));
}

async function findDisputeNotices(database: Database, filter: NoticeFilter): Promise<Found[]> {
  const { partnerId, state, limit } = filter;
  const rows = await disputeNotices(database, state, partnerId, limit);
  return rows.map((row) => ({
    paymentNumber: Number(row.payment_number),
    refundNumber: null,
    disputeNumber: row.dispute_number,
    acquirerId: row.acquirer_id,
    state,
    dueAt: row.due_at === null ? null : Number(row.due_at),
  }));
}

function noticeView(
  notice: Found,
  payment: Payment,
  {
    refund,
    dispute,
  }: { readonly refund: Refund | undefined; readonly dispute: Dispute | undefined },
  ofPayment: readonly StoredAttempt[],
  directory: Directory,
) {
  const { state, dueAt, acquirerId } = notice;
  const refundId = refund === undefined ? null : refundIdOf(refund);
  const disputeId = dispute === undefined ? null : disputeIdOf(dispute);
  const { finishedAt, resultCode } = refund ?? payment;
  const closedAt = dispute === undefined ? finishedAt : (dispute.refundedAt ?? dispute.closedAt);
  // A message is logged with its payment; which refund or dispute it tells of stands in it.
  const attempts = ofPayment.filter(({ api, request_body: body }) => {
    if (disputeId !== null) return api === 'notifyDispute' && tellsOutcome(disputeId, body);
    return refundId === null
      ? api === 'notifyPayment'
      : api === 'notifyRefund' && body.includes(`"refundId":"${refundId}"`);
  });
  return {
    paymentId: publicId('payment', payment.createdAt, payment.paymentNumber),
    refundId,
    disputeId,
    paymentRequestId: payment.paymentRequestId,
    partnerId: acquirerId,
    partnerName: directory.byId(acquirerId)?.name ?? acquirerId,
    state,
    /** Of a dispute its state: REFUNDED and DECLINED are judged, the others cancelled. */
    resultCode: dispute?.state ?? resultCode,
    endedAt: closedAt === null ? null : isoTime(closedAt),
    nextAttemptAt: dueAt !== null && state === 'waiting' ? isoTime(dueAt) : null,
    attempts: attempts.map(attemptView),
  };
}

function attemptView(row: StoredAttempt) {
  const decoded =
    row.response_verdict === 'valid' || row.response_verdict === unsignedVerdict
      ? decodeAnswer(acquirerNotifyPaymentResponse, row.response_body)
      : undefined;
  return {
    at: isoTime(Number(row.at)),
    path: row.path,
    responseStatus: row.response_status,
    /** `valid`, `unsigned` of a merchant, or why the acknowledgement could not be relied on. */
    verdict: row.response_verdict,
    acknowledged: decoded?.ok === true && decoded.value.result.resultStatus === 'S',
    resultCode: decoded?.ok === true ? decoded.value.result.resultCode : null,
    durationMs: row.duration_ms,
    requestHeaders: JSON.parse(row.request_headers) as unknown,
    requestBody: row.request_body,
    responseHeaders: JSON.parse(row.response_headers) as unknown,
    responseBody: row.response_body,
  };
}

/** Sends the notice of a payment, refund or dispute again; undefined when the id is of none. */
export async function replayNotice(desk: NoticeDesk, id: string): Promise<Replay | undefined> {
  const { lanes } = desk.rules;
  if (readPublicId('dispute', id) !== undefined) return replayOutcome(desk, id);
  const refundNumber = readPublicId('refund', id)?.number;
  if (refundNumber !== undefined) return replayOfRefund(desk, refundNumber);
  const paymentNumber = readPublicId('payment', id)?.number;
  if (paymentNumber === undefined) return undefined;
  const lane = laneOfSlot(slotOfNumber(paymentNumber), lanes);
  const open = await openNoticeOf(desk.database, lane, paymentNumber);
  const outboxNumber = open === undefined ? undefined : Number(open.outbox_number);
  const notice = { paymentNumber, refundNumber: null, outboxNumber };
  const [replay] = await desk.run([replayNoticeCommand(lanes, notice)]);
  return replay;
}

async function replayOfRefund(
  { database, rules, run }: NoticeDesk,
  refundNumber: number,
): Promise<Replay> {
  const paymentNumber = await paymentOfRefund(database, refundNumber);
  if (paymentNumber === undefined) return 'unknown_payment';
  const notice = { paymentNumber, refundNumber, outboxNumber: undefined };
  const [replay = 'unknown_payment'] = await run([replayNoticeCommand(rules.lanes, notice)]);
  return replay;
}

const mostAtOnce = 1_000;

/** Sends all notices again that were given up for a partner; gives their number. */
export async function replayAll(desk: NoticeDesk, partnerId: string): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await openNotices(desk.database, 'notice.given_up', partnerId, mostAtOnce);
    const replays = await desk.run(
      rows.map((row) =>
        replayNoticeCommand(desk.rules.lanes, {
          paymentNumber: Number(row.payment_number),
          refundNumber: null,
          outboxNumber: Number(row.outbox_number),
        }),
      ),
    );
    count += replayed(replays);
    if (rows.length < mostAtOnce) break;
  }
  for (;;) {
    const rows = await refundNotices(desk.database, 'given_up', partnerId, mostAtOnce);
    const replays = await desk.run(
      rows.map((row) =>
        replayNoticeCommand(desk.rules.lanes, {
          paymentNumber: Number(row.payment_number),
          refundNumber: Number(row.refund_number),
          outboxNumber: undefined,
        }),
      ),
    );
    count += replayed(replays);
    if (rows.length < mostAtOnce) break;
  }
  // Disputes of merchants are few: all at once.
  const { givenUp } = await countDisputeNotices(desk.database, partnerId);
  const rows = await disputeNotices(desk.database, 'given_up', partnerId, givenUp);
  const replays = await desk.runDisputes(
    rows.map((row) =>
      replayOutcomeCommand(desk.rules.lanes, {
        paymentNumber: Number(row.payment_number),
        disputeNumber: row.dispute_number,
        taskNumber: Number(row.task_number),
      }),
    ),
  );
  return count + replayed(replays);
}

const replayed = (replays: readonly Replay[]) =>
  replays.filter((replay) => replay === 'replayed').length;

const isoTime = (at: number) => new Date(at).toISOString();
