// How a till's payment takes in the hub's words: only the first final one counts, silence is
// never failure.

import { describe, expect, test } from 'vitest';
import { type HubWord, hear, inquiryDelaysMs, type TillPayment } from './acquirer.ts';

const started: TillPayment = {
  acquirerId: 'CHENGDU_PAY',
  tillId: 'TILL-NOODLES-1',
  paymentRequestId: 'A1',
  paymentId: null,
  product: 'order_code',
  status: 'PROCESSING',
  resultCode: null,
  resultMessage: null,
  amount: { currency: 'CNY', minor: 3600n },
  settlementAmount: null,
  walletBrandName: null,
  orderCodeText: null,
  createdAt: 0,
  finishedAt: null,
  expiresAt: 180_000,
  learnedBy: null,
  inquiries: 0,
  nextInquiryAt: 15_000,
};

const word = (status: HubWord['status'], resultCode: string): HubWord => ({
  status,
  resultCode,
  resultMessage: null,
});

const going = word('U', 'PAYMENT_IN_PROCESS');
const silent = word(null, 'UNKNOWN_EXCEPTION');

/** Asks on the planned times until nothing is planned; returns those times in seconds. */
function askUntilTheEnd(answer: HubWord): { times: number[]; payment: TillPayment } {
  const times: number[] = [];
  let payment = hear(started, going, 'answer', 0);
  while (payment.nextInquiryAt !== null) {
    times.push(payment.nextInquiryAt / 1_000);
    payment = hear(payment, answer, 'inquiry', payment.nextInquiryAt);
  }
  return { times, payment };
}

describe('the hub is asked on the published schedule', () => {
  test('2, 2, 3, 3, 5, 5, then every 10 s until two minutes after the expiry', () => {
    expect(inquiryDelaysMs.slice(0, 6)).toEqual([2_000, 2_000, 3_000, 3_000, 5_000, 5_000]);
    const { times } = askUntilTheEnd(going);
    expect(times.slice(0, 9)).toEqual([2, 4, 7, 10, 15, 20, 30, 40, 50]);
    expect(times.at(-1)).toBe(300);
  });

  test('when asking ends without a result the till says UNKNOWN, not failed', () => {
    expect(askUntilTheEnd(going).payment.status).toBe('UNKNOWN');
    expect(askUntilTheEnd(silent).payment.status).toBe('UNKNOWN');
  });

  test('an order that the hub never heard of by then has failed', () => {
    const { payment } = askUntilTheEnd(word(null, 'ORDER_NOT_EXIST'));
    expect(payment).toMatchObject({ status: 'FAILED', resultCode: 'ORDER_NOT_EXIST' });
  });
});

describe('a final word', () => {
  test.each([
    ['S', 'SUCCESS', 'SUCCESS'],
    ['F', 'RISK_REJECT', 'FAILED'],
    ['F', 'ORDER_IS_CLOSED', 'CLOSED'],
  ] as const)('%s %s makes it %s, for good', (status, resultCode, expected) => {
    const ended = hear(started, word(status, resultCode), 'notify', 5_000);
    expect(ended).toMatchObject({
      status: expected,
      learnedBy: 'notify',
      finishedAt: 5_000,
      nextInquiryAt: null,
    });
    for (const later of [word('S', 'SUCCESS'), word('F', 'PROCESS_FAIL'), going, silent]) {
      expect(hear(ended, later, 'inquiry', 6_000)).toBe(ended);
    }
  });

  test('is still heard after UNKNOWN', () => {
    const { payment } = askUntilTheEnd(silent);
    const paid = hear(payment, word('S', 'SUCCESS'), 'notify', 400_000);
    expect(paid.status).toBe('SUCCESS');
  });
});

test('silence makes a payment UNKNOWN until the hub is heard again', () => {
  const unheard = hear(started, silent, 'answer', 12_000);
  expect(unheard.status).toBe('UNKNOWN');
  expect(hear(unheard, going, 'inquiry', 14_000).status).toBe('PROCESSING');
});
