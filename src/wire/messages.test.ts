// Reading bodies: amounts, flags and times at their edges, rules between fields, answers.
import { describe, expect, it } from 'vitest';
import {
  acquirerCancelPaymentRequest,
  acquirerInquiryPaymentRequest,
  acquirerPayRequest,
} from './acquirer.ts';
import { examples } from './contracts.fixture.ts';
import { apiOfPath, decode, decodeAnswer, describeProblem, paths } from './messages.ts';
import { isTrue, readQuoteDetail, writeQuoteDetail } from './objects.ts';
import { getPaymentCodeRequest, walletNotifyPaymentRequest, walletPayResponse } from './wallet.ts';

const pay = examples.acquirerPayRequest;

function payWith(changes: object) {
  return decode(acquirerPayRequest, JSON.stringify({ ...pay, ...changes }));
}

describe('an amount', () => {
  const withValue = (json: string) =>
    decode(
      acquirerPayRequest,
      JSON.stringify({ ...pay, paymentAmount: 0 }).replace(
        '"paymentAmount":0',
        `"paymentAmount":{"currency":"CNY","value":${json}}`,
      ),
    );

  it.each([
    ['"1"', '1'],
    ['"12000"', '12000'],
    ['"999999999999999999"', '999999999999999999'],
    ['12000', '12000'],
    ['1.0', '1'],
    ['1e3', '1000'],
    ['9007199254740991', '9007199254740991'],
  ])('may be %s', (json, value) => {
    const decoded = withValue(json);
    expect(decoded.ok && decoded.value.paymentAmount.value).toBe(value);
  });

  it.each([
    '"0"',
    '"00"',
    '"-1"',
    '"+1"',
    '"1.0"',
    '"1.5"',
    '"0120"',
    '"1e3"',
    '" 1"',
    '"1 "',
    '"1\\n"',
    '"1000000000000000000"',
    '"１２"',
    '"0x10"',
    '"1,000"',
    '""',
    '0',
    '-0',
    '-1',
    '12.5',
    '1e400',
    '9007199254740992',
    '123456789012345678',
    'true',
    'null',
    '[1]',
    '{"value":"1"}',
  ])('may not be %s', (json) => {
    expect(withValue(json)).toMatchObject({ ok: false, field: 'paymentAmount.value' });
  });

  it.each(['cny', 'CN', 'CNYY', 'C1Y', '', 'CNY ', 156, null])('has no currency %j', (currency) => {
    const decoded = payWith({ paymentAmount: { currency, value: '1' } });
    expect(decoded).toMatchObject({ ok: false, field: 'paymentAmount.currency' });
  });

  it('says in words what is wrong', () => {
    const zero = withValue('"0"');
    expect(zero.ok ? '' : describeProblem(zero)).toBe(
      'paymentAmount.value must be a natural number of minor units: ' +
        '1 to 18 digits, no sign, point or leading zero.',
    );
    const missing = withValue('null');
    expect(missing.ok ? '' : describeProblem(missing)).toBe('paymentAmount.value is missing.');
  });
});

describe('other scalars', () => {
  it('takes JSON booleans for flags and gives their text', () => {
    const factor = { ...pay.paymentFactor, isInStorePayment: true, isCashierPayment: false };
    const decoded = payWith({ paymentFactor: factor });
    if (!decoded.ok) throw new Error(describeProblem(decoded));
    expect(decoded.value.paymentFactor).toMatchObject({
      isInStorePayment: 'true',
      isCashierPayment: 'false',
    });
    expect(isTrue(decoded.value.paymentFactor.isInStorePayment)).toBe(true);
    expect(isTrue(decoded.value.paymentFactor.isCashierPayment)).toBe(false);
    expect(isTrue(undefined)).toBe(false);
  });

  it.each(['TRUE', 'yes', '1', 1, 0])('refuses the flag %j', (value) => {
    const decoded = payWith({ paymentFactor: { ...pay.paymentFactor, isInStorePayment: value } });
    expect(decoded).toMatchObject({ ok: false, field: 'paymentFactor.isInStorePayment' });
  });

  it.each([
    ['1', '1'],
    ['10', '10'],
    [10, '10'],
  ])('asks for %j codes', (quantity, text) => {
    const body = { ...examples.getPaymentCodeRequest, codeQuantity: quantity };
    const decoded = decode(getPaymentCodeRequest, JSON.stringify(body));
    expect(decoded.ok && decoded.value.codeQuantity).toBe(text);
  });

  it.each(['0', '11', '01', '-1', 0, 11, 1.5])('does not ask for %j codes', (quantity) => {
    const body = { ...examples.getPaymentCodeRequest, codeQuantity: quantity };
    expect(decode(getPaymentCodeRequest, JSON.stringify(body))).toMatchObject({
      ok: false,
      field: 'codeQuantity',
    });
  });

  it('counts characters, not bytes and not surrogates', () => {
    expect(payWith({ paymentRequestId: '面'.repeat(64) }).ok).toBe(true);
    expect(payWith({ paymentRequestId: '🍜'.repeat(64) }).ok).toBe(true);
    expect(payWith({ paymentRequestId: '🍜'.repeat(65) })).toEqual({
      ok: false,
      field: 'paymentRequestId',
      problem: 'must have at most 64 characters',
    });
    expect(payWith({ paymentRequestId: 'x'.repeat(64) }).ok).toBe(true);
    expect(payWith({ paymentRequestId: 'x'.repeat(65) }).ok).toBe(false);
  });

  it('refuses a time without an offset', () => {
    expect(payWith({ paymentExpiryTime: '2026-11-21T21:45:41' })).toMatchObject({
      ok: false,
      field: 'paymentExpiryTime',
    });
  });
});

describe('rules between fields', () => {
  it('needs the store, the scenario and the code in a store', () => {
    const { merchant, ...orderAlone } = pay.order;
    const { store, ...merchantAlone } = merchant;
    expect(store.referenceStoreId).toBe('S1');
    expect(payWith({ order: { ...orderAlone, merchant: merchantAlone } })).toEqual({
      ok: false,
      field: 'order.merchant.store',
      problem: 'is missing: an in-store payment needs it',
    });
    expect(payWith({ order: orderAlone })).toMatchObject({ field: 'order.merchant' });
    expect(payWith({ paymentMethod: { paymentMethodType: 'CONNECT_WALLET' } })).toMatchObject({
      field: 'paymentMethod.paymentMethodId',
    });
  });

  it('needs none of them online', () => {
    const { merchant: _merchant, ...orderAlone } = pay.order;
    const online = {
      order: orderAlone,
      paymentMethod: { paymentMethodType: 'CONNECT_WALLET' },
      paymentFactor: { isInStorePayment: 'false', isCashierPayment: 'true' },
    };
    expect(payWith(online).ok).toBe(true);
  });

  it('needs no code to scan for an order code', () => {
    const orderCode = {
      paymentMethod: { paymentMethodType: 'CONNECT_WALLET' },
      paymentFactor: {
        isInStorePayment: 'true',
        isCashierPayment: 'true',
        inStorePaymentScenario: 'OrderCode',
      },
    };
    expect(payWith(orderCode).ok).toBe(true);
  });

  it('names a payment by one of its ids, or by both', () => {
    for (const schema of [acquirerInquiryPaymentRequest, acquirerCancelPaymentRequest]) {
      expect(decode(schema, '{"paymentRequestId":"PR1"}').ok).toBe(true);
      expect(decode(schema, '{"paymentId":"PAY1"}').ok).toBe(true);
      for (const body of ['{}', '{"paymentId":null}']) {
        expect(decode(schema, body)).toEqual({
          ok: false,
          field: 'paymentRequestId',
          problem: 'is missing: give paymentRequestId or paymentId',
        });
      }
    }
  });

  it('takes no notice that is not final, and no success without the payment of the wallet', () => {
    const notice = examples.walletNotifyPaymentRequest;
    const open = { ...notice, paymentResult: { resultCode: 'X', resultStatus: 'U' } };
    expect(decode(walletNotifyPaymentRequest, JSON.stringify(open))).toMatchObject({
      ok: false,
      field: 'paymentResult.resultStatus',
    });
    const declined = {
      paymentRequestId: 'WPR1',
      paymentResult: { resultCode: 'USER_BALANCE_NOT_ENOUGH', resultStatus: 'F' },
    };
    expect(decode(walletNotifyPaymentRequest, JSON.stringify(declined)).ok).toBe(true);
  });
});

describe('answers of partners', () => {
  it('take an empty text as absent, requests do not', () => {
    const body =
      '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":""},' +
      '"paymentId":"P1","customerId":"","paymentTime":null}';
    const decoded = decodeAnswer(walletPayResponse, body);
    expect(decoded.ok && JSON.parse(JSON.stringify(decoded.value))).toEqual({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: 'P1',
    });
    expect(decode(walletPayResponse, body)).toMatchObject({ ok: false, field: 'customerId' });
  });

  it('may have codes that we do not know, but no status that we do not know', () => {
    const answer = (status: string) =>
      decodeAnswer(walletPayResponse, `{"result":{"resultCode":"X1","resultStatus":"${status}"}}`);
    expect(answer('F').ok).toBe(true);
    expect(answer('A')).toMatchObject({ ok: false, field: 'result.resultStatus' });
    expect(answer('')).toMatchObject({ ok: false, field: 'result.resultStatus' });
  });
});

describe('paths and quotes', () => {
  it('finds the interface behind a path', () => {
    expect(apiOfPath(paths.getPaymentCode)).toBe('getPaymentCode');
    expect(apiOfPath('/aps/api/v1/payments/PAY')).toBeUndefined();
    expect(apiOfPath('toString')).toBeUndefined();
  });

  it('carries the mid price and the spread of a quote', () => {
    const detail = { midPrice: '0.6270', spreadBasisPoints: '50' };
    expect(readQuoteDetail(writeQuoteDetail(detail))).toEqual(detail);
    for (const other of [undefined, '', 'free text', '{"midPrice":1}', 'null']) {
      expect(readQuoteDetail(other)).toBeUndefined();
    }
  });
});
