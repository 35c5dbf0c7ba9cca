// The partner API as an OpenAPI 3.1 document: made from the contracts, the results and real runs.

import { codesOf, type ResultStep } from '../../wire/apiSteps.ts';
import { type Api, askedApis, servedApis } from '../../wire/apis.ts';
import { paths } from '../../wire/messages.ts';
import { explainResult, type ResultCode, resultCodes } from '../../wire/results.ts';
import { sentenceOf } from '../../wire/sentences.ts';
import examples from './examples.json' with { type: 'json' };
import { type JsonSchema, partnerSchemas, schemaName } from './schemas.ts';

/** One exchange of a real run, as it went over the line. */
export interface Example {
  readonly name: string;
  readonly summary: string;
  readonly request: Message;
  readonly answer: Message;
}

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const recorded: Readonly<Record<string, readonly Example[]>> = examples;

const description = `Every message is an HTTP POST of JSON, signed by its sender; every answer is
signed too, with HTTP status 200, and its \`result\` says how the call went. What is signed is
\`<METHOD> <path and query>\\n<Client-Id>.<time>.<body>\`, where time is the header Request-Time (in
an answer Response-Time) and body the exact bytes. The signature is RSASSA-PKCS1-v1_5 with SHA-256
(RSA256) or ECDSA P-256 with SHA-256 (ES256), base64, URL-encoded.

Decide on \`resultStatus\` first: S is done, F has failed for good, U is not known yet: inquire, or
send the same request again with the same id. Each operation lists its results in the order of the
checks (\`x-results\`): when a request is wrong in several ways, the first one is the answer.

Scalars are text; amounts are minor units as text. Leave a field out rather than send an empty text.
The examples are messages of a real run; \`x-runs\` has them with their headers.
\`x-result-codes\` has every code with the sentences for the visitor and the shop.`;

/** The whole document. Pure: the same contracts give the same text. */
export function openApiDocument(version: string): JsonSchema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wayfare partner API',
      version,
      summary: 'How wallets and acquirers speak with the network.',
      description,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/', description: 'the network that serves this document' }],
    tags: [
      { name: 'acquirer', description: 'Between an acquirer and the network.' },
      { name: 'wallet', description: 'Between a wallet and the network.' },
    ],
    paths: Object.fromEntries(
      Object.entries<Api>(servedApis).map(([name, api]) => [
        paths[name as keyof typeof servedApis],
        { post: operation(name, api, true) },
      ]),
    ),
    webhooks: Object.fromEntries(
      Object.entries<Api>(askedApis).map(([name, api]) => [
        name,
        { post: operation(name, api, false) },
      ]),
    ),
    components: { schemas: partnerSchemas(), parameters, headers: answerHeaders },
    'x-result-codes': resultCodes.map((code) => ({ ...resultRow({ code }), ...sentences(code) })),
  };
}

/** The document as the file is written: two spaces, a line end. */
export function openApiText(version: string): string {
  return `${JSON.stringify(openApiDocument(version), null, 2)}\n`;
}

function operation(name: string, api: Api, isServed: boolean): JsonSchema {
  const runs = recorded[name] ?? [];
  const { role, summary, results } = api;
  return {
    operationId: name,
    tags: [role],
    summary,
    description: isServed
      ? `From ${article(role)} ${role} to the network. ${api.description}`
      : `From the network to ${article(role)} ${role}. ${api.description}`,
    parameters: Object.keys(parameters).map((each) => ({
      $ref: `#/components/parameters/${each}`,
    })),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: reference(name, 'Request'),
          examples: examplesOf(runs, 'request'),
        },
      },
    },
    responses: {
      '200': {
        description: 'The signed answer, for errors too; see x-results.',
        headers: Object.fromEntries(
          Object.keys(answerHeaders).map((each) => [
            each,
            { $ref: `#/components/headers/${each}` },
          ]),
        ),
        content: {
          'application/json': {
            schema: isServed ? withCodes(name, results) : reference(name, 'Answer'),
            examples: examplesOf(runs, 'answer'),
          },
        },
      },
    },
    'x-results': results.map(resultRow),
    'x-runs': runs,
  };
}

const article = (role: string) => (role === 'acquirer' ? 'an' : 'a');

export const reference = (name: string, part: 'Request' | 'Answer') => ({
  $ref: `#/components/schemas/${schemaName(name, part)}`,
});

/** Our own answers hold none but the codes of their list. */
function withCodes(name: string, results: readonly ResultStep[]): JsonSchema {
  const resultCode = { enum: codesOf(results) };
  return {
    allOf: [reference(name, 'Answer')],
    properties: { result: { properties: { resultCode } } },
  };
}

function examplesOf(runs: readonly Example[], part: 'request' | 'answer'): JsonSchema {
  return Object.fromEntries(
    runs.map((run) => [run.name, { summary: run.summary, value: run[part].body }]),
  );
}

/** A result as an operation lists it: when it is the answer, what it means, what to do. */
export function resultRow({
  code,
  when,
}: Partial<ResultStep> & Pick<ResultStep, 'code'>): JsonSchema {
  const { resultStatus, meaning, next } = explainResult(code);
  return { resultCode: code, resultStatus, ...(when === undefined ? {} : { when }), meaning, next };
}

/** What people are told: whose side it is on, and the words for the visitor and the shop. */
function sentences(code: ResultCode): JsonSchema {
  const said = sentenceOf(code);
  return said === undefined ? {} : { side: said.side, visitor: said.visitor, shop: said.shop };
}

export const parameters = {
  ClientId: {
    name: 'Client-Id',
    in: 'header',
    required: true,
    description: 'The partner’s id, also when the network calls the partner.',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
    example: 'CHENGDU_PAY',
  },
  RequestTime: {
    name: 'Request-Time',
    in: 'header',
    required: true,
    description: 'ISO 8601 with an offset, or 13 digits of epoch milliseconds; five minutes off.',
    schema: { type: 'string' },
    example: '2026-11-21T21:45:41.123+08:00',
  },
  Signature: {
    name: 'Signature',
    in: 'header',
    required: true,
    description: 'algorithm=RSA256,keyVersion=1,signature=<URL-encoded base64>',
    schema: { type: 'string' },
    example: 'algorithm=RSA256,keyVersion=1,signature=K3pVw%2B...%3D%3D',
  },
};

export const answerHeaders = {
  'client-id': {
    description: 'The Client-Id of the request.',
    schema: { type: 'string' },
  },
  'response-time': {
    description: 'When the answer was signed; part of what is signed.',
    schema: { type: 'string' },
  },
  signature: {
    description: 'As in the request, over the method and path of the request and this body.',
    schema: { type: 'string' },
  },
};
