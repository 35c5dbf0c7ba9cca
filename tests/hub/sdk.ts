// The official merchant SDKs as a server meets them: each with its own time, target, headers, JSON
// and its own way of looking at an answer (partners-clients.md §1.2 and §2). Nothing of ours in it.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { request } from 'node:http';

export interface SdkAnswer {
  readonly status: number;
  readonly result: {
    readonly resultCode: string;
    readonly resultStatus: string;
    readonly resultMessage: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: an answer as an SDK's user reads it.
  readonly body: any;
}

/** What one SDK does in its own way. */
interface Habits {
  /** Request-Time of an instant. */
  readonly time: (now: number) => string;
  /** What stands after POST; the path alone is signed. */
  readonly target: (base: string, path: string) => string;
  readonly clientHeader: 'client-id' | 'Client-Id';
  readonly json: (body: object) => string;
  /** In which form it takes the merchant's private key, in base64. */
  readonly keyForm: 'pkcs1' | 'pkcs8';
}

const pathAlone = (_base: string, path: string) => path;
const withSpaces = (body: object) =>
  JSON.stringify(body, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([[{]) /g, '$1');
const escaped = (body: object) =>
  JSON.stringify(body)
    .replace(/\//g, '\\/')
    .replace(/[^\x20-\x7e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
const seconds = (now: number) => new Date(now).toISOString().slice(0, 19);

/** The four that the network promises to serve. */
export const sdks = {
  java: {
    time: String,
    target: pathAlone,
    clientHeader: 'Client-Id',
    json: JSON.stringify,
    keyForm: 'pkcs8',
  },
  go: {
    time: String,
    target: pathAlone,
    clientHeader: 'Client-Id',
    json: JSON.stringify,
    keyForm: 'pkcs8',
  },
  python: {
    time: (now: number) => `${seconds(now)}+00:00`,
    target: (base: string, path: string) => base.replace('http:', 'https:') + path,
    clientHeader: 'client-id',
    json: withSpaces,
    keyForm: 'pkcs1',
  },
  php: {
    time: (now: number) => `${seconds(now)}+0000`,
    target: pathAlone,
    clientHeader: 'Client-Id',
    json: escaped,
    keyForm: 'pkcs1',
  },
} satisfies Record<string, Habits>;

export type SdkName = keyof typeof sdks;

/** A merchant's keys as its SDK is given them: base64 without armour. */
export function merchantKeys(form: Habits['keyForm']) {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: pair.privateKey.export({ type: form, format: 'der' }).toString('base64'),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

export interface SdkOptions {
  readonly sdk: SdkName;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly privateKey: string;
  /** The network's public key in base64. */
  readonly networkKey: string;
  readonly now: () => number;
}

/** Sends one request and believes its answer only as the SDK does; rejects where it would throw. */
export async function callBySdk(
  options: SdkOptions,
  path: string,
  body: object,
): Promise<SdkAnswer> {
  const { clientId, baseUrl } = options;
  const habits: Habits = sdks[options.sdk];
  const text = habits.json(body);
  const time = habits.time(options.now());
  const signed = clientId.startsWith('SANDBOX_') ? path.replace('/ams/', '/ams/sandbox/') : path;
  const content = Buffer.from(`POST ${signed}\n${clientId}.${time}.${text}`);
  const base64 = sign('sha256', content, privateKeyOf(options.privateKey, habits));
  const signature = encodeURIComponent(base64.toString('base64'));
  const headers = {
    [habits.clientHeader]: clientId,
    'Request-Time': time,
    Signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
    'Content-Type': 'application/json; charset=UTF-8',
  };
  const answer = await post(baseUrl, habits.target(baseUrl, signed), headers, text);
  if (answer.status !== 200) throw new Error(`invalid http status ${answer.status}`);
  const said = `POST ${signed}\n${clientId}.${answer.header('response-time')}.${answer.body}`;
  if (!isSigned(said, answer.header('signature'), options.networkKey)) {
    throw new Error('response signature verify failed');
  }
  if (answer.header('client-id') !== clientId) throw new Error('another client was answered');
  const read = JSON.parse(answer.body);
  return { status: answer.status, result: read.result, body: read };
}

function privateKeyOf(base64: string, { keyForm }: Habits) {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: keyForm });
}

/**
 * The check of a notice, as all four offer it: path of the address, its request-time, the raw body.
 */
export function isGenuineNotice(
  notice: { path: string; headers: NodeJS.Dict<string | string[]>; body: string },
  networkKey: string,
): boolean {
  const { path, headers, body } = notice;
  const said = `POST ${path}\n${headers['client-id']}.${headers['request-time']}.${body}`;
  return isSigned(said, String(headers.signature), networkKey);
}

function isSigned(content: string, header: string, networkKey: string): boolean {
  const [, encoded = ''] = header.split('signature=');
  // Bare base64 would come through this with its plus signs turned into spaces.
  const bytes = Buffer.from(decodeURIComponent(encoded.replaceAll('+', ' ')), 'base64');
  const key = createPublicKey({
    key: `-----BEGIN PUBLIC KEY-----\n${networkKey}\n-----END PUBLIC KEY-----`,
    format: 'pem',
  });
  return verify('sha256', Buffer.from(content), key, bytes);
}

interface RawHttp {
  readonly status: number;
  readonly body: string;
  /** By its exact name, as Python and PHP look: capital letters are not found. */
  header(name: string): string;
}

function post(
  baseUrl: string,
  target: string,
  headers: Record<string, string>,
  body: string,
): Promise<RawHttp> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const call = request({ method: 'POST', hostname, port, path: target, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        const { rawHeaders } = response;
        resolve({
          status: response.statusCode ?? 0,
          body: text,
          header(name) {
            const at = rawHeaders.findIndex((each, index) => index % 2 === 0 && each === name);
            if (at < 0) throw new Error(`response header ${name} not exist`);
            return rawHeaders[at + 1] ?? '';
          },
        });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
