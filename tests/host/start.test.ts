// A start that ends before it is complete says why, whoever ended it.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../support/sources.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-start-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true, maxRetries: 20 }));

interface Ended {
  readonly signal: string | null;
  readonly code: number | null;
  readonly printed: string;
}

/** Runs until it ends; `onText` may act on what was printed so far. */
function run(words: readonly string[], onText: (printed: string, child: ChildProcess) => void) {
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...environment, WAYFARE_HOME: path.join(directory, 'home'), PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise<Ended>((resolve) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk;
      onText(printed, child);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code, signal) => resolve({ code, signal, printed }));
  });
}

test('asked to stop while it makes the database files', async () => {
  let killed = false;
  const { signal, printed } = await run(['src/main.ts'], (text, child) => {
    if (killed || !text.includes('creating the database files')) return;
    killed = true;
    child.kill('SIGTERM');
  });
  expect(signal).toBe('SIGTERM');
  expect(printed).toMatch(/Asked to stop by SIGTERM before the start was complete/);
}, 60_000);

/** A launcher around a program of one line. */
async function launched(program: string, binary = process.execPath): Promise<Ended> {
  const child = path.join(directory, 'child.mjs');
  const launcher = path.join(directory, 'launcher.mjs');
  writeFileSync(child, program);
  const launch = pathToFileURL(path.join(ROOT, 'bin/launch.mjs')).href;
  const call = `attend(${JSON.stringify(binary)}, ${JSON.stringify(child)}, [])`;
  writeFileSync(launcher, `import { attend } from '${launch}';\n${call};\n`);
  return run([launcher], () => undefined);
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a launcher says that its child was ended by %s',
  async (kind) => {
    const { signal, printed } = await launched(
      `process.kill(process.pid, '${kind}');\nsetTimeout(() => {}, 9e4);`,
    );
    expect(signal).toBe(kind);
    expect(printed).toContain(`Wayfare was ended from outside by ${kind}.`);
  },
);

test('a launcher hands the exit code up, and says what cannot be run', async () => {
  expect(await launched('process.exit(7)')).toEqual({ signal: null, code: 7, printed: '' });
  const none = await launched('', path.join(directory, 'no-node'));
  expect(none).toMatchObject({ signal: null, code: 1 });
  expect(none.printed).toMatch(/could not be started by .*ENOENT/);
});
