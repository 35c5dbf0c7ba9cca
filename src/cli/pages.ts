// Building the pages when their sources have changed: a checkout has none, and a start needs them.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sources = [
  ...['web', 'src/wire', 'src/money', 'src/codes', 'src/base'],
  ...['docs/guides', 'docs/reference'],
];
const alone = ['vite.config.ts', 'package-lock.json'];

/** The directory of the built pages; builds them first if any of their sources has changed. */
export async function buildPages(root: string, say: (line: string) => void): Promise<string> {
  const pages = path.join(root, 'dist/web');
  const stamp = path.join(root, 'dist/web.stamp');
  const now = fingerprint(root);
  const isBuilt = existsSync(path.join(pages, 'index.html')) && existsSync(stamp);
  if (isBuilt && readFileSync(stamp, 'utf8') === now) return pages;
  say('Building the pages (once; about ten seconds).');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  // Built aside and then put in place, so that two starts at once do not mix their files.
  const aside = `${pages}.${process.pid}`;
  const words = ['build', '--logLevel', 'error', '--outDir', aside, '--emptyOutDir'];
  // Whoever starts us with another NODE_ENV, as a test runner does, would get pages that are twice
  // as large and slow: those with which React is developed.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(process.execPath, [vite, ...words], { cwd: root, env });
  rmSync(pages, { recursive: true, force: true });
  renameSync(aside, pages);
  writeFileSync(stamp, now);
  return pages;
}

/** A hash over how they are built, and every source file's name and bytes. */
function fingerprint(root: string): string {
  const hash = createHash('sha256').update('production\0');
  for (const source of sources) {
    const names = readdirSync(path.join(root, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
    for (const name of names) {
      hash.update(path.relative(root, name)).update('\0').update(readFileSync(name));
    }
  }
  for (const name of alone)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(path.join(root, name)));
  return hash.digest('hex');
}
