// A participant's settlement files: the list with every digest, and each one.

import type { FastifyInstance } from 'fastify';
import type { Delivery } from '../../files/deliveryCommands.ts';
import { isForBank } from '../../files/settlementFile.ts';
import { findFile, readOwnFiles } from '../../files/store.ts';
import { fileView } from '../console/fileRoutes.ts';
import { refusal } from '../refusal.ts';
import type { OwnContext } from './context.ts';

/** Files shown at once: the latest. */
const shown = 200;

/** `GET /participant/api/files` and `…/files/:name`. */
export function ownFileRoutes(
  server: FastifyInstance,
  { hub, database, own }: OwnContext,
  { delivery, isSandbox }: { readonly delivery: Delivery; readonly isSandbox: boolean },
): void {
  server.get('/participant/api/files', async (request) => {
    const files = await readOwnFiles(database, own(request).participantId, shown);
    return { files: files.map((file) => fileView(file, isSandbox)) };
  });

  server.get<{ Params: { name: string } }>(
    '/participant/api/files/:name',
    // A HEAD would count as having been fetched.
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { participantId } = own(request);
      const file = await findFile(database, request.params.name);
      const isOwn = file?.participantId === participantId && !isForBank(file.kind);
      const content = file !== undefined && isOwn ? await delivery.open(file) : undefined;
      if (file === undefined || content === undefined) {
        return reply.code(404).send(refusal('NOT_FOUND', 'You have no file of this name.'));
      }
      reply.raw.once('finish', () => {
        delivery
          .fetched(file, 'http')
          .catch((error: unknown) => hub.failed('noting that a file was fetched', error));
      });
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-length', String(file.sizeBytes))
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .header('digest', `sha-256=${Buffer.from(file.digest, 'hex').toString('base64')}`)
        .send(content.createReadStream());
    },
  );
}
