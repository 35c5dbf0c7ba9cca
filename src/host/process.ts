// Other processes of this machine: whether one lives, which one it is, when it is gone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with this id exists; a zombie (dead, not yet reaped) does not count. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || linuxStat(pid)?.state !== 'Z';
}

/**
 * A text that tells this process from an earlier or later one with the same id: its start time,
 * and on Linux the boot it belongs to. Undefined if no such process runs.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  if (process.platform === 'linux') {
    const stat = linuxStat(pid);
    if (!stat) return undefined;
    return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${stat.startTicks}`;
  }
  return ps(pid, 'lstart');
}

/** The command line of a process, its words joined by blanks; undefined if it cannot be read. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'command');
  return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
}

/** Resolves to true once the process is gone, or to false after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Fields 3 and 22 of /proc/<pid>/stat; the name before them may contain blanks and brackets. */
function linuxStat(pid: number): { state: string; startTicks: string } | undefined {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

function ps(pid: number, column: string): string | undefined {
  const answer = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process ended between two looks, or this is not Linux.
    return undefined;
  }
}
