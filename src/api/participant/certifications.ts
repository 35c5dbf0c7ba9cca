// The certification runs of one participant: those that were reported with its own Client-Id.

import type { FastifyInstance } from 'fastify';
import { caseView, runView } from '../console/certificationRoutes.ts';
import { readRun, readRuns } from '../console/certificationStore.ts';
import { refusal } from '../refusal.ts';
import type { OwnContext } from './context.ts';

const mostRuns = 20;

/** `GET /participant/api/certifications` and `…/certifications/:runId`. */
export function ownCertificationRoutes(
  server: FastifyInstance,
  { hub, database, own }: OwnContext,
): void {
  server.get('/participant/api/certifications', async (request) => {
    const { participant } = own(request);
    const rows = await readRuns(database, participant.clientId, mostRuns);
    const { directory } = hub.configuration.rules();
    return { runs: rows.map((row) => runView(row, directory, hub.clock.now())) };
  });

  server.get<{ Params: { runId: string } }>(
    '/participant/api/certifications/:runId',
    async (request, reply) => {
      const { participant } = own(request);
      const found = await readRun(database, request.params.runId);
      if (found === undefined || found.run.client_id !== participant.clientId) {
        return reply.code(404).send(refusal('NOT_FOUND', 'There is no run of this id.'));
      }
      const { directory } = hub.configuration.rules();
      const run = runView(found.run, directory, hub.clock.now());
      return { run, cases: found.cases.map(caseView) };
    },
  );
}
