// Reading the bank's statement: what it confirms is booked, what it does not becomes a break.

import { createHash } from 'node:crypto';
import { inTurn } from '../base/turns.ts';
import type { Database, Session, Statement } from '../base/world.ts';
import { networkAccountName } from '../ledger/account.ts';
import { openAccounts } from '../network/participantStore.ts';
import { type StepReply, type StepWorld, takeStep } from '../settlement/commands.ts';
import {
  balanceBreak,
  batchIdsOf,
  type LineVerdict,
  matchLines,
  statementName,
} from './bankMatch.ts';
import { type BankStatement, readStatements } from './bankStatement.ts';
import {
  batchesFor,
  bookedLines,
  endBalanceBreak,
  nameStatement,
  readBankAccounts,
  runsOfStatement,
} from './bankStore.ts';
import { type FoundBreak, fingerprintOf } from './match.ts';
import { breakIdOf, type FoundCounts, type Run, readCounts, runIdOf } from './reconciliation.ts';
import { finishRun, insertRun, lockAccount, runFrom, runsOfDay, writeBreaks } from './store.ts';

export interface StatementRequest {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly by: string;
  /** Whether batches that are confirmed are put away at once. */
  readonly finish: boolean;
}

/** What became of one statement of a file. */
export type StatementReply =
  | {
      readonly kind: 'read';
      readonly run: Run;
      /** The settlement batches that it confirmed. */
      readonly confirmed: readonly string[];
      /** Lines that were booked before, and entries that the bank has not booked. */
      readonly known: number;
      readonly notBooked: number;
    }
  /** The same statement was read before: nothing happens. */
  | { readonly kind: 'repeated'; readonly run: Run }
  /** No account of the network has this number: `wayfare settle account` adds one. */
  | { readonly kind: 'unknown_account'; readonly account: string; readonly currency: string }
  /** Another file that says it is this statement was read before, and it was whole. */
  | { readonly kind: 'other_statement'; readonly statementId: string; readonly runId: string };

export type FileReply =
  | { readonly kind: 'statements'; readonly statements: readonly StatementReply[] }
  | { readonly kind: 'unusable'; readonly problem: string };

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/** Reads a file of a bank; a fault anywhere in it changes nothing at all. */
export async function readBankFile(
  world: StepWorld,
  request: StatementRequest,
): Promise<FileReply> {
  const reading = readStatements(request.bytes);
  if (!reading.ok) return { kind: 'unusable', problem: reading.problem };
  const file = createHash('sha256').update(request.bytes).digest('hex');
  const statements: StatementReply[] = [];
  for (const [index, statement] of reading.statements.entries()) {
    const digest = reading.statements.length === 1 ? file : `${file}/${index + 1}`;
    statements.push(await readStatement(world, request, statement, digest));
  }
  return { kind: 'statements', statements };
}

async function readStatement(
  world: StepWorld,
  request: StatementRequest,
  statement: BankStatement,
  digest: string,
): Promise<StatementReply> {
  const { database } = world;
  const { currency, account } = statement;
  const ours = await readBankAccounts(database);
  if (!ours.some((each) => each.currency === currency && each.account === account)) {
    return { kind: 'unknown_account', account, currency };
  }
  const accountId = await bankAccountOf(world, currency);
  // Whoever reads at the same time waits for the row of the account, and then finds this run.
  return inTurn(database, 'reconciliation', async (session) => {
    const [, , named = [], rows = []] = await session.run([
      begin,
      lockAccount(accountId),
      runsOfStatement(accountId, statementName(statement)),
      runsOfDay(accountId, statement.day),
    ]);
    const runs = rows.map(runFrom);
    const same = runs.find((run) => run.digest === digest);
    const whole = named.find((row) => readCounts(row[2] as string).balance_differs === undefined);
    if (same !== undefined || whole !== undefined) {
      await session.run([rollback]);
      if (same !== undefined) return { kind: 'repeated', run: same };
      const { statementId } = statement;
      return { kind: 'other_statement', statementId, runId: String(whole?.[0]) };
    }
    const run = startOf(world, request, statement, {
      accountId,
      digest,
      ordinal: runs.length + 1,
    });
    return readInto(world, session, { request, statement, run });
  });
}

interface Reading {
  readonly request: StatementRequest;
  readonly statement: BankStatement;
  readonly run: Run;
}

/**
 * Books what matches, each line in its own transaction, then writes the run with its breaks. A
 * process that dies between is no harm: read again, lines that are booked are known.
 */
async function readInto(
  world: StepWorld,
  session: Session,
  { request, statement, run }: Reading,
): Promise<StatementReply> {
  const { accountId, by, at } = run;
  const wrongBalance = balanceBreak(statement);
  // A statement that does not add up confirms nothing.
  const verdicts = wrongBalance === undefined ? await judge(world.database, statement) : [];
  const confirmed: string[] = [];
  const breaks: FoundBreak[] = wrongBalance === undefined ? [] : [wrongBalance];
  let known = 0;
  for (const verdict of verdicts) {
    if (verdict.kind === 'known') known += 1;
    else if (verdict.kind === 'break') breaks.push(verdict.found);
    else {
      const reply = await confirm(world, request, statement, verdict);
      if (isRefusal(reply)) breaks.push(overtaken(statement, verdict, reply));
      else if (reply.kind === 'differs') known += 1;
      else confirmed.push(verdict.settlementBatchId);
    }
  }
  const counts = countsOf(breaks);
  const name = statementName(statement);
  const numbered = breaks.map((found, index) => ({
    ...found,
    // Two banks may have lines that are alike in all else.
    fingerprint: `${fingerprintOf(found)} at ${statement.account}`,
    breakId: breakIdOf(run.runId, index + 1),
  }));
  const lines = statement.lines.length;
  const matched = confirmed.length + known;
  await session.run([
    insertRun(run),
    nameStatement(run.runId, name),
    ...(numbered.length === 0 ? [] : [writeBreaks(run, numbered, statement.account)]),
    ...(wrongBalance === undefined ? [endBalanceBreak(accountId, name, by, at)] : []),
    finishRun(run.runId, { lines, items: matched, matched }, counts),
    commit,
  ]);
  const finished = { ...run, lines, items: matched, matched, found: counts };
  return { kind: 'read', run: finished, confirmed, known, notBooked: statement.notBooked };
}

async function judge(database: Database, statement: BankStatement): Promise<LineVerdict[]> {
  const { lines, currency } = statement;
  const [batches, booked] = await Promise.all([
    batchesFor(database, [...new Set(lines.flatMap(batchIdsOf))]),
    bookedLines(
      database,
      currency,
      lines.map(({ reference }) => reference),
    ),
  ]);
  return matchLines(statement, { batches, booked });
}

type Match = Extract<LineVerdict, { kind: 'match' }>;

/** What a step says that books nothing. */
type Refusal = Exclude<StepReply, { readonly kind: 'done' | 'repeated' | 'differs' }>;

const isRefusal = (reply: StepReply): reply is Refusal =>
  reply.kind !== 'done' && reply.kind !== 'repeated' && reply.kind !== 'differs';

/**
 * Takes the step that a person takes by hand. Where somebody was faster it says so: the line is
 * booked and its batch waits for the rest (`differs`), or it is not booked.
 */
async function confirm(
  world: StepWorld,
  { by, finish }: StatementRequest,
  { account }: BankStatement,
  { line, settlementBatchId }: Match,
): Promise<StepReply> {
  const { reference: bankReference, amount, valueDay } = line;
  const entry = { bankReference, amount, valueDay, account };
  const reply = await takeStep(world, { settlementBatchId, verb: 'confirm', by, entry });
  const isWhole = reply.kind === 'done' || reply.kind === 'repeated';
  if (isWhole && finish) await takeStep(world, { settlementBatchId, verb: 'finish', by });
  return reply;
}

/** Between looking and booking somebody else took a step: the break says which. */
function overtaken(
  { currency }: BankStatement,
  { line, settlementBatchId }: Match,
  refused: Refusal,
): FoundBreak {
  return {
    ...overtakenBy(refused, settlementBatchId),
    key: `bank/${line.reference}`,
    lineNumber: line.lineNumber,
    ours: null,
    theirs: { currency, amount: line.amount },
    difference: line.amount,
    otherDay: line.valueDay,
  };
}

function overtakenBy(refused: Refusal, id: string): Pick<FoundBreak, 'kind' | 'problem'> {
  switch (refused.kind) {
    case 'wrong_order':
      return { kind: 'not_sent', problem: `it is for ${id}, which is ${refused.state} meanwhile` };
    case 'known_reference': {
      const problem = `its reference was booked meanwhile for ${refused.settlementBatchId}`;
      return { kind: 'duplicate_there', problem };
    }
    case 'no_such_batch':
      return { kind: 'missing_here', problem: `it is for ${id}, which is no batch` };
    case 'same_person':
      return { kind: 'not_sent', problem: `it is for ${id}; ${refused.by} may not confirm that` };
  }
}

function countsOf(breaks: readonly FoundBreak[]): FoundCounts {
  const counts: Record<string, number> = {};
  for (const { kind } of breaks) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function startOf(
  { clock }: StepWorld,
  { fileName, by }: StatementRequest,
  { day }: BankStatement,
  {
    accountId,
    digest,
    ordinal,
  }: { readonly accountId: number; readonly digest: string; readonly ordinal: number },
): Run {
  return {
    runId: runIdOf(day, accountId, ordinal),
    accountId,
    day,
    ordinal,
    fileName,
    digest,
    by,
    at: clock.now(),
    lines: 0,
    items: 0,
    matched: 0,
    found: {},
  };
}

/** The network's account at the bank, opened when a statement of its currency first comes. */
async function bankAccountOf({ database, clock }: StepWorld, currency: string): Promise<number> {
  const name = networkAccountName('bank', currency);
  const read = () =>
    database.query<{ account_id: number }>('select account_id from accounts where name = $1', [
      name,
    ]);
  const [known] = await read();
  if (known !== undefined) return known.account_id;
  await openAccounts(
    database,
    [{ name, currency, kind: 'bank', participantId: null }],
    clock.now(),
  );
  const [opened] = await read();
  if (opened === undefined) throw new Error(`${name} was not opened`);
  return opened.account_id;
}
