// Writes stories as they come out.
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { runStory } from './interpreter.ts';
import { printStory, readStory } from './story.ts';
for (const name of ['cancelling', 'refunding']) test(name, async () => {
  const f = `tests/stories/${name}.story`;
  writeFileSync(f, printStory(await runStory(readStory(readFileSync(f, 'utf8')), 1)));
});
