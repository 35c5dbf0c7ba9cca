// Why fees are what they are: each with its rule, its rate, its bounds, and who pays whom.

import type { Money } from '../money/money.ts';
import { decimalText, money } from '../money/money.ts';
import { type FeeCase, type FeeKind, type FeeRule, type FeeSet, rivalsOf } from './feeRules.ts';
import { boundedFee, type FeeBase, type FeeBound, type FeeTerms, feesOf } from './reckon.ts';

/** One fee explained, as it is printed and shown: amounts as partners write them. */
export interface ExplainedFee {
  readonly fee: FeeKind;
  /** Ids of participants; `network` is the network itself. */
  readonly payer: string;
  readonly payee: string;
  /** What it is taken from. */
  readonly from: WireMoney;
  readonly basisPoints: number;
  readonly minimum: WireMoney | null;
  readonly maximum: WireMoney | null;
  readonly amount: WireMoney;
  /** What the payee gets where it settles in another currency: interchange. */
  readonly received: WireMoney | null;
  readonly decidedBy: FeeBound;
  /** Null: no rule concerns the payment, and the agreement's own rate holds. */
  readonly rule: { readonly version: string; readonly ruleId: string } | null;
  /** Further rules that concern it, which say less about it; the next one first. */
  readonly outdone: readonly string[];
  readonly sentence: string;
}

interface WireMoney {
  readonly currency: string;
  readonly value: string;
}

const wire = ({ currency, minor }: Money): WireMoney => ({ currency, value: String(minor) });

/** Every fee of a payment, in the order in which they are taken. */
export function explainFees(
  about: FeeCase,
  base: FeeBase,
  terms: FeeTerms,
  set: FeeSet | undefined,
): ExplainedFee[] {
  const { settlement, payTo } = base;
  const amounts = feesOf(base, terms);
  const explained = (
    fee: FeeKind,
    from: Money,
    most: bigint,
    parties: readonly [payer: string, payee: string],
  ): ExplainedFee => {
    const term = terms[fee];
    const { fee: minor, by } = boundedFee(from, term, most);
    const bound = (value: bigint) => wire(money(from.currency, value));
    const rivals = set === undefined ? [] : rivalsOf(set, fee, about);
    const [payer, payee] = parties;
    return {
      fee,
      payer,
      payee,
      from: wire(from),
      basisPoints: term.basisPoints,
      minimum: term.minimum === 0n ? null : bound(term.minimum),
      maximum: term.maximum === null ? null : bound(term.maximum),
      amount: bound(minor),
      received:
        fee === 'interchange' ? wire(money(payTo.currency, amounts.interchangeToWallet)) : null,
      decidedBy: by,
      rule:
        term.chosen === null
          ? null
          : { version: term.chosen.version, ruleId: term.chosen.rule.ruleId },
      outdone: rivals.slice(1).map(({ ruleId }) => ruleId),
      sentence: sentenceOf(from, term.basisPoints, money(from.currency, minor), by),
    };
  };
  const { walletId, acquirerId } = about;
  return [
    explained('interchange', settlement, settlement.minor, [acquirerId, walletId]),
    explained('acquirer_service_fee', settlement, settlement.minor - amounts.interchange, [
      acquirerId,
      'network',
    ]),
    explained('wallet_service_fee', payTo, payTo.minor, [walletId, 'network']),
  ];
}

const reasons: Readonly<Record<FeeBound, string>> = {
  rate: 'rounded half-even',
  minimum: 'raised to the minimum',
  maximum: 'lowered to the maximum',
  all: 'no more than what is left to take it from',
};

function sentenceOf(from: Money, basisPoints: number, fee: Money, by: FeeBound): string {
  const text = (amount: Money) => `${decimalText(amount)} ${amount.currency}`;
  return `${basisPoints} bp of ${text(from)}, ${reasons[by]}: ${text(fee)}`;
}

/** What a rule names, for one line of text: `wallet TNG, payment_code`, or `every payment`. */
export function scopeText(rule: FeeRule): string {
  const parts = [
    rule.wallet === null ? '' : `wallet ${rule.wallet}`,
    rule.acquirer === null ? '' : `acquirer ${rule.acquirer}`,
    rule.corridor ?? '',
    rule.products?.join(', ') ?? '',
    rule.currency === null ? '' : `in ${rule.currency}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'every payment' : parts.join('; ');
}
