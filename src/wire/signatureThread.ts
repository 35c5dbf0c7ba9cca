// A thread beside a process's own that makes and judges ES256 signatures for it.

import type { KeyObject } from 'node:crypto';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { algorithmOf, type Signatures, signaturesOnPool } from './signature.ts';
import { outcomes, SignatureRing, work } from './signatureRing.ts';
import type { KeySent, WorkerStart } from './signatureWorker.ts';

/** Signatures that a thread makes and judges; it has to be stopped. */
export interface SignatureThread extends Signatures {
  /** What is under way, and what comes later, goes to the thread pool. */
  stop(): Promise<void>;
}

/** Ends a piece of work: by the place where it is done; by nothing, and then the pool does it. */
type Told = (place: number | undefined) => void;

/**
 * ES256 signs and verifies so fast that each trip to the thread pool and back costs a busy process
 * as much as half of the work. This thread is reached through memory that both share, without a
 * trip. RSA256 signatures take ten times as long and go to the pool, which has more threads; so do
 * contents that are longer than any message of a payment, and all that comes while the ring is full
 * or after the thread has broken, which `failed` hears once. The thread starts with the first
 * signature.
 */
export function startSignatureThread(failed: (error: unknown) => void): SignatureThread {
  let running: Running | undefined;
  let isOver = false;
  const thread = (): Running | undefined => {
    if (running === undefined && !isOver) {
      running = start((error) => {
        isOver = true;
        running = undefined;
        if (error !== undefined) failed(error);
      });
    }
    return running;
  };
  return {
    sign(algorithm, key, content) {
      const onPool = () => signaturesOnPool.sign(algorithm, key, content);
      const by = algorithm === 'ES256' && algorithmOf(key) === 'ES256' ? thread() : undefined;
      if (by === undefined || !by.ring.hasRoom(content)) return onPool();
      return new Promise((resolve) => {
        by.hand(work.sign, key, content, undefined, (place) => {
          const isMade = place !== undefined && by.ring.outcomeOf(place) === outcomes.yes;
          resolve(isMade ? by.ring.signatureOf(place) : onPool());
        });
      });
    },
    verify(algorithm, key, content, signature) {
      const onPool = () => signaturesOnPool.verify(algorithm, key, content, signature);
      // 64 bytes are the form of JOSE, which is tried in two ways.
      const isPlain = algorithm === 'ES256' && signature.length !== 64;
      const by = isPlain && algorithmOf(key) === 'ES256' ? thread() : undefined;
      if (by === undefined || !by.ring.hasRoom(content, signature)) return onPool();
      return new Promise((resolve) => {
        by.hand(work.verify, key, content, signature, (place) =>
          resolve(place === undefined ? onPool() : by.ring.outcomeOf(place) === outcomes.yes),
        );
      });
    },
    async stop() {
      isOver = true;
      await running?.stop();
    },
  };
}

interface Running {
  readonly ring: SignatureRing;
  hand(
    kind: (typeof work)[keyof typeof work],
    key: KeyObject,
    content: string | Buffer,
    signature: Buffer | undefined,
    told: Told,
  ): void;
  stop(): Promise<void>;
}

/** Starts the thread; `ended` is called once, with an error unless it was stopped. */
function start(ended: (error: unknown) => void): Running {
  const ring = new SignatureRing();
  const { port1: port, port2: theirs } = new MessageChannel();
  const waiting = new Map<number, Told>();
  const tellAll = () => {
    ring.heard();
    for (let place = ring.told(); place !== undefined; place = ring.told()) {
      const told = waiting.get(place);
      waiting.delete(place);
      told?.(place);
    }
    if (waiting.size === 0) port.unref();
  };
  port.on('message', tellAll);
  const started: WorkerStart = { memory: ring.memory, port: theirs };
  const worker = new Worker(new URL('signatureWorker.ts', import.meta.url), {
    workerData: started,
    transferList: [theirs],
    execArgv: [],
  });
  // Only what is under way keeps a process alive.
  worker.unref();
  port.unref();
  let isStopped = false;
  let fault: unknown;
  worker.once('error', (error) => {
    fault = error;
  });
  worker.once('exit', (code) => {
    tellAll();
    port.close();
    ended(isStopped ? undefined : (fault ?? new Error(`the signature thread ended (${code})`)));
    for (const told of waiting.values()) told(undefined);
    waiting.clear();
  });
  const idOf = keyIds(port);
  return {
    ring,
    hand(kind, key, content, signature, told) {
      if (waiting.size === 0) port.ref();
      waiting.set(ring.hand(kind, idOf(key), content, signature), told);
    },
    async stop() {
      isStopped = true;
      await worker.terminate();
    },
  };
}

/** Numbers keys for the thread, which is sent each before it is named, and told when it is gone. */
function keyIds(port: MessagePort): (key: KeyObject) => number {
  const ids = new WeakMap<KeyObject, number>();
  const send = (sent: KeySent) => port.postMessage(sent);
  // Configuration is read anew now and then, and brings new objects for the same keys.
  const forgotten = new FinalizationRegistry((id: number) => send({ id, key: undefined }));
  let count = 0;
  return (key) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ++count;
    ids.set(key, id);
    forgotten.register(key, id);
    send({ id, key });
    return id;
  };
}
