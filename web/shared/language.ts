// The language of the page as hooks: the locale for numbers and dates, the title of the tab.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentenceLanguage } from '../../src/wire/sentences.ts';
import { localeOf } from './i18n.ts';

/** The words, and the locale tag for numbers and dates. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, locale: localeOf(i18n.language) };
}

/** The language of the sentences that `src/wire/sentences.ts` has for people. */
export function useSentenceLanguage(): SentenceLanguage {
  return useTranslation().i18n.language === 'zh' ? 'zh' : 'en';
}

/** Puts the page's name into the browser's tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Wayfare' : `${title} · Wayfare`;
  }, [title]);
}

/** Markets of China are called so on the mainland, and in documents of the industry. */
const chinese: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  CN: { en: 'Mainland China', zh: '中国内地' },
  HK: { en: 'Hong Kong SAR', zh: '中国香港' },
  MO: { en: 'Macao SAR', zh: '中国澳门' },
  TW: { en: 'Taiwan, China', zh: '中国台湾' },
};

/** A market's name in the reader's language: `MY` is Malaysia, 马来西亚. */
export function marketName(market: string, locale: string): string {
  const own = chinese[market];
  if (own !== undefined) return locale.startsWith('zh') ? own.zh : own.en;
  try {
    const names = new Intl.DisplayNames(locale, { type: 'region', style: 'short' });
    return names.of(market) ?? market;
  } catch {
    return market;
  }
}
