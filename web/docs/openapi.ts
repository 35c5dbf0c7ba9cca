// The parts of /openapi.json and /openapi-merchant.json that their pages show.

export interface ResultRow {
  readonly resultCode: string;
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly when?: string;
  readonly meaning: string;
  readonly next: string;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

export interface Run {
  readonly name: string;
  readonly summary: string;
  readonly request: { readonly headers: Record<string, string>; readonly body: object };
  readonly answer: { readonly headers: Record<string, string>; readonly body: object };
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly 'x-results': readonly ResultRow[];
  readonly 'x-runs': readonly Run[];
}

export interface OpenApi {
  readonly info: { readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A field of a message as a row: its path, what it is, and whether it must be there. */
export interface FieldRow {
  readonly path: string;
  readonly kind: string;
  readonly isRequired: boolean;
  readonly description: string;
}

/** Every field of a schema, shared objects opened, in the order of the contract. */
export function fieldRows(schema: Schema, document: OpenApi, path = ''): readonly FieldRow[] {
  const open = resolved(schema, document);
  return Object.entries(open.properties ?? {}).flatMap(([name, field]) => {
    const inner = resolved(field, document);
    const items = inner.items === undefined ? undefined : resolved(inner.items, document);
    const here = path === '' ? name : `${path}.${name}`;
    const row = {
      path: here,
      kind: kindOf(items ?? inner) + (items === undefined ? '' : '[]'),
      isRequired: open.required?.includes(name) ?? false,
      description: field.description ?? inner.description ?? '',
    };
    const below = items ?? inner;
    const at = items === undefined ? here : `${here}[]`;
    return [row, ...(below.properties === undefined ? [] : fieldRows(below, document, at))];
  });
}

function resolved(schema: Schema, document: OpenApi): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? schema);
}

function kindOf(schema: Schema): string {
  if (schema.properties !== undefined) return 'object';
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  if (schema.format !== undefined) return schema.format;
  if (schema.pattern !== undefined) return schema.pattern;
  return schema.maxLength === undefined ? 'text' : `text ≤ ${schema.maxLength}`;
}

/** The name of a message's schema, as the hub names it. */
export function schemaOf(operation: Operation, part: 'Request' | 'Answer'): string {
  const words = operation.operationId.split('.');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') + part;
}
