// Times and countdowns as they are read on the screen.
import { describe, expect, it } from 'vitest';
import { countdownText, dayText, secondsLeft } from './moment.ts';

describe('the day of the rates', () => {
  it('is a calendar day in both languages', () => {
    expect(dayText('2026-09-29', 'en')).toBe('29 Sep 2026');
    expect(dayText('2026-09-29', 'zh-CN')).toBe('2026年9月29日');
    expect(dayText('soon', 'en')).toBe('soon');
  });
});

describe('the countdown', () => {
  it('counts whole seconds and stops at zero', () => {
    expect(secondsLeft('2026-11-21T10:00:30.000Z', Date.parse('2026-11-21T10:00:00.400Z'))).toBe(
      30,
    );
    expect(secondsLeft('2026-11-21T10:00:00.000Z', Date.parse('2026-11-21T10:00:09.000Z'))).toBe(0);
  });

  it('reads as minutes and seconds', () => {
    expect(countdownText(62)).toBe('1:02');
    expect(countdownText(9)).toBe('0:09');
  });
});
