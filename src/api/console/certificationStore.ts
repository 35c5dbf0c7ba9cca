// SQL of certification runs: what a certifier reported of a partner, case by case.

import type { Database, Statement } from '../../base/world.ts';

/** Runs that are kept of one Client-Id; an older one goes when a new one begins. */
const keptRuns = 20;

/** What every report of a run says of the run itself. */
export interface ReportedRun {
  readonly runId: string;
  readonly clientId: string;
  readonly role: 'wallet' | 'acquirer';
  readonly url: string;
  /** How many cases it has. */
  readonly cases: number;
}

/** One case as its certifier reported it. */
export interface ReportedCase {
  /** Its place in the run, from 1. */
  readonly ordinal: number;
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly verdict: 'pass' | 'fail' | 'skipped';
  readonly problem: string | null;
  readonly hint: string | null;
  readonly calls: readonly object[];
}

/** A run as stored, with its verdicts counted. */
export interface RunRow {
  readonly run_id: string;
  readonly client_id: string;
  readonly role: 'wallet' | 'acquirer';
  readonly url: string;
  readonly cases: number;
  readonly begun_at: string;
  readonly heard_at: string;
  readonly ended_at: string | null;
  readonly debited_currency: string | null;
  readonly debited_amount: string | null;
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
}

export interface CaseRow {
  readonly ordinal: number;
  readonly case_id: string;
  readonly title: string;
  readonly source: string;
  readonly verdict: 'pass' | 'fail' | 'skipped';
  readonly problem: string | null;
  readonly hint: string | null;
  readonly calls: string;
}

/** Writes a case, and its run where this is the first that is heard of it. Again is the same. */
export async function writeCase(
  database: Database,
  run: ReportedRun,
  reported: ReportedCase,
  now: number,
): Promise<void> {
  await database.session('certification').run([
    { text: 'begin', values: [] },
    runHeard(run, now),
    {
      text:
        'insert into certification_cases (run_id, ordinal, case_id, title, source, verdict, ' +
        'problem, hint, calls) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) ' +
        'on conflict (run_id, ordinal) do nothing',
      values: [
        run.runId,
        reported.ordinal,
        reported.id,
        reported.title,
        reported.source,
        reported.verdict,
        reported.problem,
        reported.hint,
        JSON.stringify(reported.calls),
      ],
    },
    {
      text:
        'delete from certification_runs where run_id in (select run_id from certification_runs ' +
        'where client_id = $1 order by begun_at desc, run_id desc offset $2::integer)',
      values: [run.clientId, keptRuns],
    },
    { text: 'commit', values: [] },
  ]);
}

function runHeard({ runId, clientId, role, url, cases }: ReportedRun, now: number): Statement {
  return {
    text:
      'insert into certification_runs (run_id, client_id, role, url, cases, begun_at, heard_at) ' +
      'values ($1, $2, $3, $4, $5, $6, $6) ' +
      'on conflict (run_id) do update set heard_at = excluded.heard_at',
    values: [runId, clientId, role, url, cases, now],
  };
}

/** Ends a run; false when nothing was heard of it before. */
export async function endRun(
  database: Database,
  runId: string,
  debited: { readonly currency: string; readonly value: string } | undefined,
  now: number,
): Promise<boolean> {
  const rows = await database.query(
    'update certification_runs set ended_at = coalesce(ended_at, $2::bigint), ' +
      'heard_at = $2::bigint, debited_currency = $3, debited_amount = $4 ' +
      'where run_id = $1 returning run_id',
    [runId, now, debited?.currency ?? null, debited?.value ?? null],
  );
  return rows.length === 1;
}

const runs =
  'select r.*, ' +
  "count(c.run_id) filter (where c.verdict = 'pass') as passed, " +
  "count(c.run_id) filter (where c.verdict = 'fail') as failed, " +
  "count(c.run_id) filter (where c.verdict = 'skipped') as skipped " +
  'from certification_runs r left join certification_cases c on c.run_id = r.run_id ';

/** The last runs, the newest first; of one Client-Id where it is named. */
export function readRuns(
  database: Database,
  clientId: string | undefined,
  most: number,
): Promise<RunRow[]> {
  return database.query<RunRow>(
    `${runs}where $1::text is null or r.client_id = $1 group by r.run_id ` +
      'order by r.begun_at desc, r.run_id desc limit $2',
    [clientId ?? null, most],
  );
}

/** One run with its cases in their order. */
export async function readRun(
  database: Database,
  runId: string,
): Promise<{ readonly run: RunRow; readonly cases: CaseRow[] } | undefined> {
  const [run] = await database.query<RunRow>(`${runs}where r.run_id = $1 group by r.run_id`, [
    runId,
  ]);
  if (run === undefined) return undefined;
  const cases = await database.query<CaseRow>(
    'select ordinal, case_id, title, source, verdict, problem, hint, calls ' +
      'from certification_cases where run_id = $1 order by ordinal',
    [runId],
  );
  return { run, cases };
}
