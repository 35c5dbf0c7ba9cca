// Messages made at random from the schemas of the OpenAPI document: fitting ones, and broken ones.

import fc from 'fast-check';

/** JSON Schema as the document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Values that a field may take beside random ones, so that some requests find what they name. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Long texts cost time and find nothing that a middling one does not. */
const longestText = 80;

/** Follows a reference into the components. */
function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const found = schemas[name];
  if (found === undefined) throw new Error(`no schema ${name}`);
  return resolved(found, schemas);
}

/** Any message that fits the schema. */
export function fitting(
  schema: Schema,
  schemas: Schemas,
  known: Known,
  field = '',
): fc.Arbitrary<unknown> {
  const { type, properties, items, required = [], ...rest } = resolved(schema, schemas);
  if (properties !== undefined) {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [
        name,
        fitting(inner, schemas, known, name),
      ]),
    );
    return fc.record(fields, { requiredKeys: [...required] });
  }
  if (type === 'array' && items !== undefined) {
    const lengths = { minLength: rest.minItems ?? 0, maxLength: 3 };
    return fc.array(fitting(items, schemas, known, field), lengths);
  }
  const given = known[field];
  const random = textFor(rest);
  return given === undefined
    ? random
    : fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...given) },
        { weight: 1, arbitrary: random },
      );
}

function textFor(schema: Schema): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'date-time') {
    const min = new Date('2026-11-21T00:00:00Z');
    const max = new Date('2027-11-21T00:00:00Z');
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (schema.pattern !== undefined) {
    return fc
      .stringMatching(new RegExp(schema.pattern))
      .filter((text) => text.length <= (schema.maxLength ?? longestText));
  }
  const maxLength = Math.min(schema.maxLength ?? longestText, longestText);
  // Any code points: that is how a schema counts, and how the wire does.
  return fc.string({ minLength: schema.minLength ?? 0, maxLength, unit: 'binary' });
}

/** One field made wrong: the path of it, as our messages write it, and what to put there. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly wrong: unknown;
}

/** Every way in which one field of this message can be made not to fit its schema. */
export function faultsOf(
  message: unknown,
  schema: Schema,
  schemas: Schemas,
  path: readonly (string | number)[] = [],
): Fault[] {
  const { properties, items, required = [], ...rest } = resolved(schema, schemas);
  if (properties !== undefined) {
    const body = message as Record<string, unknown>;
    return Object.entries(properties).flatMap(([name, inner]) => {
      const here = [...path, name];
      const missing = required.includes(name) ? [{ path: here, wrong: undefined }] : [];
      if (!(name in body)) return missing;
      return [...missing, ...faultsOf(body[name], inner, schemas, here)];
    });
  }
  if (items !== undefined) {
    const list = message as readonly unknown[];
    const inner = list.flatMap((each, place) => faultsOf(each, items, schemas, [...path, place]));
    return [{ path, wrong: 'no list' }, ...inner];
  }
  return wrongTexts(rest).map((wrong) => ({ path, wrong }));
}

function wrongTexts(schema: Schema): unknown[] {
  const wrong: unknown[] = [{}, [], 1.5];
  if (schema.minLength !== undefined || schema.pattern !== undefined) wrong.push('');
  if (schema.maxLength !== undefined) wrong.push('x'.repeat(schema.maxLength + 1));
  if (schema.enum !== undefined) wrong.push('NONE_OF_THESE');
  if (schema.pattern !== undefined) wrong.push(' ');
  if (schema.format === 'date-time') wrong.push('2026-02-30T00:00:00Z');
  return wrong;
}

/** A copy of the message with the fault in it. */
export function broken(message: unknown, { path, wrong }: Fault): unknown {
  const copy = structuredClone(message) as Record<string | number, unknown>;
  let place = copy;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (wrong === undefined) delete place[last];
  else place[last] = wrong;
  return copy;
}

/** The path as a result message names it: `order.goods[0].goodsName`. */
export function fieldName(path: Fault['path']): string {
  return path.reduce<string>((text, each) => {
    if (typeof each === 'number') return `${text}[${each}]`;
    return text === '' ? each : `${text}.${each}`;
  }, '');
}
