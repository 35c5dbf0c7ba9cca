// Why does this signature fail? A plan of what to try, then a conclusion from what fitted; pure.
import { base64Bytes, type PublicKeyBytes, readPublicKeyBytes } from './publicKeyBytes.ts';
import type { SignatureFault } from './signatureFaults.ts';
import { type PastedMessage, valuesOf } from './signatureRequest.ts';
import { contentOf, type SignedParts, variantsOf } from './signatureVariants.ts';
import { parseTime } from './time.ts';

/** A public key under its version; PEM or base64. */
export interface RegisteredKey {
  readonly keyVersion: string;
  readonly publicKey: string;
}

/** A message to be judged. */
export interface SignatureQuestion {
  readonly message: PastedMessage;
  /** The keys of the sender, oldest first. Without a keyVersion the last one counts. */
  readonly keys: readonly RegisteredKey[];
  /** The clock of the judge in epoch milliseconds; without it the age of the time is not judged. */
  readonly now?: number;
  /** Default five minutes. */
  readonly toleranceMs?: number;
}

/** How a signature may have been made. The first two are right; the others are mistakes. */
export type Scheme = 'RSA256' | 'ES256' | 'RSA-SHA1' | 'RSA-SHA512' | 'RSA-PSS' | 'ES-SHA512';

/** One try: does this signature of this key fit these bytes? */
export interface Attempt {
  readonly faults: readonly SignatureFault[];
  readonly key: PublicKeyBytes;
  readonly scheme: Scheme;
  readonly content: string;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** What is wrong, with a detail where there is one (seconds, a version, what was signed). */
export interface Finding {
  readonly fault: SignatureFault;
  readonly detail?: string;
}

export interface SignaturePlan {
  /** What the text alone shows. */
  readonly findings: readonly Finding[];
  /** In this order; the first that fits explains the signature. */
  readonly attempts: readonly Attempt[];
  /** What has to be signed; undefined when a header for it is missing. */
  readonly content: string | undefined;
}

export interface Diagnosis {
  /** Whether the network would take it: the signature fits and nothing else is wrong. */
  readonly valid: boolean;
  readonly findings: readonly Finding[];
  /** What has to be signed, and what was signed instead, where that is known. */
  readonly content: string | undefined;
  readonly signedContent: string | undefined;
}

/** What can be said at once, and what to try. */
export function planDiagnosis(question: SignatureQuestion): SignaturePlan {
  const { message } = question;
  const findings: Finding[] = [];
  const find = (fault: SignatureFault, detail?: string) =>
    void findings.push(detail === undefined ? { fault } : { fault, detail });
  const one = (name: string, missing: SignatureFault): string | undefined => {
    const values = valuesOf(message, name);
    if (values.length > 1) find('header_twice', name);
    else if ((values[0] ?? '') === '') find(missing);
    else return values[0];
    return undefined;
  };
  const clientId = one('client-id', 'no_client_id');
  const isAnswer = valuesOf(message, 'response-time').length > 0;
  const time = one(isAnswer ? 'response-time' : 'request-time', 'no_time');
  const header = one('signature', 'no_signature');
  const parts: SignedParts = {
    method: message.method.toUpperCase(),
    uri: message.uri.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, ''),
    lineEnd: '\n',
    clientId: clientId ?? '',
    time: time ?? '',
    dot: '.',
    body: message.body,
  };
  if (time !== undefined) findTime(question, time, find);
  const complete = clientId !== undefined && time !== undefined;
  const content = complete ? contentOf(parts) : undefined;
  if (header === undefined) return { findings, attempts: [], content };
  const fields = fieldsOf(header);
  const keys = readKeys(question.keys, fields.get('keyversion'), find);
  const signatures = readSignatures(fields.get('signature') ?? '', find);
  const [first] = keys;
  if (
    signatures.some(({ bytes }) => bytes.length < (first?.key.algorithm === 'ES256' ? 64 : 256))
  ) {
    find('signature_cut');
  }
  const named = fields.get('algorithm') ?? 'RSA256';
  if (first !== undefined && named.toUpperCase() !== first.key.algorithm) {
    find('algorithm_mismatch', `${named}, ${first.key.algorithm}`);
  }
  if (content === undefined) return { findings, attempts: [], content };
  const host = valuesOf(message, 'host')[0] ?? /^[a-z]+:\/\/([^/]+)/i.exec(message.uri)?.[1];
  return { findings, attempts: attemptsOf(parts, host, keys, signatures), content };
}

/** What the tries say; `fits` has an entry for each attempt, in their order. */
export function concludeDiagnosis(plan: SignaturePlan, fits: readonly boolean[]): Diagnosis {
  const found = plan.attempts[fits.indexOf(true)];
  const { content } = plan;
  if (found === undefined) {
    const isOpen = plan.attempts.length > 0 && plan.findings.every(({ fault }) => !explains(fault));
    const findings = isOpen
      ? [...plan.findings, { fault: 'not_recognised' as const }]
      : plan.findings;
    return { valid: false, findings, content, signedContent: undefined };
  }
  const known = new Set(plan.findings.map(({ fault }) => fault));
  const added = found.faults.filter((fault) => !known.has(fault)).map((fault) => ({ fault }));
  const findings = [...plan.findings, ...added];
  const signedContent = found.content === content ? undefined : found.content;
  return { valid: findings.length === 0, findings, content, signedContent };
}

/** Faults that explain by themselves why nothing could fit. */
function explains(fault: SignatureFault): boolean {
  return fault.startsWith('signature_') || fault.startsWith('key_') || fault.startsWith('no_');
}

type Find = (fault: SignatureFault, detail?: string) => void;

function findTime(question: SignatureQuestion, time: string, find: Find): void {
  const at = parseTime(time);
  if (at === undefined) {
    find('time_unreadable', time);
    return;
  }
  const { now, toleranceMs = 300_000 } = question;
  if (now === undefined || Math.abs(now - at) <= toleranceMs) return;
  find('time_stale', `${Math.round((now - at) / 1000)} s`);
}

function fieldsOf(header: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of header.split(',')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    fields.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  return fields;
}

interface ReadableKey {
  readonly key: PublicKeyBytes;
  /** Whether it is the key that the header means. */
  readonly isMeant: boolean;
}

/** The key that is meant comes first; the others show whether the wrong one was used. */
function readKeys(
  given: readonly RegisteredKey[],
  version: string | undefined,
  find: Find,
): readonly ReadableKey[] {
  const meant =
    version === undefined ? given.at(-1) : given.find(({ keyVersion }) => keyVersion === version);
  if (meant === undefined) find('key_version_unknown', version ?? '');
  const readable: ReadableKey[] = [];
  for (const each of given) {
    const read = readPublicKeyBytes(each.publicKey);
    if (!read.ok) find(read.fault, each.keyVersion);
    // Without a key that is meant, which one fits is no further fault.
    else readable.push({ key: read.key, isMeant: meant === undefined || each === meant });
  }
  return readable.sort((left, right) => Number(right.isMeant) - Number(left.isMeant));
}

interface ReadSignature {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly faults: readonly SignatureFault[];
}

/** The signature as the hub reads it, else as it was probably meant. */
function readSignatures(text: string, find: Find): readonly ReadSignature[] {
  if (text === '') {
    find('signature_unreadable');
    return [];
  }
  const once = percentDecoded(text);
  const hex = /^(?:[0-9a-f]{2}){64,512}$/i.test(text);
  const bytes = base64Bytes(once.replace(/[\r\n]+/g, ''));
  if (bytes !== undefined && !hex) return [{ bytes, faults: [] }];
  if (hex) {
    const pairs = text.match(/../g) ?? [];
    const raw = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
    find('signature_hex');
    return [{ bytes: raw, faults: ['signature_hex'] }];
  }
  const twice = base64Bytes(percentDecoded(once));
  if (twice !== undefined) {
    find('signature_encoded_twice');
    return [{ bytes: twice, faults: ['signature_encoded_twice'] }];
  }
  const joined = base64Bytes(once.replaceAll(' ', '+'));
  if (joined === undefined) {
    find('signature_not_base64');
    return [];
  }
  find('signature_spaces');
  return [{ bytes: joined, faults: ['signature_spaces'] }];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: it was not URL-encoded.
    return text;
  }
}

const wrongSchemes = {
  RSA256: ['RSA-PSS', 'RSA-SHA1', 'RSA-SHA512'],
  ES256: ['ES-SHA512'],
} as const;

function attemptsOf(
  parts: SignedParts,
  host: string | undefined,
  keys: readonly ReadableKey[],
  signatures: readonly ReadSignature[],
): readonly Attempt[] {
  const variants = variantsOf(parts, host);
  const content = contentOf(parts);
  return keys.flatMap(({ key, isMeant }) =>
    signatures.flatMap(({ bytes: signature, faults }) => {
      const before = isMeant ? faults : [...faults, 'key_version_wrong' as const];
      const scheme = key.algorithm;
      const exact: Attempt = { faults: before, key, scheme, content, signature };
      const digests = wrongSchemes[scheme].map((wrong) => ({
        ...exact,
        scheme: wrong,
        faults: [
          ...before,
          wrong === 'RSA-PSS' ? ('padding_pss' as const) : ('digest_other' as const),
        ],
      }));
      const contents = variants.map((variant) => ({
        ...exact,
        faults: [...before, ...variant.faults],
        content: contentOf(variant.parts),
      }));
      return [exact, ...digests, ...contents];
    }),
  );
}

/** White space and other letters that cannot be seen, named where they stand. */
export function visibleText(text: string): string {
  return text
    .replaceAll(' ', '·')
    .replaceAll('\uFEFF', '[BOM]')
    .replaceAll('\u00a0', '[NBSP]')
    .replaceAll('\t', '[TAB]')
    .replaceAll('\r', '[CR]')
    .replaceAll('\n', '[LF]\n');
}
