// Several files as one ZIP archive: the merchant dialect hands out one file a call.

import { crc32 } from 'node:zlib';
import type { Evidence } from '../../disputes/dispute.ts';

/** 1 January 1980, the first day that the format knows: files of a dispute have no date. */
const noDate = 0x0021;
/** Version 2.0 of the format, and the flag that names are UTF-8 (APPNOTE 4.4.3, 4.4.4). */
const version = 20;
const namesAreUtf8 = 0x0800;

/**
 * Signs that lead elsewhere, that some system has in no file's name, or that nobody sees: one that
 * turns the direction of writing shows a program as a picture.
 */
const noNames = /[/\\:*?"<>|\p{Cc}\p{Cf}\u2028\u2029]/gu;

interface Entry {
  readonly name: Buffer;
  readonly content: Buffer;
  readonly offset: number;
}

/**
 * A ZIP archive of files as they are, not compressed: evidence is mostly pictures and PDFs. Names
 * begin with the file's place, so that two are never alike, and hold nothing that leads out of the
 * folder in which somebody unpacks them.
 */
export function archiveOf(files: readonly Evidence[]): Buffer {
  const parts: Buffer[] = [];
  const entries: Entry[] = [];
  let offset = 0;
  for (const [index, { fileName, contentBase64 }] of files.entries()) {
    const name = Buffer.from(`${index + 1}-${fileName.replace(noNames, '_')}`);
    const entry: Entry = { name, content: Buffer.from(contentBase64, 'base64'), offset };
    const begin = Buffer.concat([signature(0x04034b50), fieldsOf(entry), short(0), name]);
    parts.push(begin, entry.content);
    entries.push(entry);
    offset += begin.length + entry.content.length;
  }
  const directory = Buffer.concat(entries.map(directoryLine));
  const count = short(entries.length);
  const sizes = Buffer.concat([long(directory.length), long(offset)]);
  const end = [signature(0x06054b50), short(0), short(0), count, count, sizes, short(0)];
  return Buffer.concat([...parts, directory, ...end]);
}

/** What stands before a file and in the directory alike (APPNOTE 4.3.7, from the version on). */
function fieldsOf({ name, content }: Entry): Buffer {
  const notCompressed = 0;
  return Buffer.concat([
    ...[version, namesAreUtf8, notCompressed, 0, noDate].map(short),
    ...[crc32(content), content.length, content.length].map(long),
    short(name.length),
  ]);
}

/** A file in the directory at the end (APPNOTE 4.3.12). */
function directoryLine(entry: Entry): Buffer {
  const noExtraNoCommentFirstDiskBinary = [0, 0, 0, 0].map(short);
  return Buffer.concat([
    signature(0x02014b50),
    short(version),
    fieldsOf(entry),
    ...noExtraNoCommentFirstDiskBinary,
    long(0),
    long(entry.offset),
    entry.name,
  ]);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const signature = long;
