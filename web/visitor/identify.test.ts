// The scan page's judgement: order codes go on to the hub, everything else is explained at once.
import { describe, expect, it } from 'vitest';
import { writeOrderCode } from '../../src/codes/orderCode.ts';
import { writePaymentCode } from '../../src/codes/paymentCode.ts';
import { refusalOf } from './identify.ts';

function reasonOf(text: string): string | undefined {
  const refusal = refusalOf(text);
  return refusal !== undefined && 'reason' in refusal ? refusal.reason : undefined;
}

describe('a scanned text', () => {
  it('is paid when it is an order code of ours', () => {
    const slot = Number(123456789n % 4096n);
    const text = writeOrderCode({ slot, number: '123456789', nonce: '12345678' });
    expect(refusalOf(text)).toBeUndefined();
    expect(refusalOf(`${text}\n`)).toBeUndefined();
  });

  it('is taken to the wallet when it is an address, which may be a registered page', () => {
    expect(refusalOf('https://example.com/menu')).toBeUndefined();
  });

  it('is not paid when it is a code that visitors show', () => {
    const text = writePaymentCode({ slot: 7, random12: '123456789012' });
    expect(reasonOf(text)).toBe('shown_by_visitor');
  });

  it.each([
    ['http://example.com/menu', 'not_a_payment'],
    ['https://qr.alipayplus.com/281002040', 'foreign_issuer'],
    ['hello', 'not_valid'],
    ['', 'not_valid'],
  ])('%j is refused: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });
});
