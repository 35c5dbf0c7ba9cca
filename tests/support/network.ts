// The whole network as `npm start` runs it, in a process and a home of its own, for tests that look
// at it from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = /Wayfare is ready: (\S+)/;
/** After this an end that was asked for is forced. */
const STOP_MS = 15_000;

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

/** Starts the network and waits for its ready line; the channel ends it if the tests are killed. */
export async function startNetwork(): Promise<RunningNetwork> {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-journeys-'));
  const { DATABASE_URL: _, HOST: __, ...environment } = process.env;
  const child = spawn(process.execPath, ['bin/run.mjs', 'src/main.ts'], {
    cwd: ROOT,
    // Days are closed when a journey says so.
    env: { WAYFARE_CLOSING: 'off', ...environment, WAYFARE_HOME: home, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  try {
    const url = await readyAddress(child);
    return { url, home, call: (method, at, body) => call(url + at, method, body), stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop(): Promise<void> {
    await ended(child);
    rmSync(home, { recursive: true, force: true });
  }
}

/** The address of the ready line; what was printed instead when the process ends before it. */
function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk;
      const [, url] = READY.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The network did not start:\n${printed}`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(force);
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
