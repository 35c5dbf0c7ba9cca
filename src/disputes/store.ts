// SQL of disputes: their rows, ids, files and tasks; every statement is of one lane.

import { insertRows, numberArray, rowArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { Money } from '../money/money.ts';
import { claimColumns } from '../payments/claimStore.ts';
import { requestKey } from '../payments/facts.ts';
import type { ResultCode } from '../wire/results.ts';
import type { Dispute, DisputeAnswer, Evidence, RefundType } from './dispute.ts';
import type { DisputeTask, DisputeTaskKind, SentFiles } from './facts.ts';

const disputeColumns = [
  'payment_number',
  'dispute_number',
  'request_key',
  'kind',
  'state',
  'result_code',
  'result_message',
  'claimed_amount',
  'reason_code',
  'reason',
  'occurred_at',
  'created_at',
  'answer_due_at',
  'closed_at',
  'answered_at',
  'answer_message',
  'refund_type',
  'refund_amount',
  'planned_refund_at',
  'refund_due_at',
  'refunded_at',
  'acquirer_id',
];
const evidenceColumns = [
  'payment_number',
  'dispute_number',
  'ordinal',
  'file_name',
  'content_type',
  'file_hash',
  'content_base64',
  'side',
];
const taskColumns = [
  'task_number',
  'kind',
  'payment_number',
  'dispute_number',
  'due_at',
  'tries',
  'created_at',
];

/** The tables that row lists are written to: columns after the lane, in the tables' order. */
export const disputeTables = {
  disputes: disputeColumns,
  dispute_claims: claimColumns,
  dispute_evidence: evidenceColumns,
  dispute_tasks: taskColumns,
};

/** The disputes of payments, in the order in which they came. */
export function readDisputes(lane: number, payments: Iterable<number>): Statement {
  return {
    name: 'disputes.read',
    text:
      `select ${disputeColumns.map((each) => `a.${each}`).join(', ')} ` +
      'from unnest($2::text::bigint[]) u(n) cross join lateral ' +
      '(select * from disputes b where b.lane = $1 and b.payment_number = u.n offset 0) a ' +
      'order by a.payment_number, a.dispute_number',
    values: [lane, numberArray([...payments])],
  };
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

/** A dispute of a payment, whose currency is that of all its amounts. */
export function disputeFrom(row: Row, currency: string): Dispute {
  const key = row[2] as string;
  const slash = key.indexOf('/');
  return {
    paymentNumber: Number(row[0]),
    disputeNumber: row[1] as number,
    walletId: key.slice(0, slash),
    acquirerId: row[21] as string,
    disputeRequestId: key.slice(slash + 1),
    kind: row[3] as Dispute['kind'],
    state: row[4] as Dispute['state'],
    resultCode: row[5] as ResultCode,
    resultMessage: row[6] as string | null,
    claimed: moneyFrom(row[7], currency),
    reasonCode: row[8] as string | null,
    reason: row[9] as string | null,
    occurredAt: time(row[10]),
    createdAt: Number(row[11]),
    answerDueAt: Number(row[12]),
    closedAt: time(row[13]),
    answer: answerFrom(row, currency),
    refundDueAt: time(row[19]),
    refundedAt: time(row[20]),
  };
}

function moneyFrom(value: unknown, currency: string): Money | null {
  return value === null ? null : { currency, minor: BigInt(value as string) };
}

function answerFrom(row: Row, currency: string): DisputeAnswer | null {
  if (row[14] === null) return null;
  return {
    at: Number(row[14]),
    message: row[15] as string | null,
    refundType: row[16] as RefundType | null,
    refund: moneyFrom(row[17], currency),
    plannedRefundAt: time(row[18]),
  };
}

const changing = disputeColumns.filter((column) =>
  /^(state|closed_at|answer_message|answered_at|refund_\w+|planned_refund_at|refunded_at)$/.test(
    column,
  ),
);

/** Writes disputes, new or changed: an insert that may meet its own row. */
export function writeDisputes(lane: number, disputes: readonly Dispute[]): Statement {
  return {
    name: 'disputes.write',
    text:
      `${insertRows('disputes', disputeColumns)} ` +
      'on conflict (lane, payment_number, dispute_number) do update set ' +
      changing.map((column) => `${column} = excluded.${column}`).join(', '),
    values: [
      lane,
      rowArray(
        disputes.map((dispute) => [
          lane,
          dispute.paymentNumber,
          dispute.disputeNumber,
          requestKey(dispute.walletId, dispute.disputeRequestId),
          dispute.kind,
          dispute.state,
          dispute.resultCode,
          dispute.resultMessage,
          dispute.claimed?.minor ?? null,
          dispute.reasonCode,
          dispute.reason,
          dispute.occurredAt,
          dispute.createdAt,
          dispute.answerDueAt,
          dispute.closedAt,
          dispute.answer?.at ?? null,
          dispute.answer?.message ?? null,
          dispute.answer?.refundType ?? null,
          dispute.answer?.refund?.minor ?? null,
          dispute.answer?.plannedRefundAt ?? null,
          dispute.refundDueAt,
          dispute.refundedAt,
          dispute.acquirerId,
        ]),
      ),
    ],
  };
}

/** Writes the files of questions and answers; each is written once. */
export function insertEvidence(
  lane: number,
  sent: readonly (SentFiles & { readonly dispute: Dispute })[],
): Statement {
  return {
    name: 'dispute_evidence.insert',
    text: insertRows('dispute_evidence', evidenceColumns),
    values: [
      lane,
      rowArray(
        sent.flatMap(({ dispute, from, files }) =>
          files.map((file, index) => [
            lane,
            dispute.paymentNumber,
            dispute.disputeNumber,
            index + 1,
            file.fileName,
            file.contentType,
            file.fileHash,
            file.contentBase64,
            from,
          ]),
        ),
      ),
    ],
  };
}

/** The files of one side of a dispute, in their order. */
export async function evidenceOf(
  database: Database,
  lane: number,
  { paymentNumber, disputeNumber }: Pick<Dispute, 'paymentNumber' | 'disputeNumber'>,
  from: SentFiles['from'],
): Promise<Evidence[]> {
  const rows = await database.query<{
    file_name: string;
    content_type: string;
    file_hash: string;
    content_base64: string;
  }>(
    'select file_name, content_type, file_hash, content_base64 from dispute_evidence ' +
      'where lane = $1 and payment_number = $2 and dispute_number = $3 and side = $4 ' +
      'order by ordinal',
    [lane, paymentNumber, disputeNumber, from],
  );
  return rows.map((row) => ({
    fileName: row.file_name,
    contentType: row.content_type,
    fileHash: row.file_hash,
    contentBase64: row.content_base64,
  }));
}

/** Payments with a promise that waits for its refund: few, and looked for once, at a start. */
export async function paymentsAwaitingRefunds(database: Database): Promise<number[]> {
  const rows = await database.query<{ payment_number: string }>(
    "select distinct payment_number from dispute_tasks where kind = 'refund.look'",
  );
  return rows.map((row) => Number(row.payment_number));
}

export function taskFrom(row: Row): DisputeTask {
  return {
    taskNumber: Number(row[0]),
    kind: row[1] as DisputeTaskKind,
    paymentNumber: Number(row[2]),
    disputeNumber: row[3] as number,
    dueAt: Number(row[4]),
    tries: row[5] as number,
    createdAt: Number(row[6]),
  };
}

/** Tasks of a lane that are due, the longest due first. */
export function readDueTasks(lane: number, now: number, most: number): Statement {
  return {
    name: 'dispute_tasks.due',
    text:
      `select ${taskColumns.join(', ')} from dispute_tasks where lane = $1 and due_at <= $2 ` +
      'order by due_at limit $3',
    values: [lane, now, most],
  };
}

export function readTasks(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'dispute_tasks.read',
    text:
      `select ${taskColumns.join(', ')} from dispute_tasks where lane = $1 ` +
      'and task_number = any($2::text::bigint[])',
    values: [lane, numberArray([...numbers])],
  };
}

export function insertTasks(lane: number, tasks: readonly DisputeTask[]): Statement {
  return {
    name: 'dispute_tasks.insert',
    text: insertRows('dispute_tasks', disputeTables.dispute_tasks),
    values: [
      lane,
      rowArray(
        tasks.map((task) => [
          lane,
          task.taskNumber,
          task.kind,
          task.paymentNumber,
          task.disputeNumber,
          task.dueAt,
          task.tries,
          task.createdAt,
        ]),
      ),
    ],
  };
}

/** Writes new times and counts; a task that is gone meanwhile is not brought back. */
export function updateTasks(lane: number, tasks: readonly DisputeTask[]): Statement {
  return {
    name: 'dispute_tasks.update',
    text:
      'update dispute_tasks o set due_at = u.due_at, tries = u.tries ' +
      'from unnest($2::text::bigint[], $3::text::bigint[], $4::text::integer[]) ' +
      'u(n, due_at, tries) ' +
      'where o.lane = $1 and o.task_number = u.n and u.n between 0 and 9007199254740991',
    values: [
      lane,
      numberArray(tasks.map((task) => task.taskNumber)),
      numberArray(tasks.map((task) => task.dueAt)),
      numberArray(tasks.map((task) => task.tries)),
    ],
  };
}

export function deleteTasks(lane: number, numbers: readonly number[]): Statement {
  return {
    name: 'dispute_tasks.delete',
    text: 'delete from dispute_tasks where lane = $1 and task_number = any($2::text::bigint[])',
    values: [lane, numberArray(numbers)],
  };
}
