// The guides of docs/ and what they lead to, as in the repository, each loaded when it is opened.

const files = {
  ...import.meta.glob<string>('../../docs/guides/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/reference/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/decisions/*.md', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../docs/recipes/*.md', { query: '?raw', import: 'default' }),
};

const byName = new Map(
  Object.entries(files).map(([path, load]) => [/([\w-]+)\.md$/.exec(path)?.[1] ?? path, load]),
);

/** The text of a guide, or undefined when there is none of this name. */
export async function readGuide(name: string): Promise<string | undefined> {
  return byName.get(name)?.();
}

/** Guides in the order in which they are offered; the rest is reached by links. */
export const guideNames = [
  'wallet',
  'acquirer',
  'merchant',
  'signing',
  'disputes',
  'timing',
  'client',
  'certification',
  'operator',
] as const;
