// Tokens of agreements: ours are computed and kept nowhere; the wallets' are sealed before they are
// kept. Both take keys that are derived from the network's own and stand in no database.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/** Two keys of 32 bytes. */
export interface TokenKeys {
  readonly mac: Buffer;
  readonly seal: Buffer;
}

/** Derives them from a private key of the network: whoever has that one needs no other. */
export function tokenKeysFrom(privateKey: KeyObject): TokenKeys {
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `agreement ${use}`, 32));
  return { mac: derive('tokens'), seal: derive('seal') };
}

/** What an acquirer holds: an access token, a refresh token, or a code to get them with. */
const tokenMarks = { access: 'WA', refresh: 'WR', code: 'WC' } as const;

type TokenKind = Exclude<keyof typeof tokenMarks, 'code'>;

/** What a good token says about itself. */
export interface TokenName {
  readonly agreementNumber: number;
  readonly generation: number;
}

const numberForm = /^(0|[1-9a-z][0-9a-z]*)$/;

function macOf(keys: TokenKeys, text: string): string {
  return createHmac('sha256', keys.mac).update(text).digest('base64url');
}

/** The token of an agreement and generation; the same for ever. */
export function writeToken(keys: TokenKeys, kind: TokenKind, name: TokenName): string {
  const { agreementNumber, generation } = name;
  const text = `${tokenMarks[kind]}.${agreementNumber.toString(36)}.${generation.toString(36)}`;
  return `${text}.${macOf(keys, text)}`;
}

/** Reads a token of ours back; undefined for any text that we did not make. */
export function readToken(keys: TokenKeys, kind: TokenKind, text: string): TokenName | undefined {
  const [mark, number = '', generation = '', mac = '', ...more] = text.split('.');
  if (mark !== tokenMarks[kind] || more.length > 0) return undefined;
  const wanted = Buffer.from(macOf(keys, `${mark}.${number}.${generation}`));
  const given = Buffer.from(mac);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return {
    agreementNumber: Number.parseInt(number, 36),
    generation: Number.parseInt(generation, 36),
  };
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals a text for one purpose (AES-256-GCM). The nonce is a MAC of what is sealed: the same text
 * gives the same seal, so that nothing has to be drawn, and two texts never share a nonce.
 */
export function seal(keys: TokenKeys, purpose: string, plain: string): string {
  const mac = createHmac('sha256', keys.mac).update(`seal ${purpose}\0${plain}`).digest();
  const iv = mac.subarray(0, ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keys.seal, iv).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Opens a seal; undefined when it is none of ours, or was made for another purpose. */
export function unseal(keys: TokenKeys, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keys.seal, bytes.subarray(0, ivBytes))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch {
    // The tag does not fit: somebody else made it, or it was changed on its way.
    return undefined;
  }
}

/** What a wallet's own tokens are sealed for. */
export const walletTokenOf = (agreementNumber: number) => `token of ${agreementNumber}`;
const codeFor = (agreementNumber: number) => `code of ${agreementNumber}`;

/** A wallet's code as the acquirer gets it: bound to the agreement, and hidden. */
export function writeCode(keys: TokenKeys, agreementNumber: number, walletCode: string): string {
  const sealed = seal(keys, codeFor(agreementNumber), walletCode);
  return `${tokenMarks.code}.${agreementNumber.toString(36)}.${sealed}`;
}

/** Reads such a code back; undefined for any text that we did not make. */
export function readCode(
  keys: TokenKeys,
  text: string,
): { readonly agreementNumber: number; readonly walletCode: string } | undefined {
  const [mark, number = '', sealed = '', ...more] = text.split('.');
  if (mark !== tokenMarks.code || more.length > 0 || !numberForm.test(number)) return undefined;
  const agreementNumber = Number.parseInt(number, 36);
  if (!Number.isSafeInteger(agreementNumber)) return undefined;
  const walletCode = unseal(keys, codeFor(agreementNumber), sealed);
  return walletCode === undefined ? undefined : { agreementNumber, walletCode };
}

/** Tells whether two secrets are the same without keeping either. */
export function fingerprint(keys: TokenKeys, secret: string): string {
  return createHash('sha256').update(keys.mac).update(secret).digest('base64url').slice(0, 22);
}
