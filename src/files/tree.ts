// A participant's files as folders: all that it can see, so that no path leads anywhere else.

import { pathOf, type SettlementFile } from './settlementFile.ts';

export interface Folder {
  readonly kind: 'folder';
  readonly entries: ReadonlyMap<string, Entry>;
}

export type Entry = Folder | { readonly kind: 'file'; readonly file: SettlementFile };

interface Growing {
  readonly kind: 'folder';
  readonly entries: Map<string, Entry | Growing>;
}

/** The folders of one participant, with both of its own even where nothing is in them yet. */
export function treeOf(
  participantId: string,
  files: readonly SettlementFile[],
  isSandbox: boolean,
): Folder {
  const root: Growing = { kind: 'folder', entries: new Map() };
  const settlements = [isSandbox ? 'sandbox' : 'v1', 'settlements'];
  for (const side of ['clearing', 'settlement']) {
    folderAt(root, [...settlements, side, participantId]);
  }
  for (const file of files) {
    const path = pathOf(file, isSandbox);
    folderAt(root, path.slice(0, -1)).entries.set(file.name, { kind: 'file', file });
  }
  return root;
}

function folderAt(root: Growing, path: readonly string[]): Growing {
  let folder = root;
  for (const name of path) {
    const next = folder.entries.get(name);
    if (next?.kind === 'folder') folder = next as Growing;
    else {
      const made: Growing = { kind: 'folder', entries: new Map() };
      folder.entries.set(name, made);
      folder = made;
    }
  }
  return folder;
}

/** The names of a path from the root; `..` at the root stays there. */
export function namesOf(path: string): readonly string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

/** What is at a path, looked up name by name; undefined where there is nothing. */
export function entryAt(root: Folder, path: string): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const name of namesOf(path)) {
    entry = entry?.kind === 'folder' ? entry.entries.get(name) : undefined;
  }
  return entry;
}
