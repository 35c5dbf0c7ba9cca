// Days in a row, and several of them, as people read them; the year is said beside them.
import type { Run } from './draw.ts';

const dayOf = (date: string, locale: string) => {
  const options = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  if (locale.startsWith('zh')) return new Date(date).toLocaleDateString(locale, options);
  const [month, day] = new Date(date).toLocaleDateString('en-US', options).split(' ');
  return `${day} ${month}`;
};

/** `1 – 7 Oct`, `28 Feb – 1 Mar`, or the day alone; `10月1日 – 7日`. */
export function spanText({ from, to }: Pick<Run, 'from' | 'to'>, locale: string): string {
  const [first, last] = [dayOf(from, locale), dayOf(to, locale)];
  if (from === to) return first;
  if (from.slice(0, 7) !== to.slice(0, 7)) return `${first} – ${last}`;
  return locale.startsWith('zh')
    ? `${first} – ${last.replace(/^.*月/, '')}`
    : `${first.split(' ')[0]} – ${last}`;
}

/** `A, B and C`, `A、B和C`. */
export function listText(texts: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(texts);
}
