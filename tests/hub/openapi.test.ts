// The OpenAPI document: valid, complete, and with examples of a real run.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/api/partner/handle.ts';
import { merchantOpenApiDocument } from '../../src/api/reference/merchantOpenapi.ts';
import { openApiDocument } from '../../src/api/reference/openapi.ts';
import { askedApis, servedApis } from '../../src/wire/apis.ts';
import { merchantApis } from '../../src/wire/merchantApis.ts';
import { merchantApiOfPath } from '../../src/wire/merchantPaths.ts';
import { paths } from '../../src/wire/messages.ts';
import { resultCodes } from '../../src/wire/results.ts';
import { ROOT } from '../support/sources.ts';
import { schemaJudge } from './openapiJudge.ts';
import { type Recorded, recordExamples, withoutChance } from './recordExamples.ts';

const document = openApiDocument('0.0.0') as {
  readonly paths: Record<string, { post: { 'x-results': { resultCode: string }[] } }>;
  readonly webhooks: Record<string, unknown>;
  readonly components: {
    readonly schemas: Record<string, unknown>;
    readonly parameters: Record<string, { readonly name: string; readonly example: string }>;
  };
  readonly 'x-result-codes': { resultCode: string; meaning: string; next: string }[];
};
const file = path.join(ROOT, 'src/api/reference/examples.json');
const committed = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

describe('the document', () => {
  test('is OpenAPI 3.1, says a public validator', async () => {
    const verdict = await new Validator().validate(structuredClone(document));
    expect(verdict.errors ?? []).toEqual([]);
    expect(verdict.valid).toBe(true);
  });

  test('describes what is served, and nothing else', () => {
    expect(Object.keys(servedApis).sort()).toEqual(Object.keys(endpoints).sort());
    const served = Object.keys(endpoints).map((name) => paths[name as keyof typeof paths]);
    expect(Object.keys(document.paths).sort()).toEqual(served.sort());
    expect(Object.keys(document.webhooks)).toEqual(Object.keys(askedApis));
  });

  test('each interface is for the partners that the hub lets in', () => {
    const roles = Object.entries(endpoints).map(([name, { role }]) => [name, role]);
    const described = Object.entries(servedApis).map(([name, { role }]) => [name, role]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(roles));
  });

  test('has every result code, with what it means and what to do', () => {
    expect(document['x-result-codes'].map(({ resultCode }) => resultCode)).toEqual(resultCodes);
    for (const row of document['x-result-codes']) {
      expect(row.meaning).toMatch(/^[A-Z].+\.$/);
      expect(row.next).toMatch(/^[A-Z].+\.$/);
    }
  });

  test('its headers can be sent as they are shown', () => {
    for (const { name, example } of Object.values(document.components.parameters)) {
      expect(new Headers([[name, example]]).get(name), name).toBe(example);
    }
  });

  test('every field is explained', () => expect(unexplainedIn(document)).toEqual([]));
});

/** Fields without a sentence: add one to src/api/reference/fieldNotes.ts. */
function unexplainedIn({ components }: typeof document): string[] {
  const unexplained = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { properties } = value as { properties?: Record<string, { description?: string }> };
    for (const [name, field] of Object.entries(properties ?? {})) {
      if (field.description === undefined) unexplained.add(name);
    }
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(components.schemas);
  return [...unexplained];
}

describe('the document for merchants', () => {
  const merchants = merchantOpenApiDocument('0.0.0') as typeof document;

  test('is OpenAPI 3.1, and every path leads to its interface', async () => {
    const verdict = await new Validator().validate(structuredClone(merchants));
    expect(verdict.errors ?? []).toEqual([]);
    const names = Object.keys(merchants.paths).map((place) => merchantApiOfPath(place));
    expect(names).toEqual(Object.keys(merchantApis));
  });

  test('every field is explained', () => expect(unexplainedIn(merchants)).toEqual([]));
});

describe('the examples', () => {
  let recorded: Recorded;

  beforeAll(async () => {
    recorded = await recordExamples();
    if (process.env.UPDATE_EXAMPLES === '1') {
      writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
      Object.assign(committed, recorded);
    }
  }, 60_000);
  afterAll(() => expect(Object.keys(recorded)).not.toEqual([]));

  test('are what a run says today (UPDATE_EXAMPLES=1 npm test openapi writes them)', () => {
    expect(withoutChance(recorded)).toEqual(withoutChance(committed));
  });

  test('there is one for every interface, and each fits its schema', () => {
    const judge = schemaJudge(document);
    const names = [...Object.keys(servedApis), ...Object.keys(askedApis)];
    expect(Object.keys(committed).sort()).toEqual(names.sort());
    for (const [name, runs] of Object.entries(committed)) {
      for (const run of runs) {
        expect(judge.request(name, run.request.body), `request of ${name} ${run.name}`).toEqual([]);
        expect(judge.answer(name, run.answer.body), `answer of ${name} ${run.name}`).toEqual([]);
      }
    }
  });
});
