// Requests made at random from the OpenAPI document, signed and sent over HTTP to a real hub.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiText } from '../../src/api/reference/openapi.ts';
import type { RunningServer } from '../../src/api/server.ts';
import { type ServedApi, servedApis } from '../../src/wire/apis.ts';
import {
  broken,
  type Fault,
  faultsOf,
  fieldName,
  fitting,
  type Schemas,
} from './arbitraryMessage.ts';
import { type RawAnswer, resultOf, signed } from './envelopes.ts';
import { type SchemaJudge, schemaJudge } from './openapiJudge.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codesOf,
  expectBalanced,
  malaysian,
  orderCodeIn,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';
import { serve } from './serving.ts';

/** Messages of each kind to each interface; every run of the tests draws others. */
const runs = 30;
const receipt = Buffer.from('A receipt.');
const partnerOf = { acquirer: 'CHENGDU', wallet: 'TNG' } as const;
let rig: Rig;
let server: RunningServer;
let judge: SchemaJudge;
let schemas: Schemas;
/** Ids and codes that exist, by the field that may carry them. */
let known: Record<string, readonly string[]>;
/** The same for one interface: what others may cancel by then would be of no use to it. */
let own: Partial<Record<ServedApi, Record<string, readonly string[]>>>;

beforeAll(async () => {
  rig = await startRig({ partners: [acquirer, malaysian], rates });
  server = await serve(rig);
  // The file as it is served: what is tested is the public document, not our own objects.
  const served = await (await fetch(`${server.url}/openapi.json`)).text();
  expect(served).toBe(openApiText(JSON.parse(served).info.version));
  const document = JSON.parse(served) as Parameters<typeof schemaJudge>[0] & {
    readonly components: { readonly schemas: Schemas };
  };
  judge = schemaJudge(document);
  schemas = document.components.schemas;

  const codes = await codesOf(rig, 'TNG', 10);
  await rig.call('CHENGDU', 'pay', payWithCode('PAID', yuan(1_000), codes[0] ?? ''));
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('PLACED', yuan(2_000)));
  const codeValue = orderCodeIn(placed);
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  known = {
    paymentRequestId: ['PAID', 'PLACED', String(scan.body.paymentRequestId)],
    paymentId: [String(placed.body.paymentId)],
    paymentMethodId: codes,
    codeValue: [codeValue],
    customerId: ['ANNA'],
    customerBelongsTo: ['TNG'],
    currency: ['CNY', 'MYR'],
    codeQuantity: ['1', '10'],
    settlementCurrency: ['CNY'],
    // A hash that is made up fits no file.
    fileContent: [receipt.toString('base64')],
    fileHash: [createHash('sha256').update(receipt).digest('hex')],
    sellCurrency: ['MYR'],
    buyCurrency: ['CNY', 'MYR'],
  };
  const sold = await rig.call('CHENGDU', 'pay', payWithCode('SOLD', yuan(90_000), codes[1] ?? ''));
  const paymentId = [String(sold.body.paymentId)];
  own = { refund: { paymentRequestId: ['SOLD'], paymentId, currency: ['CNY'], value: ['1', '9'] } };
}, 60_000);

afterAll(async () => {
  await rig.rest();
  await server.stop();
  await expectBalanced(rig);
  expect(rig.failures).toEqual([]);
  await rig.close();
});

/** Sends a signed request over HTTP; the answer is signed, or this fails. */
async function send(api: ServedApi, body: unknown) {
  const request = await signed(rig, partnerOf[servedApis[api].role], api, body as object);
  const response = await fetch(server.url + request.uri, {
    method: 'POST',
    headers: request.headers,
    body: new Uint8Array(request.body),
  });
  const answer: RawAnswer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
  return { result: resultOf(rig, request, answer), body: JSON.parse(answer.body) as unknown };
}

const messages = (api: ServedApi) => fitting(schemaOf(api), schemas, { ...known, ...own[api] });

const schemaOf = (api: ServedApi) => ({
  $ref: `#/components/schemas/${api.charAt(0).toUpperCase()}${api.slice(1)}Request`,
});

describe.each(Object.keys(servedApis) as ServedApi[])('%s', (api) => {
  test('what fits the document is answered as the document says', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(messages(api), async (message) => {
        expect(judge.request(api, message)).toEqual([]);
        const { result, body } = await send(api, message);
        expect(judge.answer(api, body), JSON.stringify(body)).toEqual([]);
        expect(result.resultCode).not.toBe('UNKNOWN_EXCEPTION');
        // A rule between fields, which a schema does not say: the message names the field.
        if (result.resultCode === 'PARAM_ILLEGAL') {
          expect(result.resultMessage).toMatch(/^[a-z][\w.[\]]* \S/i);
        }
        seen.add(result.resultCode);
      }),
      { numRuns: runs },
    );
    expect(seen.size, [...seen].join(' ')).toBeGreaterThan(0);
    expect([...seen]).not.toEqual(['PARAM_ILLEGAL']);
  }, 60_000);

  test('what does not fit is refused, and the field is named', async () => {
    const withFault = messages(api).chain((message) => {
      const faults = faultsOf(message, schemaOf(api), schemas);
      return faults.length === 0
        ? fc.constant(undefined)
        : fc.constantFrom(...faults).map((fault: Fault) => ({ message, fault }));
    });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(withFault, async (made) => {
        if (made === undefined) return;
        const { message, fault } = made;
        const wrong = broken(message, fault);
        expect(judge.request(api, wrong)).not.toEqual([]);
        const { result, body } = await send(api, wrong);
        expect(judge.answer(api, body)).toEqual([]);
        expect(result.resultCode).toBe('PARAM_ILLEGAL');
        expect(result.resultMessage.split(' ')[0]).toBe(fieldName(fault.path));
        refused += 1;
      }),
      { numRuns: runs },
    );
    // A message whose only field is left out in half of the runs has a fault in the others.
    expect(refused).toBeGreaterThan(runs / 6);
  }, 60_000);
});
