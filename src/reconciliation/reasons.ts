// Why a line is a break, or a file cannot be read, as codes and values: what is stored and answered
// stays the English sentence, and pages say the same in their reader's language.

/** A part of a sentence: its code, and what stands in its places. */
interface Reason {
  readonly code: ReasonCode;
  readonly values: Readonly<Record<string, string>>;
}

/** The sentences of a partner's line; how the line begins stands behind each. */
const ofLines = {
  open_quote: 'an open quote: {text}',
  field_count: '{found} fields of {expected}: {text}',
  no_id: 'no id: {text}',
  no_currency: 'no such currency: {text}',
  no_amount: 'no amount: {text}',
  no_kind: 'neither payment nor refund: {text}',
  payment_below_zero: 'a payment below zero: {text}',
  no_date: 'no date: {text}',
} as const;

/** The sentences of a bank's line, by what it says of settlement batches. */
const ofBankLines = {
  reference_twice: 'its reference stands here twice',
  booked_at: 'its reference is booked at {account} for {batch}',
  booked_with: 'its reference is booked with {minor} for {batch}',
  names_several: 'it names {batches}',
  names_unknown: 'it names {batch}, which is no batch',
  names_taken: 'it names {batch}, which is at the bank with another line',
  names_in_state: 'it names {batch}, which is {state}',
  names_of_day: 'it names {batch}, which is of {day}',
  names_less_kept: 'it names {batch}; the bank kept {minor}',
  names: 'it names {batch}',
  takes_back_unnamed: 'it takes a movement back, and does not say which',
  fits_none: 'no batch that was sent is of it',
  fits_several: 'it may be {batches}',
  meanwhile_in_state: 'it is for {batch}, which is {state} meanwhile',
  meanwhile_booked: 'its reference was booked meanwhile for {batch}',
  meanwhile_unknown: 'it is for {batch}, which is no batch',
  meanwhile_not_by: 'it is for {batch}; {person} may not confirm that',
} as const;

/** What may stand behind the sentence of a bank's line, in this order. */
const added = {
  takes_back: ', and takes a movement back',
  foreign_charges: '; the bank names charges of {charges}',
} as const;

/** Why a partner's file, or the description of its columns, says nothing at all. */
const ofFiles = {
  heading_open_quote: 'the heading has an open quote',
  no_column: 'the file has no column {column}',
  mapping_no_json: 'the mapping is no JSON',
  mapping_no_object: 'the mapping must be an object',
  columns_no_object: 'columns: must be an object',
  no_such_field: '{field}: no such field',
  must_be_heading: "{field}: must be a column's heading",
  must_be_separator: 'separator: one of , ; tab |',
  must_be_either: '{field}: {one} or {other}',
  must_be_word: '{field}: must be a word',
  field_no_currency: '{field}: no such currency',
} as const;

/** Why a bank's file is refused as a whole. */
const ofBankFiles = {
  larger: 'larger than {number} bytes',
  not_utf8: 'not UTF-8',
  no_statement: 'neither camt.053.001.08 nor camt.054.001.08',
  no_such_sign: 'a character that XML does not know',
  no_element: 'no element',
} as const;

/** What is wrong at a line of a bank's file, as XML. */
const ofXml = {
  not_closed: '{element} is not closed',
  bad_declaration: 'a declaration that cannot be read',
  other_encoding: 'the encoding {encoding}; UTF-8 is taken',
  document_type: 'a document type, which is not taken',
  begins_nothing: 'a < that begins nothing',
  text_outside: 'text outside of the document',
  cdata_out_of_place: 'a CDATA section out of place',
  no_end_mark: 'no {mark}',
  unreadable_element: 'an element that cannot be read, or of more than {number} attributes',
  second_document: 'a second document',
  too_deep: 'deeper than {number} elements',
  too_many_elements: 'more than {number} elements',
  unknown_prefix: 'the prefix {prefix} means nothing',
  attribute_twice: '{attribute} twice',
  closes_nothing: 'an end that closes nothing; open is {element}',
  unknown_entity: 'an entity that XML itself does not have',
} as const;

/** What is wrong with an element of a bank's file. */
const ofElements = {
  missing: '{name} is missing',
  only_once: 'only once',
  text_length: 'must be a text of 1 to {number} signs',
  account_currency: 'no currency',
  too_many_lines: 'more than {number} lines',
  turnover_too_large: 'its lines come to more than any account holds',
  no_balance: 'no balance {balance}',
  one_balance: 'one balance opens and closes',
  direction: 'must be CRDT or DBIT',
  other_currency: 'Ccy must be {currency}, as the account',
  element_no_amount: 'no amount',
  too_fine: 'finer than its unit',
  too_large: 'more than any account holds',
  element_no_date: 'no date',
  element_no_time: 'no time',
  sum_differs: 'its transactions do not make up its amount',
} as const;

/** Where in a file it is; what is wrong there comes behind. */
const places = { at_line: 'line {number}: ', at_element: '{element}: ' } as const;

/** Every code; pages have words for each (tests/contracts.test.ts). */
type ReasonCode =
  | keyof typeof ofLines
  | keyof typeof ofBankLines
  | keyof typeof added
  | keyof typeof ofFiles
  | keyof typeof ofBankFiles
  | keyof typeof ofXml
  | keyof typeof ofElements
  | keyof typeof places;

const batch = 'S\\d{16}';

/** What may stand in a place; any text without a space where nothing is said. */
const shapes: Readonly<Record<string, string>> = {
  text: '.*',
  person: '.+',
  charges: '.+',
  column: '.+',
  field: '.+',
  batch,
  batches: `${batch}(?: and ${batch})+`,
  state: '[A-Z]+',
  day: '\\d{4}-\\d{2}-\\d{2}',
  minor: '-?\\d+',
  number: '\\d+',
  found: '\\d+',
  expected: '\\d+',
};

function patternOf(template: string): string {
  return template
    .split(/(\{[a-z]+\})/i)
    .map((part) => {
      const name = /^\{([a-z]+)\}$/i.exec(part)?.[1];
      if (name === undefined) return part.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&');
      return `(?<${name}>${shapes[name] ?? '\\S+'})`;
    })
    .join('');
}

type Reader = (text: string) => { readonly reason: Reason; readonly rest: string } | undefined;

/** Reads one of some sentences; `end` says what must follow it. */
function reader(templates: Readonly<Record<string, string>>, end: string): Reader {
  const patterns = Object.entries(templates).map(
    ([code, template]) =>
      [code as ReasonCode, new RegExp(`^${patternOf(template)}${end}`, 's')] as const,
  );
  return (text) => {
    for (const [code, pattern] of patterns) {
      const found = pattern.exec(text);
      if (found === null) continue;
      const reason = { code, values: { ...found.groups } };
      return { reason, rest: text.slice(found[0].length) };
    }
    return undefined;
  };
}

const whole = reader({ ...ofLines, ...ofFiles, ...ofBankFiles }, '$');
const bankLine = reader(ofBankLines, '(?=$|, and takes|; the bank names)');
const takesBack = reader({ takes_back: added.takes_back }, '(?=$|; )');
const foreignCharges = reader({ foreign_charges: added.foreign_charges }, '$');
const line = reader({ at_line: places.at_line }, '');
const element = reader({ at_element: places.at_element }, '');
const atElement = reader(ofElements, '$');
const atLine = reader(ofXml, '$');

/** Some parts one after the other; undefined unless they are the whole text. */
function inOrder(text: string, parts: readonly (readonly [Reader, 'must' | 'may'])[]) {
  const reasons: Reason[] = [];
  let rest = text;
  for (const [read, need] of parts) {
    const found = read(rest);
    if (found === undefined && need === 'must') return undefined;
    if (found === undefined) continue;
    reasons.push(found.reason);
    rest = found.rest;
  }
  return rest === '' ? reasons : undefined;
}

/**
 * A sentence that was stored or answered, as its parts in their order; none for one that is not
 * ours, which is then shown as it stands.
 */
export function readReasons(text: string | null): readonly Reason[] {
  if (text === null) return [];
  return (
    inOrder(text, [
      [line, 'must'],
      [element, 'must'],
      [atElement, 'must'],
    ]) ??
    inOrder(text, [
      [line, 'must'],
      [atLine, 'must'],
    ]) ??
    inOrder(text, [
      [bankLine, 'must'],
      [takesBack, 'may'],
      [foreignCharges, 'may'],
    ]) ??
    inOrder(text, [[whole, 'must']]) ??
    []
  );
}
