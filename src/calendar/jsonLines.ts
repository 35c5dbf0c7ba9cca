// Reading JSON that a person wrote: what it says, and in which line everything stands. A name that
// stands twice in one object is a fault here, because one of the two would be lost silently.

import { type CalendarFaultCode, type CalendarProblem, problemOf } from './faults.ts';

export type JsonReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** The line, from 1, of a path; of the nearest place around it that is there. */
      readonly lineOf: (path: readonly PropertyKey[]) => number;
    }
  | { readonly ok: false; readonly line: number; readonly problem: CalendarProblem };

/** Deeper than any file of ours. */
const mostLevels = 8;

const space = /[ \t\r\n]*/y;
const quoted = /"(?:[^"\\\r\n]|\\.)*"/y;
const plain = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

/** Why reading ended; it never leaves this file. */
class Fault extends Error {
  readonly problem: CalendarProblem;
  constructor(...parts: Parameters<typeof problemOf>) {
    super(parts[0]);
    this.problem = problemOf(...parts);
  }
}

/** Reads a JSON text (RFC 8259) with its lines. */
export function readJsonLines(source: string): JsonReading {
  const reader = new Reader(source);
  try {
    const value = reader.whole();
    const { lines } = reader;
    return { ok: true, value, lineOf: (path) => nearest(lines, path) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, line: reader.line(), problem: error.problem };
  }
}

const keyOf = (path: readonly PropertyKey[]) => JSON.stringify(path.map(String));

function nearest(lines: ReadonlyMap<string, number>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(keyOf(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

class Reader {
  readonly lines = new Map<string, number>();
  readonly #source: string;
  #at = 0;
  /** How far lines are counted, and the line there: the text is counted through once. */
  #counted = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  line(): number {
    for (; this.#counted < this.#at; this.#counted++) {
      if (this.#source[this.#counted] === '\n') this.#line++;
    }
    return this.#line;
  }

  whole(): unknown {
    const value = this.#value([]);
    this.#take(space);
    if (this.#at < this.#source.length) throw new Fault('json_after_end');
    return value;
  }

  #value(path: readonly PropertyKey[]): unknown {
    if (path.length > mostLevels) throw new Fault('json_levels');
    this.#take(space);
    if (!this.lines.has(keyOf(path))) this.lines.set(keyOf(path), this.line());
    if (this.#sign('{')) return this.#object(path);
    if (this.#sign('[')) return this.#array(path);
    const text = this.#text();
    if (text !== undefined) return text;
    const found = this.#take(plain);
    if (found === undefined) throw this.#unexpected('json_no_value');
    return JSON.parse(found);
  }

  #object(path: readonly PropertyKey[]): unknown {
    const entries = new Map<string, unknown>();
    this.#take(space);
    if (this.#sign('}')) return {};
    do {
      this.#take(space);
      const line = this.line();
      const name = this.#text();
      if (name === undefined) throw this.#unexpected('json_no_name');
      if (entries.has(name)) {
        throw new Fault('json_name_twice', { name: [...path, name].join('.') });
      }
      this.lines.set(keyOf([...path, name]), line);
      this.#take(space);
      if (!this.#sign(':')) throw this.#unexpected('json_no_colon');
      entries.set(name, this.#value([...path, name]));
      this.#take(space);
    } while (this.#sign(','));
    if (!this.#sign('}')) throw this.#unexpected('json_no_comma', '}');
    return Object.fromEntries(entries);
  }

  #array(path: readonly PropertyKey[]): unknown {
    const values: unknown[] = [];
    this.#take(space);
    if (this.#sign(']')) return values;
    do {
      values.push(this.#value([...path, values.length]));
      this.#take(space);
    } while (this.#sign(','));
    if (!this.#sign(']')) throw this.#unexpected('json_no_comma', ']');
    return values;
  }

  #text(): string | undefined {
    const found = this.#take(quoted);
    if (found === undefined) return undefined;
    try {
      return JSON.parse(found) as string;
    } catch {
      throw new Fault('json_escape');
    }
  }

  #sign(sign: string): boolean {
    if (this.#source[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unexpected(code: CalendarFaultCode, mark = ''): Fault {
    const sign = this.#source[this.#at];
    return sign === undefined ? new Fault('json_end') : new Fault(code, { mark, sign });
  }
}
