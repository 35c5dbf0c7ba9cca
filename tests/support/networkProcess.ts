// The whole network as `npm start` runs it: a process that works in a home which the caller names.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = /Wayfare is ready: (\S+)/;
/** After this an end that was asked for is forced: it hangs, on a machine however busy. */
const STOP_MS = 60_000;

export interface NetworkProcess {
  /** The address that the ready line names. */
  readonly url: string;
  /** Ends every process of the network; its home stays. */
  stop(): Promise<void>;
}

/** Starts the network and waits for its ready line; the channel ends it if the tests are killed. */
export async function startNetworkIn(home: string): Promise<NetworkProcess> {
  const { DATABASE_URL: _, HOST: __, ...environment } = process.env;
  const child = spawn(process.execPath, ['bin/run.mjs', 'src/main.ts'], {
    cwd: ROOT,
    // Days are closed when a journey says so.
    env: { WAYFARE_CLOSING: 'off', ...environment, WAYFARE_HOME: home, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  try {
    return { url: await readyAddress(child), stop: () => ended(child) };
  } catch (error) {
    await ended(child);
    throw error;
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
