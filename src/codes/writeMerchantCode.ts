// Writing a merchant code: the fields of a shop become the text of an EMVCo merchant-presented QR.

import { currencyOf } from '../money/currency.ts';
import { type Field, withCrc, writeField } from './emvco.ts';
import {
  additionalDataNames,
  type LanguageTemplate,
  type MerchantCode,
  readMerchantCode,
} from './merchantCode.ts';
import { type CodeProblem, problem } from './problem.ts';

/** A merchant account to write: a card network's text (tags 02 to 25) or a template (26 to 51). */
export interface AccountToWrite {
  readonly tag: string;
  /** The text of a primitive account. */
  readonly value?: string;
  /** The fields of a template, its globally unique identifier (sub-tag 00) first. */
  readonly fields?: readonly Field[];
}

/** What a merchant code says. Absent texts leave their tag out. */
export interface MerchantCodeFields {
  readonly pointOfInitiation: NonNullable<MerchantCode['pointOfInitiation']>;
  readonly accounts: readonly AccountToWrite[];
  readonly merchantCategoryCode: string;
  /** ISO 4217 alphabetic code. */
  readonly currency: string;
  /** Major units: `75.38`. */
  readonly amount?: string;
  readonly country: string;
  readonly merchantName: string;
  readonly city: string;
  readonly postalCode?: string;
  /** By name (`referenceLabel`) or by two digits for the tags without a name. */
  readonly additionalData?: Readonly<Record<string, string>>;
  readonly languageTemplate?: LanguageTemplate;
}

/** The text, or null and what is wrong with the fields. */
export interface WrittenMerchantCode {
  readonly text: string | null;
  readonly problems: readonly CodeProblem[];
}

/**
 * Writes the code in the order of its tags, then reads it back: only a text that is valid and keeps
 * every rule of EMVCo is given out.
 */
export function writeMerchantCode(code: MerchantCodeFields): WrittenMerchantCode {
  const written: string[] = [];
  for (const { tag, value } of fieldsOf(code)) {
    const text = value === undefined ? undefined : writeField(tag, value);
    if (text === undefined) {
      return { text: null, problems: [problem('length_out_of_range', { tag })] };
    }
    written.push(text);
  }
  const text = withCrc(written.join(''));
  const { problems } = readMerchantCode(text);
  return problems.length === 0 ? { text, problems } : { text: null, problems };
}

interface FieldToWrite {
  readonly tag: string;
  /** Undefined when a field inside the template cannot be written. */
  readonly value: string | undefined;
}

function fieldsOf(code: MerchantCodeFields): FieldToWrite[] {
  const { amount, postalCode, additionalData, languageTemplate } = code;
  const accounts = [...code.accounts].sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return [
    { tag: '00', value: '01' },
    { tag: '01', value: code.pointOfInitiation === 'static' ? '11' : '12' },
    ...accounts.map(({ tag, value, fields }) => ({ tag, value: value ?? template(fields ?? []) })),
    { tag: '52', value: code.merchantCategoryCode },
    { tag: '53', value: currencyOf(code.currency)?.numeric },
    ...(amount === undefined ? [] : [{ tag: '54', value: amount }]),
    { tag: '58', value: code.country },
    { tag: '59', value: code.merchantName },
    { tag: '60', value: code.city },
    ...(postalCode === undefined ? [] : [{ tag: '61', value: postalCode }]),
    ...(additionalData === undefined
      ? []
      : [{ tag: '62', value: template(additionalFields(additionalData)) }]),
    ...(languageTemplate === undefined
      ? []
      : [{ tag: '64', value: template(languageFields(languageTemplate)) }]),
  ];
}

function template(fields: readonly Field[]): string | undefined {
  const texts = fields.map(({ tag, value }) => writeField(tag, value));
  return texts.includes(undefined) ? undefined : texts.join('');
}

const tagOfName = new Map(Object.entries(additionalDataNames).map(([tag, name]) => [name, tag]));

function additionalFields(data: Readonly<Record<string, string>>): Field[] {
  return Object.entries(data)
    .map(([name, value]) => ({ tag: tagOfName.get(name) ?? name, value }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

function languageFields(language: LanguageTemplate): Field[] {
  const texts = [language.language, language.merchantName, language.city];
  return texts.flatMap((value, index) => (value === null ? [] : [{ tag: `0${index}`, value }]));
}
