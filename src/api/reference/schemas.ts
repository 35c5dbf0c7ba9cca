// The messages as JSON Schema, from the same contracts that judge them at run time.

import { z } from 'zod';
import { orderCodeForm } from '../../wire/acquirer.ts';
import { askedApis, servedApis } from '../../wire/apis.ts';
import * as objects from '../../wire/objects.ts';
import { fieldNotes } from './fieldNotes.ts';
import { merchantFieldNotes } from './merchantFieldNotes.ts';

/** JSON Schema of draft 2020-12, as far as it is read here. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** Objects that several messages share get a name; everything else is written where it stands. */
const shared: Readonly<Record<string, z.ZodType>> = {
  Address: objects.address,
  Amount: objects.amount,
  Env: objects.env,
  Merchant: objects.merchant,
  Order: objects.order,
  OrderCodeForm: orderCodeForm,
  PaymentFactor: objects.paymentFactor,
  PaymentMethod: objects.paymentMethod,
  PaymentPromoInfo: objects.paymentPromoInfo,
  Quote: objects.quote,
  Result: objects.resultObject,
  SettlementStrategy: objects.settlementStrategy,
  Store: objects.store,
  SurchargeInfo: objects.surchargeInfo,
  UserName: objects.userName,
};

/** The name of a message's schema: `PayRequest`, and `WalletPayAnswer` for what partners serve. */
export function schemaName(api: string, part: 'Request' | 'Answer'): string {
  const words = api.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join('') + part;
}

/** The two messages of an interface. */
interface Messages {
  readonly request: z.ZodType;
  readonly answer: z.ZodType;
}

/** Every schema of the partner API's reference by its name. */
export function partnerSchemas(): Record<string, JsonSchema> {
  return messageSchemas({ ...servedApis, ...askedApis });
}

/** The schemas of interfaces, and of the objects that they share, by their names. */
export function messageSchemas(
  apis: Readonly<Record<string, Messages>>,
): Record<string, JsonSchema> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(shared)) named.add(schema, { id });
  for (const [name, row] of Object.entries(apis)) {
    // Two interfaces may share one contract: each gets a copy, and with it a name of its own.
    named.add(row.request.clone(), { id: schemaName(name, 'Request') });
    named.add(row.answer.clone(), { id: schemaName(name, 'Answer') });
  }
  const { schemas } = z.toJSONSchema(named, {
    uri: (id) => `#/components/schemas/${id}`,
    io: 'input',
  });
  const read: Record<string, JsonSchema> = {};
  for (const name of Object.keys(schemas).sort()) {
    read[name] = explained(textOnly(schemas[name] as JsonSchema)) as JsonSchema;
  }
  return read;
}

/**
 * Scalars are written as text (protocol.md §2). We also read JSON integers and booleans, but what
 * we promise to read is not what a partner should write.
 */
function textOnly(schema: JsonSchema): JsonSchema {
  const { $schema: _, $id: __, ...rest } = schema;
  return mapped(rest, (part) => {
    const choices = part.anyOf;
    if (!Array.isArray(choices)) return part;
    const { anyOf: ___, ...others } = part;
    return { ...(choices.find(({ type }) => type === 'string') as JsonSchema), ...others };
  });
}

/** Every field with its sentence. */
function explained(schema: JsonSchema): JsonSchema {
  return mapped(schema, (part) => {
    if (typeof part.properties !== 'object' || part.properties === null) return part;
    const properties: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(part.properties)) {
      const description = fieldNotes[name] ?? merchantFieldNotes[name];
      properties[name] = description === undefined ? field : { ...field, description };
    }
    return { ...part, properties };
  });
}

function mapped(value: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const inner: JsonSchema = {};
  for (const [key, part] of Object.entries(value)) {
    inner[key] = Array.isArray(part)
      ? part.map((each) => (isSchema(each) ? mapped(each, change) : each))
      : isSchema(part)
        ? mapped(part, change)
        : part;
  }
  return change(inner);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
