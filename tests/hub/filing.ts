// Scenes of settlement files: a directory for them, their contents, and what they come to.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { batchesWithoutFiles, type FilesWorld, makeFiles } from '../../src/files/commands.ts';
import { type Delivery, openDelivery } from '../../src/files/deliveryCommands.ts';
import type { FileKind, SettlementFile } from '../../src/files/settlementFile.ts';
import { readFiles } from '../../src/files/store.ts';
import { closingWorld } from './closing.ts';
import type { Rig } from './rig.ts';

export interface Filing {
  readonly world: FilesWorld;
  readonly delivery: Delivery;
  /** Makes what is missing; the names that were made or found. */
  make(): Promise<string[]>;
  list(): Promise<SettlementFile[]>;
  /** The content of the one file of a kind and participant. */
  text(kind: FileKind, participantId: string): Promise<string>;
  /** Everything on the disk, as paths. */
  onDisk(): Promise<string[]>;
  remove(): Promise<void>;
}

export async function startFiling(rig: Rig): Promise<Filing> {
  const directory = await mkdtemp(path.join(tmpdir(), 'wayfare-files-'));
  const { database, lanes } = closingWorld(rig);
  const world: FilesWorld = { database, clock: rig.clock, lanes, directory };
  const delivery = openDelivery(() => world, true);
  const list = () => readFiles(database, { most: 1_000 });
  return {
    world,
    delivery,
    async make() {
      const names: string[] = [];
      for (const batchId of await batchesWithoutFiles(database)) {
        names.push(...((await makeFiles(world, batchId)) ?? []).map(({ name }) => name));
      }
      return names.sort();
    },
    list,
    async text(kind, participantId) {
      const found = (await list()).filter(
        (file) => file.kind === kind && file.participantId === participantId,
      );
      const [file] = found;
      if (file === undefined || found.length > 1) {
        throw new Error(`${found.length} files ${kind} of ${participantId}`);
      }
      const content = await delivery.open(file);
      if (content === undefined) throw new Error(`${file.name} is lost`);
      try {
        return await content.readFile('utf8');
      } finally {
        await content.close();
      }
    },
    async onDisk() {
      const found = await readdir(directory, { recursive: true, withFileTypes: true });
      return found
        .filter((each) => each.isFile())
        .map((each) => path.relative(directory, path.join(each.parentPath, each.name)))
        .sort();
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Reads a file of a test's own or of the machine. */
export const textOf = (file: string) => readFile(file, 'utf8');

/** Records of CSV as RFC 4180 has it; an independent reader for the tests. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) throw new Error('a quote is not closed');
        value += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
        at += 1;
      }
    } else {
      const [plain = ''] = /^[^,\r\n]*/.exec(text.slice(at, at + 4_096)) ?? [];
      value = plain;
      at += plain.length;
    }
    record.push(value);
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no line end at ${at}`);
    at += 2;
    records.push(record);
    record = [];
  }
  return records;
}

/** A file with two sections: the one line of its summary, and its details, by column names. */
export function sections(text: string): {
  readonly summary: Record<string, string>;
  readonly details: readonly Record<string, string>[];
} {
  const records = readCsv(text);
  if (records.at(-1)?.[0] !== '<END>') throw new Error('the file has no end');
  const gap = records.findIndex((record) => record.length === 1 && record[0] === '');
  const named = (part: readonly string[][]) => {
    const [names = [], ...rows] = part;
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
  };
  const [summary = {}] = named(records.slice(0, gap));
  return { summary, details: named(records.slice(gap + 1, -1)) };
}

/** The sum of a column, in minor units. */
export function sumOf(rows: readonly Record<string, string>[], column: string): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row[column] ?? ''), 0n);
}
