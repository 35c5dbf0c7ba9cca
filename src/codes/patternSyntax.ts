// The grammar of the regular expressions that code rules may use, and what is refused in them.

/** First and last code point, both included. */
export type Range = readonly [number, number];

export type PatternNode =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: PatternNode;
      readonly least: number;
      /** Null: any number of times. */
      readonly most: number | null;
    };

export type ParsedPattern =
  | { readonly ok: true; readonly node: PatternNode; readonly ignoreCase: boolean }
  | { readonly ok: false; readonly problem: string };

/** Longest expression, in characters. */
export const maxPatternLength = 512;
/** Deepest nesting of groups. */
const maxDepth = 20;
/** Largest count of `{n,m}`: no code is longer. */
const maxCount = 512;

const digits: readonly Range[] = [[0x30, 0x39]];
const wordCharacters: readonly Range[] = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const spaces: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineEnds: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

const classes: Readonly<Record<string, readonly Range[]>> = {
  d: digits,
  w: wordCharacters,
  s: spaces,
};
const controls: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09 };

interface Reader {
  readonly characters: readonly string[];
  at: number;
  /** The first thing that is not allowed; reading ends with it. */
  problem: string | undefined;
}

/**
 * Reads an expression: literals, `.`, classes, groups, `|`, `* + ? {n,m}`, `^ $`, `\d \w \s`, and
 * `(?i)` at its beginning. Lazy repeats mean the same here as greedy ones, since whole texts are
 * matched. Never throws.
 */
export function parsePattern(source: string): ParsedPattern {
  if (source.length > maxPatternLength) {
    return { ok: false, problem: `is longer than ${maxPatternLength} characters` };
  }
  const ignoreCase = source.startsWith('(?i)');
  const reader: Reader = {
    characters: Array.from(ignoreCase ? source.slice(4) : source),
    at: 0,
    problem: undefined,
  };
  const node = readChoice(reader, 0);
  if (reader.problem === undefined && reader.at < reader.characters.length) {
    fail(reader, 'has a ) without its (');
  }
  return reader.problem === undefined
    ? { ok: true, node, ignoreCase }
    : { ok: false, problem: reader.problem };
}

function fail(reader: Reader, problem: string): void {
  reader.problem ??= problem;
}

function readChoice(reader: Reader, depth: number): PatternNode {
  if (depth > maxDepth) fail(reader, `nests deeper than ${maxDepth} groups`);
  const options: PatternNode[] = [];
  do {
    options.push(readSequence(reader, depth));
  } while (reader.problem === undefined && accept(reader, '|'));
  return options.length === 1 ? (options[0] as PatternNode) : { kind: 'choice', options };
}

function readSequence(reader: Reader, depth: number): PatternNode {
  const parts: PatternNode[] = [];
  while (reader.problem === undefined && !isAtEnd(reader)) {
    parts.push(readRepeat(reader, readAtom(reader, depth)));
  }
  return { kind: 'sequence', parts };
}

function isAtEnd({ characters, at }: Reader): boolean {
  return at >= characters.length || characters[at] === '|' || characters[at] === ')';
}

function accept(reader: Reader, character: string): boolean {
  if (reader.characters[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function readAtom(reader: Reader, depth: number): PatternNode {
  const character = reader.characters[reader.at] as string;
  reader.at += 1;
  switch (character) {
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '.':
      return { kind: 'set', ranges: lineEnds, negated: true };
    case '(':
      return readGroup(reader, depth);
    case '[':
      return readClass(reader);
    case '\\':
      return readEscape(reader);
    case '*':
    case '+':
    case '?':
    case '{':
      fail(reader, `repeats nothing with ${character}`);
      return literal(character);
    case ']':
    case '}':
      fail(reader, `has a ${character} without its beginning`);
      return literal(character);
    default:
      return literal(character);
  }
}

function readGroup(reader: Reader, depth: number): PatternNode {
  if (accept(reader, '?') && !accept(reader, ':')) {
    fail(reader, 'looks around or names a group, which is not allowed');
  }
  const node = readChoice(reader, depth + 1);
  if (!accept(reader, ')')) fail(reader, 'has a ( without its )');
  return node;
}

function readRepeat(reader: Reader, part: PatternNode): PatternNode {
  const counts = readCounts(reader);
  if (counts === undefined) return part;
  // A lazy repeat is accepted; a possessive one, or a repeat of a repeat, is not.
  accept(reader, '?');
  if (['*', '+', '?', '{'].includes(reader.characters[reader.at] ?? '')) {
    fail(reader, 'repeats a repeat: put it into a group');
  }
  if (part.kind === 'start' || part.kind === 'end') fail(reader, 'repeats an anchor');
  return { kind: 'repeat', part, ...counts };
}

function readCounts(reader: Reader): { least: number; most: number | null } | undefined {
  if (accept(reader, '*')) return { least: 0, most: null };
  if (accept(reader, '+')) return { least: 1, most: null };
  if (accept(reader, '?')) return { least: 0, most: 1 };
  if (reader.characters[reader.at] !== '{') return undefined;
  const rest = reader.characters.slice(reader.at, reader.at + 10).join('');
  const found = /^\{([0-9]{1,3})(?:(,)([0-9]{0,3}))?\}/.exec(rest);
  if (found === null) {
    fail(reader, 'has a { that is no count');
    return undefined;
  }
  reader.at += found[0].length;
  const least = Number(found[1]);
  const open = found[2] !== undefined && found[3] === '';
  const most = open ? null : Number(found[3] ?? found[1]);
  if (least > maxCount || (most ?? 0) > maxCount || (most !== null && most < least)) {
    fail(reader, `counts to more than ${maxCount}, or backwards`);
    return { least: 0, most: 0 };
  }
  return { least, most };
}

/** An escape outside a class: `\d` and the like, or a sign that stands for itself. */
function readEscape(reader: Reader): PatternNode {
  const character = reader.characters[reader.at];
  reader.at += 1;
  const ranges = classes[(character ?? '').toLowerCase()];
  if (character !== undefined && ranges !== undefined) {
    return { kind: 'set', ranges, negated: character !== character.toLowerCase() };
  }
  return literal(escaped(reader, character));
}

/** The character that an escape stands for; letters and digits have meanings that are refused. */
function escaped(reader: Reader, character: string | undefined): string {
  if (character === undefined) {
    fail(reader, 'ends with a \\');
    return '';
  }
  const control = controls[character];
  if (control !== undefined) return String.fromCodePoint(control);
  if (/[0-9A-Za-z]/.test(character)) fail(reader, `uses \\${character}, which is not allowed`);
  return character;
}

function readClass(reader: Reader): PatternNode {
  const negated = accept(reader, '^');
  const ranges: Range[] = [];
  while (reader.problem === undefined && !accept(reader, ']')) {
    if (reader.at >= reader.characters.length) {
      fail(reader, 'has a [ without its ]');
      break;
    }
    const first = readMember(reader);
    if (typeof first !== 'string') {
      ranges.push(...first);
      continue;
    }
    const isRange =
      reader.characters[reader.at] === '-' && reader.characters[reader.at + 1] !== ']';
    if (isRange) reader.at += 1;
    const last = isRange ? readMember(reader) : first;
    const low = first.codePointAt(0) ?? 0;
    const high = typeof last === 'string' ? (last.codePointAt(0) ?? 0) : -1;
    if (high < low) fail(reader, 'has a class that counts backwards');
    ranges.push([low, high]);
  }
  return { kind: 'set', ranges, negated };
}

/** One character of a class, or the ranges of `\d`, `\w`, `\s`. */
function readMember(reader: Reader): string | readonly Range[] {
  const character = reader.characters[reader.at];
  reader.at += 1;
  if (character !== '\\') {
    if (character === '[') fail(reader, 'has a [ inside a class: write \\[');
    return character ?? '';
  }
  const next = reader.characters[reader.at];
  reader.at += 1;
  const ranges = next === undefined ? undefined : classes[next];
  return ranges ?? escaped(reader, next);
}

function literal(character: string): PatternNode {
  const point = character.codePointAt(0) ?? 0;
  return { kind: 'set', ranges: [[point, point]], negated: false };
}
