// The grammar of EMVCo merchant-presented codes: tag, length, value, and the checksum at the end.
//
// Lengths count characters while the checksum runs over the UTF-8 bytes (partners-clients.md §3.1:
// the specification's Chinese example and the codes of Korea, Japan and Cambodia). A character is a
// Unicode code point here; known codes use none outside the basic plane, where UTF-16 units would
// differ.

import { type CodeProblem, problem } from './problem.ts';

/** One data object: two digits of tag, two of length, then that many characters of value. */
export interface Field {
  readonly tag: string;
  readonly value: string;
}

/** The fields in the order of the text, and every problem; fields stop at the first break. */
export interface FieldReading {
  readonly fields: readonly Field[];
  readonly problems: readonly CodeProblem[];
  /** Whether the whole text was divided; a repeated tag alone does not break it. */
  readonly complete: boolean;
}

/** The checksum's own tag, always the last. */
const CRC_TAG = '63';
/** `6304`: the tag and length that the checksum covers too (EMVCo MPM 1.1 §4.7.3). */
const CRC_HEAD = `${CRC_TAG}04`;
const MAX_FIELD_LENGTH = 99;

/** Divides a text into fields. `within` is the template's tag, for the places of problems. */
export function readFields(text: string, within?: string): FieldReading {
  const characters = Array.from(text);
  const fields: Field[] = [];
  const problems: CodeProblem[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at < characters.length) {
    const tag = characters.slice(at, at + 2).join('');
    const length = characters.slice(at + 2, at + 4).join('');
    if (!/^[0-9]{2}$/.test(tag)) {
      problems.push(problem('tag_not_digits', within === undefined ? { at } : { tag: within, at }));
      return { fields, problems, complete: false };
    }
    const place = { tag: within === undefined ? tag : `${within}.${tag}`, at };
    if (!/^[0-9]{2}$/.test(length)) {
      problems.push(problem('length_not_digits', place));
      return { fields, problems, complete: false };
    }
    const end = at + 4 + Number(length);
    if (end > characters.length) {
      problems.push(problem('value_cut_short', place));
      return { fields, problems, complete: false };
    }
    if (seen.has(tag)) {
      problems.push(problem('tag_repeated', place));
    }
    seen.add(tag);
    fields.push({ tag, value: characters.slice(at + 4, end).join('') });
    at = end;
  }
  return { fields, problems, complete: true };
}

/**
 * One field as text, or undefined when its tag is not two digits or its value has over 99
 * characters.
 */
export function writeField(tag: string, value: string): string | undefined {
  const length = Array.from(value).length;
  if (!/^[0-9]{2}$/.test(tag) || length > MAX_FIELD_LENGTH) {
    return undefined;
  }
  return tag + String(length).padStart(2, '0') + value;
}

/** The value of the first field with this tag. */
export function fieldValue(fields: readonly Field[], tag: string): string | undefined {
  return fields.find((field) => field.tag === tag)?.value;
}

/**
 * The value at a path of tags, as `['62', '05']`; undefined where a level is absent or does not
 * divide into fields.
 */
export function valueAtPath(fields: readonly Field[], path: readonly string[]): string | undefined {
  const [tag = '', ...below] = path;
  const value = fieldValue(fields, tag);
  if (value === undefined || below.length === 0) return value;
  const inside = readFields(value);
  return inside.complete ? valueAtPath(inside.fields, below) : undefined;
}

/** The text with its checksum at the end. */
export function withCrc(text: string): string {
  return text + CRC_HEAD + crcText(text + CRC_HEAD);
}

/**
 * What is wrong with the checksum of a text that divides into `fields`. Lower-case digits are
 * accepted: living Indian and Vietnamese codes have them.
 */
export function crcProblems(text: string, fields: readonly Field[]): CodeProblem[] {
  const index = fields.findIndex(({ tag }) => tag === CRC_TAG);
  const crc = fields[index]?.value;
  if (crc === undefined) {
    return [problem('crc_missing', { tag: CRC_TAG })];
  }
  if (index !== fields.length - 1) {
    return [problem('data_after_crc', { tag: CRC_TAG })];
  }
  if (!/^[0-9A-Fa-f]{4}$/.test(crc)) {
    return [problem('crc_malformed', { tag: CRC_TAG })];
  }
  const expected = crcText(text.slice(0, -crc.length));
  if (crc.toUpperCase() !== expected) {
    return [problem('crc_wrong', { tag: CRC_TAG, detail: `${crc} where ${expected} is right` })];
  }
  return [];
}

/**
 * CRC-16/CCITT-FALSE (polynomial 1021, initial FFFF) of the UTF-8 bytes, as four capital digits.
 */
export function crcText(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    }
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
