// The end of a network is heard at any moment: in the middle of a start, right after it, and later.

import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type Endable, listenForEnd } from './ending.ts';

function listened() {
  const killed: string[] = [];
  const said: string[] = [];
  const emitter = new EventEmitter();
  const process: Endable = Object.assign(emitter, {
    pid: 7,
    kill: (pid: number, signal: string) => void killed.push(`${pid} ${signal}`),
  });
  const ending = listenForEnd(process, (line) => void said.push(line));
  let isAsked = false;
  void ending.asked.then(() => {
    isAsked = true;
  });
  const hears = async (event: string, ...words: unknown[]) => {
    emitter.emit(event, ...words);
    await Promise.resolve();
    return { isAsked, killed, said: said.length };
  };
  return { ending, emitter, hears };
}

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGINT'],
  ['disconnect', undefined],
])('before the start is complete, %s ends it at once', async (event, word) => {
  const { hears } = listened();
  const killed = [`7 ${word ?? 'SIGTERM'}`];
  expect(await hears(event, word)).toEqual({ isAsked: false, killed, said: 1 });
});

test.each(['SIGTERM', 'SIGINT', 'disconnect'])('afterwards %s asks for an end', async (event) => {
  const { ending, hears } = listened();
  ending.complete();
  expect(await hears(event, event)).toEqual({ isAsked: true, killed: [], said: 0 });
});

test('there is no moment without a listener until a signal is heard', () => {
  const { ending, emitter } = listened();
  const changes: string[] = [];
  emitter.on('newListener', (event: string) => void changes.push(`new ${event}`));
  emitter.on('removeListener', (event: string) => void changes.push(`removed ${event}`));
  changes.length = 0;
  ending.complete();
  expect(changes).toEqual([]);
  expect(emitter.listenerCount('SIGTERM')).toBe(1);
  emitter.emit('SIGTERM', 'SIGTERM');
  // A second one finds the system's own way, and ends at once.
  expect([emitter.listenerCount('SIGTERM'), emitter.listenerCount('SIGINT')]).toEqual([0, 0]);
});
