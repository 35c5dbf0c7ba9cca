// How a message is signed: its content, its Signature header, the two algorithms, the keys.

import type { KeyObject } from 'node:crypto';
import * as crypto from 'node:crypto';

/**
 * `RSA256` is RSA PKCS#1 v1.5 with SHA-256, every partner's default (protocol.md §3). `ES256` is
 * ECDSA P-256 with SHA-256, agreed per partner (architecture.md §6): about twice the payments.
 */
export type Algorithm = 'RSA256' | 'ES256';

/** The parts of a Signature header as sent; `signature` is the raw text, still encoded. */
export interface SignatureHeader {
  readonly algorithm: string;
  readonly keyVersion: string | undefined;
  readonly signature: string;
}

/** Signatures longer than this (an RSA-4096 one has about 700 characters) are not looked at. */
const signatureTextLimit = 2048;

const base64Form = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * What is signed: `<METHOD> <uri>\n<clientId>.<time>.<body>` (protocol.md §3). `uri` may be an
 * absolute-form request target; `time` is the literal header text; `body` is the exact body.
 */
export function contentToSign(
  method: string,
  uri: string,
  clientId: string,
  time: string,
  body: string | Buffer,
): string | Buffer {
  const head = `${method.toUpperCase()} ${requestUri(uri)}\n${clientId}.${time}.`;
  if (typeof body === 'string') return head + body;
  return Buffer.concat([Buffer.from(head, 'utf8'), body]);
}

/**
 * The path and query of a request target. The Python SDK sends the absolute form
 * `https://host/path` and signs the path alone (partners-clients.md §2.5).
 */
export function requestUri(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * Reads a Signature header. Lenient as partners need: spaces, any case of names, any order,
 * `=` inside values, no keyVersion, no algorithm (RSA256 then). Undefined when there is no
 * signature or when a name is given twice, since we could not know which one is meant.
 */
export function parseSignatureHeader(text: string | undefined): SignatureHeader | undefined {
  if (text === undefined) return undefined;
  const found = new Map<string, string>();
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    if (found.has(name)) return undefined;
    found.set(name, part.slice(equals + 1).trim());
  }
  const signature = found.get('signature');
  if (signature === undefined || signature === '') return undefined;
  const algorithm = found.get('algorithm');
  const keyVersion = found.get('keyversion');
  return {
    algorithm: algorithm === undefined || algorithm === '' ? 'RSA256' : algorithm,
    keyVersion: keyVersion === '' ? undefined : keyVersion,
    signature,
  };
}

/** `algorithm=RSA256,keyVersion=1,signature=…`, without spaces as the SDKs send it. */
export function writeSignatureHeader(parts: SignatureHeader): string {
  const version = parts.keyVersion === undefined ? '' : `keyVersion=${parts.keyVersion},`;
  return `algorithm=${parts.algorithm},${version}signature=${parts.signature}`;
}

/** URL-encoded base64 (`+ / =` become `%2B %2F %3D`): bare base64 makes PHP accept forgeries. */
export function encodeSignature(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return encodeURIComponent(base64);
}

/**
 * The bytes of a signature text: URL-encoded or not, base64 or base64url, padded or not, line
 * ends of a MIME encoder inside. Undefined when it is none of these.
 */
export function decodeSignature(text: string): Buffer | undefined {
  if (text.length > signatureTextLimit) return undefined;
  const plain = percentDecode(text)?.replace(/[\r\n]+/g, '');
  if (plain === undefined || !base64Form.test(plain)) return undefined;
  return Buffer.from(plain, 'base64');
}

/**
 * Signs on the thread pool (RSA256, about 300 µs) or at once (ES256, about 28 µs, cheaper than
 * the trip to the pool). Our ES256 signatures are ASN.1 DER, which is what Java, PHP, Go, Python
 * and openssl read and write without help.
 */
export function sign(
  algorithm: Algorithm,
  key: KeyObject,
  content: string | Buffer,
): Promise<Buffer> {
  return algorithm === 'ES256'
    ? Promise.resolve(signNow(algorithm, key, content))
    : signOnPool(algorithm, key, content);
}

function signOnPool(
  algorithm: Algorithm,
  key: KeyObject,
  content: string | Buffer,
): Promise<Buffer> {
  requireKind(algorithm, key);
  return new Promise((resolve, reject) => {
    crypto.sign('sha256', bytesOf(content), key, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

/** As `sign`, on the calling thread: for tools and tests, never on the hub's RSA path. */
export function signNow(algorithm: Algorithm, key: KeyObject, content: string | Buffer): Buffer {
  requireKind(algorithm, key);
  return crypto.sign('sha256', bytesOf(content), key);
}

/**
 * Whether `signature` is the key's over `content`. ES256 is accepted as DER and as the 64 raw
 * bytes of IEEE P1363 (what JOSE libraries write). Never throws: a key of another kind or
 * broken bytes are simply not a signature.
 */
export function verify(
  algorithm: Algorithm,
  key: KeyObject,
  content: string | Buffer,
  signature: Buffer,
): boolean {
  if (algorithmOf(key) !== algorithm) return false;
  const bytes = bytesOf(content);
  if (algorithm === 'ES256' && signature.length === 64) {
    if (verified(bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)) return true;
  }
  return verified(bytes, key, signature);
}

/** How a process signs and verifies: at once, or elsewhere while it goes on. */
export interface Signatures {
  readonly sign: typeof sign;
  /** As `verify`; never rejects. */
  readonly verify: (...signed: Parameters<typeof verify>) => Promise<boolean>;
}

/** On the calling thread, all but RSA256 signing. */
export const signaturesHere: Signatures = {
  sign,
  verify: async (...signed) => verify(...signed),
};

/**
 * For a process whose one thread is its limit: the thread pool signs, and verifies ES256 (70 µs,
 * of which the trip to the pool costs the caller 12). RSA256 (22 µs) is verified at once, because
 * the trip would save nothing.
 */
export const signaturesOnPool: Signatures = {
  sign,
  verify(algorithm, key, content, signature) {
    if (algorithm !== 'ES256' || algorithmOf(key) !== 'ES256' || signature.length === 64) {
      return signaturesHere.verify(algorithm, key, content, signature);
    }
    return new Promise((resolve) => {
      // A signature that OpenSSL cannot even read is reported as an error: not a signature.
      crypto.verify('sha256', bytesOf(content), key, signature, (error, fits) =>
        resolve(error === null && fits),
      );
    });
  },
};

/** What each key can serve, once asked: a key's details are slow to read and never change. */
const algorithms = new WeakMap<KeyObject, Algorithm | 'none'>();

/** The algorithm a key can serve: RSA of 2048 to 4096 bits, or EC P-256. */
export function algorithmOf(key: KeyObject): Algorithm | undefined {
  let known = algorithms.get(key);
  if (known === undefined) {
    known = readAlgorithm(key) ?? 'none';
    algorithms.set(key, known);
  }
  return known === 'none' ? undefined : known;
}

function readAlgorithm(key: KeyObject): Algorithm | undefined {
  if (key.asymmetricKeyType === 'rsa') {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= 2048 && bits <= 4096 ? 'RSA256' : undefined;
  }
  if (key.asymmetricKeyType !== 'ec') return undefined;
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined;
}

/**
 * A public key from PEM or bare base64 (SPKI, which partners call X.509; for RSA also PKCS#1).
 * Undefined for anything else, for RSA under 2048 or over 4096 bits, for a curve other than
 * P-256, and for a private key: nobody should upload one (partners-clients.md §2.8).
 */
export function readPublicKey(text: string): KeyObject | undefined {
  // Node would derive the public half of a private key, in PEM and in DER alike.
  if (text.includes('PRIVATE KEY') || readPrivateKey(text) !== undefined) return undefined;
  if (text.includes('-----BEGIN')) {
    return usable(() => crypto.createPublicKey({ key: text.trim(), format: 'pem' }));
  }
  const der = bareBase64(text);
  if (der === undefined) return undefined;
  return (
    usable(() => crypto.createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
    usable(() => crypto.createPublicKey({ key: der, format: 'der', type: 'pkcs1' }))
  );
}

/** A private key from PEM or bare base64 (PKCS#8, PKCS#1 or, for P-256, SEC 1), or undefined. */
export function readPrivateKey(text: string): KeyObject | undefined {
  if (text.includes('-----BEGIN')) {
    return usable(() => crypto.createPrivateKey({ key: text.trim(), format: 'pem' }));
  }
  const der = bareBase64(text);
  if (der === undefined) return undefined;
  return (
    usable(() => crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })) ??
    usable(() => crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs1' })) ??
    usable(() => crypto.createPrivateKey({ key: der, format: 'der', type: 'sec1' }))
  );
}

/** A new key pair in PEM: RSA-2048 (takes about a tenth of a second) or P-256 (at once). */
export function generateKeys(algorithm: Algorithm): {
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
} {
  const pair =
    algorithm === 'RSA256'
      ? crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
      : crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
}

function requireKind(algorithm: Algorithm, key: KeyObject): void {
  if (algorithmOf(key) !== algorithm) {
    throw new Error(`a key of kind ${key.asymmetricKeyType} cannot sign ${algorithm}`);
  }
}

function verified(
  content: Buffer,
  key: KeyObject | crypto.VerifyKeyObjectInput,
  signature: Buffer,
): boolean {
  try {
    return crypto.verify('sha256', content, key, signature);
  } catch {
    // OpenSSL throws on some malformed signatures instead of refusing them: not a signature.
    return false;
  }
}

function bytesOf(content: string | Buffer): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the sender did not encode anything we know.
    return undefined;
  }
}

function usable(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return algorithmOf(key) === undefined ? undefined : key;
  } catch {
    // Not a key in this form; the caller tries the next form or says that it is none.
    return undefined;
  }
}

function bareBase64(text: string): Buffer | undefined {
  const compact = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}
