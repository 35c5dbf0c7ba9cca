// Postgres in this process (PGlite), spoken to in its own protocol: a batch of statements at once.

import type { PGlite } from '@electric-sql/pglite';
import type { Row, Statement } from '../base/world.ts';
import { columnParser } from '../host/columns.ts';

interface Prepared {
  readonly text: string;
  names: readonly string[];
  readers: readonly ((text: string) => unknown)[];
}

/** A statement that the server refused; `code` is its SQLSTATE. */
export class ServerError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ServerError';
    this.code = code;
  }
}

export interface BatchOutcome {
  readonly rows: readonly (readonly Row[])[];
  readonly names: readonly (readonly string[])[];
  readonly error: ServerError | undefined;
  /** Whether the server is inside a transaction now, sound or failed. */
  readonly inTransaction: boolean;
}

/**
 * The one backend. Statements travel as the hub's own connections send them: one packet with one
 * sync at its end, prepared once by name, values as text, columns read by the hub's own readers.
 * PGlite answers a packet at once and without a promise, which keeps a simulation repeatable.
 */
export class PostgresBackend {
  readonly #postgres: PGlite;
  readonly #prepared = new Map<string, Prepared>();

  constructor(postgres: PGlite) {
    this.#postgres = postgres;
  }

  /** Runs the statements in order up to the first that fails. */
  run(statements: readonly Statement[]): BatchOutcome {
    const packet = new Packet();
    const plans: Prepared[] = [];
    const parsed: [string, Prepared][] = [];
    for (const statement of statements) {
      // The words that begin and end a transaction are prepared too, under their own text.
      const name = statement.name ?? (statement.text.length <= 10 ? statement.text : '');
      let plan = name === '' ? undefined : this.#prepared.get(name);
      plan ??= parsed.find(([known]) => name !== '' && known === name)?.[1];
      if (plan === undefined) {
        plan = { text: statement.text, names: [], readers: [] };
        parsed.push([name, plan]);
        packet.parse(name, statement.text);
        packet.bind(name, statement.values);
        packet.describe();
      } else {
        if (plan.text !== statement.text) throw new Error(`two statements are named ${name}`);
        packet.bind(name, statement.values);
      }
      packet.execute();
      if (statement.copied !== undefined) packet.copy(statement.copied);
      plans.push(plan);
    }
    packet.sync();
    return this.#read(this.#send(packet.bytes()), plans, parsed);
  }

  /** All that the server says comes while the call is made; the promise has nothing to add. */
  #send(bytes: Uint8Array): Buffer {
    const parts: Buffer[] = [];
    void this.#postgres.execProtocolRawStream(bytes, {
      syncToFs: false,
      onRawData: (part) => void parts.push(Buffer.from(part)),
    });
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }

  #read(
    bytes: Buffer,
    plans: readonly Prepared[],
    parsed: readonly [string, Prepared][],
  ): BatchOutcome {
    const rows: unknown[][][] = plans.map(() => []);
    let statement = 0;
    let nextParsed = 0;
    let error: ServerError | undefined;
    let inTransaction = false;
    for (let at = 0; at < bytes.length; ) {
      const type = bytes[at];
      const body = at + 5;
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (type === letter.D) rows[statement]?.push(readRow(bytes, body, plans[statement]));
      else if (type === letter.T) describeInto(plans[statement] as Prepared, bytes, body);
      else if (type === letter.C) statement++;
      else if (type === letter.parsed) {
        const [name, plan] = parsed[nextParsed++] as [string, Prepared];
        if (name !== '') this.#prepared.set(name, plan);
      } else if (type === letter.E) error ??= readError(bytes, body, end);
      else if (type === letter.Z) inTransaction = bytes[body] !== letter.I;
      at = end;
    }
    return { rows, names: plans.map((plan) => plan.names), error, inTransaction };
  }
}

const letter = {
  C: 0x43,
  D: 0x44,
  E: 0x45,
  I: 0x49,
  T: 0x54,
  Z: 0x5a,
  parsed: 0x31,
} as const;

function readRow(bytes: Buffer, from: number, plan: Prepared | undefined): unknown[] {
  const count = bytes.readInt16BE(from);
  const row: unknown[] = new Array(count);
  let at = from + 2;
  for (let column = 0; column < count; column++) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) row[column] = null;
    else {
      const text = bytes.toString('utf8', at, at + length);
      row[column] = plan?.readers[column]?.(text) ?? text;
      at += length;
    }
  }
  return row;
}

/** Column names and readers; PGlite describes a named statement again when its plan was renewed. */
function describeInto(plan: Prepared, bytes: Buffer, from: number): void {
  const names: string[] = [];
  const readers: ((text: string) => unknown)[] = [];
  let at = from + 2;
  for (let left = bytes.readInt16BE(from); left > 0; left--) {
    const end = bytes.indexOf(0, at);
    names.push(bytes.toString('utf8', at, end));
    readers.push(columnParser(bytes.readInt32BE(end + 7)));
    at = end + 19;
  }
  plan.names = names;
  plan.readers = readers;
}

function readError(bytes: Buffer, from: number, end: number): ServerError {
  const fields = new Map<string, string>();
  for (let at = from; at < end && bytes[at] !== 0; ) {
    const stop = bytes.indexOf(0, at);
    fields.set(String.fromCharCode(bytes[at] as number), bytes.toString('utf8', at + 1, stop));
    at = stop + 1;
  }
  return new ServerError(fields.get('C') ?? 'XX000', fields.get('M') ?? 'unknown');
}

/** Messages to the server, one after the other. */
class Packet {
  #bytes = Buffer.allocUnsafe(16_384);
  #length = 0;

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  parse(name: string, text: string): void {
    const start = this.#begin('P');
    this.#text(name);
    this.#text(text);
    this.#int16(0);
    this.#end(start);
  }

  bind(name: string, values: Statement['values']): void {
    const start = this.#begin('B');
    this.#text('');
    this.#text(name);
    this.#int16(0);
    this.#int16(values.length);
    for (const value of values) {
      if (value === null) {
        this.#int32(-1);
        continue;
      }
      const text = String(value);
      const size = Buffer.byteLength(text);
      this.#int32(size);
      this.#room(size);
      this.#length += this.#bytes.write(text, this.#length);
    }
    this.#int16(0);
    this.#end(start);
  }

  describe(): void {
    const start = this.#begin('D');
    this.#room(1);
    this.#bytes[this.#length++] = 'P'.charCodeAt(0);
    this.#text('');
    this.#end(start);
  }

  execute(): void {
    const start = this.#begin('E');
    this.#text('');
    this.#int32(0);
    this.#end(start);
  }

  copy(data: Uint8Array): void {
    const start = this.#begin('d');
    this.#room(data.length);
    this.#bytes.set(data, this.#length);
    this.#length += data.length;
    this.#end(start);
    this.#end(this.#begin('c'));
  }

  sync(): void {
    this.#end(this.#begin('S'));
  }

  #begin(type: string): number {
    this.#room(5);
    this.#bytes[this.#length++] = type.charCodeAt(0);
    const start = this.#length;
    this.#length += 4;
    return start;
  }

  #end(start: number): void {
    this.#bytes.writeInt32BE(this.#length - start, start);
  }

  #text(text: string): void {
    this.#room(Buffer.byteLength(text) + 1);
    this.#length += this.#bytes.write(text, this.#length);
    this.#bytes[this.#length++] = 0;
  }

  #int16(value: number): void {
    this.#room(2);
    this.#length = this.#bytes.writeInt16BE(value, this.#length);
  }

  #int32(value: number): void {
    this.#room(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe((this.#bytes.length + size) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
