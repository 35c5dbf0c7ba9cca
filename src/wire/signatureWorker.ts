// The thread that makes and judges the signatures which another thread hands it.

import * as crypto from 'node:crypto';
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { outcomes, type Piece, SignatureRing, work } from './signatureRing.ts';

/** What the thread is given; keys come by the port, and calls go back by it. */
export interface WorkerStart {
  readonly memory: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** A key, sent before the first piece that names it; without a key it is not needed any more. */
export interface KeySent {
  readonly id: number;
  readonly key: crypto.KeyObject | undefined;
}

const { memory, port } = workerData as WorkerStart;
const ring = new SignatureRing(memory);
const keys = new Map<number, crypto.KeyObject>();

/** Throws for a key that was never sent: then nothing that this thread says is worth anything. */
function keyOf(id: number): crypto.KeyObject {
  for (;;) {
    const known = keys.get(id);
    if (known !== undefined) return known;
    const received = receiveMessageOnPort(port) as { readonly message: KeySent } | undefined;
    if (received === undefined) throw new Error(`the key ${id} was not sent`);
    const { key } = received.message;
    if (key === undefined) keys.delete(received.message.id);
    else keys.set(received.message.id, key);
  }
}

function finish(piece: Piece): boolean {
  const key = keyOf(piece.key);
  try {
    if (piece.kind === work.sign) {
      return ring.done(outcomes.yes, crypto.sign('sha256', piece.content, key));
    }
    const fits = crypto.verify('sha256', piece.content, key, piece.signature);
    return ring.done(fits ? outcomes.yes : outcomes.no);
  } catch {
    // OpenSSL throws on some malformed signatures instead of refusing them; the asking side says
    // what that means.
    return ring.done(outcomes.failed);
  }
}

// Until it is terminated, which wakes it as well.
for (;;) {
  if (finish(ring.take())) port.postMessage(undefined);
}
