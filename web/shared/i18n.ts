// Languages: English and Simplified Chinese, remembered, the second one loaded when it is wanted.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './locales/en.ts';

export type Language = 'en' | 'zh';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

const storageKey = 'wayfare.language';

/** The remembered language, else the browser's first one that we speak, else English. */
export function preferredLanguage(remembered: string | null, spoken: readonly string[]): Language {
  if (remembered === 'en' || remembered === 'zh') return remembered;
  const first = spoken.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'zh');
  return first === 'zh' ? 'zh' : 'en';
}

/** The tag for `Intl` and for `<html lang>`. */
export function localeOf(language: string): string {
  return language.startsWith('zh') ? 'zh-CN' : 'en';
}

/** Shows another language now and remembers it. */
export async function speak(language: Language): Promise<void> {
  if (language === 'zh') {
    const [{ zh }] = await Promise.all([import('./locales/zh.ts'), loadHanFont()]);
    i18next.addResourceBundle('zh', 'translation', zh);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = localeOf(language);
  remember(language);
}

/** The Chinese letters: a table of small files, of which the browser takes those that it needs. */
export async function loadHanFont(): Promise<void> {
  await import('./han-font.ts');
}

/** Prepares the words before the first page is drawn. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const language = preferredLanguage(recall(), navigator.languages ?? ['en']);
  if (language === 'zh') await speak('zh');
  else document.documentElement.lang = 'en';
}

// A browser that forbids storage still works: it only forgets the choice.
function recall(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Nothing to do: see recall().
  }
}
