// Reading message bodies, and the path of every interface of the partner API.
import type { z } from 'zod';

/** Interface name to path; the same path serves every leg (protocol.md §2.0). */
export const paths = {
  consultPayment: '/aps/api/v1/payments/consultPayment',
  pay: '/aps/api/v1/payments/pay',
  userInitiatedPay: '/aps/api/v1/payments/userInitiatedPay',
  pushPayment: '/aps/api/v1/payments/pushPayment',
  inquiryPushPayment: '/aps/api/v1/payments/inquiryPushPayment',
  notifyPushPayment: '/aps/api/v1/payments/notifyPushPayment',
  notifyPayment: '/aps/api/v1/payments/notifyPayment',
  inquiryPayment: '/aps/api/v1/payments/inquiryPayment',
  cancelPayment: '/aps/api/v1/payments/cancelPayment',
  refund: '/aps/api/v1/payments/refund',
  // Only applyToken's path is documented; the others stand beside it by our rule (§2.0, §11).
  prepare: '/aps/api/v1/authorizations/prepare',
  applyToken: '/aps/api/v1/authorizations/applyToken',
  cancelToken: '/aps/api/v1/authorizations/cancelToken',
  authNotify: '/aps/api/v1/authorizations/authNotify',
  getPaymentCode: '/aps/api/v1/codes/getPaymentCode',
  inquiryCodeRules: '/aps/api/v1/codes/inquiryCodeRules',
  inquiryForeignExchangeQuote: '/aps/api/v1/payments/inquiryForeignExchangeQuote',
  registration: '/aps/api/v1/merchants/registration',
  inquiryRegistrationStatus: '/aps/api/v1/merchants/inquiryRegistrationStatus',
  notifyRegistrationStatus: '/aps/api/v1/merchants/notifyRegistrationStatus',
  // Ours: the protocol has no question for it.
  inquiryUserLimits: '/aps/api/v1/users/inquiryUserLimits',
} as const;

/** The name of an interface, as `pay`. */
export type ApiName = keyof typeof paths;

const names = new Map<string, ApiName>([
  ...(Object.keys(paths) as ApiName[]).map((api) => [paths[api], api] as const),
  // protocol.md §2.0 prints this one path without /api: both forms are served.
  ['/aps/v1/payments/inquiryForeignExchangeQuote', 'inquiryForeignExchangeQuote'],
]);

/** The interface behind a path (without query), or undefined. */
export function apiOfPath(path: string): ApiName | undefined {
  return names.get(path);
}

/**
 * A body that was read, or the first field that is wrong: `field` is its path, as
 * `order.merchant.store` or `goods[2].goodsName`, and '' when it is the body as a whole.
 */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly field: string; readonly problem: string };

/** Longest body that is looked at, in UTF-16 units: room for goods and two passThroughInfo. */
export const bodyLengthLimit = 262_144;

/** Known fields lie at most this deep; what is deeper is unknown and is not walked. */
const knownDepth = 12;

/**
 * Reads a request body against its schema. null is absent; unknown fields are left out; of two
 * equal names the last counts, as JSON.parse does; an empty text is wrong; a text with a NUL or
 * half a surrogate pair is wrong, since neither UTF-8 nor a database can keep it. Never throws.
 */
export function decode<S extends z.ZodType>(schema: S, bodyText: string): Decoded<z.infer<S>> {
  return read(schema, bodyText, false);
}

/**
 * Reads a partner's answer: as `decode`, but an empty text is absent too, because a payment
 * must not become unknown over an empty field beside a clear result.
 */
export function decodeAnswer<S extends z.ZodType>(
  schema: S,
  bodyText: string,
): Decoded<z.infer<S>> {
  return read(schema, bodyText, true);
}

/** The problem of a field as one sentence, for a resultMessage. */
export function describeProblem(wrong: { readonly field: string; readonly problem: string }) {
  return wrong.field === '' ? `The body ${wrong.problem}.` : `${wrong.field} ${wrong.problem}.`;
}

function read<S extends z.ZodType>(
  schema: S,
  bodyText: string,
  emptyIsAbsent: boolean,
): Decoded<z.infer<S>> {
  if (bodyText.length > bodyLengthLimit) {
    return { ok: false, field: '', problem: `must have at most ${bodyLengthLimit} characters` };
  }
  let body: unknown;
  try {
    body = JSON.parse(bodyText);
  } catch {
    // JSON.parse quotes the input in its message; ours does not, bodies can hold codes.
    return { ok: false, field: '', problem: 'is not valid JSON' };
  }
  if (!isObject(body)) return { ok: false, field: '', problem: 'must be a JSON object' };
  const dropEmpty = emptyIsAbsent && bodyText.includes('""');
  if (dropEmpty || bodyText.includes('null')) dropAbsent(body, dropEmpty, knownDepth);
  const parsed = schema.safeParse(body);
  if (!parsed.success) return problemOf(parsed.error.issues[0], body);
  // A NUL or a lone surrogate can only come from a \u escape: look for them only then.
  if (bodyText.includes('\\u')) {
    const field = unkeepableText(parsed.data, '');
    if (field !== undefined) {
      return { ok: false, field, problem: 'holds a NUL or half a surrogate pair' };
    }
  }
  return { ok: true, value: parsed.data };
}

function problemOf(issue: z.core.$ZodIssue | undefined, body: unknown): Decoded<never> {
  if (issue === undefined) return { ok: false, field: '', problem: 'does not fit' };
  const field = fieldName(issue.path);
  if (issue.code === 'custom') return { ok: false, field, problem: issue.message };
  if (valueAt(body, issue.path) === undefined) return { ok: false, field, problem: 'is missing' };
  if (issue.code === 'invalid_type') {
    const expected = issue.expected === 'string' ? 'text' : `of type ${issue.expected}`;
    return { ok: false, field, problem: `must be ${expected}` };
  }
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String).join(', ');
    return { ok: false, field, problem: `must be one of ${choices}` };
  }
  return { ok: false, field, problem: issue.message };
}

function fieldName(path: readonly PropertyKey[]): string {
  let field = '';
  for (const step of path) {
    if (typeof step === 'number') field += `[${step}]`;
    else field += field === '' ? String(step) : `.${String(step)}`;
  }
  return field;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets null (and, for answers, empty) fields to undefined, in place, in our own parsed copy. */
function dropAbsent(value: object, emptyToo: boolean, depth: number): void {
  if (depth === 0) return;
  if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry === 'object' && entry !== null) dropAbsent(entry, emptyToo, depth - 1);
    }
    return;
  }
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (field === null || (emptyToo && field === '')) fields[key] = undefined;
    else if (typeof field === 'object') dropAbsent(field as object, emptyToo, depth - 1);
  }
}

/** The path of the first text that cannot be kept, in a value that already fits its schema. */
function unkeepableText(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed() ? path : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, field] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    const found = unkeepableText(field, path + step);
    if (found !== undefined) return found;
  }
  return undefined;
}
