// Whatever order things happen in, a wallet debits a payment at most once and returns only what
// it took.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Behaviour, behaviourModes, normalBehaviour } from './behaviour.ts';
import {
  decideCancel,
  decideConfirm,
  decideDecline,
  decideDue,
  decideExpiry,
  decidePay,
  resultOf,
  type WalletDecision,
  type WalletPayment,
} from './wallet.ts';

const asked: WalletPayment = {
  walletId: 'TNG',
  customerId: 'TNG-0001',
  paymentRequestId: 'A1',
  walletPaymentId: 'W1',
  status: 'AWAITING_CONFIRMATION',
  failureCode: null,
  product: 'payment_code',
  orderCode: null,
  merchantName: 'Granny Lin Noodle House',
  storeName: null,
  city: null,
  orderDescription: 'Dandan noodles',
  amount: { currency: 'CNY', minor: 3600n },
  payToAmount: { currency: 'MYR', minor: 2202n },
  rate: null,
  notifyUrl: null,
  keyFields: 'same',
  pinFailures: 0,
  due: null,
  createdAt: 0,
  finishedAt: null,
  expiresAt: 1_000,
};

type Step = 'pay' | 'confirm' | 'wrong pin' | 'decline' | 'due' | 'expiry' | 'cancel';
const steps: readonly Step[] = [
  'pay',
  'confirm',
  'wrong pin',
  'decline',
  'due',
  'expiry',
  'cancel',
];

test('at most one debit, at most one return, never a debit that stays after a cancel', () => {
  const behaviourOf = fc.constantFrom(...behaviourModes).map((mode): Behaviour => {
    return { ...normalBehaviour, mode, delayMs: 50 };
  });
  const happenings = fc.array(
    fc.record({ step: fc.constantFrom(...steps), behaviour: behaviourOf, waitMs: fc.nat(120) }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(happenings, fc.boolean(), fc.nat(5000), (list, needsPin, opening) => {
      let now = 0;
      let payment: WalletPayment | null = null;
      let cancelled = false;
      let balanceMinor = BigInt(opening);
      const entries: string[] = [];
      const told: string[] = [];
      for (const { step, behaviour, waitMs } of list) {
        now += waitMs;
        const customer = { currency: 'MYR', balanceMinor };
        const decide = (): WalletDecision | null => {
          if (step === 'pay') {
            const noPinLimitMinor = needsPin ? 100n : 100_000n;
            const existing = payment;
            const cancelledBefore = cancelled;
            return decidePay({
              asked,
              existing,
              cancelledBefore,
              customer,
              behaviour,
              noPinLimitMinor,
              now,
            });
          }
          if (step === 'cancel') cancelled = true;
          if (payment === null) return null;
          if (step === 'confirm') return decideConfirm(payment, customer, true, behaviour, now);
          if (step === 'wrong pin') return decideConfirm(payment, customer, false, behaviour, now);
          if (step === 'decline') return decideDecline(payment, now);
          if (step === 'due') return decideDue(payment, customer, now);
          if (step === 'expiry') return decideExpiry(payment, now);
          return decideCancel(payment, now);
        };
        const decision = decide();
        if (decision === null) continue;
        payment = decision.payment ?? payment;
        balanceMinor += decision.entry?.minor ?? 0n;
        if (decision.entry !== null) entries.push(decision.entry.kind);
        told.push(...decision.notices.map(({ outcome }) => outcome));
        expect(balanceMinor).toBeGreaterThanOrEqual(0n);
      }
      expect([[], ['debit'], ['debit', 'return']]).toContainEqual(entries);
      const stays = entries.length === 1;
      expect(payment?.status === 'SUCCESS').toBe(stays);
      expect(payment?.status === 'REVERSED').toBe(entries.length === 2);
      if (cancelled && payment !== null) {
        expect(stays).toBe(false);
        expect(resultOf(payment)).not.toBe('SUCCESS');
      }
      if (told.includes('S')) expect(entries).toContain('debit');
    }),
    { numRuns: 2_000 },
  );
});

const hour = 3_600_000;
/** 23:50 of 21 November 2026 at UTC+8, and the midnight that follows. */
const paidAt = Date.UTC(2026, 10, 21, 15, 50);
const midnight = Date.UTC(2026, 10, 21, 16);

test.each([
  ['00:14 of the next day', midnight + 14 * 60_000, 'SUCCESS'],
  ['a moment before 00:30', midnight + hour / 2 - 1, 'SUCCESS'],
  ['00:30', midnight + hour / 2, 'CANCEL_WINDOW_EXCEED'],
  ['a week later', midnight + 7 * 24 * hour, 'CANCEL_WINDOW_EXCEED'],
] as const)('what was paid before midnight is cancelled at %s: %#', (_title, now, code) => {
  const paid: WalletPayment = { ...asked, status: 'SUCCESS', createdAt: 0, finishedAt: paidAt };
  const decision = decideCancel(paid, now);
  expect(decision.code).toBe(code);
  expect(decision.entry?.kind).toBe(code === 'SUCCESS' ? 'return' : undefined);
  expect(decision.payment?.status).toBe(code === 'SUCCESS' ? 'REVERSED' : undefined);
  const open: WalletPayment = { ...asked, status: 'UNKNOWN' };
  expect(decideCancel(open, now).code).toBe('SUCCESS');
});
