// Every message schema against one complete example, broken field by field in every way we refuse.
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as acquirer from './acquirer.ts';
import { examples } from './contracts.fixture.ts';
import { decode, decodeAnswer } from './messages.ts';
import * as wallet from './wallet.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

/**
 * Schema, and the fields that may not be missing. Fields in brackets are required because of
 * another field of the example (a rule of the message, not of the object).
 */
const messages: [string, z.ZodType, Json, string][] = [
  [
    'acquirerPayRequest',
    acquirer.acquirerPayRequest,
    examples.acquirerPayRequest,
    'paymentRequestId paymentAmount paymentAmount.currency paymentAmount.value order ' +
      'order.referenceOrderId order.orderDescription order.orderAmount paymentMethod ' +
      'paymentMethod.paymentMethodType paymentMethod.paymentMethodId paymentFactor ' +
      'paymentFactor.inStorePaymentScenario order.merchant order.merchant.store ' +
      'order.merchant.referenceMerchantId order.merchant.store.referenceStoreId',
  ],
  ['acquirerPayResponse', acquirer.acquirerPayResponse, examples.acquirerPayResponse, 'result'],
  [
    'acquirerNotifyPaymentRequest',
    acquirer.acquirerNotifyPaymentRequest,
    examples.acquirerNotifyPaymentRequest,
    'paymentRequestId paymentResult',
  ],
  [
    'acquirerNotifyPaymentResponse',
    acquirer.acquirerNotifyPaymentResponse,
    examples.resultOnly,
    'result result.resultCode result.resultStatus',
  ],
  [
    'acquirerInquiryPaymentRequest',
    acquirer.acquirerInquiryPaymentRequest,
    examples.acquirerInquiryPaymentRequest,
    '',
  ],
  [
    'acquirerInquiryPaymentResponse',
    acquirer.acquirerInquiryPaymentResponse,
    examples.acquirerInquiryPaymentResponse,
    'result transactions[0].transactionType transactions[0].transactionStatus',
  ],
  [
    'acquirerCancelPaymentRequest',
    acquirer.acquirerCancelPaymentRequest,
    examples.acquirerCancelPaymentRequest,
    '',
  ],
  [
    'acquirerCancelPaymentResponse',
    acquirer.acquirerCancelPaymentResponse,
    examples.acquirerCancelPaymentResponse,
    'result',
  ],
  [
    'walletPayRequest',
    wallet.walletPayRequest,
    examples.walletPayRequest,
    'acquirerId pspId paymentRequestId order paymentAmount payToAmount paymentMethod ' +
      'paymentFactor paymentQuote.quoteCurrencyPair paymentQuote.quotePrice ' +
      'paymentPromoInfo.paymentPromoDetails[0].savingsAmount',
  ],
  ['walletPayResponse', wallet.walletPayResponse, examples.walletPayResponse, 'result'],
  [
    'userInitiatedPayRequest',
    wallet.userInitiatedPayRequest,
    examples.userInitiatedPayRequest,
    'codeValue customerId',
  ],
  [
    'userInitiatedPayResponse',
    wallet.userInitiatedPayResponse,
    examples.userInitiatedPayResponse,
    'result',
  ],
  [
    'walletNotifyPaymentRequest',
    wallet.walletNotifyPaymentRequest,
    examples.walletNotifyPaymentRequest,
    'paymentRequestId paymentResult paymentResult.resultStatus paymentId',
  ],
  [
    'walletNotifyPaymentResponse',
    wallet.walletNotifyPaymentResponse,
    examples.resultOnly,
    'result',
  ],
  [
    'walletInquiryPaymentRequest',
    wallet.walletInquiryPaymentRequest,
    examples.walletInquiryPaymentRequest,
    'acquirerId pspId paymentRequestId',
  ],
  [
    'walletInquiryPaymentResponse',
    wallet.walletInquiryPaymentResponse,
    examples.walletInquiryPaymentResponse,
    'result',
  ],
  [
    'walletCancelPaymentRequest',
    wallet.walletCancelPaymentRequest,
    examples.walletCancelPaymentRequest,
    'acquirerId pspId paymentRequestId',
  ],
  [
    'walletCancelPaymentResponse',
    wallet.walletCancelPaymentResponse,
    examples.resultOnly,
    'result',
  ],
  [
    'getPaymentCodeRequest',
    wallet.getPaymentCodeRequest,
    examples.getPaymentCodeRequest,
    'customerId env',
  ],
  [
    'getPaymentCodeResponse',
    wallet.getPaymentCodeResponse,
    examples.getPaymentCodeResponse,
    'result paymentCodeList[0].paymentCode paymentCodeList[0].paymentCodeExpiryTime',
  ],
];

/** Longest texts by field name (protocol.md §2); every other text field is held to 20,000. */
const longest: Record<string, number> = {
  orderDescription: 256,
  codeValue: 512,
  paymentMethodId: 512,
  passThroughInfo: 20_000,
  paymentNotifyUrl: 2048,
  paymentRedirectUrl: 2048,
  paymentUrl: 2048,
  state: 8,
  city: 32,
  address1: 256,
  address2: 256,
  zipCode: 32,
  resultCode: 64,
};
for (const field of (
  'paymentRequestId paymentId acquirerId pspId customerId referenceOrderId ' +
  'referenceMerchantId referenceStoreId deviceTokenId storeTerminalId mppPaymentId'
).split(' ')) {
  longest[field] = 64;
}

/** Texts that may be empty and of any length: words for people. */
const free = new Set(['resultMessage']);

function leaves(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value)) return value.flatMap((entry, place) => leaves(entry, [...path, place]));
  return Object.entries(value).flatMap(([name, field]) => leaves(field, [...path, name]));
}

/** A deep copy with another value at a path; undefined takes the field out. */
function changed(value: Json, path: Path, replacement: Json | undefined): Json {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  let place = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  const last = path.at(-1) as string | number;
  if (replacement === undefined) delete place[last];
  else place[last] = replacement;
  return copy as Json;
}

function written(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
    '',
  );
}

function pathOf(field: string): Path {
  const steps = field.match(/[^.[\]]+/g) ?? [];
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function wrongField(schema: z.ZodType, body: Json): string {
  const decoded = decode(schema, JSON.stringify(body));
  return decoded.ok ? 'nothing' : decoded.field;
}

describe.each(messages)('%s', (_name, schema, example, requiredText) => {
  const textLeaves = leaves(example).filter((path) => !free.has(String(path.at(-1))));

  it('takes the complete example, unchanged', () => {
    expect(decode(schema, JSON.stringify(example))).toEqual({ ok: true, value: example });
    expect(decodeAnswer(schema, JSON.stringify(example))).toEqual({ ok: true, value: example });
  });

  it('names every required field that is missing or null', () => {
    for (const field of requiredText.split(' ').filter((text) => text !== '')) {
      expect(wrongField(schema, changed(example, pathOf(field), undefined))).toBe(field);
      expect(wrongField(schema, changed(example, pathOf(field), null))).toBe(field);
    }
  });

  it('names every field that is empty', () => {
    for (const path of textLeaves) {
      expect(wrongField(schema, changed(example, path, ''))).toBe(written(path));
    }
  });

  it('names every field that is of the wrong type', () => {
    for (const path of textLeaves) {
      for (const wrong of [{}, [], 1.5] as Json[]) {
        expect(wrongField(schema, changed(example, path, wrong))).toBe(written(path));
      }
    }
  });

  it('names every field that is too long', () => {
    for (const path of textLeaves) {
      const limit = longest[String(path.at(-1))] ?? 20_000;
      const long = changed(example, path, `https://x.example/${'x'.repeat(limit)}`);
      expect(wrongField(schema, long)).toBe(written(path));
    }
  });

  it('leaves out what it does not know, at every depth', () => {
    const more = { ...(example as object), unknownField: { deep: [1, { ünknown: null }] } };
    expect(decode(schema, JSON.stringify(more))).toEqual({ ok: true, value: example });
  });

  it('refuses what is no object', () => {
    for (const body of ['[]', 'null', '"text"', '1', 'true']) {
      expect(decode(schema, body)).toMatchObject({ ok: false, field: '' });
    }
  });
});
