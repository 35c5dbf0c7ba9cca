// The merchant's code that a visitor scans: EMVCo merchant-presented QR, of any country's scheme.

import { currencyByNumeric } from '../money/currency.ts';
import { parseDecimal } from '../money/money.ts';
import { crcProblems, type Field, fieldValue, readFields } from './emvco.ts';
import { type CodeProblem, isValid, type ProblemCode, problem } from './problem.ts';
import { cardNetworkOf, schemeOf } from './scheme.ts';

/** One merchant account (tags 02 to 51) or one unreserved template (80 to 99). */
export interface MerchantAccount {
  readonly tag: string;
  /** The globally unique identifier (sub-tag 00) of a template, such as `SG.PAYNOW`. */
  readonly guid: string | null;
  /** The card network of a primitive tag, such as `Visa` for tag 02. */
  readonly cardNetwork: string | null;
  readonly value: string;
  /** The template's fields; empty for a primitive tag or a value that does not divide. */
  readonly fields: readonly Field[];
}

/** The merchant's name and city in another language (tag 64). */
export interface LanguageTemplate {
  readonly language: string | null;
  readonly merchantName: string | null;
  readonly city: string | null;
}

/** What the visitor adds to the amount (tags 55 to 57). */
export interface TipOrFee {
  readonly kind: 'ask' | 'fixed' | 'percentage' | 'unknown';
  readonly value: string | null;
}

/**
 * A merchant code as it was read. Texts are null where the tag is absent. When the text does not
 * divide into fields up to its checksum, nothing of it is shown: a half-read merchant misleads.
 */
export interface MerchantCode {
  readonly valid: boolean;
  /** Valid, and every mandatory-tag rule of EMVCo MPM 1.1 kept, which many living codes do not. */
  readonly strictEmvco: boolean;
  readonly problems: readonly CodeProblem[];
  readonly scheme: string | null;
  readonly merchantName: string | null;
  readonly city: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
  /** ISO 4217 alphabetic code; the three digits as they are when they name no current currency. */
  readonly currency: string | null;
  readonly currencyNumeric: string | null;
  /** Major units as the code writes them, such as `100003.00`. */
  readonly amount: string | null;
  readonly merchantCategoryCode: string | null;
  readonly postalCode: string | null;
  /** A static code serves many payments; a dynamic one is made for one. */
  readonly pointOfInitiation: 'static' | 'dynamic' | null;
  readonly tipOrFee: TipOrFee | null;
  readonly accounts: readonly MerchantAccount[];
  /** Tag 62 by name (`referenceLabel`); tags without a name keep their two digits. */
  readonly additionalData: Readonly<Record<string, string>> | null;
  readonly languageTemplate: LanguageTemplate | null;
  readonly unreserved: readonly MerchantAccount[];
}

/** The names of the fields inside tag 62 (EMVCo MPM 1.1 §4.8). */
export const additionalDataNames: Readonly<Record<string, string>> = {
  '01': 'billNumber',
  '02': 'mobileNumber',
  '03': 'storeLabel',
  '04': 'loyaltyNumber',
  '05': 'referenceLabel',
  '06': 'customerLabel',
  '07': 'terminalLabel',
  '08': 'purposeOfTransaction',
  '09': 'additionalConsumerDataRequest',
  '10': 'merchantTaxId',
  '11': 'merchantChannel',
};

interface ValueRule {
  readonly tag: string;
  readonly mandatory: boolean;
  readonly name: string;
  readonly shortest: number;
  readonly longest: number;
  readonly form?: RegExp;
}

// EMVCo MPM 1.1 §3.2 and §4: living codes break these, so each is a departure and not an error.
const VALUE_RULES: readonly ValueRule[] = [
  rule('01', false, 'point of initiation method', 2, 2, /^1[12]$/),
  rule('52', true, 'merchant category code', 4, 4, /^[0-9]{4}$/),
  rule('53', true, 'currency', 3, 3, /^[0-9]{3}$/),
  rule('54', false, 'amount', 1, 13, /^[0-9]+(?:\.[0-9]*)?$/),
  rule('55', false, 'tip or convenience indicator', 2, 2, /^0[123]$/),
  rule('58', true, 'country', 2, 2, /^[A-Za-z]{2}$/),
  rule('59', true, 'merchant name', 1, 25),
  rule('60', true, 'merchant city', 1, 15),
  rule('61', false, 'postal code', 1, 10),
];

/** Reads a merchant code. Never throws; the caller bounds the length of the text. */
export function readMerchantCode(text: string): MerchantCode {
  const reading = readFields(text);
  const problems: CodeProblem[] = [...reading.problems];
  if (reading.complete) {
    problems.push(...crcProblems(text, reading.fields));
  }
  problems.push(...formatProblems(reading.fields));
  if (problems.some(({ code }) => !READABLE_DESPITE.has(code))) {
    return { ...NOTHING_READ, problems };
  }
  return readSound(reading.fields, problems);
}

// With these the text still divides up to its checksum, so a person may see what it says.
const READABLE_DESPITE: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'crc_wrong',
  'crc_malformed',
  'format_indicator_not_01',
]);

/** A text that divides into fields up to its checksum. */
function readSound(fields: readonly Field[], structure: readonly CodeProblem[]): MerchantCode {
  const text = (tag: string): string | null => fieldValue(fields, tag) ?? null;
  const accounts = fields.filter(({ tag }) => tag >= '02' && tag <= '51').map(readAccount);
  const additional = readTemplate(fields, '62');
  const language = readTemplate(fields, '64');
  const currencyNumeric = text('53');
  const currency = currencyNumeric === null ? null : alphabetic(currencyNumeric);
  const amount = text('54');
  const problems = [
    ...structure,
    ...accounts.flatMap(accountProblems),
    ...(accounts.length === 0 ? [problem('account_missing')] : []),
    ...VALUE_RULES.flatMap((each) => valueProblems(each, text(each.tag))),
    ...additional.problems,
    ...language.problems,
    ...moneyProblems(currencyNumeric, amount),
  ];
  const valid = isValid(problems);
  return {
    valid,
    strictEmvco: valid && problems.every(({ severity }) => severity === 'advice'),
    problems,
    scheme: schemeOf({
      guids: accounts.flatMap(({ guid }) => guid ?? []),
      accountTags: accounts.map(({ tag }) => tag),
      country: text('58'),
    }),
    merchantName: text('59'),
    city: text('60'),
    country: text('58'),
    currency,
    currencyNumeric,
    amount,
    merchantCategoryCode: text('52'),
    postalCode: text('61'),
    pointOfInitiation: pointOfInitiation(text('01'), amount),
    tipOrFee: tipOrFee(fields),
    accounts,
    additionalData: additional.fields === null ? null : named(additional.fields),
    languageTemplate: language.fields === null ? null : languageOf(language.fields),
    unreserved: fields.filter(({ tag }) => tag >= '80').map(readAccount),
  };
}

const NOTHING_READ: MerchantCode = {
  valid: false,
  strictEmvco: false,
  problems: [],
  scheme: null,
  merchantName: null,
  city: null,
  country: null,
  currency: null,
  currencyNumeric: null,
  amount: null,
  merchantCategoryCode: null,
  postalCode: null,
  pointOfInitiation: null,
  tipOrFee: null,
  accounts: [],
  additionalData: null,
  languageTemplate: null,
  unreserved: [],
};

/** Tag 00 comes first; all Malaysian codes say 02 in it (partners-clients.md §3.1). */
function formatProblems(fields: readonly Field[]): CodeProblem[] {
  const first = fields[0];
  if (first === undefined || first.tag !== '00') {
    return [problem('first_tag_not_00', { at: 0 })];
  }
  if (first.value === '02') {
    return [problem('format_indicator_not_01', { tag: '00', at: 0 })];
  }
  return first.value === '01' ? [] : [problem('format_indicator_unknown', { tag: '00', at: 0 })];
}

function readAccount({ tag, value }: Field): MerchantAccount {
  const cardNetwork = cardNetworkOf(tag);
  const reading = cardNetwork === null ? readFields(value, tag) : undefined;
  const fields = reading?.complete ? reading.fields : [];
  return { tag, guid: fieldValue(fields, '00') ?? null, cardNetwork, value, fields };
}

/** An account template that does not divide names nobody to pay. */
function accountProblems({ tag, cardNetwork, fields }: MerchantAccount): CodeProblem[] {
  return cardNetwork === null && fields.length === 0 ? [problem('template_broken', { tag })] : [];
}

function readTemplate(
  fields: readonly Field[],
  tag: string,
): { fields: readonly Field[] | null; problems: CodeProblem[] } {
  const value = fieldValue(fields, tag);
  if (value === undefined) {
    return { fields: null, problems: [] };
  }
  const reading = readFields(value, tag);
  const problems = reading.complete ? [] : [problem('information_broken', { tag })];
  return { fields: reading.fields, problems };
}

function valueProblems(each: ValueRule, value: string | null): CodeProblem[] {
  const { tag, name } = each;
  if (value === null) {
    return each.mandatory ? [problem('mandatory_tag_missing', { tag, detail: name })] : [];
  }
  const length = Array.from(value).length;
  if (length < each.shortest || length > each.longest) {
    const detail = `${name} has ${length}, EMVCo says ${each.shortest} to ${each.longest}`;
    return [problem('length_out_of_range', { tag, detail })];
  }
  const formed = each.form === undefined || each.form.test(value);
  return formed ? [] : [problem('value_malformed', { tag, detail: name })];
}

function moneyProblems(numeric: string | null, amount: string | null): CodeProblem[] {
  if (numeric === null) {
    return [];
  }
  const currency = currencyByNumeric(numeric);
  if (currency === undefined) {
    return [problem('currency_unknown', { tag: '53', detail: numeric.slice(0, 10) })];
  }
  const countable = amount === null || parseDecimal(currency.code, amount) !== undefined;
  return countable ? [] : [problem('amount_not_in_currency', { tag: '54' })];
}

function alphabetic(numeric: string): string {
  return currencyByNumeric(numeric)?.code ?? numeric;
}

/** Tag 01 is optional; without it, a code that states its amount is made for one payment. */
function pointOfInitiation(method: string | null, amount: string | null): 'static' | 'dynamic' {
  if (method === '11' || method === '12') {
    return method === '11' ? 'static' : 'dynamic';
  }
  return amount === null ? 'static' : 'dynamic';
}

function tipOrFee(fields: readonly Field[]): TipOrFee | null {
  const indicator = fieldValue(fields, '55');
  switch (indicator) {
    case undefined:
      return null;
    case '01':
      return { kind: 'ask', value: null };
    case '02':
      return { kind: 'fixed', value: fieldValue(fields, '56') ?? null };
    case '03':
      return { kind: 'percentage', value: fieldValue(fields, '57') ?? null };
    default:
      return { kind: 'unknown', value: null };
  }
}

function named(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ tag, value }) => [additionalDataNames[tag] ?? tag, value]),
  );
}

function languageOf(fields: readonly Field[]): LanguageTemplate {
  return {
    language: fieldValue(fields, '00') ?? null,
    merchantName: fieldValue(fields, '01') ?? null,
    city: fieldValue(fields, '02') ?? null,
  };
}

function rule(
  tag: string,
  mandatory: boolean,
  name: string,
  shortest: number,
  longest: number,
  form?: RegExp,
): ValueRule {
  return { tag, mandatory, name, shortest, longest, ...(form === undefined ? {} : { form }) };
}
