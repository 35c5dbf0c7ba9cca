// The guides in Chinese keep step with the English ones: headings, code, tables, names in code.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './support/sources.ts';

/** `docs/guides/wallet.md`, of which `docs/guides/zh/wallet.md` is the translation, and so on. */
const translated = ['docs/guides', 'docs/reference'].flatMap((directory) =>
  readdirSync(path.join(ROOT, directory, 'zh')).map((name) => [directory, name] as const),
);

/** A stretch of a guide from one heading to the next. */
interface Section {
  /** Its heading with its marks, `## Clearing`; empty before the first. */
  readonly heading: string;
  /** The code blocks, fences and language included. */
  readonly blocks: readonly string[];
  /** What stands between single backticks outside of the blocks, each once, sorted. */
  readonly names: readonly string[];
  readonly tableRows: number;
  readonly listItems: number;
}

const fenced = /^```[\s\S]*?^```$/gm;

/** A guide taken apart at its headings; what looks like a heading inside of code is none. */
function sectionsOf(markdown: string): Section[] {
  const blocks: string[] = [];
  const bare = markdown.replace(fenced, (block) => `\0${blocks.push(block) - 1}\0`);
  return bare.split(/^(?=#+ )/m).map((part) => {
    const heading = /^#+ .*/.exec(part)?.[0] ?? '';
    const names = [...part.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    return {
      heading,
      blocks: [...part.matchAll(/\0(\d+)\0/g)].map(([, index]) => blocks[Number(index)] ?? ''),
      names: [...new Set(names)].sort(),
      tableRows: part.match(/^\|/gm)?.length ?? 0,
      listItems: part.match(/^(?:-|\d+\.) /gm)?.length ?? 0,
    };
  });
}

/** The first line in which two code blocks differ, for the one who has to mend it. */
function firstDifference(one: string, two: string): string {
  const [ours, theirs] = [one.split('\n'), two.split('\n')];
  const at = ours.findIndex((line, index) => line !== theirs[index]);
  const line = at < 0 ? ours.length : at;
  const said = (text: string | undefined) => (text === undefined ? 'nothing' : `"${text}"`);
  return `line ${line + 1}: English ${said(ours[line])}, Chinese ${said(theirs[line])}`;
}

/** What two sections that should be one another's translation differ in, a sentence each. */
function differences(en: Section, zh: Section): string[] {
  const found: string[] = [];
  const count = (what: string, ours: number, theirs: number) => {
    if (ours !== theirs) found.push(`${what}: English ${ours}, Chinese ${theirs}`);
  };
  count('code blocks', en.blocks.length, zh.blocks.length);
  for (const [index, block] of en.blocks.entries()) {
    const other = zh.blocks[index] ?? '';
    if (other === '' || other === block) continue;
    found.push(`code block ${index + 1}, ${firstDifference(block, other)}`);
  }
  count('table rows', en.tableRows, zh.tableRows);
  count('list items', en.listItems, zh.listItems);
  const missing = en.names.filter((name) => !zh.names.includes(name));
  const added = zh.names.filter((name) => !en.names.includes(name));
  if (missing.length > 0) found.push(`not in the Chinese: \`${missing.join('`, `')}\``);
  if (added.length > 0) found.push(`in the Chinese only: \`${added.join('`, `')}\``);
  return found.map((fault) => `"${en.heading}" (${zh.heading}): ${fault}`);
}

/** Everything in which a translation is out of step, named so that it can be mended at once. */
function outOfStep(en: string, zh: string): string[] {
  const [ours, theirs] = [sectionsOf(en), sectionsOf(zh)];
  const depth = ({ heading }: Section) => heading.indexOf(' ');
  const odd = ours.findIndex((section, index) => {
    const other = theirs[index];
    return other === undefined || depth(other) !== depth(section);
  });
  if (odd >= 0 || theirs.length > ours.length) {
    const at = odd >= 0 ? odd : ours.length;
    const [one, two] = [ours[at]?.heading, theirs[at]?.heading];
    return [`heading ${at + 1}: English "${one ?? 'none'}", Chinese "${two ?? 'none'}"`];
  }
  return ours.flatMap((section, index) => differences(section, theirs[index] as Section));
}

describe('the check itself', () => {
  const en = '# A\n\ntext `x`\n\n```sh\n# no heading\nnpm ci\n```\n\n## B\n\n- one\n';

  test('passes what says the same', () => {
    expect(outOfStep(en, en.replace('text', '文').replace('one', '一'))).toEqual([]);
  });

  test.each([
    ['a command', en.replace('npm ci', 'npm i'), 'line 3: English "npm ci", Chinese "npm i"'],
    ['a name', en.replace('`x`', '`y`'), 'not in the Chinese: `x`'],
    ['a heading', en.replace('## B', ''), 'heading 2: English "## B", Chinese "none"'],
    ['an item', en.replace('- one', ''), 'list items: English 1, Chinese 0'],
  ])('names %s that differs', (_, zh, message) => {
    expect(outOfStep(en, zh).join('\n')).toContain(message);
  });
});

test.each(translated)('%s/zh/%s is in step', (directory, name) => {
  const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts, name), 'utf8');
  expect(outOfStep(read(directory), read(directory, 'zh'))).toEqual([]);
});

test('README.zh.md has only code blocks of README.md', () => {
  const blocksOf = (name: string): readonly string[] =>
    readFileSync(path.join(ROOT, name), 'utf8').match(fenced) ?? [];
  const known = blocksOf('README.md');
  expect(blocksOf('README.zh.md').length).toBeGreaterThan(2);
  expect(blocksOf('README.zh.md').filter((block) => !known.includes(block))).toEqual([]);
});
