// The guides of docs/ and what they lead to, as in the repository, each loaded when it is opened.
import type { Language } from '../shared/i18n.ts';

const english = {
  ...import.meta.glob<string>('../../docs/guides/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/reference/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/decisions/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/recipes/*.md', { query: '?raw', import: 'default' }),
};
const chinese = {
  ...import.meta.glob<string>('../../docs/guides/zh/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/reference/zh/*.md', { query: '?raw', import: 'default' }),
};

const byName = (files: Readonly<Record<string, () => Promise<string>>>) =>
  new Map(
    Object.entries(files).map(([path, load]) => [/([\w-]+)\.md$/.exec(path)?.[1] ?? path, load]),
  );
const texts = { en: byName(english), zh: byName(chinese) };

/** A guide as it is shown. */
export interface Guide {
  readonly text: string;
  /** The language that it is in: English where nobody has translated it. */
  readonly language: Language;
  /** The same guide in the other language, if there is one. */
  readonly other: string | undefined;
}

/** A guide in the language asked for, else in English; undefined when none has this name. */
export async function readGuide(name: string, wanted: Language): Promise<Guide | undefined> {
  const [en, zh] = await Promise.all([texts.en.get(name)?.(), texts.zh.get(name)?.()]);
  if (en === undefined) return undefined;
  return wanted === 'zh' && zh !== undefined
    ? { text: zh, language: 'zh', other: en }
    : { text: en, language: 'en', other: zh };
}

/** Guides in the order in which they are offered, by what a reader is about to do. */
export const guideGroups = {
  connect: [
    'wallet',
    'acquirer',
    'merchant',
    'signing',
    'certification',
    'client',
    'disputes',
    'timing',
    'sandbox-clock',
  ],
  money: ['settlement', 'files', 'reconciliation', 'rates', 'fees', 'caps', 'limits'],
  run: ['operator', 'people-and-sign-in', 'retention', 'month'],
} as const;
