// Rows as `copy ... from stdin (format binary)` reads them: nothing is quoted, cut or parsed.

/** How a column travels; the table's column has the same type. */
export type CopyType = 'text' | 'smallint' | 'integer' | 'bigint';

export type CopyRow = readonly (string | number | null)[];

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** The signature, no flags, no extension. */
const headerBytes = signature.length + 8;
const bytesOf = { text: 0, smallint: 2, integer: 4, bigint: 8 } as const;
/** A character of a JavaScript string has at most so many bytes in UTF-8. */
const mostBytesOfOne = 3;
const past32Bits = 2 ** 32;

/** The statement that takes such rows. */
export function copyInto(table: string, columns: readonly string[]): string {
  return `copy ${table} (${columns.join(', ')}) from stdin (format binary)`;
}

/**
 * One buffer of all rows, values in the order of `types`. A text must not contain a zero character,
 * which Postgres refuses; a bigint is a whole number that JavaScript holds exactly.
 */
export function copyRows(types: readonly CopyType[], rows: readonly CopyRow[]): Uint8Array {
  const writer = new Writer(expectedBytes(types, rows));
  for (const row of rows) {
    writer.number('smallint', types.length);
    for (let column = 0; column < types.length; column++) {
      const value = row[column] ?? null;
      const type = types[column] as CopyType;
      if (value === null) writer.number('integer', -1);
      else if (type === 'text') writer.text(String(value));
      else {
        writer.number('integer', bytesOf[type]);
        writer.number(type, Number(value));
      }
    }
  }
  writer.number('smallint', -1);
  return writer.written();
}

/** Exact where every character is one byte. */
function expectedBytes(types: readonly CopyType[], rows: readonly CopyRow[]): number {
  const fixed = types.reduce((sum, type) => sum + 4 + bytesOf[type], 2);
  let texts = 0;
  for (const row of rows) {
    for (const value of row) if (typeof value === 'string') texts += value.length;
  }
  return headerBytes + rows.length * fixed + texts + 2;
}

class Writer {
  #bytes: Buffer;
  #at = headerBytes;

  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected);
    this.#bytes.fill(0, signature.copy(this.#bytes), headerBytes);
  }

  number(type: Exclude<CopyType, 'text'>, value: number): void {
    this.#room(8);
    const at = this.#at;
    if (type === 'smallint') this.#at = this.#bytes.writeInt16BE(value, at);
    else if (type === 'integer') this.#at = this.#bytes.writeInt32BE(value, at);
    else {
      this.#bytes.writeInt32BE(Math.floor(value / past32Bits), at);
      this.#at = this.#bytes.writeUInt32BE(value >>> 0, at + 4);
    }
  }

  text(text: string): void {
    const most = 4 + text.length * mostBytesOfOne;
    // Near the end it is counted whether the text fits; elsewhere it cannot fail to.
    if (this.#bytes.length - this.#at < most) this.#room(4 + Buffer.byteLength(text));
    const written = this.#bytes.write(text, this.#at + 4);
    this.#bytes.writeInt32BE(written, this.#at);
    this.#at += 4 + written;
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(more: number): void {
    if (this.#bytes.length - this.#at >= more) return;
    const larger = Buffer.allocUnsafe(this.#bytes.length + (this.#bytes.length >> 1) + more);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
