// `npm test`: checks types, style and every test, and ends with one line that says how it went.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A run that takes longer hangs; it is ended and counts as a failure. */
const LONGEST_RUN_MS = 10 * 60_000;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  /** Its absolute path. */
  readonly name: string;
  readonly status: string;
  /** Milliseconds since 1970 UTC. */
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly unknown[];
}

/** So many files are named at the end: tests get slow one file at a time. */
const SLOWEST_SHOWN = 10;

/** The script behind a command that a package installs. */
function script(packageName: string, command: string): string {
  const require = createRequire(import.meta.url);
  const manifest = path.join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const relative = typeof bin === 'string' ? bin : (bin[command] ?? '');
  return path.join(path.dirname(manifest), relative);
}

/** Runs a script with this Node and shows what it prints; resolves to its exit code. */
function run(file: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...words], { cwd: ROOT, stdio: 'inherit' });
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

/** One check counts as one test. */
async function check(
  title: string,
  file: string,
  words: readonly string[],
  tally: Tally,
): Promise<void> {
  process.stdout.write(`\n${title}\n`);
  const code = await run(file, words);
  if (code === 0) tally.passed += 1;
  else tally.failed += 1;
}

/** Runs the tests (all, or the files whose paths contain one of `filters`) and counts them. */
async function runTests(filters: readonly string[], tally: Tally): Promise<void> {
  process.stdout.write('\ntests\n');
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-report-'));
  const reportFile = path.join(directory, 'report.json');
  const words = ['run', ...filters, '--reporter=default', '--reporter=json'];
  const code = await run(script('vitest', 'vitest'), [...words, `--outputFile=${reportFile}`]);
  let failed = 0;
  try {
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
    const broken = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    failed = report.numFailedTests + broken.length;
    showSlowest(report.testResults);
    tally.passed += report.numPassedTests;
    tally.skipped += report.numPendingTests + report.numTodoTests;
  } catch (error) {
    process.stdout.write(`The tests left no report: ${(error as Error).message}\n`);
  }
  rmSync(directory, { recursive: true, force: true });
  // An error outside any test, or an end before the report, shows only in the exit code.
  tally.failed += code !== 0 && failed === 0 ? 1 : failed;
}

/** The files that took longest, in seconds; several ran at a time. */
function showSlowest(files: readonly FileReport[]): void {
  const took = (file: FileReport) => (file.endTime - file.startTime) / 1_000;
  const all = files.reduce((sum, file) => sum + took(file), 0);
  process.stdout.write(`\nslowest of ${files.length} files (${all.toFixed(0)} s in all)\n`);
  for (const file of [...files].sort((a, b) => took(b) - took(a)).slice(0, SLOWEST_SHOWN)) {
    const seconds = took(file).toFixed(1).padStart(7);
    process.stdout.write(`${seconds} s  ${path.relative(ROOT, file.name)}\n`);
  }
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const filters = process.argv.slice(2);
if (filters.length === 0) {
  await check('types (tsc)', script('typescript', 'tsc'), ['--noEmit'], tally);
  await check('style (biome)', script('@biomejs/biome', 'biome'), ['check', '.'], tally);
}
await runTests(filters, tally);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
