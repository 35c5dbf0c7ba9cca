// A participant's own pages over HTTP: whatever it asks for, it sees its own and nothing else.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../../base/world.ts';
import type { Delivery } from '../../files/deliveryCommands.ts';
import { guardParticipant } from '../access.ts';
import type { Hub } from '../hub.ts';
import { ownBatchRoutes } from './batches.ts';
import { ownCertificationRoutes } from './certifications.ts';
import type { OwnContext } from './context.ts';
import { ownDisputeRoutes } from './disputes.ts';
import { ownFileRoutes } from './files.ts';
import { ownNoticeRoutes } from './notices.ts';
import { ownOverviewRoutes } from './overview.ts';

/** Everything under `/participant/api`. */
export function participantRoutes(
  scope: FastifyInstance,
  hub: Hub,
  database: Database,
  files: { readonly delivery: Delivery; readonly isSandbox: boolean } | undefined,
): void {
  const { own } = guardParticipant(scope, hub, database);
  const context: OwnContext = {
    hub,
    database,
    own(request) {
      const known = own(request);
      const participant = hub.configuration.rules().directory.byId(known.participantId);
      if (participant === undefined) throw new Error(`${known.participantId} is in no directory`);
      return { ...known, participant };
    },
  };
  ownOverviewRoutes(scope, context);
  ownBatchRoutes(scope, context);
  ownDisputeRoutes(scope, context);
  ownNoticeRoutes(scope, context);
  ownCertificationRoutes(scope, context);
  if (files !== undefined) ownFileRoutes(scope, context, files);
}
