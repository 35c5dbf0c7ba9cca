// The SFTP server: a participant's machine logs in by its key and reads its own files, no more.

import type { Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey } from 'ssh2';
import type { Database } from '../base/world.ts';
import type { Delivery } from '../files/deliveryCommands.ts';
import { type HostKey, keysToLogIn } from './keyStore.ts';
import { serveFiles } from './session.ts';

export interface SftpOptions {
  readonly database: Database;
  readonly delivery: Delivery;
  readonly hostKey: HostKey;
  readonly host: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly failed: (what: string, error: unknown) => void;
}

export interface SftpServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Connections at once, in all: partners fetch a few files a day. */
const mostConnections = 64;
/** Who has not logged in by then is cut off. */
const loginMs = 15_000;
/** A connection on which nothing is asked for so long is cut off. */
const idleMs = 10 * 60_000;
/** Keys that one connection may offer. */
const mostTries = 6;

export async function startSftp(options: SftpOptions): Promise<SftpServer> {
  const { failed, host, port, hostKey } = options;
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey], ident: 'Wayfare' });
  server.on('connection', (connection: Connection) => {
    if (connections.size >= mostConnections) return void connection.end();
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    // A broken connection is its client's trouble; what the server fails at is told elsewhere.
    connection.on('error', () => connection.end());
    attend(options, connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', (error: unknown) => failed('the SFTP server', error));
  return {
    port: (server.address() as { port: number }).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.end();
      }),
  };
}

/** One connection: a login by key, then sessions that speak SFTP and nothing else. */
function attend(options: SftpOptions, connection: Connection): void {
  const { delivery, failed } = options;
  let participantId = '';
  let tries = 0;
  const socketOf = connection as unknown as { readonly _sock?: Socket };
  const deadline = setTimeout(() => connection.end(), loginMs);
  connection.once('close', () => clearTimeout(deadline));
  connection.on('authentication', (context) => {
    if (tries++ > mostTries * 2) return void connection.end();
    allowed(options.database, context).then(
      (isAllowed) => {
        if (!isAllowed) return context.reject(['publickey']);
        participantId = context.username;
        context.accept();
      },
      (error: unknown) => {
        failed('a login by SFTP', error);
        context.reject(['publickey']);
      },
    );
  });
  connection.once('ready', () => {
    clearTimeout(deadline);
    socketOf._sock?.setTimeout(idleMs, () => connection.end());
    connection.on('session', (accept) => {
      const session = accept();
      session.on('sftp', (acceptSftp) => {
        serveFiles({ delivery, participantId, sftp: acceptSftp(), failed });
      });
    });
  });
}

/** By key only; the first round asks whether a key would do, the second proves that it is held. */
async function allowed(database: Database, context: AuthContext): Promise<boolean> {
  if (context.method !== 'publickey') return false;
  const keys = await keysToLogIn(database, context.username);
  const key = keys.find((each: ParsedKey) => each.getPublicSSH().equals(context.key.data));
  if (key === undefined) return false;
  const { signature, blob, hashAlgo } = context;
  if (signature === undefined || blob === undefined) return true;
  return key.verify(blob, signature, hashAlgo) === true;
}
