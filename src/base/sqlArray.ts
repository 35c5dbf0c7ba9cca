// Arrays as Postgres reads them in text, so that a whole batch travels as one parameter a column.

/** Characters that mean something inside an array literal, or would be trimmed away. */
const NEEDS_QUOTES = /[",\\{}\s]/;
const NEEDS_ESCAPE = /["\\]/g;
/** Control characters and halves of surrogate pairs: JSON writes them in a way of its own. */
const JSON_ESCAPES_OTHERWISE = /[\x00-\x1f\ud800-\udfff]/;

/**
 * An array literal of texts, for a parameter that the SQL casts: `$2::text[]`.
 * Throws on a text with a zero character, which Postgres cannot store.
 */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ',';
    const value = values[index];
    literal += value === null || value === undefined ? 'NULL' : textElement(value);
  }
  return `${literal}}`;
}

/** An array literal of numbers, for `$2::bigint[]`, `$3::numeric[]`, `$4::boolean[]` and so on. */
export function numberArray(
  values: readonly (number | bigint | boolean | string | null)[],
): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ',';
    literal += values[index] ?? 'NULL';
  }
  return `${literal}}`;
}

function textElement(text: string): string {
  if (text.includes('\0')) throw new Error('A text for the database contains a zero character');
  if (text !== '' && !NEEDS_QUOTES.test(text) && !(text.length === 4 && isNull(text))) return text;
  // JSON quotes by the same rules, and natively, wherever there is nothing but quotes and backslashes.
  if (!JSON_ESCAPES_OTHERWISE.test(text)) return JSON.stringify(text);
  return `"${text.replace(NEEDS_ESCAPE, '\\$&')}"`;
}

/** The word NULL without quotes, in any case, would be read as the absence of a value. */
function isNull(text: string): boolean {
  return text.toUpperCase() === 'NULL';
}
