// A process that only signs: how many RSA-2048 signatures a second this machine makes on all cores.

import * as crypto from 'node:crypto';
import { availableParallelism } from 'node:os';
import { generateKeys } from '../src/wire/signature.ts';
import { answerBenchmark } from './child.ts';

const key = crypto.createPrivateKey(generateKeys('RSA256').privateKeyPem);
const content = Buffer.alloc(1_700, 'a');
/** The pool always has work, so that every core always signs. */
const inFlight = availableParallelism() * 4;

function signature(): Promise<void> {
  return new Promise((resolve, reject) => {
    crypto.sign('sha256', content, key, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function signsPerSecond({ milliseconds }: { milliseconds: number }): Promise<number> {
  const from = performance.now();
  let count = 0;
  const sign = async () => {
    while (performance.now() - from < milliseconds) {
      await signature();
      count++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sign));
  return (count / (performance.now() - from)) * 1_000;
}

answerBenchmark({ signsPerSecond }, async () => {});
