// Runs a TypeScript entry with a Node that can run it: this one, or the one installed with Wayfare.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The first Node that runs TypeScript by itself and knows Temporal, which the hub needs. */
const OLDEST_NODE = 26;

/** Code that was compiled once is not compiled again at the next start, which halves its time. */
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/wayfare/compiled', import.meta.url));

/**
 * Runs `entry` (a path from the project's root) with `words` as its arguments. The present process
 * becomes it when its Node is new enough; else it stays as a messenger.
 */
export async function launch(entry, words) {
  // Whoever cannot write there starts as before. Processes that this one starts read it too.
  process.env.NODE_COMPILE_CACHE ||= COMPILED;
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  // RSA is signed on these threads: with fewer than cores some are never used, with more they
  // take the cores from the thread that everything else waits for.
  process.env.UV_THREADPOOL_SIZE ||= String(Math.max(2, availableParallelism()));
  const file = fileURLToPath(new URL(`../${entry}`, import.meta.url));
  if (major(process.version) >= OLDEST_NODE) {
    process.argv = [process.argv[0], file, ...words];
    await import(pathToFileURL(file).href);
    return;
  }
  attend(installedNode(), file, words);
}

/**
 * Runs `file` by another Node and stays between the caller and it: signals go down, the exit code
 * comes up, and neither outlives the other. An end that nobody here asked for is never silent.
 */
export function attend(binary, file, words) {
  const preload = new URL('./with-parent.mjs', import.meta.url).href;
  const child = spawn(binary, [...process.execArgv, '--import', preload, file, ...words], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const asked = new Set();
  const pass = (signal) => {
    asked.add(signal);
    child.kill(signal);
  };
  // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once".
  process.on('SIGINT', () => (process.stdin.isTTY ? asked.add('SIGINT') : pass('SIGINT')));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
  child.on('error', (error) => {
    process.stderr.write(`Wayfare could not be started by ${binary}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    if (!asked.has(signal)) process.stderr.write(`${endedBy(signal)}\n`);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function endedBy(signal) {
  const why = signal === 'SIGKILL' ? ' Perhaps the machine had too little memory.' : '';
  return `Wayfare was ended from outside by ${signal}.${why}`;
}

/** The Node that `npm ci` installed, or the end with words that say what to do. */
function installedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const binary = path.join(path.dirname(manifest), 'bin', 'node');
    if (existsSync(binary)) return binary;
  } catch {
    // Not installed at all: the same advice as for one that is installed without its binary.
  }
  process.stderr.write(
    `Wayfare needs Node ${OLDEST_NODE} or newer; this is ${process.version}, and the Node that comes ` +
      'with Wayfare is not installed.\nRun `npm ci` with install scripts allowed ' +
      '(npm ci --ignore-scripts=false), or install a newer Node.\n',
  );
  process.exit(1);
}

function major(version) {
  return Number(version.slice(1).split('.')[0]);
}
