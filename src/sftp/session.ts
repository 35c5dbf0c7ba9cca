// One SFTP session: folders and files of one participant, to be listed and read.

import type { FileHandle } from 'node:fs/promises';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import type { Delivery } from '../files/deliveryCommands.ts';
import type { SettlementFile } from '../files/settlementFile.ts';
import { type Entry, entryAt, type Folder, namesOf } from '../files/tree.ts';

export interface SessionOptions {
  readonly delivery: Delivery;
  readonly participantId: string;
  readonly sftp: SFTPWrapper;
  readonly failed: (what: string, error: unknown) => void;
}

const { STATUS_CODE: status, OPEN_MODE: mode } = ssh2.utils.sftp;

/** Files and folders that one session may have open. */
const mostOpen = 64;
/** Bytes of one answer to a read. */
const mostRead = 256 * 1024;
/** How many entries one answer to a listing has. */
const listed = 100;
/** Paths are looked up in folders that are not older than this. */
const freshMs = 1_000;

type Open =
  | { readonly kind: 'folder'; readonly entries: readonly [string, Entry][]; next: number }
  | {
      readonly kind: 'file';
      readonly file: SettlementFile;
      readonly content: FileHandle;
      /** Bytes that were read; clients ask for several parts at once, in any order. */
      readBytes: number;
    };

/** Answers every request of the session; whatever would change anything is refused. */
export function serveFiles(options: SessionOptions): void {
  const { sftp, delivery, participantId, failed } = options;
  const opened = new Map<number, Open>();
  let lastHandle = 0;
  let seen: { readonly tree: Promise<Folder>; readonly at: number } | undefined;

  const tree = (): Promise<Folder> => {
    const now = performance.now();
    if (seen === undefined || now - seen.at > freshMs) {
      seen = { tree: delivery.tree(participantId), at: now };
    }
    return seen.tree;
  };
  /** Runs the work of one request; what goes wrong is told to the client in the same way. */
  const answer = (request: number, work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      failed(`a request of ${participantId} by SFTP`, error);
      seen = undefined;
      sftp.status(request, status.FAILURE);
    });
  };
  const openedAt = (handle: Buffer): Open | undefined =>
    handle.length === 4 ? opened.get(handle.readUInt32BE(0)) : undefined;
  const giveHandle = (request: number, open: Open): void => {
    lastHandle += 1;
    opened.set(lastHandle, open);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(lastHandle, 0);
    sftp.handle(request, handle);
  };

  sftp.on('REALPATH', (request, path) => {
    const filename = `/${namesOf(path).join('/')}`;
    sftp.name(request, [{ filename, longname: filename, attrs: {} as Attributes }]);
  });
  const tellAttributes = (request: number, path: string) =>
    answer(request, async () => {
      const entry = entryAt(await tree(), path);
      if (entry === undefined) return void sftp.status(request, status.NO_SUCH_FILE);
      sftp.attrs(request, attributesOf(entry));
    });
  sftp.on('STAT', tellAttributes);
  sftp.on('LSTAT', tellAttributes);
  sftp.on('FSTAT', (request, handle) => {
    const open = openedAt(handle);
    if (open?.kind !== 'file') return void sftp.status(request, status.FAILURE);
    sftp.attrs(request, attributesOf(open));
  });
  sftp.on('OPENDIR', (request, path) =>
    answer(request, async () => {
      const entry = entryAt(await tree(), path);
      if (entry?.kind !== 'folder') return void sftp.status(request, status.NO_SUCH_FILE);
      if (opened.size >= mostOpen) return void sftp.status(request, status.FAILURE);
      giveHandle(request, { kind: 'folder', entries: [...entry.entries], next: 0 });
    }),
  );
  sftp.on('READDIR', (request, handle) => {
    const open = openedAt(handle);
    if (open?.kind !== 'folder') return void sftp.status(request, status.FAILURE);
    const part = open.entries.slice(open.next, open.next + listed);
    open.next += part.length;
    if (part.length === 0) return void sftp.status(request, status.EOF);
    sftp.name(
      request,
      part.map(([filename, entry]) => {
        const attrs = attributesOf(entry);
        return { filename, longname: longName(filename, entry, participantId), attrs };
      }),
    );
  });
  sftp.on('OPEN', (request, path, flags) =>
    answer(request, async () => {
      if ((flags & ~mode.READ) !== 0) return void sftp.status(request, status.PERMISSION_DENIED);
      const entry = entryAt(await tree(), path);
      if (entry?.kind !== 'file') return void sftp.status(request, status.NO_SUCH_FILE);
      if (opened.size >= mostOpen) return void sftp.status(request, status.FAILURE);
      const content = await delivery.open(entry.file);
      if (content === undefined) return void sftp.status(request, status.NO_SUCH_FILE);
      giveHandle(request, { kind: 'file', file: entry.file, content, readBytes: 0 });
    }),
  );
  sftp.on('READ', (request, handle, offset, length) =>
    answer(request, async () => {
      const open = openedAt(handle);
      if (open?.kind !== 'file') return void sftp.status(request, status.FAILURE);
      const size = Math.min(length, mostRead);
      const { bytesRead, buffer } = await open.content.read(Buffer.alloc(size), 0, size, offset);
      if (bytesRead === 0) return void sftp.status(request, status.EOF);
      open.readBytes += bytesRead;
      sftp.data(request, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on('CLOSE', (request, handle) =>
    answer(request, async () => {
      const open = openedAt(handle);
      if (open === undefined) return void sftp.status(request, status.FAILURE);
      opened.delete(handle.readUInt32BE(0));
      if (open.kind === 'file') {
        await open.content.close();
        if (open.readBytes >= open.file.sizeBytes) await delivery.fetched(open.file, 'sftp');
      }
      sftp.status(request, status.OK);
    }),
  );
  for (const change of changes) {
    sftp.on(change as 'REMOVE', (request: number) =>
      sftp.status(request, status.PERMISSION_DENIED),
    );
  }
  // A client that has nothing more to ask waits for us to close; `sftp` would never come back.
  sftp.once('end', () => sftp.end());
  sftp.once('close', () => {
    for (const open of opened.values()) {
      if (open.kind === 'file') {
        open.content.close().catch((error: unknown) => failed('closing a file', error));
      }
    }
    opened.clear();
  });
}

const changes = [
  'WRITE',
  'SETSTAT',
  'FSETSTAT',
  'REMOVE',
  'RMDIR',
  'MKDIR',
  'RENAME',
  'SYMLINK',
  'READLINK',
] as const;

const folderMode = 0o040555;
const fileMode = 0o100444;

function attributesOf(entry: Pick<Entry, 'kind'> & { file?: SettlementFile }): Attributes {
  const { file } = entry;
  const at = Math.floor((file?.madeAt ?? 0) / 1_000);
  return {
    mode: file === undefined ? folderMode : fileMode,
    uid: 0,
    gid: 0,
    size: file?.sizeBytes ?? 0,
    atime: at,
    mtime: at,
  };
}

/** A line as `ls -l` writes it. */
function longName(name: string, entry: Entry, owner: string): string {
  const isFile = entry.kind === 'file';
  const [rights, size, madeAt] = isFile
    ? ['-r--r--r--', entry.file.sizeBytes, entry.file.madeAt]
    : ['dr-xr-xr-x', 0, 0];
  // `Tue, 24 Nov 2026 …`
  const [, day, month, year] = new Date(madeAt).toUTCString().split(' ');
  const date = `${month} ${day}  ${year}`;
  return `${rights} 1 ${owner} ${owner} ${String(size).padStart(12)} ${date} ${name}`;
}
