// The Node example of docs/guides/signing.md, run as it stands against a server that checks it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartnerServer } from './partnerServer.ts';
import type { Algorithm } from './signature.ts';
import { generateKeys, readPrivateKey, readPublicKey } from './signature.ts';

const guide = new URL('../../docs/guides/signing.md', import.meta.url);
const run = promisify(execFile);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wayfare-guide-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A server in the network's place; `tamper` changes the body after it was signed. */
async function network(algorithm: Algorithm, tamper: boolean) {
  const partnerKeys = generateKeys(algorithm);
  const networkKeys = generateKeys(algorithm);
  const privateKey = readPrivateKey(networkKeys.privateKeyPem);
  const key = readPublicKey(partnerKeys.publicKeyPem);
  if (privateKey === undefined || key === undefined) throw new Error('own keys unreadable');
  await writeFile(path.join(folder, 'private.pem'), partnerKeys.privateKeyPem);
  await writeFile(path.join(folder, 'network.pem'), networkKeys.publicKeyPem);
  const partner = createPartnerServer({
    clientId: 'GUIDE1',
    privateKey,
    algorithm,
    hubKeys: () => ({ algorithm, key }),
    clock: { now: () => Date.now() },
  });
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const received = {
      method: request.method ?? '',
      uri: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts),
    };
    const answer = await partner.handle(received, (call) => ({ read: call.bodyText }));
    response.writeHead(answer.status, answer.headers).end(answer.body + (tamper ? ' ' : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function runExample(algorithm: Algorithm, tamper: boolean): Promise<string> {
  const example = /```js\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8'))?.[1];
  if (example === undefined) throw new Error('the guide has no js example');
  await writeFile(path.join(folder, 'call.mjs'), example);
  const { server, base } = await network(algorithm, tamper);
  try {
    const uri = '/aps/api/v1/payments/inquiryPayment?from=guide';
    const words = ['call.mjs', base, 'GUIDE1', algorithm, uri, '{"paymentRequestId":"面"}'];
    return (await run(process.execPath, words, { cwd: folder })).stdout;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe.each(['RSA256', 'ES256'] as const)('the example of the guide, %s', (algorithm) => {
  it('is understood, and verifies the answer', async () => {
    expect(JSON.parse(await runExample(algorithm, false))).toEqual({
      read: '{"paymentRequestId":"面"}',
    });
  });

  it('refuses an answer that was changed on the way', async () => {
    await expect(runExample(algorithm, true)).rejects.toThrow('not from the network');
  });
});
