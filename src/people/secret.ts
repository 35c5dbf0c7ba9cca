// Secrets of people and tokens of sessions: made by the network, kept only as hashes.

import { createHash, scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../base/world.ts';

/** No letter that is taken for another or for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const secretLength = 24;
const group = 6;

/** A new secret of 120 bits, in groups that can be read out. */
export function newSecret(random: Pick<Random, 'bytes'>): string {
  // 32 letters: the low five bits of a byte are one of them, each equally likely.
  const letters = [...random.bytes(secretLength)].map((byte) => alphabet[byte % alphabet.length]);
  const groups = Array.from({ length: secretLength / group }, (_, index) =>
    letters.slice(index * group, (index + 1) * group).join(''),
  );
  return groups.join('-');
}

/** A secret as it was typed: hyphens, spaces and capitals do not matter. */
const plain = (secret: string) => secret.toLowerCase().replace(/[\s-]/g, '');

/** 16 MB and some tens of milliseconds a try, on the thread pool. */
const cost = { N: 16_384, r: 8, p: 1 } as const;
const keyBytes = 32;

function derive(secret: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(plain(secret), salt, keyBytes, { N, r, p }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The hash that is kept: `scrypt`, cost, salt and key, with colons between. */
export async function hashSecret(secret: string, random: Pick<Random, 'bytes'>): Promise<string> {
  const salt = random.bytes(16);
  const key = await derive(secret, salt, cost);
  const { N, r, p } = cost;
  return ['scrypt', N, r, p, Buffer.from(salt).toString('hex'), key.toString('hex')].join(':');
}

/** Whether a secret is the one of a hash. Takes as long for a wrong one as for the right one. */
export async function isSecretOf(secret: string, hash: string): Promise<boolean> {
  const [, N = '', r = '', p = '', salt = '', key = ''] = hash.split(':');
  const wanted = Buffer.from(key, 'hex');
  const used = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(secret, Buffer.from(salt, 'hex'), used);
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

/** Costs what checking a real secret costs, so that the time does not tell which names exist. */
export async function pretendToCheck(secret: string): Promise<void> {
  await derive(secret, Buffer.alloc(16), cost);
}

/** What a session's cookie holds: 256 bits of chance. */
export function newToken(random: Pick<Random, 'bytes'>): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** What is kept of a token. It has no words in it, so one round of a fast hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
