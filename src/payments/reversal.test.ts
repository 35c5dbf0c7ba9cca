// Refunds in random parts: whatever the split, visitor, acquirer and every account end where they
// began, to the minor unit, but for service fees.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pricedPair } from '../fx/board.ts';
import { Chart, networkAccounts } from '../ledger/account.ts';
import type { Posting } from '../ledger/posting.ts';
import { money } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import { paymentPostings, payToOf, settlementOf } from './amounts.ts';
import { agreedTerms } from './fees.ts';
import type { Leg, Payment, Refund } from './payment.ts';
import { refundAmounts, refundPostings, reversed } from './reversal.ts';

const currencies = ['JPY', 'KRW', 'IDR', 'KWD', 'CNY'] as const;
type Currency = (typeof currencies)[number];

/** What one major unit is worth in a common measure, roughly as in the world. */
const worth: Readonly<Record<Currency, number>> = {
  JPY: 0.0465,
  KRW: 0.00515,
  IDR: 0.000436,
  KWD: 23.31,
  CNY: 1,
};

const chart = new Chart(
  currencies.flatMap((currency, at) =>
    [
      { name: `position:W:${currency}`, kind: 'position' as const, participantId: 'W' },
      { name: `position:A:${currency}`, kind: 'position' as const, participantId: 'A' },
      ...networkAccounts(currency).map((each) => ({ ...each, participantId: null })),
    ].map((each, index) => ({ ...each, currency, accountId: at * 10 + index })),
  ),
);

function participant(participantId: string, currency: string, terms: Partial<Participant>) {
  return { participantId, currency, serviceFeeBasisPoints: 0, ...terms } as Participant;
}

interface Scene {
  readonly payment: Payment;
  readonly leg: Leg;
  readonly postings: Posting[];
}

/** A paid payment of any corridor; undefined where its amount is too small. */
function sceneOf(drawn: {
  order: Currency;
  paying: Currency;
  settling: Currency;
  minor: bigint;
  jitter: number;
  points: readonly [number, number, number];
}): Scene | undefined {
  const { order, paying, settling, minor, jitter, points } = drawn;
  const mid = (to: Currency) =>
    order === to ? '1' : ((worth[order] / worth[to]) * jitter).toPrecision(8);
  const plain = (text: string) => (text.includes('e') ? Number(text).toFixed(12) : text);
  const amount = money(order, minor);
  const charged = pricedPair(order, paying, plain(mid(paying)), order === paying ? 0 : points[0]);
  const settled = pricedPair(
    order,
    settling,
    plain(mid(settling)),
    order === settling ? 0 : points[1],
  );
  const payTo = payToOf(amount, charged);
  const settlement = settlementOf(amount, settled);
  if (payTo === undefined || settlement === undefined) return undefined;
  const { midPrice, spreadBasisPoints } = charged;
  const leg = { leg: 1, walletId: 'W', payTo, midPrice, spreadBasisPoints } as Leg;
  const payment = {
    paymentNumber: 1,
    acquirerId: 'A',
    amount,
    settlement,
    settlementPrice: { midPrice: settled.midPrice, spreadBasisPoints: settled.spreadBasisPoints },
    paidLeg: 1,
    legs: [leg],
  } as unknown as Payment;
  const fee = { serviceFeeBasisPoints: 10, interchangeBasisPoints: points[2] };
  const wallet = participant('W', paying, fee);
  const acquirer = participant('A', settling, fee);
  return {
    payment,
    leg,
    postings: paymentPostings(payment, leg, agreedTerms(wallet, acquirer), chart),
  };
}

const scenes = fc
  .record({
    order: fc.constantFrom(...currencies),
    paying: fc.constantFrom(...currencies),
    settling: fc.constantFrom(...currencies),
    minor: fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10_000_000n), fc.bigInt(1n, 10n ** 13n)),
    jitter: fc.double({ min: 0.8, max: 1.25, noNaN: true }),
    points: fc.tuple(fc.nat(200), fc.nat(100), fc.nat(100)),
  })
  .map(sceneOf)
  .filter((scene) => scene !== undefined);

/** Cuts of a whole into parts of at least one minor unit, by where the cuts are, of a million. */
function partsOf(whole: bigint, cuts: readonly number[]): bigint[] {
  const places = cuts.map((cut) => (whole * BigInt(cut)) / 1_000_000n);
  const sorted = [0n, ...places, whole].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted
    .slice(1)
    .map((place, index) => place - (sorted[index] as bigint))
    .filter((part) => part > 0n);
}

const splits = fc.array(fc.nat(1_000_000), { maxLength: 9 });

function refundOf(scene: Scene, earlier: readonly Refund[], minor: bigint, number: number): Refund {
  const amount = money(scene.payment.amount.currency, minor);
  return {
    refundNumber: number,
    state: 'SUCCESS',
    amount,
    ...refundAmounts(scene.payment, scene.leg, earlier, amount),
  } as Refund;
}

/** What postings leave in each account; accounts that are even are left out. */
function left(postings: readonly Posting[]): Map<number, bigint> {
  const nets = new Map<number, bigint>();
  const add = (account: number, by: bigint) => nets.set(account, (nets.get(account) ?? 0n) + by);
  for (const { debitAccount, creditAccount, amount } of postings) {
    add(debitAccount, amount);
    add(creditAccount, -amount);
  }
  return new Map([...nets].filter(([, net]) => net !== 0n));
}

const isFee = ({ reason }: Posting) => reason.endsWith('_service_fee');
const sum = (numbers: readonly bigint[]) => numbers.reduce((all, each) => all + each, 0n);

describe('refunds in any parts', () => {
  test('give back exactly what was paid and settled: 1,000 splits of 1,000 payments', () => {
    fc.assert(
      fc.property(
        scenes,
        splits,
        fc.array(fc.nat(1_000), { maxLength: 10 }),
        (scene, cuts, order) => {
          const refunds: Refund[] = [];
          for (const part of partsOf(scene.payment.amount.minor, cuts)) {
            refunds.push(refundOf(scene, refunds, part, refunds.length));
          }
          expect(sum(refunds.map((each) => each.refundFrom.minor))).toBe(scene.leg.payTo.minor);
          expect(sum(refunds.map((each) => each.settlement.minor))).toBe(
            scene.payment.settlement.minor,
          );
          for (const { refundFrom, settlement } of refunds) {
            expect(refundFrom.minor >= 0n && settlement.minor >= 0n).toBe(true);
            if (refundFrom.currency === 'IDR') expect(refundFrom.minor % 100n).toBe(0n);
          }
          // The wallet's words come in any order, and the books are posted as they come.
          const rank = (index: number) => order[index] ?? 0;
          const heard = refunds.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b);
          const posted: Refund[] = [];
          const all = [...scene.postings.filter((posting) => !isFee(posting))];
          for (const index of heard) {
            const refund = refunds[index] as Refund;
            const { payment, leg, postings } = scene;
            const given = refundPostings(payment, leg, postings, posted, refund, chart);
            for (const { amount, debitAccount, creditAccount } of given) {
              expect(amount > 0n).toBe(true);
              const currencyOf = (account: number) => chart.byId(account)?.currency;
              expect(currencyOf(debitAccount)).toBe(currencyOf(creditAccount));
            }
            posted.push(refund);
            all.push(...given);
          }
          expect(left(all)).toEqual(new Map());
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('end at the same when some of them fail, and others are asked for instead', () => {
    fc.assert(
      fc.property(scenes, splits, fc.array(fc.boolean()), (scene, cuts, fails) => {
        const all: Refund[] = [];
        for (const part of partsOf(scene.payment.amount.minor, cuts)) {
          all.push(refundOf(scene, all, part, all.length));
        }
        const stands = all.filter((_, index) => fails[index] !== true);
        const missing = scene.payment.amount.minor - sum(stands.map((each) => each.amount.minor));
        if (missing > 0n) stands.push(refundOf(scene, stands, missing, all.length));
        expect(sum(stands.map((each) => each.refundFrom.minor))).toBe(scene.leg.payTo.minor);
        expect(sum(stands.map((each) => each.settlement.minor))).toBe(
          scene.payment.settlement.minor,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('never come to more than was paid, however small the parts', () => {
    fc.assert(
      fc.property(scenes, splits, fc.nat(9), (scene, cuts, howMany) => {
        const refunds: Refund[] = [];
        for (const part of partsOf(scene.payment.amount.minor, cuts).slice(0, howMany)) {
          refunds.push(refundOf(scene, refunds, part, refunds.length));
        }
        const given = sum(refunds.map((each) => each.refundFrom.minor));
        expect(given <= scene.leg.payTo.minor).toBe(true);
      }),
    );
  });
});

test('a cancellation leaves nothing, service fees included', () => {
  fc.assert(
    fc.property(scenes, ({ postings }) => {
      expect(left([...postings, ...reversed(postings)])).toEqual(new Map());
    }),
  );
});
