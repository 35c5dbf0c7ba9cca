// A pasted public key as bytes that any cryptography library reads, without one of them.

/** An SPKI key in DER, and the algorithm that its kind is for. */
export interface PublicKeyBytes {
  readonly algorithm: 'RSA256' | 'ES256';
  readonly spki: Uint8Array<ArrayBuffer>;
}

export type ReadKey =
  | { readonly ok: true; readonly key: PublicKeyBytes }
  | { readonly ok: false; readonly fault: 'key_unreadable' | 'key_private' };

const rsaName = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const curveName = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

/** PEM or bare base64, SPKI or (RSA) PKCS#1. A private key is refused by its name or its form. */
export function readPublicKeyBytes(text: string): ReadKey {
  if (text.includes('PRIVATE KEY')) return { ok: false, fault: 'key_private' };
  const body = text.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '');
  const der = base64Bytes(body);
  if (der === undefined || der[0] !== 0x30) return { ok: false, fault: 'key_unreadable' };
  // A private key begins with its version number, a public one never with 0 or 1.
  const inside = 2 + ((der[1] ?? 0) > 0x80 ? (der[1] ?? 0) - 0x80 : 0);
  if (der[inside] === 0x02 && der[inside + 1] === 1 && (der[inside + 2] ?? 9) <= 1) {
    return { ok: false, fault: 'key_private' };
  }
  if (der[inside] === 0x02) return { ok: true, key: { algorithm: 'RSA256', spki: wrapped(der) } };
  if (holds(der, rsaName)) return { ok: true, key: { algorithm: 'RSA256', spki: der } };
  if (holds(der, curveName)) return { ok: true, key: { algorithm: 'ES256', spki: der } };
  return { ok: false, fault: 'key_unreadable' };
}

/** The bytes of base64 or base64url, padded or not; undefined for anything else. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (plain.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

function holds(der: Uint8Array, name: readonly number[]): boolean {
  const head = der.subarray(0, 40);
  return head.some((_, start) => name.every((byte, place) => head[start + place] === byte));
}

/** PKCS#1 inside SPKI. */
function wrapped(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const algorithm = [0x30, 0x0d, 0x06, 0x09, ...rsaName, 0x05, 0x00];
  return field(0x30, [...algorithm, ...field(0x03, [0, ...pkcs1])]);
}

function field(tag: number, content: readonly number[]): Uint8Array<ArrayBuffer> {
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...content]);
}

/** An ECDSA signature as WebCrypto wants it: 64 raw bytes, from DER or as they are. */
export function rawEcdsa(signature: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  if (signature.length === 64) return signature;
  if (signature[0] !== 0x30 || signature[2] !== 0x02) return undefined;
  const lengthR = signature[3] ?? 0;
  const r = signature.subarray(4, 4 + lengthR);
  if (signature[4 + lengthR] !== 0x02) return undefined;
  const s = signature.subarray(6 + lengthR, 6 + lengthR + (signature[5 + lengthR] ?? 0));
  const raw = new Uint8Array(64);
  for (const [part, end] of [
    [r, 32],
    [s, 64],
  ] as const) {
    const digits = part.subarray(part[0] === 0 ? 1 : 0);
    if (digits.length > 32) return undefined;
    raw.set(digits, end - digits.length);
  }
  return raw;
}
