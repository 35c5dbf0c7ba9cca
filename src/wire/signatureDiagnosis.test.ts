// Every usual mistake is planted in a signed message, and the diagnosis must name that one.
import * as crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { diagnoseSignature } from './checkSignature.ts';
import { generateKeys, readPrivateKey } from './signature.ts';
import { type RegisteredKey, visibleText } from './signatureDiagnosis.ts';
import { type SignatureFault, signatureFaults } from './signatureFaults.ts';
import { readPastedMessage } from './signatureRequest.ts';
import { contentOf, type SignedParts } from './signatureVariants.ts';

const rsa = generateKeys('RSA256');
const otherRsa = generateKeys('RSA256');
const ec = generateKeys('ES256');
const now = Date.parse('2026-11-21T13:45:41.123Z');
const path = '/aps/api/v1/payments/pay?from=test';
const body =
  '{"paymentRequestId":"P/1","name":"担担面","amount":{"value":"1800","currency":"CNY"}}';
const right: SignedParts = {
  method: 'POST',
  uri: path,
  lineEnd: '\n',
  clientId: 'Lotus',
  time: '2026-11-21T21:45:41+08:00',
  dot: '.',
  body,
};

interface Plan {
  /** What is signed instead of what is sent. */
  readonly signed?: Partial<SignedParts>;
  /** What is sent instead of the right parts; signed is then the right one. */
  readonly sent?: Partial<SignedParts>;
  readonly digest?: string;
  readonly pss?: true;
  readonly encode?: (base64: string, bytes: Buffer) => string;
  readonly header?: (signature: string) => string;
  readonly drop?: string;
  readonly extra?: readonly [string, string];
  readonly keys?: readonly RegisteredKey[];
  readonly signer?: typeof rsa;
  readonly now?: number;
}

const registered = [{ keyVersion: '1', publicKey: rsa.publicKeyPem }];

async function diagnose(plan: Plan) {
  const signer = plan.signer ?? rsa;
  const key = readPrivateKey(signer.privateKeyPem) as crypto.KeyObject;
  const content = Buffer.from(contentOf({ ...right, ...plan.signed }), 'utf8');
  const padding = plan.pss
    ? { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    : {};
  const bytes = crypto.sign(plan.digest ?? 'sha256', content, { key, ...padding });
  const encode = plan.encode ?? encodeURIComponent;
  const header = plan.header ?? ((each) => `algorithm=RSA256,keyVersion=1,signature=${each}`);
  const sent = { ...right, ...plan.sent };
  const headers: [string, string][] = [
    ['Host', 'hub.example'],
    ['Client-Id', sent.clientId],
    ['Request-Time', sent.time],
    ['Signature', header(encode(bytes.toString('base64'), bytes))],
  ];
  return diagnoseSignature({
    message: {
      method: sent.method,
      uri: sent.uri,
      headers: [
        ...headers.filter(([name]) => name !== plan.drop),
        ...(plan.extra === undefined ? [] : [plan.extra]),
      ],
      body: sent.body,
    },
    keys: plan.keys ?? registered,
    now: plan.now ?? now,
  });
}

const two = [
  { keyVersion: '1', publicKey: otherRsa.publicKeyPem },
  { keyVersion: '2', publicKey: rsa.publicKeyPem },
];
const python = JSON.stringify(JSON.parse(body)).replaceAll('":', '": ').replaceAll(',"', ', "');

const planted: [SignatureFault, string, Plan][] = [
  ['no_client_id', 'missing', { drop: 'Client-Id' }],
  ['no_time', 'missing', { drop: 'Request-Time' }],
  ['no_signature', 'missing', { drop: 'Signature' }],
  ['header_twice', 'client twice', { extra: ['client-id', 'Lotus'] }],
  ['signature_unreadable', 'no part', { header: () => 'algorithm=RSA256' }],
  ['signature_not_base64', 'garbage', { encode: () => '§§§' }],
  ['signature_hex', 'hex', { encode: (_text, bytes) => bytes.toString('hex') }],
  [
    'signature_encoded_twice',
    'twice',
    { encode: (t) => encodeURIComponent(encodeURIComponent(t)) },
  ],
  [
    'signature_spaces',
    'plus to blank',
    { encode: (text) => `${text.slice(0, 9)} ${text.slice(9)}`.replaceAll('+', ' ') },
  ],
  ['signature_cut', 'half of it', { encode: (text) => text.slice(0, 100) }],
  ['key_unreadable', 'no key', { keys: [{ keyVersion: '1', publicKey: 'aGVsbG8=' }] }],
  ['key_private', 'private PEM', { keys: [{ keyVersion: '1', publicKey: rsa.privateKeyPem }] }],
  [
    'key_private',
    'private base64',
    { keys: [{ keyVersion: '1', publicKey: rsa.privateKeyPem.replace(/-----.*-----/g, '') }] },
  ],
  [
    'key_version_unknown',
    'version 9',
    { header: (t) => `algorithm=RSA256,keyVersion=9,signature=${t}` },
  ],
  ['key_version_wrong', 'the newer key', { keys: two }],
  [
    'algorithm_mismatch',
    'ES256 named',
    { header: (t) => `algorithm=ES256,keyVersion=1,signature=${t}` },
  ],
  ['time_unreadable', 'no time', { sent: { time: 'noon' }, signed: { time: 'noon' } }],
  ['time_stale', 'ten minutes', { now: now + 600_000 }],
  ['digest_other', 'SHA-1', { digest: 'sha1' }],
  ['digest_other', 'SHA-512', { digest: 'sha512' }],
  ['padding_pss', 'PSS', { pss: true }],
  ['method_other', 'lower case', { signed: { method: 'post' } }],
  ['uri_absolute', 'https', { signed: { uri: `https://hub.example${path}` } }],
  ['uri_without_query', 'no query', { signed: { uri: path.split('?')[0] as string } }],
  ['uri_slash', 'no slash', { signed: { uri: path.slice(1) } }],
  ['uri_encoded', 'encoded', { signed: { uri: '/a b' }, sent: { uri: '/a%20b' } }],
  ['separator_line', 'CRLF', { signed: { lineEnd: '\r\n' } }],
  ['separator_line', 'the text \\n', { signed: { lineEnd: '\\n' } }],
  ['separator_dots', 'line feeds', { signed: { dot: '\n' } }],
  ['client_id_other', 'upper case', { signed: { clientId: 'LOTUS' } }],
  ['time_other', 'milliseconds', { signed: { time: String(Date.parse(right.time)) } }],
  ['time_other', 'UTC', { signed: { time: '2026-11-21T13:45:41Z' } }],
  ['body_bom', 'BOM sent', { sent: { body: `\uFEFF${body}` } }],
  ['body_bom', 'BOM signed', { signed: { body: `\uFEFF${body}` } }],
  [
    'body_crlf',
    'CRLF sent',
    { sent: { body: '{\r\n"a": 1\r\n}' }, signed: { body: '{\n"a": 1\n}' } },
  ],
  ['body_edge', 'line end sent', { sent: { body: `${body}\n` } }],
  ['body_edge', 'line end signed', { signed: { body: `${body}\n` } }],
  [
    'body_reserialised',
    'indented',
    { signed: { body: JSON.stringify(JSON.parse(body), null, 2) } },
  ],
  ['body_reserialised', 'Python blanks', { signed: { body: python } }],
  [
    'body_reserialised',
    'sorted',
    {
      signed: {
        body: '{"amount":{"currency":"CNY","value":"1800"},"name":"担担面","paymentRequestId":"P/1"}',
      },
    },
  ],
  ['body_reserialised', 'PHP slashes', { signed: { body: body.replace('P/1', 'P\\/1') } }],
  [
    'body_reserialised',
    'escaped Chinese',
    { signed: { body: body.replace('担担面', '\\u62c5\\u62c5\\u9762') } },
  ],
  ['body_encoding', 'question marks', { signed: { body: body.replace('担担面', '???') } }],
  ['body_empty', 'no body', { signed: { body: '' } }],
  ['not_recognised', 'a strange key', { signer: otherRsa }],
];

describe('a planted fault is found', () => {
  it.each(planted)('%s: %s', async (fault, _what, plan) => {
    const { valid, findings } = await diagnose(plan);
    expect(valid).toBe(false);
    expect(findings.map((each) => each.fault)).toEqual([fault]);
  });

  it('every fault of the table has been planted', () => {
    const done = new Set(planted.map(([fault]) => fault));
    expect(
      Object.keys(signatureFaults).filter((each) => !done.has(each as SignatureFault)),
    ).toEqual([]);
  });

  it('finds two at once, one of the body and one of the path', async () => {
    const { findings } = await diagnose({
      signed: {
        body: JSON.stringify(JSON.parse(body), null, 2),
        uri: path.split('?')[0] as string,
      },
    });
    expect(findings.map(({ fault }) => fault).sort()).toEqual([
      'body_reserialised',
      'uri_without_query',
    ]);
  });
});

describe('a message that is right', () => {
  it('is valid, with both kinds of key', async () => {
    expect(await diagnose({})).toMatchObject({ valid: true, findings: [] });
    const es256 = await diagnose({
      signer: ec,
      keys: [{ keyVersion: '1', publicKey: ec.publicKeyPem }],
      header: (each) => `algorithm=ES256, keyVersion=1, signature=${each}`,
    });
    expect(es256).toMatchObject({ valid: true, findings: [] });
  });

  it('shows what was signed beside what had to be, blanks included', async () => {
    const { content, signedContent } = await diagnose({ signed: { lineEnd: '\r\n' } });
    expect(visibleText(content ?? '')).toContain(
      'POST·/aps/api/v1/payments/pay?from=test[LF]\nLotus.',
    );
    expect(visibleText(signedContent ?? '')).toContain('from=test[CR][LF]\nLotus.');
  });
});

describe('pasted text', () => {
  it('is read as HTTP, with a Content-Length that says where the body ends', () => {
    const text = 'POST /a HTTP/1.1\r\nClient-Id: X\r\nContent-Length: 2\r\n\r\n{}\n';
    expect(readPastedMessage(text)).toEqual({
      ok: true,
      message: {
        method: 'POST',
        uri: '/a',
        headers: [
          ['Client-Id', 'X'],
          ['Content-Length', '2'],
        ],
        body: '{}',
      },
    });
  });

  it('is read as JSON, and says what is wrong with it otherwise', () => {
    const read = readPastedMessage('{"path":"/a","headers":{"client-id":"X"},"body":"{}"}');
    expect(read).toMatchObject({ ok: true, message: { method: 'POST', uri: '/a', body: '{}' } });
    expect(readPastedMessage('{"path":1}')).toMatchObject({ ok: false });
    expect(readPastedMessage('hello')).toMatchObject({ ok: false });
    expect(readPastedMessage('POST /a\nno colon here')).toMatchObject({ ok: false });
  });
});
