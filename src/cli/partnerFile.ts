// A partner's file on this machine: its digest, and its lines read one after the other.

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { PartnerFile } from '../reconciliation/commands.ts';
import { type Mapping, readMapping, usualMapping } from '../reconciliation/mapping.ts';

const readAtOnceBytes = 256 * 1024;
/** A line that goes on for longer is cut there: nobody can read it anyway. */
const longestLine = 64 * 1024;

/** A mapping from a JSON file; our own columns where there is none. */
export function loadMapping(file: string | undefined): Mapping {
  if (file === undefined) return usualMapping;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
  const read = readMapping(json);
  if (!read.ok) throw new Error(`${file}: ${read.problem}`);
  return read.mapping;
}

/** The file with its digest, for which it is read once before it is compared. */
export async function openPartnerFile(file: string, mapping: Mapping): Promise<PartnerFile> {
  const { size } = statSync(file);
  const hash = createHash('sha256').update(JSON.stringify(mapping));
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return {
    name: path.basename(file),
    bytes: size,
    digest: hash.digest('hex'),
    lines: () => linesOf(file),
  };
}

async function* linesOf(file: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: readAtOnceBytes });
  for await (const text of stream) {
    const lines = (rest + (text as string)).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
