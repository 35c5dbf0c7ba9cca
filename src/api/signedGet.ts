// Signed requests beside the partner API: who asks, judged by the signature, and a signed answer.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Participant } from '../network/participant.ts';
import { openRequestBy, sealResponse } from '../wire/envelope.ts';
import { formatTime } from '../wire/time.ts';
import type { Hub } from './hub.ts';

/** Why a caller is not taken for anybody, with the protocol's own code. */
export interface Refused {
  readonly code: string;
  readonly problem: string;
}

/** The participant that signed a request, as every message is; a GET has an empty body. */
export async function callerOf(
  hub: Hub,
  request: FastifyRequest,
  uri: string,
  body: string | Buffer = '',
): Promise<Participant | Refused> {
  const { directory, timing } = hub.configuration.rules();
  const opened = await openRequestBy(hub.signatures, {
    method: request.method,
    uri,
    headers: request.headers,
    body,
    keys: (clientId, keyVersion) => {
      const client = directory.byClientId(clientId);
      if (client === undefined || !client.enabled) return 'unknown_client';
      return directory.credential(client.participantId, keyVersion) ?? 'unknown_key';
    },
    now: hub.now(),
    toleranceMs: timing.timeToleranceMs,
  });
  if (!opened.ok) return { code: opened.resultCode, problem: opened.detail };
  return directory.byClientId(opened.clientId) as Participant;
}

/** Sends a body to a participant, signed with the network's key. */
export async function sendSigned(
  reply: FastifyReply,
  hub: Hub,
  { participantId, clientId }: Participant,
  uri: string,
  body: string,
): Promise<FastifyReply> {
  const { directory } = hub.configuration.rules();
  const [credential] = directory.credentials(participantId);
  const algorithm = credential?.algorithm ?? 'RSA256';
  const headers = await sealResponse(
    {
      method: reply.request.method,
      uri,
      clientId,
      time: formatTime(hub.now()),
      body,
      algorithm,
      key: hub.keys.key(algorithm),
      keyVersion: hub.keys.keyVersion,
    },
    hub.signatures,
  );
  return reply.headers(headers).send(body);
}
