// The whole network as `npm start` runs it, in a process and a home of its own, for tests that look
// at it from outside.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { inject } from 'vitest';
import { scratchDirectory } from '../../src/host/scratch.ts';
import { askDesk } from './desk.ts';
import { type NetworkProcess, startNetworkIn } from './networkProcess.ts';

export interface RunningNetwork {
  /** The address that the ready line names. */
  readonly url: string;
  /** Its home: for commands that are run beside it. */
  readonly home: string;
  /** One call of the sandbox's or the console's JSON API; throws unless the answer is a success. */
  call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T>;
  /** Ends every process of the network and removes its home. */
  stop(): Promise<void>;
}

/**
 * Starts a network on a copy of a home that was started once and has seen nothing since: its keys
 * are made and its database is migrated, which takes longer than all the rest.
 */
export async function startNetwork(): Promise<RunningNetwork> {
  const template = await askDesk<string>(inject('networkDesk'), 'The network to copy');
  const home = scratchDirectory('journey');
  let running: NetworkProcess | undefined;
  const stop = async () => {
    await running?.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    copyHome(template, home);
    running = await startNetworkIn(home);
  } catch (error) {
    await stop();
    throw error;
  }
  const { url } = running;
  return { url, home, call: (method, at, body) => call(url + at, method, body), stop };
}

/** Copies a home that nobody works in; its files keep their owners, as Postgres demands. */
function copyHome(from: string, to: string): void {
  const copied = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(`The home was not copied: ${copied.stderr}`);
}

async function call<T>(url: string, method: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: HTTP ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
