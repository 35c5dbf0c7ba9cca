// What the developer pages read: the OpenAPI documents, and the public keys of the partners.

import type { FastifyInstance } from 'fastify';
import type { Hub } from '../hub.ts';
import { merchantOpenApiText } from './merchantOpenapi.ts';
import { openApiText } from './openapi.ts';

/**
 * Registers /openapi.json, /openapi-merchant.json and /console/api/keys. `version` is that of this
 * program.
 */
export function referenceRoutes(server: FastifyInstance, hub: Hub, version: string): void {
  const documents = {
    '/openapi.json': openApiText(version),
    '/openapi-merchant.json': merchantOpenApiText(version),
  };
  for (const [path, document] of Object.entries(documents)) {
    server.get(path, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('application/json').send(document),
    );
  }
  server.get('/console/api/keys', async () => ({ clients: clients(hub) }));
}

/** Every partner with its public keys: what a signature can be tried against. */
function clients(hub: Hub) {
  const { directory } = hub.configuration.rules();
  return directory.participants.map((each) => ({
    clientId: each.clientId,
    name: each.name,
    role: each.role,
    keys: directory.credentials(each.participantId).map(({ keyVersion, algorithm, key }) => ({
      keyVersion,
      algorithm,
      publicKey: String(key.export({ type: 'spki', format: 'pem' })),
    })),
  }));
}
