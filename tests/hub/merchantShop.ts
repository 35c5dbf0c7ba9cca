// Merchants of our own acquirer for tests: a hub over real HTTP, shops with SDKs, and the address
// where they hear of their payments.

import { createPublicKey } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { merchantOpenApiDocument } from '../../src/api/reference/merchantOpenapi.ts';
import type { RunningServer } from '../../src/api/server.ts';
import type { Timing } from '../../src/base/limits.ts';
import { openNetwork } from '../../src/host/network.ts';
import { writeMerchant } from '../../src/merchants/store.ts';
import { merchantApiOfPath } from '../../src/wire/merchantPaths.ts';
import { schemaJudge } from './openapiJudge.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, korean, malaysian, rates } from './scenes.ts';
import {
  callBySdk,
  merchantKeys,
  type SdkAnswer,
  type SdkName,
  type SdkOptions,
  sdks,
} from './sdk.ts';
import { serve } from './serving.ts';

/** A notice as it came over HTTP. */
export interface HeardNotice {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Shop {
  readonly id: string;
  readonly sdk: SdkOptions;
  /** By the end of a path: `pay`, or `authorizations/consult`. */
  call(api: string, body: object): Promise<SdkAnswer>;
}

export interface MerchantScene {
  readonly rig: Rig;
  readonly server: RunningServer;
  /** The network's RSA key in base64. */
  readonly networkKey: string;
  readonly heard: HeardNotice[];
  readonly noticeUrl: string;
  /** What shops say to notices from now on. */
  answerNotices(status: number, body: string): void;
  addShop(
    id: string,
    sdk: SdkName,
    changes?: { clientId?: string; enabled?: boolean },
  ): Promise<Shop>;
  close(): Promise<void>;
}

/** What the documentation tells merchants to answer: unsigned. */
export const acknowledgement =
  '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';

/** Starts a hub with our own acquirer and an outside one. */
export async function openMerchantScene(
  options: { readonly timing?: Partial<Timing> } = {},
): Promise<MerchantScene> {
  const network = openNetwork();
  const heard: HeardNotice[] = [];
  /** What the reference does not say of an answer or a notice, with what it was about. */
  const unfit: string[] = [];
  let said = { status: 200, body: acknowledgement };
  const listener = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      unfit.push(...noticeProblems(body));
      heard.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const noticeUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/notify?shop=1`;
  const rig = await startRig({
    ...options,
    lanes: 4,
    partners: [
      acquirer,
      { ...acquirer, participantId: 'WAYFARE_ACQUIRING', endpoint: '' },
      malaysian,
      korean,
    ],
    rates,
    elsewhere: network,
  });
  const [hub] = rig.hubs;
  if (hub === undefined) throw new Error('no hub');
  const server = await serve(rig);
  const networkKey = createPublicKey(rig.hubKey('RSA256'))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
  return {
    rig,
    server,
    networkKey,
    heard,
    noticeUrl,
    answerNotices(status, body) {
      said = { status, body };
    },
    async addShop(id, sdk, { clientId = id, enabled = true } = {}) {
      const keys = merchantKeys(sdks[sdk].keyForm);
      await writeMerchant(
        rig.fresh.database,
        {
          merchantId: id,
          acquirerId: 'WAYFARE_ACQUIRING',
          name: `Shop ${id}`,
          clientId,
          notifyUrl: noticeUrl,
          categoryCode: '5812',
          store: { storeId: 'S1', name: 'Kuanzhai Alley', city: 'Chengdu' },
          enabled,
          keyVersion: '1',
          publicKey: keys.publicKey,
        },
        rig.clock.now(),
      );
      await hub.configuration.reload();
      const options: SdkOptions = {
        sdk,
        baseUrl: server.url,
        clientId,
        privateKey: keys.privateKey,
        networkKey,
        now: () => rig.clock.now(),
      };
      const call = async (api: string, body: object) => {
        const path = `/ams/api/v1/${api.includes('/') ? api : `payments/${api}`}`;
        const answer = await callBySdk(options, path, body);
        unfit.push(...answerProblems(path, answer.body));
        return answer;
      };
      return { id, sdk: options, call };
    },
    async close() {
      await server.stop();
      await rig.close();
      await network.close();
      await new Promise((resolve) => listener.close(resolve));
      expect(unfit, 'the reference (src/wire/merchantApis.ts) says otherwise').toEqual([]);
    },
  };
}

type Described = Parameters<typeof schemaJudge>[0];
const judge = schemaJudge(merchantOpenApiDocument('0.0.0') as unknown as Described);

/** What of an answer the reference does not have; paths that are not served have none. */
function answerProblems(path: string, body: unknown): string[] {
  const api = merchantApiOfPath(path);
  if (api === undefined) return [];
  return judge.answer(api, body).map((problem) => `${api}: ${problem} in ${JSON.stringify(body)}`);
}

/** The same of a notice, which tells what it is by its fields. */
function noticeProblems(text: string): string[] {
  const body = JSON.parse(text) as Record<string, unknown>;
  const api =
    body.notifyType === 'PAYMENT_RESULT'
      ? 'notifyPayment'
      : body.notifyType === 'REFUND_RESULT'
        ? 'notifyRefund'
        : 'disputeNotificationType' in body
          ? 'notifyDispute'
          : 'authorizationNotifyType' in body
            ? 'authNotify'
            : 'notifyRegistrationStatus';
  return judge.request(api, body).map((problem) => `${api}: ${problem} in ${text}`);
}
