// A command of the product as a process of its own: how long it takes, and how much memory.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConnectionParts } from '../src/host/connection.ts';

export interface Measured {
  readonly seconds: number;
  /** The most that the process had resident. */
  readonly peakMegabytes: number;
  /** The most that server processes had for themselves, those that worked for it together. */
  readonly serverMegabytes: number;
  readonly output: string;
}

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const lookMs = 50;

/** Runs `wayfare` with these words; `servers` are the server processes that work for it now. */
export async function measureCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  servers: () => Promise<readonly number[]>,
): Promise<Measured> {
  const from = performance.now();
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let [peak, serverPeak] = [0, 0];
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    peak = Math.max(peak, megabytesOf(child.pid ?? 0, 'VmHWM'));
    let sum = 0;
    for (const pid of await servers()) sum += megabytesOf(pid, 'RssAnon');
    serverPeak = Math.max(serverPeak, sum);
    isLooking = false;
  };
  const timer = setInterval(() => void look(), lookMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(timer);
  const seconds = (performance.now() - from) / 1_000;
  if (code !== 0) throw new Error(`wayfare ${words.join(' ')} ended with ${code}`);
  return { seconds, peakMegabytes: peak, serverMegabytes: serverPeak, output };
}

/** Memory of a process as Linux counts it; elsewhere what is resident now. 0 when it is gone. */
function megabytesOf(pid: number, what: 'VmHWM' | 'RssAnon'): number {
  try {
    if (process.platform !== 'linux') {
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1_024;
    }
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    // It ended between two looks.
    return 0;
  }
}

/** The address by which a command reaches the benchmark's own server. */
export function databaseUrl({ host, port, user, password, database }: ConnectionParts): string {
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgresql://${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
