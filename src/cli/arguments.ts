// What is typed behind an option: read, or refused with the form that it must have.

import { InvalidArgumentError } from 'commander';
import { dayOfDate } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { isCurrency } from '../money/currency.ts';
import { parseIsoTime } from '../wire/time.ts';

/** Who takes a step that is written down. */
export function aPerson(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 64) throw new InvalidArgumentError('a name, to 64 letters');
  return name;
}

/** What a bank calls a transfer. */
export function aReference(text: string): string {
  if (!/^[\x21-\x7e]{1,64}$/.test(text)) throw new InvalidArgumentError('1 to 64 signs, no space');
  return text;
}

/** A moment, in milliseconds. */
export function aTime(text: string): number {
  const at = parseIsoTime(text);
  if (at === undefined) {
    throw new InvalidArgumentError('ISO 8601 with an offset, as 2026-11-22T18:00:00+08:00');
  }
  return at;
}

export function aDay(text: string): ClearingDay {
  const day = dayOfDate(text);
  if (day === undefined) throw new InvalidArgumentError('a date, as 2026-11-22');
  return day;
}

export function aCurrency(text: string): string {
  if (!isCurrency(text)) throw new InvalidArgumentError('a currency of ISO 4217, as MYR');
  return text;
}

/** A market, as ISO 3166 has it. */
export function aRegion(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw new InvalidArgumentError('two capital letters, as MY');
  return text;
}

/** What a wallet may owe, in minor units. */
export function aCap(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text)) throw new InvalidArgumentError('minor units, digits only');
  return BigInt(text);
}

/** 0 to 9999 of them. */
export function basisPoints(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text)) throw new InvalidArgumentError('0 to 9999 basis points');
  return Number(text);
}

/** Where something is reached, without a slash at its end: a path is put behind it. */
export function anOrigin(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('an http or https address');
  }
  return text.replace(/\/+$/, '');
}

/** How long something may take. */
export function milliseconds(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new InvalidArgumentError('1 to 999999 milliseconds');
  return Number(text);
}

/** How many of something that may be as many as one likes. */
export function aCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('give a number from 1');
  return count;
}

/** A whole number between these two, or one of them. */
export function within(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^[0-9]+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`${least} to ${most}`);
    }
    return number;
  };
}

/** A port to listen at; 0 is any that is free. */
export const aPort = within(0, 65_535);
