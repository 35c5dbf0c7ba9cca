// Judges messages by the schemas of the OpenAPI document, with a public JSON Schema validator.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Described {
  readonly paths: Record<string, unknown>;
  readonly webhooks: Record<string, unknown>;
}

interface Operation {
  readonly operationId: string;
  readonly requestBody: { readonly content: Content };
  readonly responses: { readonly '200': { readonly content: Content } };
}

type Content = Readonly<Record<'application/json', { readonly schema: object }>>;

/** What is wrong with a message, as texts; nothing when it fits. */
export interface SchemaJudge {
  request(api: string, body: unknown): string[];
  answer(api: string, body: unknown): string[];
}

/** A judge for every operation of the document, by its operationId. */
export function schemaJudge(document: Described): SchemaJudge {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // The package is CommonJS: its function is the default of its default.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'wayfare', ...document });
  const operations = new Map<string, Operation>();
  const places = [...Object.values(document.paths), ...Object.values(document.webhooks)];
  for (const place of places) {
    const { post } = place as { post: Operation };
    operations.set(post.operationId, post);
  }
  const compiled = new Map<object, ValidateFunction>();
  function validatorOf(schema: object): ValidateFunction {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const local = JSON.stringify(schema).replaceAll('"#/', '"wayfare#/');
    const validate = ajv.compile(JSON.parse(local) as object);
    compiled.set(schema, validate);
    return validate;
  }
  function problems(schema: object | undefined, body: unknown): string[] {
    if (schema === undefined) return ['no such operation'];
    const validate = validatorOf(schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
  }
  return {
    request: (api, body) =>
      problems(operations.get(api)?.requestBody.content['application/json'].schema, body),
    answer: (api, body) =>
      problems(operations.get(api)?.responses['200'].content['application/json'].schema, body),
  };
}
