// Limits on persons in the words of the wire: a refusal's page, and what is left of each limit.

import { type Counter, countersOf, type Excess, type Person } from '../limits/assess.ts';
import { type Limit, type LimitRules, type LimitSet, setsOfWallet } from '../limits/limitRules.ts';
import { money, toWire } from '../money/money.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { InquiryUserLimitsResponse } from '../wire/userLimits.ts';
import type { Used } from './allowance.ts';

/**
 * Where a wallet leads a customer whose payment is over a limit (protocol.md §9.1: an error page of
 * the network, as `actionForm`; its fields are ours). The page reads all that it says from here.
 */
export function limitForm(excess: Excess, publicUrl: string) {
  const { counter, per, of, currency, most, left, asked } = excess;
  const query = new URLSearchParams({
    rule: counter,
    per,
    of,
    currency,
    most: String(most),
    left: String(left),
    asked: String(asked),
  });
  return { actionType: 'REDIRECT', redirectUrl: `${publicUrl}/limit?${query}` };
}

type WireLimit = NonNullable<InquiryUserLimitsResponse['userLimits']>[number];

/** From how much of a limit on a wallet should warn its customer, in percent (pain 10). */
const nearPercent = 80n;

/** What a person may still pay; `used` has one list a lane. */
export function userLimitsBody(
  rules: LimitRules,
  at: number,
  person: Person,
  used: readonly Used[],
): InquiryUserLimitsResponse {
  const userLimits: WireLimit[] = [];
  for (const set of setsOfWallet(rules, at, person.walletId)) {
    for (const limit of set.limits) {
      if (limit.per !== 'payment') continue;
      userLimits.push({ ...namesOf(set, 'payment'), ...boundsOf(set, limit, limit.most) });
    }
  }
  for (const counter of countersOf(rules, at, person)) {
    const sum = used.reduce((total, lane) => total + (lane.get(counter.key) ?? 0n), 0n);
    userLimits.push(counterBody(counter, sum));
  }
  return { result: result('SUCCESS'), limitRulesVersion: rules.version, userLimits };
}

function counterBody(counter: Counter, used: bigint): WireLimit {
  const { set, per, of, most, endsAt } = counter;
  const left = used < most ? most - used : 0n;
  return {
    ...namesOf(set, per),
    ...boundsOf(set, { per, of, most }, left),
    isNear: used * 100n >= most * nearPercent ? 'true' : 'false',
    resetTime: formatTime(endsAt),
  };
}

function namesOf(set: LimitSet, per: Limit['per']) {
  return {
    limitName: set.counter,
    limitPeriod: per.toUpperCase() as WireLimit['limitPeriod'],
    titleEn: set.title.en,
    titleZh: set.title.zh,
    ...(set.region === null ? {} : { limitRegion: set.region }),
    isNear: 'false' as const,
  };
}

function boundsOf(set: LimitSet, limit: Limit, left: bigint) {
  return limit.of === 'count'
    ? { limitCount: String(limit.most), remainingCount: String(left) }
    : {
        limitAmount: toWire(money(set.currency, limit.most)),
        remainingAmount: toWire(money(set.currency, left)),
      };
}
