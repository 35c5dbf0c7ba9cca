// What can be wrong with a scanned code: a closed list, from the outside of the text to its inside.

/**
 * How much a problem matters. An `error` makes the code invalid. A `departure` breaks a rule of
 * EMVCo that living schemes break too, so the code stays valid. `advice` only says why it cannot be
 * paid.
 */
export type ProblemSeverity = 'error' | 'departure' | 'advice';

interface ProblemMeaning {
  readonly severity: ProblemSeverity;
  readonly meaning: string;
}

/** Every problem, in the order in which a reader looks for it. */
export const problemTable = {
  empty: error('there is no text'),
  too_long: error('the text is longer than any payment code'),
  not_recognised: error('the text is no code that this network knows'),

  tag_not_digits: error('a tag is not two digits'),
  length_not_digits: error('a length is not two digits'),
  value_cut_short: error('a length reaches past the end of the text'),
  tag_repeated: error('a tag appears twice'),
  template_broken: error('an account template does not divide into fields'),
  first_tag_not_00: error('the payload format indicator (tag 00) does not come first'),
  format_indicator_unknown: error('the payload format indicator is neither 01 nor 02'),
  crc_missing: error('the checksum (tag 63) is missing'),
  data_after_crc: error('there is text after the checksum (tag 63)'),
  crc_malformed: error('the checksum (tag 63) is not four hexadecimal digits'),
  crc_wrong: error('the checksum (tag 63) does not match the text'),

  format_indicator_not_01: departure('the payload format indicator is 02, EMVCo says 01'),
  mandatory_tag_missing: departure('a tag that EMVCo requires is missing'),
  account_missing: departure('there is no merchant account (tags 02 to 51)'),
  length_out_of_range: departure('a value is shorter or longer than EMVCo allows'),
  value_malformed: departure('a value has another form than EMVCo says'),
  information_broken: departure('a template of additional information does not divide into fields'),

  currency_unknown: advice('the currency is not a current ISO 4217 number'),
  amount_not_in_currency: advice('the amount has more decimals than its currency'),

  not_base64: error('the text is not base64'),
  ber_broken: error('the bytes do not divide into BER-TLV data objects'),
  not_cpv01: error('the payload format indicator (tag 85) is not CPV01'),
  application_missing: error(
    'there is no application template (tag 61) with an application (tag 4F)',
  ),

  order_code_malformed: error('the address is ours but the order code in it is broken'),
  url_not_https: departure('the address is not HTTPS'),
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = keyof typeof problemTable;

/** One thing that is wrong, where it is, and words for a person. */
export interface CodeProblem {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  readonly message: string;
  /** The tag that it concerns; `62.05` is tag 05 inside template 62. */
  readonly tag?: string;
  /** Characters from the start of the text (of the template's value, for a field inside one). */
  readonly at?: number;
}

/** Where a problem is, and what more there is to say. */
export interface ProblemPlace {
  readonly tag?: string;
  readonly at?: number;
  readonly detail?: string;
}

/** A problem of the table at a place. */
export function problem(code: ProblemCode, place: ProblemPlace = {}): CodeProblem {
  const { severity, meaning } = problemTable[code];
  const message = place.detail === undefined ? meaning : `${meaning}: ${place.detail}`;
  return {
    code,
    severity,
    message,
    ...(place.tag === undefined ? {} : { tag: place.tag }),
    ...(place.at === undefined ? {} : { at: place.at }),
  };
}

/** Whether none of the problems makes the code invalid. */
export function isValid(problems: readonly CodeProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}

function error(meaning: string): ProblemMeaning {
  return { severity: 'error', meaning };
}

function departure(meaning: string): ProblemMeaning {
  return { severity: 'departure', meaning };
}

function advice(meaning: string): ProblemMeaning {
  return { severity: 'advice', meaning };
}
