// A small acquirer for tests of the certification: sound, and on demand wrong in one way.

import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { acquirerNotifyPaymentRequest } from '../wire/acquirer.ts';
import { apiOfPath, decode } from '../wire/messages.ts';
import { createPartnerServer } from '../wire/partnerServer.ts';
import { type ResultCode, result } from '../wire/results.ts';
import { generateKeys } from '../wire/signature.ts';
import { type ActFault, createActor } from './acquirerActs.fixture.ts';
import { type CodeFault, createCodeMaker } from './acquirerCodes.fixture.ts';
import type { Hearing } from './hearing.ts';
import type { Task } from './listening.ts';

/** One broken rule, named by the acceptance case that must find it. */
export const acquirerFaults = [
  'notice-unknown',
  'missing-field',
  'empty-field',
  'notice-other-amount',
  'notice-paid',
  'notice-twice',
  'unknown-fields',
  'notice-failed',
] as const;

export type AcquirerFault = (typeof acquirerFaults)[number];

/** Starts an acquirer with the orders OPEN and FAILING of 10.00 yuan each. */
export async function startAcquirer(
  clientId: string,
  hubKey: KeyObject,
  fault?: AcquirerFault | CodeFault | ActFault,
  acting?: { readonly hearing: Hearing; readonly now: () => number },
) {
  const pair = generateKeys('ES256');
  const privateKey = createPrivateKey(pair.privateKeyPem);
  const partner = createPartnerServer({
    clientId,
    privateKey,
    algorithm: 'ES256',
    hubKeys: (_clientId, version) =>
      version === '1' ? { algorithm: 'ES256', key: hubKey } : 'unknown_key',
    clock: { now: acting?.now ?? Date.now },
  });
  const ends = new Map<string, string>();
  const is = (each: AcquirerFault | CodeFault | ActFault): boolean => fault === each;
  const answerAboutCodes = createCodeMaker(is);
  const own = new Set(['OPEN', 'FAILING']);
  const actor = acting === undefined ? undefined : createActor(is, acting.hearing, own);

  function notified(text: string): ResultCode {
    const sent = JSON.parse(text) as Record<string, unknown>;
    if (is('unknown-fields') && 'fieldOfTomorrow' in sent) return 'PARAM_ILLEGAL';
    if (is('missing-field') && sent.paymentResult === undefined) return 'SUCCESS';
    if (is('empty-field') && sent.walletBrandName === '') return 'SUCCESS';
    const read = decode(acquirerNotifyPaymentRequest, text);
    if (!read.ok) return 'PARAM_ILLEGAL';
    const { paymentRequestId: id, paymentAmount, paymentResult } = read.value;
    const isMine = own.has(id);
    const isPaid = paymentResult.resultStatus === 'S';
    if (!isMine) return is('notice-unknown') && isPaid ? 'SUCCESS' : 'ORDER_NOT_EXIST';
    const isOther = paymentAmount?.value !== '1000';
    if (isOther) return is('notice-other-amount') ? 'SUCCESS' : 'PARAM_ILLEGAL';
    if (is('notice-failed') && !isPaid) return 'PROCESS_FAIL';
    const isAgain = ends.has(id);
    ends.set(id, paymentResult.resultCode);
    if (is('notice-paid') && isPaid && !isAgain) return 'PROCESS_FAIL';
    return is('notice-twice') && isAgain && !('fieldOfTomorrow' in sent)
      ? 'REPEAT_REQ_INCONSISTENT'
      : 'SUCCESS';
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { headers, url: uri = '/' } = request;
    const body = Buffer.concat(chunks);
    const api = apiOfPath(uri);
    const answer = await partner.handle(
      { method: 'POST', uri, headers, body },
      ({ bodyText }) =>
        answerAboutCodes(api, bodyText) ??
        actor?.answer(api, bodyText) ?? { result: result(notified(bodyText)) },
    );
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    publicKey: createPublicKey(pair.publicKeyPem),
    /** Does what somebody at the acquirer is asked to do. */
    act: async (task: Task): Promise<void> => actor?.act(task),
    async close(): Promise<void> {
      actor?.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
