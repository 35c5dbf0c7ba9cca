// Signing: known answers from openssl and RFC 6979, round trips, and what partners really send.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  knownRequest,
  knownSignature,
  rfc6979,
  rsaPrivateKey,
  rsaPrivateKeyPkcs1,
  rsaPublicKey,
} from './signature.fixture.ts';
import type { Algorithm } from './signature.ts';
import {
  algorithmOf,
  contentToSign,
  decodeSignature,
  encodeSignature,
  generateKeys,
  parseSignatureHeader,
  readPrivateKey,
  readPublicKey,
  requestUri,
  sign,
  signNow,
  verify,
  writeSignatureHeader,
} from './signature.ts';

function keyPair(algorithm: Algorithm) {
  const pem = generateKeys(algorithm);
  const privateKey = readPrivateKey(pem.privateKeyPem);
  const publicKey = readPublicKey(pem.publicKeyPem);
  if (privateKey === undefined || publicKey === undefined) throw new Error('own keys unreadable');
  return { privateKey, publicKey, ...pem };
}

const rsa = keyPair('RSA256');
const elliptic = keyPair('ES256');
const pairs = { RSA256: rsa, ES256: elliptic };

const knownContent = contentToSign(
  knownRequest.method,
  knownRequest.uri,
  knownRequest.clientId,
  knownRequest.time,
  knownRequest.body,
);

describe('the content to sign', () => {
  it('is method, uri, newline, client, time and body', () => {
    expect(contentToSign('post', '/a/b?c=d', 'C1', 'T', '{"x":1}')).toBe(
      'POST /a/b?c=d\nC1.T.{"x":1}',
    );
  });

  it('is the same bytes for a text and for a buffer', () => {
    const buffer = Buffer.from(knownRequest.body, 'utf8');
    const { method, uri, clientId, time } = knownRequest;
    const content = contentToSign(method, uri, clientId, time, buffer);
    expect(content).toEqual(Buffer.from(knownContent as string, 'utf8'));
  });

  it.each([
    ['/aps/api/v1/payments/pay', '/aps/api/v1/payments/pay'],
    ['https://hub.example/aps/pay', '/aps/pay'],
    ['HTTP://127.0.0.1:8080/aps/pay?x=1&y=/2', '/aps/pay?x=1&y=/2'],
    ['https://hub.example', '/'],
    ['https://hub.example?x=1', '/?x=1'],
    ['//odd/path', '//odd/path'],
  ])('takes the path of %s', (target, expected) => {
    expect(requestUri(target)).toBe(expected);
  });
});

describe('RSA256', () => {
  it('gives the bytes that openssl gives', async () => {
    const key = readPrivateKey(rsaPrivateKey);
    if (key === undefined) throw new Error('fixture key unreadable');
    expect(signNow('RSA256', key, knownContent).toString('base64')).toBe(knownSignature);
    expect((await sign('RSA256', key, knownContent)).toString('base64')).toBe(knownSignature);
  });

  it('verifies what openssl signed, and nothing near it', () => {
    const key = readPublicKey(rsaPublicKey);
    if (key === undefined) throw new Error('fixture key unreadable');
    const signature = Buffer.from(knownSignature, 'base64');
    expect(verify('RSA256', key, knownContent, signature)).toBe(true);
    expect(verify('RSA256', key, `${knownContent} `, signature)).toBe(false);
    expect(verify('RSA256', key, knownContent, signature.subarray(1))).toBe(false);
    expect(verify('RSA256', key, knownContent, Buffer.alloc(0))).toBe(false);
    expect(verify('RSA256', rsa.publicKey, knownContent, signature)).toBe(false);
  });
});

describe('ES256', () => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: hex(rfc6979.x).toString('base64url'),
      y: hex(rfc6979.y).toString('base64url'),
    },
  });
  const raw = hex(rfc6979.r + rfc6979.s);
  // Both numbers have their top bit set, so DER puts a zero byte before each.
  const der = hex(`3046022100${rfc6979.r}022100${rfc6979.s}`);

  it('verifies the RFC 6979 signature in both encodings', () => {
    expect(verify('ES256', publicKey, 'sample', der)).toBe(true);
    expect(verify('ES256', publicKey, 'sample', raw)).toBe(true);
    expect(verify('ES256', publicKey, 'Sample', der)).toBe(false);
    expect(verify('ES256', publicKey, 'Sample', raw)).toBe(false);
  });

  it('signs in DER', () => {
    const signature = signNow('ES256', elliptic.privateKey, 'sample');
    expect(signature[0]).toBe(0x30);
    expect(signature[1]).toBe(signature.length - 2);
  });

  it('refuses broken bytes without throwing', () => {
    for (const bytes of [der.subarray(0, 60), raw.subarray(0, 63), Buffer.alloc(64)]) {
      expect(verify('ES256', publicKey, 'sample', bytes)).toBe(false);
    }
  });
});

describe.each(['RSA256', 'ES256'] as const)('%s both ways', (algorithm) => {
  const { privateKey, publicKey } = pairs[algorithm];

  it('verifies any content it signed, and no content with one byte changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        async (bytes, at) => {
          const content = Buffer.from(bytes);
          const signature = await sign(algorithm, privateKey, content);
          expect(verify(algorithm, publicKey, content, signature)).toBe(true);
          const changed = Buffer.from(content);
          const place = at % changed.length;
          changed[place] = (changed[place] as number) ^ 1;
          expect(verify(algorithm, publicKey, changed, signature)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never throws, whatever the signature', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(verify(algorithm, publicKey, 'content', Buffer.from(bytes))).toBe(false);
      }),
    );
  });

  it('does not mix algorithms', () => {
    const other = algorithm === 'RSA256' ? 'ES256' : 'RSA256';
    const signature = signNow(algorithm, privateKey, 'content');
    expect(verify(other, publicKey, 'content', signature)).toBe(false);
    expect(() => signNow(other, privateKey, 'content')).toThrow('cannot sign');
  });
});

describe('the Signature header', () => {
  it.each([
    ['as the SDKs send it', 'algorithm=RSA256,keyVersion=1,signature=a%2Bb%3D'],
    ['as the documentation shows it', 'algorithm=RSA256, keyVersion=1, signature=a%2Bb%3D'],
    ['in another order and case', 'SIGNATURE=a%2Bb%3D , KeyVersion=1,Algorithm=RSA256'],
    ['with something unknown beside', 'algorithm=RSA256,keyVersion=1,x=y,z,signature=a%2Bb%3D'],
  ])('is read %s', (_form, text) => {
    expect(parseSignatureHeader(text)).toEqual({
      algorithm: 'RSA256',
      keyVersion: '1',
      signature: 'a%2Bb%3D',
    });
  });

  it('is read without keyVersion and algorithm, and with = in the value', () => {
    expect(parseSignatureHeader('signature=YWI9PQ==')).toEqual({
      algorithm: 'RSA256',
      keyVersion: undefined,
      signature: 'YWI9PQ==',
    });
    expect(parseSignatureHeader('algorithm=es256,signature=x')?.algorithm).toBe('es256');
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['without signature', 'algorithm=RSA256,keyVersion=1'],
    ['with an empty signature', 'algorithm=RSA256,signature='],
    ['with two signatures', 'signature=a,signature=b'],
  ])('is refused when %s', (_why, text) => {
    expect(parseSignatureHeader(text)).toBeUndefined();
  });

  it('is written without spaces and read back', () => {
    const parts = { algorithm: 'ES256', keyVersion: '12', signature: 'a%2Fb' };
    expect(writeSignatureHeader(parts)).toBe('algorithm=ES256,keyVersion=12,signature=a%2Fb');
    expect(parseSignatureHeader(writeSignatureHeader(parts))).toEqual(parts);
  });
});

describe('the signature text', () => {
  const bytes = Buffer.from('fbff00fe3e3fff', 'hex');

  it('is URL-encoded base64', () => {
    expect(encodeSignature(bytes)).toBe('%2B%2F8A%2Fj4%2F%2Fw%3D%3D');
  });

  it.each([
    ['URL-encoded', '%2B%2F8A%2Fj4%2F%2Fw%3D%3D'],
    ['URL-encoded in lower case', '%2b%2f8A%2fj4%2f%2fw%3d%3d'],
    ['bare base64', '+/8A/j4//w=='],
    ['base64url', '-_8A_j4__w'],
    ['base64url with padding', '-_8A_j4__w%3D%3D'],
    ['broken into MIME lines', '%2B%2F8A%0D%0A%2Fj4%2F%2Fw%3D%3D'],
  ])('is read %s', (_form, text) => {
    expect(decodeSignature(text)).toEqual(bytes);
  });

  it.each([
    ['empty', ''],
    ['a broken escape', '%2'],
    ['an escape that is not UTF-8', '%ff%fe'],
    ['other characters', 'a b!'],
    ['padding in the middle', 'YQ==YQ=='],
    ['very long', 'A'.repeat(2049)],
  ])('is refused when %s', (_why, text) => {
    expect(decodeSignature(text)).toBeUndefined();
  });

  it('carries any bytes there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 512 }), (any) => {
        expect(decodeSignature(encodeSignature(any))).toEqual(Buffer.from(any));
      }),
    );
  });
});

describe('keys', () => {
  const bare = (pem: string) => pem.replace(/-----[^-]+-----/g, '').trim();

  it.each(['RSA256', 'ES256'] as const)(
    '%s are read from PEM and from bare base64',
    (algorithm) => {
      const { privateKeyPem, publicKeyPem, publicKey, privateKey } = pairs[algorithm];
      expect(readPublicKey(bare(publicKeyPem))?.equals(publicKey)).toBe(true);
      expect(readPrivateKey(bare(privateKeyPem))?.equals(privateKey)).toBe(true);
      expect(algorithmOf(publicKey)).toBe(algorithm);
    },
  );

  it('are read as PKCS#1 too, private and public, armoured or not', () => {
    const key = readPrivateKey(rsaPrivateKey);
    if (key === undefined) throw new Error('fixture key unreadable');
    expect(readPrivateKey(rsaPrivateKeyPkcs1)?.equals(key)).toBe(true);
    const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }) as string;
    expect(readPrivateKey(pkcs1)?.equals(key)).toBe(true);
    const publicPkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    expect(readPublicKey(bare(publicPkcs1))?.equals(rsa.publicKey)).toBe(true);
  });

  it('of P-256 are read as SEC 1', () => {
    const sec1 = elliptic.privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    expect(readPrivateKey(bare(sec1))?.equals(elliptic.privateKey)).toBe(true);
  });

  it('are refused when they are weak, foreign, private or no keys', () => {
    const spki = { type: 'spki', format: 'pem' } as const;
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export(spki);
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export(spki);
    const edwards = generateKeyPairSync('ed25519').publicKey.export(spki);
    for (const text of [weak, curve, edwards, rsa.privateKeyPem, rsaPrivateKey, '', 'AAAA', '{}']) {
      expect(readPublicKey(text as string)).toBeUndefined();
    }
    for (const text of [rsa.publicKeyPem, rsaPublicKey, 'no key']) {
      expect(readPrivateKey(text)).toBeUndefined();
    }
  });
});
