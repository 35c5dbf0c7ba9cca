// The table of result codes against the list of the reference (protocol.md §4).
import { describe, expect, it } from 'vitest';
import type { ResultCode } from './results.ts';
import { isResultCode, result, resultCodes, resultStatusOf } from './results.ts';

const reference =
  'SUCCESS PAYMENT_IN_PROCESS UNKNOWN_EXCEPTION REQUEST_TRAFFIC_EXCEED_LIMIT PROCESS_FAIL ' +
  'PARAM_ILLEGAL INVALID_SIGNATURE KEY_NOT_FOUND INVALID_CLIENT ACCESS_DENIED NO_INTERFACE_DEF ' +
  'METHOD_NOT_SUPPORTED MEDIA_TYPE_NOT_ACCEPTABLE REPEAT_REQ_INCONSISTENT BUSINESS_NOT_SUPPORT ' +
  'INVALID_CONTRACT CURRENCY_NOT_SUPPORT INVALID_CODE EXPIRED_CODE ORDER_IS_CLOSED ' +
  'ORDER_NOT_EXIST INVALID_TOKEN EXPIRED_ACCESS_TOKEN MERCHANT_NOT_REGISTERED ' +
  'MERCHANT_KYB_NOT_QUALIFIED RISK_REJECT REGULATION_RESTRICTION PAYMENT_AMOUNT_EXCEED_LIMIT ' +
  'PAYMENT_COUNT_EXCEED_LIMIT USER_AMOUNT_EXCEED_LIMIT USER_BALANCE_NOT_ENOUGH USER_NOT_EXIST ' +
  'USER_STATUS_ABNORMAL USER_KYC_NOT_QUALIFIED USER_PAYMENT_VERIFICATION_FAILED ' +
  'UNAVAILABLE_PAYMENT_METHOD CANCEL_WINDOW_EXCEED REFUND_WINDOW_EXCEED REFUND_AMOUNT_EXCEED ' +
  'REGISTRATION_STATUS_ABNORMAL';

describe('result codes', () => {
  it('are those of the reference, each once', () => {
    expect([...resultCodes].sort()).toEqual(reference.split(' ').sort());
  });

  it('are unknown for exactly three codes, success for one, failure for the rest', () => {
    const of = (status: string) => resultCodes.filter((code) => resultStatusOf(code) === status);
    expect(of('S')).toEqual(['SUCCESS']);
    expect(of('U').sort()).toEqual([
      'PAYMENT_IN_PROCESS',
      'REQUEST_TRAFFIC_EXCEED_LIMIT',
      'UNKNOWN_EXCEPTION',
    ]);
    expect(of('F')).toHaveLength(resultCodes.length - 4);
  });

  it.each(resultCodes)('%s fits the wire and says something', (code: ResultCode) => {
    const { resultCode, resultMessage } = result(code);
    expect(resultCode.length).toBeLessThanOrEqual(64);
    expect(resultMessage).toMatch(/^[A-Z].{6,254}\.$/);
  });

  it('checks who calls before the form, and the form before the business', () => {
    const order: ResultCode[] = [
      'METHOD_NOT_SUPPORTED',
      'NO_INTERFACE_DEF',
      'INVALID_CLIENT',
      'KEY_NOT_FOUND',
      'INVALID_SIGNATURE',
      'PARAM_ILLEGAL',
      'ACCESS_DENIED',
      'REPEAT_REQ_INCONSISTENT',
      'EXPIRED_CODE',
      'PAYMENT_AMOUNT_EXCEED_LIMIT',
      'USER_BALANCE_NOT_ENOUGH',
    ];
    const places = order.map((code) => resultCodes.indexOf(code));
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });
});

describe('result', () => {
  it('takes a message of its own, cut to what the wire allows', () => {
    expect(result('PARAM_ILLEGAL', 'paymentAmount.value is missing.')).toEqual({
      resultCode: 'PARAM_ILLEGAL',
      resultStatus: 'F',
      resultMessage: 'paymentAmount.value is missing.',
    });
    expect(result('PROCESS_FAIL', 'x'.repeat(300)).resultMessage).toHaveLength(256);
  });

  it('knows its codes, and no property of every object', () => {
    expect(isResultCode('EXPIRED_CODE')).toBe(true);
    expect(isResultCode('MADE_UP')).toBe(false);
    expect(isResultCode('toString')).toBe(false);
    expect(isResultCode('__proto__')).toBe(false);
  });
});
