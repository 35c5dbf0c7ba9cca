// What payments count for under the limits on persons: added when a wallet is asked, and taken off
// when nothing was paid, when it was cancelled, and by the part that was refunded.

import { present } from '../base/assert.ts';
import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment, QuotaNeed } from '../engine/command.ts';
import {
  assess,
  type Counted,
  type Counter,
  countersOf,
  type Excess,
  excessOf,
  excessText,
  type Person,
  readCounted,
  writeCounted,
} from '../limits/assess.ts';
import type { CodeKind } from '../limits/limitRules.ts';
import { listedName, type ScreeningList } from '../limits/screening.ts';
import { counterQuota, evenShare, unused } from '../limits/store.ts';
import { decimalText, type Money } from '../money/money.ts';
import { convert, rateFromDecimal } from '../money/rate.ts';
import type { ResultCode } from '../wire/results.ts';
import { aftermathOf, type PaymentChanges, type PaymentFacts } from './facts.ts';
import type { Payer } from './legs.ts';
import { isLive, type Leg, legOf, type Payment, paidLegOf } from './payment.ts';
import type { OfferedProduct } from './products.ts';
import type { Rules } from './rules.ts';

/** How the rules on persons see each product: only printed codes are static. */
const codeKinds: Record<OfferedProduct, CodeKind> = {
  payment_code: 'payment_code',
  order_code: 'order_code',
  entry_code: 'entry_code',
  cashier: 'online',
  auto_debit: 'online',
  private_order_code: 'order_code',
  push: 'order_code',
};

/** Whether a payment fits into the limits on its payer. */
export type CountOutcome =
  /** It does; `counted` is written into its leg. */
  | { readonly kind: 'fits'; readonly counted: string | null; readonly needs: readonly QuotaNeed[] }
  /** This lane's shares do not suffice. */
  | { readonly kind: 'lacks'; readonly needs: readonly QuotaNeed[] }
  | OverLimit;

/** Refused by a rule or by screening: what the machine is told, and what the visitor's page. */
export interface OverLimit {
  readonly kind: 'over_limit';
  readonly resultCode: ResultCode;
  readonly message: string;
  readonly excess: Excess | null;
}

/** The keys of everything that a payer's payment may be counted in. */
export function counterKeys(rules: Rules, payer: Person, at: number): string[] {
  return countersOf(rules.limitRules, at, payer).map(({ key }) => key);
}

/** Checks a payment against the limits on its payer, in the windows of `payer.at`. */
export function countPayment(
  facts: PaymentFacts,
  { final }: Moment,
  rules: Rules,
  payment: Payment,
  payer: Payer,
  payTo: Money,
): CountOutcome {
  const { acquirerId, product, amount, paymentNumber } = payment;
  const { screening } = rules;
  if (screening !== null && listedName(screening, [payment.merchantName, payment.storeName])) {
    return screened(screening);
  }
  const lane = laneOfSlot(slotOfNumber(paymentNumber), rules.lanes);
  const acquirer = present(rules.directory.byId(acquirerId), `acquirer ${acquirerId}`);
  const assessment = assess(rules.limitRules, payer.at, {
    walletId: payer.wallet.participantId,
    customerId: payer.customerId,
    region: acquirer.market,
    codeKind: codeKinds[product as OfferedProduct],
    amount,
    payTo,
    convert(from, currency) {
      const middle = rules.board.middle(from.currency, currency);
      return middle === undefined
        ? undefined
        : convert(from, rateFromDecimal(from.currency, currency, middle));
    },
  });
  if (assessment.kind === 'no_rate') {
    const message = `A limit is counted in ${assessment.currency}, and there is no rate to it.`;
    return { kind: 'over_limit', resultCode: 'CURRENCY_NOT_SUPPORT', message, excess: null };
  }
  if (assessment.kind === 'excess') return overLimit(assessment.excess);
  const needs: QuotaNeed[] = [];
  let lacks = false;
  for (const { counter, amount: need } of assessment.counts) {
    const left = leftIn(facts, counter, rules.lanes, lane);
    lacks ||= left < need;
    if (left < need && final) return overLimit(excessOfCounter(counter, left, need));
    needs.push({ quota: counterQuota(counter.key, counter.most, rules.lanes), need });
  }
  if (lacks) return { kind: 'lacks', needs };
  const { version, counts } = assessment;
  const checked = screening === null ? version : `${version}/${screening.version}`;
  const nothing = counts.length === 0 && screening === null;
  const counted = nothing ? null : writeCounted(checked, counts);
  return { kind: 'fits', counted, needs };
}

/** Says which list, and not which name: whoever is on it should not learn how to be missed. */
function screened({ version }: ScreeningList): OverLimit {
  const message = `Screening does not allow this payment (list ${version}).`;
  return { kind: 'over_limit', resultCode: 'REGULATION_RESTRICTION', message, excess: null };
}

function leftIn(facts: PaymentFacts, counter: Counter, lanes: number, lane: number): bigint {
  const { used, moved } = facts.counters.get(counter.key) ?? unused;
  const left = evenShare(counter.most, lanes, lane) + moved - used;
  return left > 0n ? left : 0n;
}

function excessOfCounter(counter: Counter, left: bigint, asked: bigint): Excess {
  const { set, per, of, most } = counter;
  return excessOf(set, { per, of, most }, left, asked);
}

function overLimit(excess: Excess): OverLimit {
  const message = excessText(excess, decimalText);
  return { kind: 'over_limit', resultCode: codeOf(excess), message, excess };
}

/** Which result code a limit has (protocol.md §4 names the codes; which is whose is our rule). */
function codeOf({ per, of }: Excess): ResultCode {
  if (of === 'count') return 'PAYMENT_COUNT_EXCEED_LIMIT';
  return per === 'payment' ? 'PAYMENT_AMOUNT_EXCEED_LIMIT' : 'USER_AMOUNT_EXCEED_LIMIT';
}

/** Whether a leg is in its counters now: its wallet was asked, and may still pay or has paid. */
function counts(leg: Leg | undefined): boolean {
  return leg !== undefined && (isLive(leg) || leg.state === 'PAID' || leg.state === 'SUCCESS');
}

/** What changes in the counters by a decision; called while `facts` are as before it. */
export function countChanges(
  facts: PaymentFacts,
  changes: PaymentChanges,
): Map<string, bigint> | undefined {
  const { payment, refund } = changes;
  if (payment === undefined) return undefined;
  let sums: Map<string, bigint> | undefined;
  const add = (counted: Counted, amount: bigint) => {
    if (amount === 0n) return;
    sums ??= new Map();
    sums.set(counted.key, (sums.get(counted.key) ?? 0n) + amount);
  };
  const before = facts.payments.get(payment.paymentNumber);
  for (const leg of payment.legs) {
    if (leg.counted === null) continue;
    const was = before === undefined ? undefined : legOf(before, leg.leg);
    if (was === leg || counts(was) === counts(leg)) continue;
    for (const counted of readCounted(leg, leg.counted)) {
      if (counts(leg)) add(counted, counted.amount);
      else if (!counted.staysCounted) add(counted, -counted.amount);
    }
  }
  const paid = paidLegOf(payment);
  if (refund?.state !== 'SUCCESS' || paid === undefined || paid.counted === null) return sums;
  const { refunds } = aftermathOf(facts, payment.paymentNumber);
  const others = refunds.filter((each) => each.refundNumber !== refund.refundNumber);
  const given = others
    .filter((each) => each.state === 'SUCCESS')
    .reduce((sum, each) => sum + each.amount.minor, 0n);
  for (const counted of readCounted(paid, paid.counted)) {
    if (counted.staysCounted) continue;
    const until = (minor: bigint) => (counted.amount * minor) / payment.amount.minor;
    add(counted, until(given) - until(given + refund.amount.minor));
  }
  return sums;
}
