// What the message log keeps of bodies with tokens in them.
import { expect, test } from 'vitest';
import { withoutSecrets } from './secrets.ts';

test('tokens and codes become marks that tell them apart', () => {
  const body = JSON.stringify({
    accessToken: 'one "quoted\\" token',
    inner: { refreshToken: 'two', authCode: 'two' },
    other: 'accessToken',
  });
  const kept = withoutSecrets('applyToken', body);
  const read = JSON.parse(kept) as {
    accessToken: string;
    inner: { refreshToken: string; authCode: string };
    other: string;
  };
  expect(read.accessToken).toMatch(/^\[secret:[0-9a-f]{8}\]$/);
  expect(read.inner.refreshToken).toBe(read.inner.authCode);
  expect(read.inner.authCode).not.toBe(read.accessToken);
  expect(read.other).toBe('accessToken');
});

test('of pay only debits by agreement are looked through', () => {
  const method = { paymentMethod: { paymentMethodId: '280000000000000000000000' } };
  const shown = JSON.stringify({ ...method, paymentFactor: { isInStorePayment: 'true' } });
  expect(withoutSecrets('pay', shown)).toBe(shown);
  const debit = JSON.stringify({ ...method, paymentFactor: { isAgreementPayment: 'true' } });
  expect(withoutSecrets('pay', debit)).not.toContain('280000');
  const inDialect = JSON.stringify({ productCode: 'AGREEMENT_PAYMENT', ...method });
  expect(withoutSecrets('pay', inDialect)).not.toContain('280000');
  expect(withoutSecrets('notifyPayment', debit)).toBe(debit);
});
