// Times as people read them: the clock of the reader, and the seconds that a code still lives.
import { useEffect, useState } from 'react';
import { networkNow } from './network-time.ts';

/** `14:05:09` in the reader's time zone; an unreadable time is shown as it came. */
export function clockText(iso: string, locale: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** `29 Sep 2026`, `2026年9月29日`. A plain date is a calendar day, not an instant. */
export function dayText(iso: string, locale: string): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const zone = plain ? { timeZone: 'UTC' } : {};
  if (locale.startsWith('zh'))
    return date.toLocaleDateString(locale, { dateStyle: 'long', ...zone });
  // Day, month, year, as most of Asia writes it in English; three letters for every month.
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString('en-US', { ...options, ...zone });
  return `${part({ day: 'numeric' })} ${part({ month: 'short' })} ${part({ year: 'numeric' })}`;
}

/** `14:05`, for lists. */
export function shortClockText(iso: string, locale: string): string {
  return clockText(iso, locale).slice(0, 5);
}

/** Day and clock together, for a record that is kept. */
export function momentText(iso: string, locale: string): string {
  const comma = locale.startsWith('zh') ? '' : ',';
  return `${dayText(iso, locale)}${comma} ${clockText(iso, locale)}`;
}

/** `2026-11-22 00:16:05`: an instant on the network's own clock, UTC+8. */
export function networkClockText(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Day and clock of such an instant as people read them: `22 Nov 2026, 00:16:05`, at UTC+8. */
export function networkMomentText(iso: string, locale: string): string {
  const [day = '', clock = ''] = networkClockText(Date.parse(iso)).split(' ');
  return `${dayText(day, locale)}${locale.startsWith('zh') ? '' : ','} ${clock}`;
}

/** Whole seconds until `iso`, never below zero. */
export function secondsLeft(iso: string, nowMs: number): number {
  return Math.max(0, Math.ceil((new Date(iso).getTime() - nowMs) / 1_000));
}

/** `0:42`, `2:05`. */
export function countdownText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The network's time now, read again every `everyMs`. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => networkNow());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(networkNow()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}
