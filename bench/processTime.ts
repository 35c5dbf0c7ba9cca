// CPU time of processes that are not ours to ask: Postgres and its children, as Linux counts it.

import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's unit of process times everywhere but on some Alphas: a hundredth of a second. */
const tickMicros = 10_000;

interface Stat {
  readonly parent: number;
  readonly own: number;
  /** Of its children that have ended and were waited for. */
  readonly ended: number;
}

/**
 * Microseconds of CPU used by a process and its children so far; undefined where there is no
 * /proc. Only the difference of two looks says something, to a hundredth of a second.
 */
export function cpuMicrosOfFamily(pid: number): number | undefined {
  const head = statOf(pid);
  if (head === undefined) return undefined;
  let ticks = head.own + head.ended;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (stat?.parent === pid) ticks += stat.own + stat.ended;
  }
  return ticks * tickMicros;
}

/** Fields 4 and 14 to 17 of /proc/<pid>/stat; the name before them may contain anything. */
function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended between two looks, or this is not Linux.
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) };
}
