// What partners were told: every notice with its attempts, and sending one again by hand.

import { laneOfSlot, publicId, readPublicId, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import { unsignedVerdict } from '../../network/calls.ts';
import type { Directory } from '../../network/directory.ts';
import type { PaymentCommand } from '../../payments/facts.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import { type Replay, replayNoticeCommand } from '../../payments/notices.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Rules } from '../../payments/rules.ts';
import { acquirerNotifyPaymentResponse } from '../../wire/acquirer.ts';
import { decodeAnswer } from '../../wire/messages.ts';
import {
  attemptsOf,
  countNotices,
  type OpenNotice,
  openNoticeOf,
  openNotices,
  type StoredAttempt,
  takenNotices,
} from './noticeStore.ts';

/** `waiting`: to be sent, or sent again. `given_up`: kept after the last repeat. */
export type NoticeState = 'waiting' | 'given_up' | 'taken';

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
}

interface Found {
  readonly paymentNumber: number;
  readonly acquirerId: string;
  readonly open: OpenNotice | undefined;
}

/** The notices that fit, with every attempt and its answer. */
export async function listNotices(desk: NoticeDesk, filter: NoticeFilter) {
  const { database, rules } = desk;
  const [found, counts] = await Promise.all([
    findNotices(database, filter),
    countNotices(database, filter.partnerId),
  ]);
  const numbers = found.map((notice) => notice.paymentNumber);
  const [payments, attempts] = await Promise.all([
    desk.run(numbers.map((number) => findByNumberCommand(rules, number))),
    numbers.length === 0 ? [] : attemptsOf(database, numbers),
  ]);
  const notices = found.flatMap((notice, index) => {
    const payment = payments[index];
    if (payment === undefined) return [];
    const own = attempts.filter((each) => Number(each.payment_number) === notice.paymentNumber);
    return [noticeView(notice, payment, own, rules.directory)];
  });
  return { counts, notices };
}

async function findNotices(database: Database, filter: NoticeFilter): Promise<Found[]> {
  const { partnerId, state, limit } = filter;
  if (state === 'taken') {
    const taken = await takenNotices(database, partnerId, limit);
    return taken.map((row) => ({
      paymentNumber: Number(row.payment_number),
      acquirerId: row.acquirer_id,
      open: undefined,
    }));
  }
  const kind = state === 'given_up' ? 'notice.given_up' : 'acquirer.notify';
  const rows = await openNotices(database, kind, partnerId, limit);
  return rows.map((row) => ({
    paymentNumber: Number(row.payment_number),
    acquirerId: row.acquirer_id,
    open: row,
  }));
}

function noticeView(
  notice: Found,
  payment: Payment,
  attempts: readonly StoredAttempt[],
  directory: Directory,
) {
  const { open, acquirerId } = notice;
  const state: NoticeState =
    open === undefined ? 'taken' : open.kind === 'notice.given_up' ? 'given_up' : 'waiting';
  return {
    paymentId: publicId('payment', payment.createdAt, payment.paymentNumber),
    paymentRequestId: payment.paymentRequestId,
    partnerId: acquirerId,
    partnerName: directory.byId(acquirerId)?.name ?? acquirerId,
    state,
    resultCode: payment.resultCode,
    endedAt: payment.finishedAt === null ? null : isoTime(payment.finishedAt),
    nextAttemptAt: open !== undefined && state === 'waiting' ? isoTime(Number(open.due_at)) : null,
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

/** Sends one payment's notice again; undefined when the text is no payment's public id. */
export async function replayNotice(
  desk: NoticeDesk,
  paymentId: string,
): Promise<Replay | undefined> {
  const paymentNumber = readPublicId('payment', paymentId)?.number;
  if (paymentNumber === undefined) return undefined;
  const { lanes } = desk.rules;
  const lane = laneOfSlot(slotOfNumber(paymentNumber), lanes);
  const open = await openNoticeOf(desk.database, lane, paymentNumber);
  const outboxNumber = open === undefined ? undefined : Number(open.outbox_number);
  const [replay] = await desk.run([replayNoticeCommand(lanes, { paymentNumber, outboxNumber })]);
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
          outboxNumber: Number(row.outbox_number),
        }),
      ),
    );
    count += replays.filter((replay) => replay === 'replayed').length;
    if (rows.length < mostAtOnce) return count;
  }
}

const isoTime = (at: number) => new Date(at).toISOString();
