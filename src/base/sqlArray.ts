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

/**
 * A separator that none of the texts contains. No JSON contains the first one; whatever else was
 * sent, one of the others is not in it. None begins anew inside itself, so that no end of a text
 * together with a beginning of the separator looks like one.
 */
export function separatorOf(texts: readonly string[]): string {
  let separator = '\u001f';
  for (let count = 0; texts.some((text) => text.includes(separator)); count++) {
    separator = `\u001f${count};`;
  }
  return separator;
}

/**
 * Long texts as one text, which the server only has to cut (`string_to_array($2::text, $3::text)`):
 * to quote and unquote them as elements of an array costs both sides several times as much. The
 * end is marked too, so that a list of one empty text is no empty list; beside other lists, what is
 * cut off behind the last mark is a row without an id.
 */
export function joinedTexts(texts: readonly string[], separator: string): string {
  return texts.join(separator) + separator;
}

/**
 * The insert that takes such a list as $2 for one lane, $1. The lane is selected from `lanes`, so
 * that a distributed database sees one shard (citus.md rule 3). `columns` are those after the lane.
 */
export function insertRows(table: string, columns: readonly string[]): string {
  return (
    `insert into ${table} (lane, ${columns.join(', ')}) ` +
    `select l.lane, ${columns.map((column) => `u.${column}`).join(', ')} ` +
    `from lanes l, unnest($2::text::${table}[]) u where l.lane = $1`
  );
}

/** Characters that mean something inside a row literal, or would be trimmed away. */
const NEEDS_ROW_QUOTES = /["\\(),\s]/;

/**
 * An array literal of rows, for a parameter that the SQL casts to an array of a table's own row
 * type: `$2::text::payments[]`. Every row has its values in the order of the table's columns. One
 * such list costs the server about half of what a list for each column does.
 */
export function rowArray(rows: readonly (readonly (string | number | bigint | null)[])[]): string {
  let literal = '{';
  for (let index = 0; index < rows.length; index += 1) {
    if (index > 0) literal += ',';
    literal += textElement(rowLiteral(rows[index] ?? []));
  }
  return `${literal}}`;
}

function rowLiteral(values: readonly (string | number | bigint | null)[]): string {
  let literal = '(';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ',';
    const value = values[index];
    if (value === null || value === undefined) continue;
    literal += typeof value === 'string' ? rowElement(value) : value;
  }
  return `${literal})`;
}

/** Nothing at all would be read as NULL, so an empty text is quoted too. */
function rowElement(text: string): string {
  if (text !== '' && !NEEDS_ROW_QUOTES.test(text)) return text;
  return `"${text.replace(NEEDS_ESCAPE, '$&$&')}"`;
}

function textElement(text: string): string {
  if (text.includes('\0')) throw new Error('A text for the database contains a zero character');
  if (text !== '' && !NEEDS_QUOTES.test(text) && !(text.length === 4 && isNull(text))) return text;
  // JSON quotes by the same rules, and natively, wherever there is nothing but quotes and
  // backslashes.
  if (!JSON_ESCAPES_OTHERWISE.test(text)) return JSON.stringify(text);
  return `"${text.replace(NEEDS_ESCAPE, '\\$&')}"`;
}

/** The word NULL without quotes, in any case, would be read as the absence of a value. */
function isNull(text: string): boolean {
  return text.toUpperCase() === 'NULL';
}
