// What can be wrong with the file of a calendar, as codes with values: a sentence here for commands
// and answers, and pages say the same in their reader's language.

const sentences = {
  json_end: 'it is no JSON: the file ends before it is whole',
  json_no_value: 'it is no JSON: a value must come here, not {sign}',
  json_no_name: 'it is no JSON: a name in quotation marks must come here, not {sign}',
  json_no_colon: 'it is no JSON: a colon must come here, not {sign}',
  json_no_comma: 'it is no JSON: a comma or {mark} must come here, not {sign}',
  json_escape: 'it is no JSON: a text has a sign that must be escaped, or a wrong escape',
  json_after_end: 'nothing may come after the end',
  json_levels: 'too many levels',
  json_name_twice: '{name} stands there twice',
  calendar_too_long: 'more than {number} characters',
  calendar_no_object: 'must be an object',
  calendar_no_field: 'is no field of a calendar',
  calendar_field_missing: 'is missing',
  calendar_market: 'must be two capital letters, as CN',
  calendar_year: 'must be a year from 2000 to 2199, without quotation marks',
  calendar_text: 'must be a text of 1 to {number} characters',
  calendar_text_length: 'must be a text of at most {number} characters',
  calendar_address: 'must be an address, as https://www.gov.cn/…',
  calendar_days: 'must be dates with their names, as "2027-10-01": "National Day"',
  calendar_dates: 'must be a list of dates, as ["2027-02-20"]',
  calendar_no_holidays: 'no year is without a holiday: an empty list is wrong',
  calendar_no_date: 'is no date, as 2027-10-01',
  calendar_other_year: 'is not in the year {year}',
  calendar_no_weekend: 'is no Saturday or Sunday: banks work on it anyway',
  calendar_date_twice: 'stands there twice',
  calendar_worked_too: 'is in workingWeekendDays too',
  calendar_too_many: '{found} weekdays, and at most {number} of a year can be holidays',
  calendar_after_today: 'is after today, {day}: a notice comes first',
} as const;

export type CalendarFaultCode = keyof typeof sentences;

/** One thing that is wrong: its code, and what stands in its places. */
export interface CalendarProblem {
  readonly code: CalendarFaultCode;
  readonly values: Readonly<Record<string, string>>;
}

export function problemOf(
  code: CalendarFaultCode,
  values: Readonly<Record<string, string | number>> = {},
): CalendarProblem {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
  return { code, values: Object.fromEntries(texts) };
}

/** What is wrong, and where: `field` as `holidays.2027-02-30`, empty where no field is meant. */
export interface CalendarFault {
  readonly line: number;
  readonly field: string;
  readonly problem: CalendarProblem;
}

/** A fault in a sentence: `line 7, holidays.2027-02-30: is no date, as 2027-10-01`. */
export function faultText({ line, field, problem }: CalendarFault): string {
  const { code, values } = problem;
  const said = sentences[code].replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? '');
  return `line ${line}${field === '' ? '' : `, ${field}`}: ${said}`;
}

/** A part of a sentence, as pages take it (web/shared/reasons.ts). */
export interface CalendarReason {
  readonly code: CalendarFaultCode | 'at_line' | 'at_field';
  readonly values: Readonly<Record<string, string>>;
}

/** The same fault as parts of a sentence. */
export function faultReasons({ line, field, problem }: CalendarFault): readonly CalendarReason[] {
  return [
    { code: 'at_line', values: { number: String(line) } },
    ...(field === '' ? [] : [{ code: 'at_field', values: { field } } as const]),
    problem,
  ];
}
