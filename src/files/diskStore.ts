// Files on the hub's disk: written aside, made durable, then put in their place whole.

import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { dateFolder, type SettlementFile } from './settlementFile.ts';

/** A file that is being written where nobody looks for files. */
export interface Draft {
  write(text: string): Promise<void>;
  /** Ends it and makes it durable. */
  finish(): Promise<{ readonly sizeBytes: number; readonly digest: string }>;
  /** Puts it in its place under the day and name of a row; there is never a half of it. */
  place(file: Pick<SettlementFile, 'generatedDay' | 'name'>): Promise<void>;
  /** Throws it away; after `place` it does nothing. */
  drop(): Promise<void>;
}

const draftsOf = (directory: string) => path.join(directory, '.making');

/** Names come from rows; a day's folder and a kind stand in front of whatever a participant is. */
function placeOf(
  directory: string,
  { generatedDay, name }: Pick<SettlementFile, 'generatedDay' | 'name'>,
): string {
  return path.join(directory, dateFolder(generatedDay), name);
}

export async function beginDraft(directory: string): Promise<Draft> {
  const drafts = draftsOf(directory);
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  const file = path.join(drafts, randomBytes(12).toString('hex'));
  const handle = await open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await handle.close();
    isClosed = true;
  };
  return {
    async write(text) {
      const bytes = Buffer.from(text, 'utf8');
      hash.update(bytes);
      sizeBytes += bytes.length;
      await handle.writeFile(bytes);
    },
    async finish() {
      await handle.sync();
      await close();
      return { sizeBytes, digest: hash.digest('hex') };
    },
    async place(row) {
      const target = placeOf(directory, row);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      await rename(file, target);
      await syncDirectory(path.dirname(target));
    },
    async drop() {
      await close();
      await rm(file, { force: true });
    },
  };
}

/** The rename itself is durable only with its directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether a row's file is in its place, with its size. */
export async function isOnDisk(directory: string, file: SettlementFile): Promise<boolean> {
  try {
    return (await stat(placeOf(directory, file))).size === file.sizeBytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Opens a row's file for reading. */
export function openOnDisk(directory: string, file: SettlementFile): Promise<FileHandle> {
  return open(placeOf(directory, file), 'r');
}

/** Removes what makers left that died long before `now`; those at work now keep theirs. */
export async function sweepDrafts(directory: string, now: number): Promise<void> {
  const drafts = draftsOf(directory);
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  for (const name of await readdir(drafts)) {
    const file = path.join(drafts, name);
    const { mtimeMs } = await stat(file);
    if (now - mtimeMs > abandonedMs) await rm(file, { force: true });
  }
}

/** No file is at work for so long. */
const abandonedMs = 24 * 3_600_000;
