// Evidence over a real socket: as much as the rule allows, and no more.

import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/base/limits.ts';
import { openNetwork } from '../../src/host/network.ts';
import { createPartnerClient } from '../../src/wire/client.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, expectBalanced, malaysian, paid, rates, yuan } from './scenes.ts';
import { serve } from './serving.ts';

let rig: Rig;
afterEach(() => rig.close());

function fileOf(bytes: number) {
  const content = Buffer.alloc(bytes, 'receipt ');
  return {
    fileName: 'receipt.pdf',
    contentType: 'application/pdf',
    fileHash: createHash('sha256').update(content).digest('hex'),
    fileContent: content.toString('base64'),
  };
}

test('files as large as the rule allows come over HTTP, and a byte more does not', async () => {
  rig = await startRig({ partners: [acquirer, malaysian], rates });
  const server = await serve(rig);
  const network = openNetwork();
  const overHttp = (clientId: string) =>
    createPartnerClient({
      baseUrl: server.url,
      clientId,
      privateKey: rig.keys.get(clientId) as KeyObject,
      algorithm: 'ES256',
      hubPublicKey: createPublicKey(rig.hubKey('ES256')),
      network,
      clock: rig.clock,
      timeoutMs: 7_000,
    });
  await paid(rig, 'P1', yuan(12_000));
  const paymentRequestId = [...(rig.wallets.get('TNG')?.lines.keys() ?? [])][0];
  const question = { disputeRequestId: 'D1', paymentRequestId };
  const askWith = async (bytes: number) => {
    const request = { ...question, evidences: [fileOf(bytes)] };
    const outcome = await overHttp('TNG').call('initiateRetrieval', request);
    return outcome.kind === 'answered' ? outcome.body.result : outcome;
  };
  expect(await askWith(limits.evidenceBytes + 1)).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
  expect(await askWith(limits.evidenceBytes)).toMatchObject({ resultCode: 'SUCCESS' });
  await rig.rest();
  const asked = rig.disputeCalls[0]?.body;
  expect(asked?.evidences).toEqual([fileOf(limits.evidenceBytes)]);
  const disputeRequestId = asked?.disputeRequestId;
  const answerWith = async (bytes: number) => {
    const request = { disputeRequestId, evidences: [fileOf(bytes)] };
    const outcome = await overHttp('CHENGDU').call('responseRetrieval', request);
    return outcome.kind === 'answered' ? outcome.body.result : outcome;
  };
  expect(await answerWith(limits.evidenceBytes + 1)).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
  expect(await answerWith(2 * limits.evidenceBytes)).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
  expect(await answerWith(limits.evidenceBytes)).toMatchObject({ resultCode: 'SUCCESS' });
  await rig.rest();
  const told = rig.disputeCalls.find(({ partnerId }) => partnerId === 'TNG');
  const files = told?.body.evidences as { fileContent: string }[] | undefined;
  const [file] = files ?? [];
  expect(Buffer.from(file?.fileContent ?? '', 'base64')).toHaveLength(limits.evidenceBytes);
  await server.stop();
  await network.close();
  await expectBalanced(rig);
});
