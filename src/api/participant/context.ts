// What every route of a participant's pages works with.

import type { FastifyRequest } from 'fastify';
import type { Database } from '../../base/world.ts';
import type { Participant } from '../../network/participant.ts';
import type { Own } from '../access.ts';
import type { Hub } from '../hub.ts';

export interface OwnContext {
  readonly hub: Hub;
  readonly database: Database;
  /** Who asks, from the session. */
  own(request: FastifyRequest): Own & { readonly participant: Participant };
}
