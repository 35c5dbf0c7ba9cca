// The notices of how disputes of our own merchants came out: those that wait or were given up,
// those that were taken, and telling one again.

import { laneOfSlot, readPublicId, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import { outcomeKinds, replayOutcomeCommand } from '../../disputes/outcome.ts';
import { readMerchants } from '../../merchants/store.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import { never, type Replay } from '../../payments/notices.ts';
import type { NoticeState } from './noticeStore.ts';
import type { NoticeDesk } from './notices.ts';

/** A dispute whose outcome is told; with the time of its next notice, where it was not taken. */
interface DisputeNotice {
  readonly payment_number: string;
  readonly dispute_number: number;
  readonly acquirer_id: string;
  readonly due_at: string | null;
  /** Null where it was taken. */
  readonly task_number: string | null;
}

const kinds = `(${outcomeKinds.map((kind) => `'${kind}'`).join(', ')})`;

/** Never due: it was given up. */
const givenUp = String(never);

/** Notices of outcomes in one state, the newest first. */
export function disputeNotices(
  database: Database,
  state: NoticeState,
  partnerId: string | undefined,
  most: number,
): Promise<DisputeNotice[]> {
  if (state === 'taken') return takenOutcomes(database, partnerId, most);
  return database.query<DisputeNotice>(
    'select d.payment_number, d.dispute_number, d.acquirer_id, t.due_at, ' +
      't.task_number from dispute_tasks t ' +
      'join disputes d using (lane, payment_number, dispute_number) ' +
      `where t.kind in ${kinds} and (t.due_at = $1) = $2 ` +
      'and ($3::text is null or d.acquirer_id = $3) order by t.task_number desc limit $4',
    [givenUp, state === 'given_up', partnerId ?? null, most],
  );
}

/** Outcomes (as `outcomeOf` has them) of merchants' disputes that nobody is still to be told. */
function takenOutcomes(
  database: Database,
  partnerId: string | undefined,
  most: number,
): Promise<DisputeNotice[]> {
  return database.query<DisputeNotice>(
    'select d.payment_number, d.dispute_number, d.acquirer_id, null as due_at, ' +
      'null as task_number from disputes d ' +
      'where d.acquirer_id in (select acquirer_id from merchants) ' +
      'and ($1::text is null or d.acquirer_id = $1) ' +
      "and (d.kind = 'ESCALATION' and d.state in ('DECLINED', 'REFUNDED') " +
      "or d.state in ('ASKED', 'OVERDUE') and exists (select 1 from disputes l " +
      'where l.lane = d.lane and l.payment_number = d.payment_number and l.kind = d.kind ' +
      "and l.dispute_number > d.dispute_number and l.state <> 'REFUSED')) " +
      'and not exists (select 1 from dispute_tasks t where t.lane = d.lane ' +
      'and t.payment_number = d.payment_number and t.dispute_number = d.dispute_number ' +
      `and t.kind in ('wallet.answered', ${kinds.slice(1)}) ` +
      'order by d.created_at desc limit $2',
    [partnerId ?? null, most],
  );
}

/** How many notices of outcomes wait, and how many were given up. */
export async function countDisputeNotices(
  database: Database,
  partnerId: string | undefined,
): Promise<{ waiting: number; givenUp: number }> {
  const [row] = await database.query<{ waiting: string; given_up: string }>(
    'select count(*) filter (where t.due_at < $1) as waiting, ' +
      'count(*) filter (where t.due_at = $1) as given_up from dispute_tasks t ' +
      'join disputes d using (lane, payment_number, dispute_number) ' +
      `where t.kind in ${kinds} and ($2::text is null or d.acquirer_id = $2)`,
    [givenUp, partnerId ?? null],
  );
  return { waiting: Number(row?.waiting ?? 0), givenUp: Number(row?.given_up ?? 0) };
}

/** Whether a message told of this dispute's outcome: others of the same interface told before. */
export function tellsOutcome(disputeId: string, body: string): boolean {
  return (
    body.includes(`"disputeId":"${disputeId}"`) &&
    /"disputeNotificationType":"DISPUTE_(JUDGED|CANCELLED)"/.test(body)
  );
}

/** Tells the outcome of a merchant's dispute again. */
export async function replayOutcome(
  { database, rules, run, runDisputes }: NoticeDesk,
  disputeId: string,
): Promise<Replay> {
  const named = readPublicId('dispute', disputeId);
  if (named?.leg === undefined) return 'unknown_payment';
  const { number: paymentNumber, leg: disputeNumber } = named;
  const [[payment], merchants] = await Promise.all([
    run([findByNumberCommand(rules, paymentNumber)]),
    readMerchants(database),
  ]);
  if (payment === undefined || merchants.ofPayment(payment) === undefined) {
    return 'unknown_payment';
  }
  const lane = laneOfSlot(slotOfNumber(paymentNumber), rules.lanes);
  const [task] = await database.query<{ task_number: string }>(
    'select task_number from dispute_tasks where lane = $1 and payment_number = $2 ' +
      `and dispute_number = $3 and kind in ${kinds} order by task_number desc limit 1`,
    [lane, paymentNumber, disputeNumber],
  );
  const taskNumber = task === undefined ? undefined : Number(task.task_number);
  const name = { paymentNumber, disputeNumber, taskNumber };
  const [replay = 'unknown_payment'] = await runDisputes([replayOutcomeCommand(rules.lanes, name)]);
  return replay;
}
