// The file in which an operator sets times: checked at the start, and again when it changes.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { defaultTiming, type Timing } from '../base/limits.ts';
import { timingConflicts, timingTable } from '../base/timing.ts';
import { durationText, parseDuration } from './duration.ts';

/** What is wrong with the file, a line for each fault, naming the field and its unit. */
class WrongTiming extends Error {
  constructor(file: string, faults: readonly string[]) {
    super([`${file} cannot be used:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'WrongTiming';
  }
}

const longestSchedule = 100;

/** `WAYFARE_TIMING`, else `timing.json` in the home; the file need not be there. */
export function timingFileOf(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return path.resolve(environment.WAYFARE_TIMING || path.join(home, 'timing.json'));
}

/** Milliseconds as a whole number, or a length of time as `30s`. */
function aTime(mostMs: number) {
  const form =
    `must be milliseconds, a whole number from 1 to ${mostMs} (${durationText(mostMs)}), ` +
    'or a length of time as "30s", "10m", "2h", "1d"';
  return z
    .union([z.number(), z.string()], form)
    .transform((value) => (typeof value === 'string' ? parseDuration(value) : value))
    .refine((ms) => Number.isSafeInteger(ms) && Number(ms) >= 1 && Number(ms) <= mostMs, form)
    .transform(Number);
}

const schema = z.strictObject(
  Object.fromEntries(
    Object.entries(timingTable).map(([name, { mostMs }]) => {
      const usual = defaultTiming[name as keyof Timing];
      const one = aTime(mostMs);
      const list = `must be a list of 1 to ${longestSchedule} waits, each in milliseconds`;
      const each = z.array(one, list).min(1, list).max(longestSchedule, list);
      return [name, (typeof usual === 'number' ? one : each).optional()];
    }),
  ),
  `must be one JSON object of times; the names are ${Object.keys(timingTable).join(', ')}`,
);

/** The times of a file's text: the defaults with what it sets. Throws `WrongTiming`. */
export function readTiming(file: string, text: string): Timing {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new WrongTiming(file, [`it is not JSON: ${(error as Error).message}`]);
  }
  const read = schema.safeParse(json);
  if (!read.success) {
    throw new WrongTiming(
      file,
      read.error.issues.map((issue) => {
        if (issue.code === 'unrecognized_keys') {
          return `there is no time ${issue.keys.join(', ')}; see wayfare timing`;
        }
        const [name = 'the file', ...rest] = issue.path.map(String);
        const place = rest.map((each) => `[${each}]`).join('');
        return `${name}${place} ${issue.message}`;
      }),
    );
  }
  const timing: Timing = { ...defaultTiming, ...read.data };
  const conflicts = timingConflicts(timing);
  if (conflicts.length > 0) throw new WrongTiming(file, conflicts);
  return timing;
}

/** The times that the file sets now; the defaults where there is no file. Throws `WrongTiming`. */
export function loadTiming(file: string): Timing {
  const text = textOf(file);
  return text === undefined ? defaultTiming : readTiming(file, text);
}

/**
 * The times in force, read again when the file was changed. A file that cannot be used is said to
 * `failed` once and the times stay as they were; only at the start it throws.
 */
export function timingSource(
  file: string,
  failed: (what: string, error: unknown) => void,
): () => Timing {
  let mark = markOf(file);
  let timing = loadTiming(file);
  return () => {
    const now = markOf(file);
    if (now === mark) return timing;
    mark = now;
    try {
      timing = loadTiming(file);
    } catch (error) {
      failed('the times stay as they were', error);
    }
    return timing;
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another text whenever the file may be another. */
function markOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
