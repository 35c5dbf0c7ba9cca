// The project's own files as the tidy test reads them: code, comments and texts told apart.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One file of ours. */
export interface Source {
  /** Path from the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** A test, or made for tests only. */
  readonly isTest: boolean;
}

/** A TypeScript file, taken apart. Each part keeps the file's line breaks. */
export interface Parts {
  /** The program, with comments blanked and the contents of texts removed. */
  readonly code: string;
  readonly comments: string;
  /** What stands between quotes. */
  readonly texts: string;
}

/** Files below `directories` whose names end in one of `endings`, in order of their paths. */
export function sources(directories: readonly string[], endings: readonly string[]): Source[] {
  return directories.flatMap((directory) => {
    let names: string[];
    try {
      names = readdirSync(path.join(ROOT, directory), { recursive: true, encoding: 'utf8' });
    } catch (error) {
      // A directory that does not exist (yet) has no files.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return names
      .filter((name) => endings.some((ending) => name.endsWith(ending)))
      .filter((name) => !name.includes('node_modules'))
      .sort()
      .map((name) => ({
        path: `${directory}/${name.split(path.sep).join('/')}`,
        text: readFileSync(path.join(ROOT, directory, name), 'utf8'),
        isTest: /\.(test|fixture)\.tsx?$/.test(name) || directory === 'tests',
      }));
  });
}

/** What a slash begins: a division after a value, else a regular expression. */
const AFTER_VALUE = /[\w$)\]}'"`]\s*$/;
const AFTER_KEYWORD = /\b(return|typeof|case|in|of|do|else|void|await|yield)\s*$/;

/** Takes a TypeScript file apart. Knows texts, templates, comments and regular expressions. */
export function partsOf(source: string): Parts {
  const parts = { code: '', comments: '', texts: '' };
  /** Depths of braces at which a template goes on. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  const put = (target: keyof typeof parts, text: string): void => {
    for (const name of ['code', 'comments', 'texts'] as const) {
      parts[name] += name === target ? text : text.replace(/[^\n]/g, ' ');
    }
  };
  const take = (target: keyof typeof parts, end: number): void => {
    put(target, source.slice(at, end));
    at = end;
  };
  const template = (): void => {
    let end = at;
    while (end < source.length && source[end] !== '`' && !source.startsWith('${', end)) {
      end += source[end] === '\\' ? 2 : 1;
    }
    take('texts', end);
    if (source[at] === '$') {
      templates.push(depth);
      depth += 1;
      take('code', at + 2);
    } else {
      take('code', at + 1);
    }
  };
  while (at < source.length) {
    const here = source[at];
    if (source.startsWith('//', at)) take('comments', endOf(source, '\n', at));
    else if (source.startsWith('/*', at)) take('comments', endOf(source, '*/', at) + 2);
    else if (here === "'" || here === '"') {
      const end = endOfQuoted(source, at, here);
      put('code', here);
      at += 1;
      take('texts', end);
      take('code', at + 1);
    } else if (here === '`') {
      take('code', at + 1);
      template();
    } else if (here === '/' && beginsRegularExpression(parts.code)) {
      take('texts', endOfRegularExpression(source, at));
    } else if (here === '}' && templates.at(-1) === depth - 1) {
      templates.pop();
      depth -= 1;
      take('code', at + 1);
      template();
    } else {
      if (here === '{') depth += 1;
      if (here === '}') depth -= 1;
      take('code', at + 1);
    }
  }
  return parts;
}

function beginsRegularExpression(before: string): boolean {
  const line = before.slice(-80);
  // After `<` comes the end of an element of JSX.
  if (line.endsWith('<')) return false;
  return !AFTER_VALUE.test(line) || AFTER_KEYWORD.test(line);
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}

/** A quote that does not end on its line is an apostrophe in the text of a page. */
function endOfQuoted(source: string, from: number, quote: string): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote || source[at] === '\n') return at;
  }
  return source.length;
}

function endOfRegularExpression(source: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < source.length; at += 1) {
    const here = source[at];
    if (here === '\\') at += 1;
    else if (here === '[') inClass = true;
    else if (here === ']') inClass = false;
    else if (here === '\n') return from + 1;
    else if (here === '/' && !inClass) return at + 1;
  }
  return from + 1;
}

/** One import or re-export of another file of ours. */
export interface Import {
  /** Path of the imported file, from the project's root. */
  readonly from: string;
  /** Imported names; undefined if the whole file is (`import *`, `import()`, a side effect). */
  readonly names: readonly string[] | undefined;
}

const STATIC_IMPORT =
  /^[ \t]*(?:import|export)\s+(?:type\s+)?([^'";]*?)\s*from\s*['"](\.[^'"]+)['"]/gm;
const WHOLE_IMPORT = /(?:\bimport\s*\(\s*|^[ \t]*import\s+|new URL\(\s*)['"](\.[^'"]+)['"]/gm;

/** The imports of files of ours, not of packages. */
export function importsOf(source: Source): Import[] {
  const directory = path.posix.dirname(source.path);
  const resolve = (name: string): string => path.posix.join(directory, name);
  const imports: Import[] = [];
  for (const [, clause = '', name = ''] of source.text.matchAll(STATIC_IMPORT)) {
    imports.push({ from: resolve(name), names: namesIn(clause) });
  }
  for (const [, name = ''] of source.text.matchAll(WHOLE_IMPORT)) {
    imports.push({ from: resolve(name), names: undefined });
  }
  return imports;
}

function namesIn(clause: string): string[] | undefined {
  if (clause.includes('*')) return undefined;
  const braces = /\{([^}]*)\}/.exec(clause);
  const names = (braces?.[1] ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^type\s+/, ''))
    .map((name) => name.split(/\s+as\s+/)[0] ?? '')
    .filter((name) => name !== '');
  const withoutBraces = clause
    .replace(/\{[^}]*\}/, '')
    .replaceAll(',', '')
    .trim();
  return withoutBraces === '' ? names : [...names, 'default'];
}
