// Requests exactly as the official SDKs and some partners write them (partners-clients.md §2).
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RequestToOpen } from './envelope.ts';
import { openRequest } from './envelope.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = () => ({ algorithm: 'RSA256', key: publicKey }) as const;
const uri = '/aps/api/v1/payments/pay';
const body = '{"paymentRequestId":"P1","text":"面"}';
const now = Date.UTC(2026, 10, 21, 21, 45, 41);

describe('requests as the official SDKs write them', () => {
  /** Signs as an SDK does, with nothing of ours. */
  function sdkRequest(parts: {
    target?: string;
    time: string;
    header: (base64: string) => string;
    body: string;
  }): RequestToOpen {
    const content = `POST ${uri}\nRSA1.${parts.time}.${parts.body}`;
    const base64 = sign('sha256', Buffer.from(content), privateKey).toString('base64');
    const headers = {
      'client-id': 'RSA1',
      'request-time': parts.time,
      signature: parts.header(base64),
    };
    return { method: 'POST', uri: parts.target ?? uri, headers, body: parts.body, keys, now };
  }

  it.each([
    [
      'Java and Go: epoch milliseconds',
      {
        time: String(now),
        header: (base64: string) =>
          `algorithm=RSA256,keyVersion=2,signature=${encodeURIComponent(base64)}`,
        body,
      },
    ],
    [
      'Python: the absolute form as target, JSON with spaces, a number as amount',
      {
        target: `https://hub.example:443${uri}`,
        time: '2026-11-21T21:45:41+00:00',
        header: (base64: string) =>
          `algorithm=RSA256,keyVersion=2,signature=${encodeURIComponent(base64)}`,
        body: '{"paymentRequestId": "P1", "paymentAmount": {"currency": "CNY", "value": 12000}}',
      },
    ],
    [
      'PHP: +0000, and escapes for all that is not ASCII',
      {
        time: '2026-11-21T21:45:41+0000',
        header: (base64: string) =>
          `algorithm=RSA256,keyVersion=2,signature=${encodeURIComponent(base64)}`,
        body: '{"text":"\\u9762","url":"https:\\/\\/shop.example"}',
      },
    ],
    [
      'the documentation: spaces after the commas',
      {
        time: '2026-11-22T03:15:41+05:30',
        header: (base64: string) =>
          `algorithm=RSA256, keyVersion=2, signature=${encodeURIComponent(base64)}`,
        body,
      },
    ],
    [
      'a demo partner: base64url, lower-case algorithm, no keyVersion',
      {
        time: '2026-11-21T21:45:41.5Z',
        header: (base64: string) =>
          `algorithm=rsa256,signature=${base64.replaceAll('+', '-').replaceAll('/', '_')}`,
        body,
      },
    ],
    [
      'bare base64, not URL-encoded',
      {
        time: String(now),
        header: (base64: string) => `algorithm=RSA256,keyVersion=2,signature=${base64}`,
        body,
      },
    ],
  ])('%s', (_sdk, parts) => {
    expect(openRequest(sdkRequest(parts)).verdict).toBe('valid');
  });
});
