// Tokens: what we made is read back, and nothing else is taken for ours.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateKeys, readPrivateKey } from '../wire/signature.ts';
import {
  fingerprint,
  readCode,
  readToken,
  seal,
  type TokenKeys,
  tokenKeysFrom,
  unseal,
  writeCode,
  writeToken,
} from './tokens.ts';

function newKeys(): TokenKeys {
  const key = readPrivateKey(generateKeys('ES256').privateKeyPem);
  if (key === undefined) throw new Error('own key unreadable');
  return tokenKeysFrom(key);
}

const keys = newKeys();
const others = newKeys();
const name = fc.record({
  agreementNumber: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  generation: fc.integer({ min: 1, max: 1_000_000 }),
});

describe('our tokens', () => {
  it('say which agreement and generation they are of, and fit the wire', () => {
    fc.assert(
      fc.property(name, (of) => {
        const token = writeToken(keys, 'access', of);
        expect(readToken(keys, 'access', token)).toEqual(of);
        expect(token.length).toBeLessThan(100);
        expect(writeToken(keys, 'access', of)).toBe(token);
      }),
    );
  });

  it('are refused with one character changed, as another kind, and under another key', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (of, at, other) => {
        const token = writeToken(keys, 'access', of);
        const place = at % token.length;
        const changed = token.slice(0, place) + other + token.slice(place + 1);
        if (changed !== token) expect(readToken(keys, 'access', changed)).toBeUndefined();
        expect(readToken(keys, 'refresh', token)).toBeUndefined();
        expect(readToken(others, 'access', token)).toBeUndefined();
      }),
    );
  });

  it('are refused for any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readToken(keys, 'access', text)).toBeUndefined();
        expect(readCode(keys, text)).toBeUndefined();
      }),
    );
  });
});

describe('seals', () => {
  it('open for their purpose only, and hide what they hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 256 }), (plain) => {
        const sealed = seal(keys, 'one', plain);
        expect(unseal(keys, 'one', sealed)).toBe(plain);
        expect(unseal(keys, 'another', sealed)).toBeUndefined();
        expect(unseal(others, 'one', sealed)).toBeUndefined();
        expect(Buffer.from(sealed, 'base64url').includes(Buffer.from(plain))).toBe(false);
      }),
    );
  });

  it('a code of 256 characters, sealed for an agreement, fits the wire', () => {
    const code = 'x'.repeat(256);
    const ours = writeCode(keys, Number.MAX_SAFE_INTEGER, code);
    expect(ours.length).toBeLessThanOrEqual(512);
    expect(readCode(keys, ours)).toEqual({
      agreementNumber: Number.MAX_SAFE_INTEGER,
      walletCode: code,
    });
    expect(readCode(keys, writeCode(others, 1, code))).toBeUndefined();
    expect(readCode(keys, ours.replace(/^WC\.[0-9a-z]+/, 'WC.1'))).toBeUndefined();
  });

  it('fingerprints tell secrets apart', () => {
    expect(fingerprint(keys, 'a')).toBe(fingerprint(keys, 'a'));
    expect(fingerprint(keys, 'a')).not.toBe(fingerprint(keys, 'b'));
    expect(fingerprint(keys, 'a')).not.toBe(fingerprint(others, 'a'));
  });
});
