// How a column's text becomes a value: money and counters stay text, because a double rounds them.

type Parse = (text: string) => unknown;

const asText: Parse = (text) => text;
const asNumber: Parse = (text) => +text;
const asBoolean: Parse = (text) => text === 't';
const asJson: Parse = (text) => JSON.parse(text);

/**
 * Type numbers of Postgres (`pg_type.oid`). Whatever is not named arrives as text:
 * int8 (20), numeric (1700), text (25), arrays as literals, times as Postgres prints them.
 */
const PARSERS: Readonly<Record<number, Parse>> = {
  16: asBoolean,
  21: asNumber,
  23: asNumber,
  26: asNumber,
  114: asJson,
  3802: asJson,
};

/** The reader of a column by its type number. */
export function columnParser(typeId: number): Parse {
  return PARSERS[typeId] ?? asText;
}
