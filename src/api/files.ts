// Settlement files over HTTP: a signed GET gives a participant the list of its files, or one file.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Delivery } from '../files/deliveryCommands.ts';
import { pathOf, type SettlementFile } from '../files/settlementFile.ts';
import { type Entry, entryAt, type Folder } from '../files/tree.ts';
import { requestUri } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';
import type { Hub } from './hub.ts';
import { callerOf, sendSigned } from './signedGet.ts';

const root = '/files';

/**
 * `GET /files` and `GET /files/<path>` (docs/guides/files.md). The request is signed as every
 * message is, over an empty body; the list is a signed answer with the digest of every file, by
 * which whoever fetches one checks it. Somebody else's file is as absent as one that never was.
 */
export function fileRoutes(
  scope: FastifyInstance,
  hub: Hub,
  delivery: Delivery,
  isSandbox: boolean,
): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const uri = requestUri(request.originalUrl);
    const caller = await callerOf(hub, request, uri);
    if ('problem' in caller) {
      return reply.code(401).send({ error: { code: caller.code, message: caller.problem } });
    }
    const tree = await delivery.tree(caller.participantId);
    const entry = entryAt(tree, decodedPath(uri));
    if (entry === undefined) {
      const message = 'You have no file of this name.';
      return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
    }
    if (entry.kind === 'file') return sendFile(reply, delivery, entry.file, hub);
    const files = filesIn(entry).map((file) => listed(file, isSandbox));
    return sendSigned(reply, hub, caller, uri, JSON.stringify({ files }));
  };
  // A HEAD would count as having been fetched.
  scope.get(root, { exposeHeadRoute: false }, answer);
  scope.get(`${root}/*`, { exposeHeadRoute: false }, answer);
}

/** The part of the target behind `/files`; a text that is no path leads to nothing. */
function decodedPath(uri: string): string {
  const path = uri.split('?', 1)[0]?.slice(root.length) ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return '/\0';
  }
}

/** All files of a folder and of those in it, the latest first as they were read. */
function filesIn(folder: Folder): SettlementFile[] {
  return [...folder.entries.values()].flatMap((entry: Entry) =>
    entry.kind === 'file' ? [entry.file] : filesIn(entry),
  );
}

function listed(file: SettlementFile, isSandbox: boolean) {
  return {
    path: `/${pathOf(file, isSandbox).join('/')}`,
    kind: file.kind,
    batchId: file.batchId,
    settlementCurrency: file.currency,
    seq: file.seq,
    sizeBytes: file.sizeBytes,
    sha256: file.digest,
    madeAt: formatTime(file.madeAt),
  };
}

/** Streams a file; once its last byte has been taken it counts as fetched. */
async function sendFile(
  reply: FastifyReply,
  delivery: Delivery,
  file: SettlementFile,
  hub: Hub,
): Promise<FastifyReply> {
  const content = await delivery.open(file);
  if (content === undefined) {
    const message = 'This file was corrected: fetch the one of the next number.';
    return reply.code(410).send({ error: { code: 'GONE', message } });
  }
  const stream = content.createReadStream();
  reply.raw.once('finish', () => {
    delivery
      .fetched(file, 'http')
      .catch((error: unknown) => hub.failed('noting that a file was fetched', error));
  });
  const isXml = file.name.endsWith('.xml');
  return reply
    .header('content-type', isXml ? 'application/xml' : 'text/csv; charset=UTF-8')
    .header('content-length', String(file.sizeBytes))
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .header('digest', `sha-256=${Buffer.from(file.digest, 'hex').toString('base64')}`)
    .send(stream);
}
