// Days in a row, and several of them, as people read them.
import { dayText } from '../shared/moment.ts';
import type { Run } from './draw.ts';

/** `1 Oct 2026 – 7 Oct 2026`, or the day alone. */
export function spanText({ from, to }: Run, locale: string): string {
  const first = dayText(from, locale);
  return from === to ? first : `${first} – ${dayText(to, locale)}`;
}

/** `A, B and C`, `A、B和C`. */
export function listText(texts: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(texts);
}
