// Why a line is a break or a file cannot be read, in the reader's language: the network says it as
// codes and values beside its own sentence.
import { moneyText } from './amount.ts';
import { useWords } from './language.ts';
import { en } from './locales/en.ts';
import { dayText } from './moment.ts';

/** A part of a sentence; its code has words in `locales/en/reasons.ts`. */
export interface Reason {
  readonly code: keyof typeof en.reasons;
  readonly values: Readonly<Record<string, string>>;
}

/** Every place that a sentence may have; each sentence takes those that it knows. */
const places = {
  text: '',
  found: '',
  expected: '',
  account: '',
  batch: '',
  batches: '',
  minor: '',
  state: '',
  day: '',
  person: '',
  charges: '',
  column: '',
  field: '',
  one: '',
  other: '',
  number: '',
  element: '',
  name: '',
  balance: '',
  currency: '',
  encoding: '',
  mark: '',
  prefix: '',
  attribute: '',
  sign: '',
  year: '',
};

const settlementStates = Object.keys(en.settlement.state) as (keyof typeof en.settlement.state)[];

/**
 * The sentence of some reasons, where there are any and all of them have words; amounts are in
 * `currency`. Undefined otherwise: the network's own sentence is shown then.
 */
export function useReasonWords(): (
  reasons: readonly Reason[],
  currency?: string,
) => string | undefined {
  const { t, locale } = useWords();
  return (reasons, currency) => {
    // A page may be older than the network that it asks.
    if (reasons.length === 0 || !reasons.every(({ code }) => code in en.reasons)) return undefined;
    const shown = ([name, value]: [string, string]) => {
      const state = settlementStates.find((each) => name === 'state' && each === value);
      if (state !== undefined) return t(`settlement.state.${state}`);
      if (name === 'day') return dayText(value, locale);
      if (name === 'batches' || name === 'charges') return listOf(value, locale);
      const isMoney = name === 'minor' && currency !== undefined;
      return isMoney ? moneyText({ currency, value }, locale) : value;
    };
    const said = reasons.map(({ code, values }) => {
      const words = Object.fromEntries(
        Object.entries(values).map((each) => [each[0], shown(each)] as const),
      );
      return t(`reasons.${code}`, { ...places, ...words });
    });
    return said.join(locale.startsWith('zh') ? '' : ' ');
  };
}

const listOf = (text: string, locale: string) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(text.split(' and '));
