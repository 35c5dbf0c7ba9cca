// A partner reads its settlement files: fetched as it would, taken apart by a reader of its own.

import { createHash } from 'node:crypto';
import type { Delivery } from '../files/deliveryCommands.ts';
import type { SettlementFile } from '../files/settlementFile.ts';
import type { Entry, Folder } from '../files/tree.ts';

/** A file's content with what its row says of it. */
export interface FetchedFile {
  readonly file: SettlementFile;
  readonly text: string;
}

/** A section of a file: its heading's names and its lines by them. */
type Section = readonly Readonly<Record<string, string>>[];

/**
 * A participant fetches the files of some batches that it sees: the same functions as behind SFTP
 * and HTTP, without a socket.
 */
export async function fetchFiles(
  delivery: Delivery,
  participantId: string,
  wanted: (file: SettlementFile) => boolean,
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const file of filesIn(await delivery.tree(participantId))) {
    if (!wanted(file)) continue;
    const handle = await delivery.open(file);
    if (handle === undefined) continue;
    try {
      fetched.push({ file, text: await handle.readFile('utf8') });
    } finally {
      await handle.close();
    }
    await delivery.fetched(file, 'http');
  }
  return fetched;
}

function filesIn(folder: Folder): SettlementFile[] {
  return [...folder.entries.values()].flatMap((entry: Entry) =>
    entry.kind === 'file' ? [entry.file] : filesIn(entry),
  );
}

/** Why a content is not what was promised with its row; undefined where it is. */
export function damageOf({ file, text }: FetchedFile): string | undefined {
  const digest = createHash('sha256').update(text, 'utf8').digest('hex');
  if (digest !== file.digest) return `${file.name} is not what its digest says`;
  if (file.name.endsWith('.csv') && !text.endsWith('<END>\r\n')) return `${file.name} has no end`;
  return undefined;
}

/** The sections of a CSV file; the last line is not one. */
export function sectionsOf(text: string): readonly Section[] {
  const body = text.slice(0, text.lastIndexOf('<END>'));
  return body.split('\r\n\r\n').map((section) => {
    const [head = [], ...lines] = section
      .split('\r\n')
      .filter((line) => line !== '')
      .map(cellsOf);
    return lines.map((cells) =>
      Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])),
    );
  });
}

/** The cells of one line as RFC 4180 has it. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const form = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const [, quoted, plain] of line.matchAll(form)) {
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
  }
  return cells;
}

/** The amount of an ISO 20022 message's element in minor units, with its date where it has one. */
export function isoAmount(text: string, element: string): bigint | undefined {
  const match = new RegExp(`<${element} Ccy="[A-Z]{3}">([0-9]+)(?:\\.([0-9]+))?</`).exec(text);
  return match === null ? undefined : BigInt(`${match[1]}${match[2] ?? ''}`);
}

/** What stands in the first element of a name. */
export function isoText(text: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1];
}
