// Which language a visitor meets first.
import { describe, expect, it } from 'vitest';
import { localeOf, preferredLanguage } from './i18n.ts';

describe('the first language', () => {
  it.each([
    ['zh', ['en-GB'], 'zh'],
    ['en', ['zh-CN'], 'en'],
    [null, ['zh-CN', 'en'], 'zh'],
    [null, ['ms-MY', 'zh-Hans'], 'zh'],
    [null, ['ko-KR'], 'en'],
    ['fr', [], 'en'],
  ] as const)('remembered %s, spoken %j: %s', (remembered, spoken, language) => {
    expect(preferredLanguage(remembered, spoken)).toBe(language);
  });

  it('has a locale for numbers and dates', () => {
    expect(localeOf('zh')).toBe('zh-CN');
    expect(localeOf('en')).toBe('en');
  });
});
