// `wayfare/client` as a partner gets it: packed, unpacked elsewhere, imported by plain JavaScript.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/api/server.ts';
import { nodeNetwork } from '../../src/client/post.ts';
import { createPartnerClient } from '../../src/wire/client.ts';
import type { ApiName } from '../../src/wire/messages.ts';
import { ROOT } from '../support/sources.ts';
import { type Rig, startRig } from './rig.ts';
import { malaysian } from './scenes.ts';
import { serve } from './serving.ts';

const run = promisify(execFile);
const anyTimeMs = 1e13;
let folder = '';
let rig: Rig;
let server: RunningServer;
let child: ChildProcess | undefined;

const program = `
import { createServer } from 'node:http';
import { answer, createWebhook, WayfareClient } from 'wayfare/client';

const [baseUrl, privateKey, networkKey] = process.argv.slice(2);
const partner = { clientId: 'TNG', privateKey, networkKey, toleranceMs: ${1e13} };
const wayfare = new WayfareClient({ ...partner, baseUrl });
const codes = await wayfare.getPaymentCode({ customerId: 'ANNA', codeQuantity: '2', env: {} });
const refused = await wayfare.userInitiatedPay({ codeValue: 'none', customerId: 'ANNA' });
const nobody = new WayfareClient({ ...partner, baseUrl: 'http://127.0.0.1:1' });
const unknown = await nobody.userInitiatedPay({ codeValue: 'none', customerId: 'ANNA' });
const webhook = createWebhook({
  ...partner,
  role: 'wallet',
  handlers: {
    'wallet.inquiryPayment': (message) => ({
      ...answer('SUCCESS'),
      paymentResult: answer('USER_BALANCE_NOT_ENOUGH').result,
      paymentId: 'for ' + message.paymentRequestId,
    }),
    'wallet.cancelPayment': () => { throw new Error('broken'); },
    'wallet.refund': ({ refundRequestId }) => ({
      ...answer('SUCCESS'),
      refundId: 'for ' + refundRequestId,
    }),
  },
});
const server = createServer(webhook.listener).listen(0, '127.0.0.1', () => {
  const said = { codes, refused, unknown, port: server.address().port };
  process.stdout.write(JSON.stringify(said) + '\\n');
});
`;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wayfare-client-'));
  const packed = ['pack', '--silent', '--pack-destination', folder];
  await run('npm', packed, { cwd: ROOT });
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', path.join(folder, tarball), '-C', folder]);
  mkdirSync(path.join(folder, 'node_modules'));
  renameSync(path.join(folder, 'package'), path.join(folder, 'node_modules/wayfare'));
  symlinkSync(path.join(ROOT, 'node_modules/zod'), path.join(folder, 'node_modules/zod'), 'dir');
  writeFileSync(path.join(folder, 'partner.mjs'), program);

  // The client has the machine's clock and the hub the test's: neither may mind.
  rig = await startRig({ partners: [malaysian], timing: { timeToleranceMs: anyTimeMs } });
  server = await serve(rig);
}, 120_000);

afterAll(async () => {
  child?.kill();
  await server?.stop();
  await rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('it calls the network, and the network calls it', async () => {
  const key = rig.keys.get('TNG');
  if (key === undefined) throw new Error('no key');
  const privateKey = String(key.export({ type: 'pkcs8', format: 'pem' }));
  const networkPem = (kind: 'RSA256' | 'ES256') =>
    String(createPublicKey(rig.hubKey(kind)).export({ type: 'spki', format: 'pem' }));
  const networkKey = networkPem('RSA256') + networkPem('ES256');
  const words = ['partner.mjs', server.url, privateKey, networkKey];
  child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child?.stdout?.once('data', (part: Buffer) => resolve(part.toString('utf8')));
    child?.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  const said = JSON.parse(line);
  expect(said.codes).toMatchObject({ kind: 'answered', status: 'S', code: 'SUCCESS' });
  expect(said.codes.body.paymentCodeList).toHaveLength(2);
  expect(said.refused).toMatchObject({ kind: 'answered', status: 'F', code: 'INVALID_CODE' });
  expect(said.unknown).toMatchObject({ kind: 'unknown' });

  const network = createPartnerClient({
    baseUrl: `http://127.0.0.1:${said.port}`,
    clientId: 'TNG',
    privateKey: rig.hubKey('ES256'),
    algorithm: 'ES256',
    hubPublicKey: createPublicKey(key),
    network: nodeNetwork(),
    clock: { now: () => Date.now() },
    timeoutMs: 5_000,
  });
  const name = { acquirerId: 'A', pspId: 'TNG', paymentRequestId: 'P1' };
  const code = async (api: ApiName, body: object) => {
    const outcome = await network.call(api, body);
    if (outcome.kind !== 'answered') throw new Error(outcome.problem);
    return (outcome.body.result as { resultCode: string }).resultCode;
  };
  expect(await code('inquiryPayment', name)).toBe('SUCCESS');
  expect(await code('inquiryPayment', { ...name, pspId: '' })).toBe('PARAM_ILLEGAL');
  expect(await code('cancelPayment', name)).toBe('UNKNOWN_EXCEPTION');
  expect(await code('pay', name)).toBe('NO_INTERFACE_DEF');
  const refundAmount = { currency: 'CNY', value: '100' };
  const back = { ...name, paymentId: 'W1', refundRequestId: 'R1', refundAmount };
  expect(await code('refund', { ...back, refundFromAmount: refundAmount })).toBe('SUCCESS');
  expect(await code('refund', back)).toBe('PARAM_ILLEGAL');
}, 60_000);

test('its types say what the contracts say', async () => {
  const use = `
    import { WayfareClient } from 'wayfare/client';
    const keys = { privateKey: '', networkKey: '' };
    const wayfare = new WayfareClient({ baseUrl: '', clientId: '', ...keys });
    const said = await wayfare.getPaymentCode({ customerId: 'A', env: {} });
    if (said.kind === 'answered') said.body.paymentCodeList?.[0]?.paymentCode.charAt(0);
    // @ts-expect-error: the customer is required.
    await wayfare.getPaymentCode({ env: {} });
    const refundAmount = { currency: 'CNY', value: '100' };
    const name = { paymentRequestId: 'SALE-1' };
    const back = await wayfare.refund({ ...name, refundRequestId: 'BACK-1', refundAmount });
    if (back.kind === 'answered') back.body.refundId?.charAt(0);
    // @ts-expect-error: a refund has an id of its own.
    await wayfare.refund({ ...name, refundAmount });
    const closed = await wayfare.cancelPayment(name);
    if (closed.kind === 'answered') closed.body.pspId?.charAt(0);
    const rules = await wayfare.inquiryCodeRules({ version: 'w_1' });
    if (rules.kind === 'answered') rules.body.codeRules?.[0]?.codeMatchPattern.matchMethod;
    const pair = { sellCurrency: 'MYR', buyCurrency: 'CNY' };
    const cost = await wayfare.inquiryForeignExchangeQuote(pair);
    if (cost.kind === 'answered') cost.body.foreignExchangeQuote?.quotePrice.charAt(0);
  `;
  writeFileSync(path.join(folder, 'use.mts'), use);
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
  const where = ['--module', 'nodenext', '--types', 'node'];
  const roots = ['--typeRoots', path.join(ROOT, 'node_modules/@types')];
  await run(process.execPath, [tsc, ...flags, ...where, ...roots, 'use.mts'], { cwd: folder });
}, 60_000);
