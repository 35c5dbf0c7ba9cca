// A benchmark's other processes: each answers questions of the benchmark, one file a process.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process can be asked; every one also answers `usage`. */
export type Questions = Record<string, (input: never) => unknown>;

export interface Child {
  readonly pid: number;
  ask<Answer>(question: string, input?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

interface Question {
  readonly id: number;
  readonly question: string;
  readonly input: unknown;
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

const longestCleanUpMs = 5_000;

/** Starts `file` of this directory as a process of its own; `flags` are Node's. */
export async function startChild(
  file: string,
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    env: { ...process.env, ...environment },
    // Not what a launcher preloads: that lets a process end while only its channel is open.
    execArgv: [...flags],
    serialization: 'advanced',
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  const lost = (error: string) => {
    for (const [id, resolve] of waiting) resolve({ id, error });
    waiting.clear();
  };
  child.on('error', (error) => lost(error.message));
  child.once('exit', (code, signal) => lost(`it ended (${signal ?? code})`));
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(question: string, input?: unknown): Promise<Answer> {
      const id = ++count;
      const reply = await new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, question, input }, (error) => {
          if (error !== null) lost(error.message);
        });
      });
      if (reply.error !== undefined) throw new Error(`${file}, ${question}: ${reply.error}`);
      return reply.answer as Answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** In the process itself: answers until the benchmark lets go, then cleans up and ends. */
export function answerBenchmark(questions: Questions, cleanUp: () => Promise<void>): void {
  const all: Questions = { usage: usedMicros, ...questions };
  process.on('message', (message: Question) => {
    const { id } = message;
    const answer = async () => all[message.question]?.(message.input as never);
    answer().then(
      (value) => reply({ id, answer: value }),
      (error: Error) => reply({ id, error: error.stack ?? error.message }),
    );
  });
  process.once('disconnect', () => {
    // Postgres may be gone already, and there is nothing to wait for then.
    setTimeout(() => process.exit(1), longestCleanUpMs).unref();
    cleanUp().then(
      () => process.exit(0),
      (error: Error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  });
}

/** Says nothing when the benchmark is gone. */
function reply(words: Reply): void {
  if (process.connected) process.send?.(words);
}

/** CPU that this process has used, in microseconds. */
function usedMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
