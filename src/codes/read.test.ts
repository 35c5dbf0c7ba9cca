// Whatever a visitor scans: each kind is told, nothing makes the reader fall over.

import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCrc } from './emvco.ts';
import { writeOrderCode } from './orderCode.ts';
import { writePaymentCode } from './paymentCode.ts';
import { MAX_CODE_LENGTH, readCode } from './read.ts';

const PAYMENT_CODE = writePaymentCode({ cii: '251101', slot: 12, random12: '345678901234' });
const ORDER_CODE = writeOrderCode({ slot: 1, number: '4097', nonce: '12345678' });
const SHOP = withCrc('00020126160012com.example1520458125303392540412005802JP5905RAMEN6005TOKYO');

describe('readCode', () => {
  it.each([
    [PAYMENT_CODE, 'payment_code', true, false, 'foreign_issuer'],
    ['281006020000000000125733', 'payment_code', true, false, 'foreign_issuer'],
    ['28123456789012345', 'payment_code', true, false, 'foreign_issuer'],
    [ORDER_CODE, 'order_code', true, true, undefined],
    [` ${ORDER_CODE.toUpperCase()}\r\n`, 'order_code', true, true, undefined],
    [`${ORDER_CODE}9`, 'order_code', false, false, 'not_valid'],
    [ORDER_CODE.replace('wayfare', 'alipayplus'), 'url', true, false, 'not_a_payment'],
    ['https://qr.alipayplus.com/281666130000', 'url', true, false, 'foreign_issuer'],
    ['http://shop.example/menu', 'url', true, false, 'not_a_payment'],
    ['https://', 'unknown', false, false, 'not_valid'],
    [SHOP, 'merchant_code', true, false, 'scheme_not_connected'],
    [`${SHOP.slice(0, -4)}0000`, 'merchant_code', false, false, 'not_valid'],
    ['hQVDUFYwMWEFTwOgAAM=', 'consumer_code', true, false, 'scheme_not_connected'],
    ['hQVDUFYwMWEFTwOgAA', 'consumer_code', false, false, 'not_valid'],
    ['', 'unknown', false, false, 'not_valid'],
    ['   ', 'unknown', false, false, 'not_valid'],
    ['hello', 'unknown', false, false, 'not_valid'],
    ['javascript:alert(1)', 'unknown', false, false, 'not_valid'],
    ['6901234567892', 'unknown', false, false, 'not_valid'],
  ])('%# %j is %s', (text, kind, valid, payable, reason) => {
    const reading = readCode(text);
    expect(reading).toMatchObject({ kind, valid, payable });
    expect(reading.reason).toBe(reason);
    expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
  });

  it('says what is payable and what is not', () => {
    expect(readCode(PAYMENT_CODE)).toMatchObject({
      paymentCode: { family: 'standard', cii: '251101', routingNumber: '101', slot: 12 },
    });
    expect(readCode(ORDER_CODE)).toMatchObject({
      scheme: 'Wayfare',
      orderCode: { slot: 1, number: '4097', nonce: '12345678' },
    });
    expect(readCode(SHOP)).toMatchObject({
      merchantName: 'RAMEN',
      city: 'TOKYO',
      country: 'JP',
      currency: 'JPY',
      currencyNumeric: '392',
      amount: '1200',
      strictEmvco: true,
      pointOfInitiation: 'dynamic',
    });
    const fractional = withCrc(SHOP.slice(0, -8).replace('54041200', '540412.5'));
    expect(readCode(fractional)).toMatchObject({ valid: true, reason: 'amount_not_in_currency' });
    const unknown = withCrc(SHOP.slice(0, -8).replace('5303392', '5303191'));
    expect(readCode(unknown)).toMatchObject({ valid: true, reason: 'currency_unknown' });
  });

  it('follows the configuration of a deployment', () => {
    const orderCodeForm = { domain: 'pay.example.org', issuer: '301001' };
    const own = writeOrderCode({ slot: 1, number: '1', nonce: '12345678' }, orderCodeForm);
    expect(readCode(own)).toMatchObject({ kind: 'url', payable: false });
    expect(readCode(own, { orderCodeForm })).toMatchObject({ kind: 'order_code', payable: true });
    expect(readCode(ORDER_CODE, { orderCodeForm })).toMatchObject({ kind: 'url', payable: false });
  });

  it('stops at 512 characters', () => {
    const longest = `https://a.example/${'x'.repeat(MAX_CODE_LENGTH - 18)}`;
    expect(readCode(longest).kind).toBe('url');
    expect(readCode(`${longest}x`).problems.map(({ code }) => code)).toEqual(['too_long']);
    expect(readCode('0'.repeat(10_000_000)).problems.map(({ code }) => code)).toEqual(['too_long']);
  });

  it('never throws, and is never both invalid and payable', () => {
    const seeds = [PAYMENT_CODE, ORDER_CODE, SHOP, 'hQVDUFYwMWEFTwOgAAM=', ...vectorTexts()];
    const mutated = fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat({ max: 5 }), fc.string({ maxLength: 5 }))
      .map(([text, place, gone, more]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + more + text.slice(at + gone);
      });
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), mutated);
    fc.assert(
      fc.property(anything, (text) => {
        const reading = readCode(text);
        expect(reading.valid || !reading.payable).toBe(true);
        expect(reading.payable).toBe(reading.reason === undefined);
        expect(reading.valid).toBe(reading.problems.every(({ severity }) => severity !== 'error'));
        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The third-party vectors make better mutants; without them the fuzz runs on our own codes. */
function vectorTexts(): string[] {
  return ['emv-mpm-vectors.json', 'emv-cpm-vectors.json'].flatMap((name) => {
    const file = new URL(`../../../shared/data/${name}`, import.meta.url);
    const vectors: { payload: string }[] = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : [];
    return vectors.map(({ payload }) => payload);
  });
}
