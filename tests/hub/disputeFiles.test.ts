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

test('files as large as the rule allows come over HTTP, and a byte more does not', async () => {
  rig = await startRig({ partners: [acquirer, malaysian], rates });
  const server = await serve(rig);
  const network = openNetwork();
  const acquirerOverHttp = createPartnerClient({
    baseUrl: server.url,
    clientId: 'CHENGDU',
    privateKey: rig.keys.get('CHENGDU') as KeyObject,
    algorithm: 'ES256',
    hubPublicKey: createPublicKey(rig.hubKey('ES256')),
    network,
    clock: rig.clock,
    timeoutMs: 7_000,
  });
  await paid(rig, 'P1', yuan(12_000));
  const paymentRequestId = [...(rig.wallets.get('TNG')?.lines.keys() ?? [])][0];
  await rig.call('TNG', 'initiateRetrieval', { disputeRequestId: 'D1', paymentRequestId });
  await rig.rest();
  const disputeRequestId = rig.disputeCalls[0]?.body.disputeRequestId;
  const answerWith = async (bytes: number) => {
    const content = Buffer.alloc(bytes, 'receipt ');
    const file = {
      fileName: 'receipt.pdf',
      contentType: 'application/pdf',
      fileHash: createHash('sha256').update(content).digest('hex'),
      fileContent: content.toString('base64'),
    };
    const request = { disputeRequestId, evidences: [file] };
    const outcome = await acquirerOverHttp.call('responseRetrieval', request);
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
