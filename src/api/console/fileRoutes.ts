// Settlement files for the operator's pages: which there are, who has fetched them, and each one.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../../base/world.ts';
import type { Delivery } from '../../files/deliveryCommands.ts';
import { isForBank, pathOf, type SettlementFile } from '../../files/settlementFile.ts';
import { findFile, readFiles } from '../../files/store.ts';
import { refusal } from '../refusal.ts';

/** Files shown at once: the latest. */
const shown = 200;

/** Everything under `/console/api/files`. */
export function consoleFileRoutes(
  server: FastifyInstance,
  database: Database,
  { delivery, isSandbox }: { readonly delivery: Delivery; readonly isSandbox: boolean },
): void {
  server.get<{ Querystring: { participantId?: string | readonly string[] } }>(
    '/console/api/files',
    async (request) => {
      const { participantId } = request.query;
      const one = typeof participantId === 'string' ? participantId : undefined;
      const files = await readFiles(database, { participantId: one, most: shown });
      return { files: files.map((file) => fileView(file, isSandbox)) };
    },
  );

  server.get<{ Params: { name: string } }>('/console/api/files/:name', async (request, reply) => {
    const file = await findFile(database, request.params.name);
    const content = file === undefined ? undefined : await delivery.open(file);
    if (file === undefined || content === undefined) {
      const message = 'There is no file of this name.';
      return reply.code(404).send(refusal('NOT_FOUND', message));
    }
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', String(file.sizeBytes))
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(content.createReadStream());
  });
}

/** A file as pages and `wayfare files list --json` show it. */
export function fileView(file: SettlementFile, isSandbox: boolean) {
  return {
    name: file.name,
    path: isForBank(file.kind) ? null : `/${pathOf(file, isSandbox).join('/')}`,
    kind: file.kind,
    batchId: file.batchId,
    participantId: file.participantId,
    currency: file.currency,
    seq: file.seq,
    sizeBytes: file.sizeBytes,
    sha256: file.digest,
    madeAt: new Date(file.madeAt).toISOString(),
    fetchedAt: file.fetchedAt === null ? null : new Date(file.fetchedAt).toISOString(),
    fetchedBy: file.fetchedBy,
    fetchCount: file.fetchCount,
  };
}
