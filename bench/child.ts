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

/** Starts `file` of this directory as a process of its own. */
export async function startChild(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    env: { ...process.env, ...environment },
    serialization: 'advanced',
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.once('exit', (code) => {
    const error = `${file} ended with code ${code}`;
    for (const [id, resolve] of waiting) resolve({ id, error });
    waiting.clear();
  });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(question: string, input?: unknown): Promise<Answer> {
      const id = ++count;
      const reply = await new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, question, input });
      });
      if (reply.error !== undefined) throw new Error(`${file}, ${question}: ${reply.error}`);
      return reply.answer as Answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
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
      (value) => process.send?.({ id, answer: value } satisfies Reply),
      (error: Error) => process.send?.({ id, error: error.stack ?? error.message }),
    );
  });
  process.once('disconnect', () => {
    cleanUp().then(
      () => process.exit(0),
      (error: Error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  });
}

/** CPU that this process has used, in microseconds. */
function usedMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
