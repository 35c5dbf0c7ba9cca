// The till's keypad: what each key does to an amount of two decimals, as all currencies of the
// sandbox's shops have.
import { type Money, parseDecimal } from '../../src/money/money.ts';

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.' | 'erase';

// Seven digits before the point are more than any shop sells over the counter.
const mostWholeDigits = 7;

/** The text after a key; a key that would make no amount leaves it as it was. */
export function press(text: string, key: Key): string {
  if (key === 'erase') return text.slice(0, -1);
  if (key === '.') return text.includes('.') ? text : `${text === '' ? '0' : text}.`;
  const next = text === '0' ? key.replace(/^0+(?=.)/, '') : text + key;
  if (text === '' && key === '00') return '0';
  if (text === '0' && (key === '0' || key === '00')) return '0';
  return isWithin(next) ? next : text;
}

function isWithin(text: string): boolean {
  const [whole = '', decimals = ''] = text.split('.');
  return whole.length <= mostWholeDigits && decimals.length <= 2;
}

/** The amount typed, or undefined while it is nothing or zero. `12.` and `12` are the same. */
export function typedAmount(text: string, currency = 'CNY'): Money | undefined {
  const money = parseDecimal(currency, text.endsWith('.') ? text.slice(0, -1) : text);
  return money !== undefined && money.minor > 0n ? money : undefined;
}

/** The key that a key of the keyboard stands for. */
export function keyOf(pressed: string): Key | undefined {
  if (/^[0-9]$/.test(pressed)) return pressed as Key;
  if (pressed === '.' || pressed === ',') return '.';
  return pressed === 'Backspace' || pressed === 'Delete' ? 'erase' : undefined;
}
