// Reading a partner's CSV file line by line: a line is compared, or named with its number and why
// it cannot be. Nothing is dropped.

import { dayOfDate } from '../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { exponentOf, isCurrency } from '../money/currency.ts';
import { keyOf, type Line, type LineKind, type Unreadable } from './line.ts';
import type { Mapping } from './mapping.ts';

/** Whose file it is: decides the signs, and the currency of a file that names none. */
export interface Partner {
  readonly role: 'wallet' | 'acquirer';
  readonly currency: string;
}

export type ReadLine =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'unreadable'; readonly unreadable: Unreadable };

/** Reads the lines after the heading. */
export type LineReader = (text: string, lineNumber: number) => ReadLine;

/** What the heading came to. */
export type HeadingRead =
  | { readonly ok: true; readonly read: LineReader }
  | { readonly ok: false; readonly problem: string };

const longestId = 64;
const shownOfLine = 120;
const fewestDigits = 1;
const mostDigits = 18;

/** Where each column stands, by the heading; without them no line could be read. */
export function readHeading(text: string, mapping: Mapping, partner: Partner): HeadingRead {
  const headings = fieldsOf(text.replace(/^\uFEFF/, ''), mapping.separator);
  if (headings === undefined) return { ok: false, problem: 'the heading has an open quote' };
  const at: Record<string, number> = {};
  for (const [name, column] of Object.entries(mapping.columns)) {
    if (column === null) continue;
    const place = headings.findIndex((each) => each.trim() === column);
    if (place < 0) return { ok: false, problem: `the file has no column ${column}` };
    at[name] = place;
  }
  const places = { count: headings.length, ...at } as Places;
  return { ok: true, read: (line, number) => readLine(line, number, places, mapping, partner) };
}

interface Places {
  readonly count: number;
  readonly id: number;
  readonly amount: number;
  readonly type?: number;
  readonly currency?: number;
  readonly date?: number;
}

function readLine(
  text: string,
  lineNumber: number,
  places: Places,
  mapping: Mapping,
  partner: Partner,
): ReadLine {
  const wrong = (why: string): ReadLine => ({
    kind: 'unreadable',
    unreadable: { lineNumber, problem: `${why}: ${shown(text)}` },
  });
  const fields = fieldsOf(text, mapping.separator);
  if (fields === undefined) return wrong('an open quote');
  if (fields.length !== places.count) return wrong(`${fields.length} fields of ${places.count}`);
  const field = (place: number | undefined) =>
    place === undefined ? undefined : (fields[place] ?? '').trim();
  const id = field(places.id) ?? '';
  if (id === '' || id.length > longestId || hasControl(id)) return wrong('no id');
  const currency = field(places.currency) ?? mapping.currency ?? partner.currency;
  if (!isCurrency(currency)) return wrong('no such currency');
  const amount = minorOf(field(places.amount) ?? '', currency, mapping.unit);
  if (amount === undefined) return wrong('no amount');
  const kind = kindOf(field(places.type), amount, mapping);
  if (kind === undefined) return wrong('neither payment nor refund');
  if (kind === 'payment' && amount < 0n) return wrong('a payment below zero');
  const written = field(places.date);
  const day = written === undefined || written === '' ? null : dayOf(written);
  if (day === undefined) return wrong('no date');
  const line = {
    key: keyOf(kind, id),
    currency,
    amount: signed(partner.role, kind, amount < 0n ? -amount : amount),
    day,
    lineNumber,
  };
  return { kind: 'line', line };
}

/** A wallet owes payments and gets refunds back; an acquirer the other way round. */
function signed(role: Partner['role'], kind: LineKind, size: bigint): bigint {
  return (role === 'wallet') === (kind === 'payment') ? -size : size;
}

function kindOf(
  word: string | undefined,
  amount: bigint,
  mapping: Mapping,
): 'payment' | 'refund' | undefined {
  if (word === undefined) return amount < 0n ? 'refund' : 'payment';
  if (word === mapping.paymentWord) return 'payment';
  return word === mapping.refundWord ? 'refund' : undefined;
}

/** Minor units of a written amount; undefined where it is none, or finer than the currency. */
function minorOf(text: string, currency: string, unit: Mapping['unit']): bigint | undefined {
  const match = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  if (unit === 'minor' && match[3] !== undefined) return undefined;
  const exponent = unit === 'minor' ? 0 : exponentOf(currency);
  if (decimals.length > exponent) return undefined;
  const digits = whole + decimals.padEnd(exponent, '0');
  if (digits.length < fewestDigits || digits.length > mostDigits) return undefined;
  const size = BigInt(digits);
  return sign === '-' ? -size : size;
}

/** The clearing day of a date, or of a time with its distance from UTC; undefined for no such. */
function dayOf(text: string): ClearingDay | undefined {
  const day = dayOfDate(text.slice(0, 10));
  if (day === undefined || text.length === 10) return day;
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : clearingDayOf(at);
}

/** The fields of a line; in quotes a quote is written twice. Undefined for an open quote. */
function fieldsOf(text: string, separator: string): string[] | undefined {
  if (!text.includes('"')) return text.split(separator);
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && field === '') quoted = true;
    else if (sign === separator) {
      fields.push(field);
      field = '';
    } else field += sign;
  }
  if (quoted) return undefined;
  return [...fields, field];
}

const hasControl = (text: string) => /[\p{Cc}\p{Cs}]/u.test(text);

const shown = (text: string) => text.slice(0, shownOfLine).replace(/[\p{Cc}\p{Cs}\uFFFD]/gu, '?');
