// Every story, told by one hub and by two on one database, comes out as it is written; it is also a
// page of docs/recipes, which `UPDATE_RECIPES=1 npm test stories` writes again.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/sources.ts';
import { runStory } from './interpreter.ts';
import { printRecipe, printStory, readStory } from './story.ts';

const directory = path.join(ROOT, 'tests/stories');
const recipes = path.join(ROOT, 'docs/recipes');
const names = readdirSync(directory)
  .filter((name) => name.endsWith('.story'))
  .map((name) => name.replace(/\.story$/, ''));

const storyOf = (name: string) => readFileSync(path.join(directory, `${name}.story`), 'utf8');

test('there are stories', () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)('%s', (name) => {
  test.each([
    { hubs: 1, title: 'one hub' },
    { hubs: 2, title: 'two hubs on one database' },
  ])('$title', async ({ hubs }) => {
    const text = storyOf(name);
    expect(printStory(await runStory(readStory(text), hubs))).toBe(text);
  });

  test('is a page of the documentation', () => {
    const file = path.join(recipes, `${name}.md`);
    const page = printRecipe(readStory(storyOf(name)));
    if (process.env.UPDATE_RECIPES === '1') {
      mkdirSync(recipes, { recursive: true });
      writeFileSync(file, page);
    }
    expect(readFileSync(file, 'utf8')).toBe(page);
  });
});
