// Certification runs over HTTP: a certifier reports them as any outsider would, a page reads them.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import type { Directory } from '../../network/directory.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';
import {
  type CaseRow,
  endRun,
  type RunRow,
  readRun,
  readRuns,
  writeCase,
} from './certificationStore.ts';

/** A case of 32 calls at once, each with two shortened bodies. */
const largestReport = 256 * 1024;
const mostRuns = 50;
/** A certifier that has not been heard for this long is gone; customers may take half a minute. */
const silentAfterMs = 3 * 60_000;

const text = (most: number) => z.string().min(1).max(most);
const runId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, 'must be 8 to 64 letters, digits or -');

const call = z.strictObject({
  api: text(64),
  sent: z.string().max(4_096),
  answered: z.string().max(4_096).nullable(),
  signatureProblem: z.string().max(2_048).nullable(),
  tookMs: z.number(),
});

const caseReport = z.strictObject({
  run: z.strictObject({
    clientId: text(64),
    role: z.enum(['wallet', 'acquirer']),
    url: text(2_048),
    cases: z.number().int().min(1).max(1_000),
  }),
  case: z.strictObject({
    ordinal: z.number().int().min(1).max(1_000),
    id: text(64),
    title: text(512),
    source: text(512),
    verdict: z.enum(['pass', 'fail', 'skipped']),
    problem: text(4_096).nullable(),
    hint: text(4_096).nullable(),
    calls: z.array(call).max(200),
  }),
});

const endReport = z.strictObject({
  debited: z
    .strictObject({ currency: z.string().length(3), value: z.string().regex(/^[0-9]{1,18}$/) })
    .optional(),
});

/** Registers `/console/api/certifications`. */
export function certificationRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const options = { bodyLimit: largestReport };

  server.post<ById>('/console/api/certifications/:runId/cases', options, async (request, reply) => {
    const id = runId.safeParse(request.params.runId);
    if (!id.success) return reply.code(400).send(illegal(id.error, 'runId'));
    const body = caseReport.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const run = { runId: id.data, ...body.data.run };
    await writeCase(database, run, body.data.case, hub.clock.now());
    return { runId: id.data };
  });

  server.post<ById>('/console/api/certifications/:runId/end', async (request, reply) => {
    const body = endReport.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { debited } = body.data;
    const ended = await endRun(database, request.params.runId, debited, hub.clock.now());
    return ended ? { runId: request.params.runId } : reply.code(404).send(noSuchRun);
  });

  server.get<{ Querystring: { clientId?: string } }>(
    '/console/api/certifications',
    async (request) => {
      const { clientId } = request.query;
      const rows = await readRuns(database, clientId || undefined, mostRuns);
      const { directory } = hub.configuration.rules();
      return { runs: rows.map((row) => runView(row, directory, hub.clock.now())) };
    },
  );

  server.get<ById>('/console/api/certifications/:runId', async (request, reply) => {
    const found = await readRun(database, request.params.runId);
    if (found === undefined) return reply.code(404).send(noSuchRun);
    const { directory } = hub.configuration.rules();
    const run = runView(found.run, directory, hub.clock.now());
    return { run, cases: found.cases.map(caseView) };
  });
}

interface ById {
  Params: { runId: string };
}

const noSuchRun = refusal('NOT_FOUND', 'There is no run of this id.');

export function runView(row: RunRow, directory: Directory, now: number) {
  const participant = directory.participants.find((each) => each.clientId === row.client_id);
  const silent = now - Number(row.heard_at) > silentAfterMs;
  return {
    runId: row.run_id,
    clientId: row.client_id,
    /** A partner may be certified before it is in the network. */
    name: participant?.name ?? row.client_id,
    role: row.role,
    url: row.url,
    state: row.ended_at !== null ? 'ended' : silent ? 'broken_off' : 'running',
    cases: row.cases,
    counts: { pass: Number(row.passed), fail: Number(row.failed), skipped: Number(row.skipped) },
    begunAt: new Date(Number(row.begun_at)).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(Number(row.ended_at)).toISOString(),
    debited:
      row.debited_currency === null || row.debited_amount === null
        ? null
        : { currency: row.debited_currency, value: row.debited_amount },
  };
}

export function caseView(row: CaseRow) {
  return {
    ordinal: row.ordinal,
    id: row.case_id,
    title: row.title,
    source: row.source,
    verdict: row.verdict,
    problem: row.problem,
    hint: row.hint,
    calls: JSON.parse(row.calls) as unknown,
  };
}
