// The thread signs and judges exactly as the thread pool does, however much it is given.

import * as crypto from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  generateKeys,
  readPrivateKey,
  readPublicKey,
  signaturesOnPool,
  verify,
} from './signature.ts';
import { type SignatureThread, startSignatureThread } from './signatureThread.ts';

const failures: unknown[] = [];
const started: SignatureThread[] = [];
const newThread = () => {
  const thread = startSignatureThread((error) => void failures.push(error));
  started.push(thread);
  return thread;
};
const thread = newThread();
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const pair = (algorithm: 'ES256' | 'RSA256') => {
  const { privateKeyPem, publicKeyPem } = generateKeys(algorithm);
  const made = readPrivateKey(privateKeyPem);
  const seen = readPublicKey(publicKeyPem);
  if (made === undefined || seen === undefined) throw new Error('no keys');
  return { privateKey: made, publicKey: seen };
};
const ours = pair('ES256');
const others = pair('ES256');
const rsa = pair('RSA256');

test('what it signs is verified, here and there; what was changed is not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 4_000 }),
      fc.boolean(),
      fc.nat(),
      async (text, asBytes, at) => {
        const content = asBytes ? Buffer.from(text) : text;
        const signature = await thread.sign('ES256', ours.privateKey, content);
        expect(verify('ES256', ours.publicKey, content, signature)).toBe(true);
        const judge = (bytes: Buffer, key = ours.publicKey, of = content) =>
          thread.verify('ES256', key, of, bytes);
        expect(await judge(signature)).toBe(true);
        expect(await judge(signature, others.publicKey)).toBe(false);
        expect(await judge(signature, ours.publicKey, `${text}.`)).toBe(false);
        const broken = Buffer.from(signature);
        broken[at % broken.length] = (broken[at % broken.length] ?? 0) ^ 1;
        expect(await judge(broken)).toBe(verify('ES256', ours.publicKey, content, broken));
        expect(await judge(signature.subarray(0, at % signature.length))).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

test('more at once than it has places for, of every size: each gets its answer', async () => {
  const contents = Array.from({ length: 3_000 }, (_, index) =>
    `${index}`.repeat(1 + (index % 900)),
  );
  const signatures = await Promise.all(
    contents.map((content) => thread.sign('ES256', ours.privateKey, content)),
  );
  const answers = await Promise.all(
    contents.flatMap((content, index) => {
      const neighbours = signatures[(index + 1) % signatures.length] as Buffer;
      return [
        thread.verify('ES256', ours.publicKey, content, signatures[index] as Buffer),
        thread.verify('ES256', ours.publicKey, content, neighbours),
      ];
    }),
  );
  expect(answers).toEqual(contents.flatMap(() => [true, false]));
});

test('RSA256, raw signatures and keys of another kind are answered as by the pool', async () => {
  const made = await thread.sign('RSA256', rsa.privateKey, 'text');
  expect(await thread.verify('RSA256', rsa.publicKey, 'text', made)).toBe(true);
  const raw = crypto.sign('sha256', Buffer.from('text'), {
    key: ours.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  expect(await thread.verify('ES256', ours.publicKey, 'text', raw)).toBe(true);
  expect(await thread.verify('ES256', rsa.publicKey, 'text', made)).toBe(false);
  await expect(async () => thread.sign('ES256', rsa.privateKey, 'text')).rejects.toThrow(/rsa/);
});

test('many keys, forgotten and come again', async () => {
  for (let round = 0; round < 40; round++) {
    const { privateKey, publicKey } = pair('ES256');
    const signature = await thread.sign('ES256', privateKey, `round ${round}`);
    expect(await thread.verify('ES256', publicKey, `round ${round}`, signature)).toBe(true);
  }
});

test('stopped in the middle, all is answered, and what comes later too', async () => {
  const other = newThread();
  const signing = Array.from({ length: 400 }, (_, index) =>
    other.sign('ES256', ours.privateKey, `${index}`),
  );
  await other.stop();
  const signatures = [
    ...(await Promise.all(signing)),
    await other.sign('ES256', ours.privateKey, '400'),
  ];
  const fits = await Promise.all(
    signatures.map((each, index) =>
      signaturesOnPool.verify('ES256', ours.publicKey, `${index}`, each),
    ),
  );
  expect(fits.every((each) => each)).toBe(true);
  expect(failures).toEqual([]);
});

test('stopped again and again, asleep or at work, it ends each time', async () => {
  for (let round = 0; round < 20; round++) {
    const other = newThread();
    const made = other.sign('ES256', ours.privateKey, `${round}`);
    if (round % 2 === 0) await made;
    await other.stop();
    expect(verify('ES256', ours.publicKey, `${round}`, await made)).toBe(true);
  }
});

test('broken in the middle, the pool does what it left, and the break is told once', async () => {
  const other = newThread();
  process.once('worker', (worker) => void worker.terminate());
  const signing = Array.from({ length: 100 }, (_, index) =>
    other.sign('ES256', ours.privateKey, `${index}`),
  );
  const signatures = await Promise.all(signing);
  const fits = signatures.map((each, index) => verify('ES256', ours.publicKey, `${index}`, each));
  expect(fits.every((each) => each)).toBe(true);
  expect(await other.verify('ES256', ours.publicKey, '0', signatures[0] as Buffer)).toBe(true);
  expect(failures).toHaveLength(1);
});
