// The visitor's code of a card wallet: EMVCo consumer-presented QR, base64 of BER-TLV data objects.

import { type CodeProblem, isValid, problem } from './problem.ts';

/** A BER-TLV data object: the value in hexadecimal, or its own objects when it is constructed. */
export interface DataObject {
  readonly tag: string;
  readonly value: string | readonly DataObject[];
}

/**
 * One card application that the visitor offers (template 61). The card number is not repeated here.
 */
export interface ConsumerApplication {
  /** Application identifier (tag 4F) in hexadecimal. */
  readonly aid: string;
  /** Application label (tag 50). */
  readonly label: string | null;
  /** Who owns the identifier's first five bytes. */
  readonly scheme: string | null;
}

/** A consumer-presented code as it was read (EMVCo CPM 1.1 §2). */
export interface ConsumerCode {
  readonly valid: boolean;
  readonly problems: readonly CodeProblem[];
  readonly applications: readonly ConsumerApplication[];
  readonly tlv: readonly DataObject[];
}

// The registered application provider identifiers that visitors carry.
const PROVIDERS: Readonly<Record<string, string>> = {
  A000000003: 'Visa',
  A000000004: 'Mastercard',
  A000000025: 'American Express',
  A000000065: 'JCB',
  A000000152: 'Diners/Discover',
  A000000333: 'UnionPay',
  A000000524: 'RuPay',
  A000000615: 'DuitNow',
  A000000677: 'PromptPay',
  A000000727: 'NAPAS',
};

/** `85 05 "CPV01"` in base64: every such code begins like this. */
const BEGINNING = 'hQVDUFYwM';
const CPV01 = '4350563031';
// Templates of the standard lie three deep; more is an attack on the reader.
const MAX_DEPTH = 4;

/** Whether a text claims to be a consumer-presented code. */
export function looksLikeConsumerCode(text: string): boolean {
  return text.startsWith(BEGINNING);
}

/** Reads a consumer-presented code. Never throws; the caller bounds the length of the text. */
export function readConsumerCode(text: string): ConsumerCode {
  const bytes = bytesOfBase64(text);
  if (bytes === undefined) {
    return { valid: false, problems: [problem('not_base64')], applications: [], tlv: [] };
  }
  const tlv = readObjects(bytes, 0);
  if (tlv === undefined) {
    return { valid: false, problems: [problem('ber_broken')], applications: [], tlv: [] };
  }
  const applications = tlv.flatMap(applicationOf);
  const problems: CodeProblem[] = [];
  if (tlv[0]?.tag !== '85' || tlv[0].value !== CPV01) {
    problems.push(problem('not_cpv01', { tag: '85' }));
  }
  if (applications.length === 0) {
    problems.push(problem('application_missing', { tag: '61' }));
  }
  return { valid: isValid(problems), problems, applications, tlv };
}

/** The bytes of a base64 text in its one canonical form, or undefined. */
function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    return undefined;
  }
  // The pattern leaves `atob` nothing to refuse; it exists in browsers and in Node.
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The data objects that fill these bytes, or undefined when they do not fill them exactly. */
function readObjects(bytes: Uint8Array, depth: number): DataObject[] | undefined {
  if (depth > MAX_DEPTH) {
    return undefined;
  }
  const objects: DataObject[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = readHead(bytes, at);
    if (head === undefined || head.end > bytes.length) {
      return undefined;
    }
    const content = bytes.subarray(head.start, head.end);
    const value = head.constructed ? readObjects(content, depth + 1) : hexadecimal(content);
    if (value === undefined) {
      return undefined;
    }
    objects.push({ tag: head.tag, value });
    at = head.end;
  }
  return objects;
}

interface Head {
  readonly tag: string;
  readonly constructed: boolean;
  readonly start: number;
  readonly end: number;
}

/** The tag and length at `at` (ISO/IEC 8825-1): tags of one or two bytes, lengths up to 65535. */
function readHead(bytes: Uint8Array, at: number): Head | undefined {
  const first = bytes[at];
  if (first === undefined) {
    return undefined;
  }
  const tagLength = (first & 0x1f) === 0x1f ? 2 : 1;
  const second = bytes[at + 1];
  if (tagLength === 2 && (second === undefined || second >= 0x80)) {
    return undefined;
  }
  const lengthAt = at + tagLength;
  const short = bytes[lengthAt];
  if (short === undefined) {
    return undefined;
  }
  const more = short < 0x80 ? 0 : short - 0x80;
  const lengthBytes = bytes.subarray(lengthAt + 1, lengthAt + 1 + more);
  if (short === 0x80 || more > 2 || lengthBytes.length < more) {
    return undefined;
  }
  const length = more === 0 ? short : lengthBytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const start = lengthAt + 1 + more;
  return {
    tag: hexadecimal(bytes.subarray(at, lengthAt)),
    constructed: (first & 0x20) !== 0,
    start,
    end: start + length,
  };
}

function applicationOf({ tag, value }: DataObject): ConsumerApplication[] {
  if (tag !== '61' || typeof value === 'string') {
    return [];
  }
  const aid = primitive(value, '4F');
  if (aid === undefined) {
    return [];
  }
  const label = primitive(value, '50');
  return [
    {
      aid,
      label: label === undefined ? null : latin(label),
      scheme: PROVIDERS[aid.slice(0, 10)] ?? null,
    },
  ];
}

function primitive(objects: readonly DataObject[], tag: string): string | undefined {
  const value = objects.find((object) => object.tag === tag)?.value;
  return typeof value === 'string' ? value : undefined;
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}

function latin(hex: string): string {
  return hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}
