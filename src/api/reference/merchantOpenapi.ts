// The merchant dialect as an OpenAPI 3.1 document: made from the contracts that it is checked by.

import { type MerchantApi, merchantApis, merchantNotices } from '../../wire/merchantApis.ts';
import { type MerchantApiName, merchantPathOf } from '../../wire/merchantPaths.ts';
import { answerHeaders, parameters, reference, resultRow } from './openapi.ts';
import { type JsonSchema, messageSchemas } from './schemas.ts';

const description = `What merchants of the network's own acquirer call, in the words of the
official merchant SDKs. Every message is an HTTP POST of JSON, signed with RSA256; every answer is
signed too, with HTTP status 200, and its \`result\` says how the call went. Decide on
\`resultStatus\` first: S is done, F has failed for good, U is not known yet: inquire, or send the
same request again with the same id. \`x-results\` lists what an operation can be answered with;
what wins when several things are wrong is promised in the partner API only. The guide for merchants
has a request that works.`;

/** The whole document. Pure: the same contracts give the same text. */
export function merchantOpenApiDocument(version: string): JsonSchema {
  const served = Object.entries(merchantApis) as [MerchantApiName, MerchantApi][];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wayfare merchant API',
      version,
      summary: 'How merchants of the network’s own acquirer speak with it.',
      description,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/', description: 'the network that serves this document' }],
    tags: [{ name: 'merchant', description: 'Between a merchant and the network.' }],
    paths: Object.fromEntries(
      served.map(([name, api]) => [merchantPathOf(name), { post: operation(name, api) }]),
    ),
    webhooks: Object.fromEntries(
      Object.entries(merchantNotices).map(([name, api]) => [name, { post: operation(name, api) }]),
    ),
    components: {
      schemas: messageSchemas({ ...merchantApis, ...merchantNotices }),
      parameters,
      headers: answerHeaders,
    },
  };
}

/** The document as the file is written: two spaces, a line end. */
export function merchantOpenApiText(version: string): string {
  return `${JSON.stringify(merchantOpenApiDocument(version), null, 2)}\n`;
}

function operation(name: string, { summary, description: about, results }: MerchantApi) {
  const headers = Object.keys(answerHeaders).map((each) => [
    each,
    { $ref: `#/components/headers/${each}` },
  ]);
  const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });
  return {
    operationId: name,
    tags: ['merchant'],
    summary,
    description: about,
    parameters: Object.keys(parameters).map((each) => ({
      $ref: `#/components/parameters/${each}`,
    })),
    requestBody: { required: true, ...json(reference(name, 'Request')) },
    responses: {
      '200': {
        description: 'The answer, for errors too; see x-results.',
        headers: Object.fromEntries(headers),
        ...json(
          name in merchantApis
            ? {
                allOf: [reference(name, 'Answer')],
                properties: { result: { properties: { resultCode: { enum: results } } } },
              }
            : reference(name, 'Answer'),
        ),
      },
    },
    'x-results': results.map((code) => resultRow({ code })),
    'x-runs': [],
  };
}
