// Bodies that mean harm: broken, deep, huge, doubled, poisoned; and texts that nothing can keep.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acquirerPayRequest } from './acquirer.ts';
import { examples } from './contracts.fixture.ts';
import { bodyLengthLimit, decode } from './messages.ts';
import { userInitiatedPayRequest } from './wallet.ts';

const pay = examples.acquirerPayRequest;

function payWith(changes: object) {
  return decode(acquirerPayRequest, JSON.stringify({ ...pay, ...changes }));
}

describe('hostile bodies', () => {
  const scan = examples.userInitiatedPayRequest;

  it('names no part of a body that is not JSON', () => {
    for (const body of ['', '{', '{"codeValue":"secret"', '{codeValue:1}', '\u0000', '{"a":1}x']) {
      expect(decode(userInitiatedPayRequest, body)).toEqual({
        ok: false,
        field: '',
        problem: 'is not valid JSON',
      });
    }
  });

  it('takes the last of two equal names', () => {
    const body = '{"codeValue":"first","customerId":"C","codeValue":"second"}';
    const decoded = decode(userInitiatedPayRequest, body);
    expect(decoded.ok && decoded.value.codeValue).toBe('second');
  });

  it('is not fooled by __proto__, constructor and prototype', () => {
    const poison = '{"__proto__":{"customerId":"X","polluted":1},"codeValue":"V"';
    expect(decode(userInitiatedPayRequest, `${poison}}`)).toMatchObject({
      ok: false,
      field: 'customerId',
    });
    const decoded = decode(
      userInitiatedPayRequest,
      `${poison},"customerId":"C","constructor":null,"x":{"__proto__":null}}`,
    );
    expect(decoded).toEqual({ ok: true, value: { codeValue: 'V', customerId: 'C' } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('survives nesting as deep as a body can hold', () => {
    const deep = `${'['.repeat(60_000)}null${']'.repeat(60_000)}`;
    const objects = `${'{"a":'.repeat(30_000)}null${'}'.repeat(30_000)}`;
    for (const nested of [deep, objects]) {
      const body = `{"codeValue":"V","customerId":"C","unknown":${nested}}`;
      expect(decode(userInitiatedPayRequest, body).ok).toBe(true);
      const inField = `{"codeValue":${nested},"customerId":"C"}`;
      expect(decode(userInitiatedPayRequest, inField)).toMatchObject({ field: 'codeValue' });
    }
  });

  it('refuses a body over the limit unread', () => {
    const body = JSON.stringify({ ...scan, unknown: 'x'.repeat(bodyLengthLimit) });
    expect(decode(userInitiatedPayRequest, body)).toMatchObject({ ok: false, field: '' });
  });

  it('refuses texts that no database can keep, and keeps escaped ordinary ones', () => {
    for (const half of ['\\u0000', '\\ud83c', '\\udf5c']) {
      const body = `{"codeValue":"V${half}","customerId":"C"}`;
      expect(decode(userInitiatedPayRequest, body)).toMatchObject({
        ok: false,
        field: 'codeValue',
      });
    }
    const ordinary = '{"codeValue":"\\u9762\\ud83c\\udf5c","customerId":"C","unknown":"\\u0000"}';
    expect(decode(userInitiatedPayRequest, ordinary)).toEqual({
      ok: true,
      value: { codeValue: '面🍜', customerId: 'C' },
    });
  });

  it('names the list entry that is wrong', () => {
    const goods = [...pay.order.goods, null];
    expect(payWith({ order: { ...pay.order, goods } })).toMatchObject({ field: 'order.goods[1]' });
    const many = Array.from({ length: 101 }, () => pay.order.goods[0]);
    expect(payWith({ order: { ...pay.order, goods: many } })).toEqual({
      ok: false,
      field: 'order.goods',
      problem: 'must have at most 100 entries',
    });
  });

  it('never throws, whatever the text or the JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(decode(acquirerPayRequest, body).ok).toBe(false);
      }),
    );
  });
});
