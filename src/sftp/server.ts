// The SFTP server: a participant's machine logs in by its key and reads its own files, no more.

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
/** Connections of one participant at once. */
const mostOfOne = 8;
/** A client that is gone without a word is found out by questions at this interval. */
const aliveMs = 30_000;
/** Keys that one connection may offer. */
const mostTries = 6;

export async function startSftp(options: SftpOptions): Promise<SftpServer> {
  const { failed, host, port, hostKey } = options;
  /** Connections with the participant that has logged in, or nobody yet. */
  const connections = new Map<Connection, string>();
  const server = new ssh2.Server({
    hostKeys: [hostKey.privateKey],
    ident: 'Wayfare',
    keepaliveInterval: aliveMs,
  });
  server.on('connection', (connection: Connection) => {
    if (connections.size >= mostConnections) return void connection.end();
    connections.set(connection, '');
    connection.on('close', () => connections.delete(connection));
    // A broken connection is its client's trouble; what the server fails at is told elsewhere.
    connection.on('error', () => connection.end());
    attend(options, connection, connections);
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
        for (const connection of connections.keys()) connection.end();
      }),
  };
}

/** One connection: a login by key, then sessions that speak SFTP and nothing else. */
function attend(
  options: SftpOptions,
  connection: Connection,
  connections: Map<Connection, string>,
): void {
  const { delivery, failed } = options;
  /** Who has proved to hold a key; a question whether a key would do proves nothing. */
  let proved = '';
  let tries = 0;
  const deadline = setTimeout(() => connection.end(), loginMs);
  connection.once('close', () => clearTimeout(deadline));
  connection.on('authentication', (context) => {
    if (tries++ > mostTries * 2) return void connection.end();
    allowed(options.database, context).then(
      (verdict) => {
        const own = [...connections.values()].filter((each) => each === context.username);
        if (verdict === 'no' || own.length >= mostOfOne) return context.reject(['publickey']);
        if (verdict === 'proved') proved = context.username;
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
    // Whatever is asked from now on, this connection is this participant's.
    const participantId = proved;
    connections.set(connection, participantId);
    connection.on('session', (accept) => {
      const session = accept();
      session.on('sftp', (acceptSftp) => {
        serveFiles({ delivery, participantId, sftp: acceptSftp(), failed });
      });
    });
  });
}

/** By key only; the first round asks whether a key would do, the second proves that it is held. */
async function allowed(
  database: Database,
  context: AuthContext,
): Promise<'no' | 'asked' | 'proved'> {
  if (context.method !== 'publickey') return 'no';
  const keys = await keysToLogIn(database, context.username);
  const key = keys.find((each: ParsedKey) => each.getPublicSSH().equals(context.key.data));
  if (key === undefined) return 'no';
  const { signature, blob, hashAlgo } = context;
  if (signature === undefined || blob === undefined) return 'asked';
  return key.verify(blob, signature, hashAlgo) === true ? 'proved' : 'no';
}
