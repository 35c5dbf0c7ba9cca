// Handing files over to their participants: what each may see, its content, and that it has it.

import type { FileHandle } from 'node:fs/promises';
import { type FilesWorld, makeFiles } from './commands.ts';
import { isOnDisk, openOnDisk } from './diskStore.ts';
import type { FetchWay, SettlementFile } from './settlementFile.ts';
import { noteFetch, readOwnFiles } from './store.ts';
import { type Folder, treeOf } from './tree.ts';

/** Files that one participant sees: several years of them. */
const filesSeen = 20_000;

/** What a way of delivery works with. */
export interface Delivery {
  /** The folders of one participant, as they are now. */
  tree(participantId: string): Promise<Folder>;
  /** A file's content; undefined where it is lost and cannot be made to the same byte again. */
  open(file: SettlementFile): Promise<FileHandle | undefined>;
  /** Its participant has had all of it. */
  fetched(file: SettlementFile, way: FetchWay): Promise<void>;
}

/** Delivery of a network's files; `isSandbox` names the root of its folders (§7). */
export function openDelivery(world: () => FilesWorld, isSandbox: boolean): Delivery {
  return {
    async tree(participantId) {
      const files = await readOwnFiles(world().database, participantId, filesSeen);
      return treeOf(participantId, files, isSandbox);
    },
    async open(file) {
      const { directory } = world();
      if (!(await isOnDisk(directory, file))) await makeFiles(world(), file.batchId);
      return (await isOnDisk(directory, file)) ? openOnDisk(directory, file) : undefined;
    },
    async fetched(file, way) {
      const { database, clock } = world();
      await noteFetch(database, file.name, way, clock.now());
    },
  };
}
