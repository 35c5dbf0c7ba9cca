// Lines on disk, in parts by their keys: a part fits into memory however long the lists are.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { byKey, type Line } from './line.ts';

/** Lines of one part: some megabytes in memory. */
const linesOfPart = 20_000;
const mostParts = 256;
/** What is gathered for a part before it is written. */
const gatheredBytes = 32 * 1024;

/** How many parts two lists of so many lines need. */
export function partsFor(lines: number): number {
  return Math.max(1, Math.min(mostParts, Math.ceil(lines / linesOfPart)));
}

/** One list of lines in parts; `close` forgets it. */
export interface Spill {
  readonly count: number;
  add(line: Line): void;
  /** The lines of a part in the order of their keys; nothing is added after the first call. */
  part(index: number): Line[];
  close(): void;
}

/** Opens a list in a new directory below `directory`. */
export function openSpill(directory: string, parts: number): Spill {
  const own = mkdtempSync(path.join(directory, 'reconcile-'));
  const files = Array.from({ length: parts }, (_, index) =>
    openSync(path.join(own, String(index)), 'w', 0o600),
  );
  const gathered = files.map(() => '');
  let count = 0;
  const flush = (index: number) => {
    writeSync(files[index] as number, gathered[index] ?? '');
    gathered[index] = '';
  };
  return {
    get count() {
      return count;
    },
    add(line) {
      const index = partOf(line.key, parts);
      const text = `${gathered[index]}${written(line)}\n`;
      gathered[index] = text;
      count += 1;
      if (text.length > gatheredBytes) flush(index);
    },
    part(index) {
      flush(index);
      const text = readFileSync(path.join(own, String(index)), 'utf8');
      return text.split('\n').filter(Boolean).map(lineFrom).sort(byKey);
    },
    close() {
      for (const file of files) closeSync(file);
      rmSync(own, { recursive: true, force: true });
    },
  };
}

/** FNV-1a over the key: both lists have a key in the same part. */
function partOf(key: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % parts;
}

// No field has a control character: a line that had one was not readable.
const written = ({ key, currency, amount, day, lineNumber }: Line) =>
  `${key}\t${currency}\t${amount}\t${day ?? ''}\t${lineNumber ?? ''}`;

function lineFrom(text: string): Line {
  const [key = '', currency = '', amount = '', day = '', lineNumber = ''] = text.split('\t');
  return {
    key,
    currency,
    amount: BigInt(amount),
    day: day === '' ? null : Number(day),
    lineNumber: lineNumber === '' ? null : Number(lineNumber),
  };
}
