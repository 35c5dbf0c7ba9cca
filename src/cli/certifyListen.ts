// For the certification of what a partner begins: a port in the network's place, and tasks on the
// terminal for whoever is at the partner.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../base/world.ts';
import { createHearing, type Hearing } from '../certify/hearing.ts';
import { type Listening, wordsOfTask } from '../certify/listening.ts';
import { bodyLengthLimit } from '../wire/messages.ts';
import { createPartnerServer, type PartnerServer } from '../wire/partnerServer.ts';

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly patienceMs: number;
  readonly clock: Clock;
  /** Verifies the partner's calls, and signs our answers with the network's key. */
  readonly door: Omit<Parameters<typeof createPartnerServer>[0], 'clock'>;
}

/** An open port; `listening` is what the certification needs of it. */
export interface OpenEar {
  readonly listening: Listening;
  readonly url: string;
  close(): Promise<void>;
}

/** Listens in the network's place; rejects when the port is taken. */
export async function listenAt(options: ListenOptions): Promise<OpenEar> {
  const { clock, patienceMs, host } = options;
  const hearing = createHearing(clock, patienceMs);
  const door = createPartnerServer({ ...options.door, clock });
  const server = createServer((request, response) => {
    answerAs(door, hearing, request, response).catch((error: unknown) =>
      response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${host}:${port}`,
    listening: {
      hearing,
      async ask(task) {
        const words = `Within ${patienceMs / 1_000} s: ${wordsOfTask(task)}\n`;
        process.stderr.write(words);
      },
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerAs(
  door: PartnerServer,
  hearing: Hearing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > bodyLengthLimit) return void response.writeHead(413).end();
    chunks.push(chunk as Buffer);
  }
  const { method = 'POST', url: uri = '/', headers } = request;
  const body = Buffer.concat(chunks);
  const answer = await door.handle({ method, uri, headers, body }, ({ api, bodyText }) =>
    hearing.take(api, bodyText),
  );
  if (answer.verdict !== 'valid') hearing.turnAway(`${uri}: ${answer.verdict}`);
  response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
}
