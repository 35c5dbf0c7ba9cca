// Taking a request's body whole: no more bytes than a message can have, and no later than agreed.

import type { Readable } from 'node:stream';

/** The bytes as they came, or why they are not there. */
export type TakenBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' | 'too_slow' };

/**
 * Reads a body. What is over the limit is read and thrown away until its end or its deadline: a
 * sender that is cut off in the middle would not hear the answer. Rejects when the sender goes
 * away.
 */
export function takeBody(
  stream: Readable,
  limit: { readonly bytes: number; readonly ms: number },
): Promise<TakenBody> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const isOver = () => length > limit.bytes;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (isOver()) chunks = [];
      else chunks.push(chunk);
    };
    const finish = (taken: TakenBody) => {
      clearTimeout(deadline);
      stream.off('data', take);
      resolve(taken);
    };
    const deadline = setTimeout(
      () => finish({ kind: isOver() ? 'too_large' : 'too_slow' }),
      limit.ms,
    );
    stream.on('data', take);
    stream.once('end', () =>
      finish(isOver() ? { kind: 'too_large' } : { kind: 'whole', bytes: Buffer.concat(chunks) }),
    );
    stream.once('error', (error) => {
      clearTimeout(deadline);
      reject(error);
    });
  });
}
