// The scenario that a seed stands for: who takes part, how bad the weather is, what is bought when.

import { defaultTiming, type Timing } from '../base/limits.ts';
import { type CodeIssuer, codePrefixes } from '../network/codeIssuer.ts';
import type { Chance } from './chance.ts';
import type { DatabaseFaults, RunFault } from './database.ts';
import type { Weather } from './network.ts';

export interface WalletPlan {
  readonly id: string;
  readonly currency: string;
  readonly cap: bigint | null;
  readonly serviceFeeBasisPoints: number;
  /** The most that one of its customers may pay, in fen; null is without limit. */
  readonly personMost: bigint | null;
  /** What its payment codes begin with: over many seeds every prefix. */
  readonly codeIssuer: CodeIssuer;
}

export interface AcquirerPlan {
  readonly id: string;
  readonly currency: string;
  readonly orderCurrencies: readonly string[];
}

export interface Scenario {
  readonly lanes: number;
  readonly hubs: number;
  readonly keepsLog: boolean;
  readonly pollMs: number;
  readonly weather: Weather;
  readonly database: {
    readonly latencyMs: number;
    readonly lost: number;
    readonly killed: number;
  };
  /** Mean time between kills of a hub, and between crashes of a partner; 0 is never. */
  readonly killEveryMs: number;
  readonly crashEveryMs: number;
  /** Time from one payment's begin to the next, at most. */
  readonly paymentEveryMs: number;
  /** How long the storm goes on after the last payment was begun. */
  readonly tailMs: number;
  readonly wallets: readonly WalletPlan[];
  readonly acquirers: readonly AcquirerPlan[];
  /** A wallet or an acquirer that takes registered merchants only; nobody when empty. */
  readonly strict: readonly string[];
  /** From the begin to the next midnight of UTC+8. */
  readonly toMidnightMs: number;
  readonly timing: Timing;
}

/**
 * What one Chinese yuan comes to in minor units, roughly: only so that caps and amounts are of the
 * size that makes things interesting.
 */
const walletCurrencies = [
  { currency: 'KRW', minorOfYuan: 195n },
  { currency: 'KWD', minorOfYuan: 43n },
  { currency: 'MYR', minorOfYuan: 60n },
  { currency: 'CNY', minorOfYuan: 100n },
  { currency: 'IDR', minorOfYuan: 226_000n },
] as const;

const acquirerPlans: readonly AcquirerPlan[] = [
  { id: 'a1', currency: 'CNY', orderCurrencies: ['CNY'] },
  { id: 'a2', currency: 'CNY', orderCurrencies: ['CNY', 'HKD'] },
  { id: 'a3', currency: 'JPY', orderCurrencies: ['JPY', 'CNY'] },
];

/** The merchants of each acquirer; the last one is never made known to wallets. */
export const merchantIds = ['M1', 'M2', 'M3'] as const;

const dayMs = 24 * 3_600_000;

/**
 * Storms are short: where one shall see the end of a day, midnight is near, and the time to cancel
 * after it is short too, so that the day is closed while payments go on.
 */
function timesOf(chance: Chance): Pick<Scenario, 'toMidnightMs' | 'timing'> {
  const toMidnightMs = chance.pick([dayMs, 4_000, 12_000, 30_000]);
  const isNear = toMidnightMs < dayMs;
  const timing = isNear
    ? { ...defaultTiming, acquirerCancelMs: 10_000, walletCancelMs: 25_000 }
    : defaultTiming;
  return { toMidnightMs, timing };
}

/** Every currency that a scenario can need: only these have rates. */
export const scenarioCurrencies: readonly string[] = [
  ...walletCurrencies.map(({ currency }) => currency),
  'HKD',
  'JPY',
];

/** The mean amount of a payment, in yuan, over all that `amountOf` draws. */
const meanYuan = 150n;

export function scenarioOf(chance: Chance, payments: number): Scenario {
  const storms = chance.pick(['calm', 'windy', 'windy', 'stormy', 'stormy', 'wild'] as const);
  const force = { calm: 0, windy: 0.3, stormy: 1, wild: 2 }[storms];
  const walletCount = chance.between(2, 4);
  const first = chance.below(walletCurrencies.length);
  const firstPrefix = chance.fork('payment codes').below(codePrefixes.length);
  const wallets = Array.from({ length: walletCount }, (_, index): WalletPlan => {
    const { currency, minorOfYuan } = walletCurrencies[
      (first + index) % walletCurrencies.length
    ] as (typeof walletCurrencies)[number];
    const share = meanYuan * minorOfYuan * BigInt(Math.ceil(payments / walletCount));
    return {
      id: `w${index + 1}`,
      currency,
      // Mostly so tight that it runs out before the end.
      cap: chance.happens(0.3) ? null : (share * BigInt(chance.between(15, 110))) / 100n,
      serviceFeeBasisPoints: chance.pick([0, 10, 35]),
      personMost: chance.fork(`limit ${index}`).pick([null, 20_000n, 45_000n]),
      codeIssuer: {
        prefix: codePrefixes[(firstPrefix + index) % codePrefixes.length] as number,
        agreement: 1,
        routingNumber: String(101 + index),
      },
    };
  });
  const acquirers = acquirerPlans.slice(
    0,
    chance.fork('acquirers').between(1, acquirerPlans.length),
  );
  const strictness = chance
    .fork('registration')
    .pick(['nobody', 'nobody', 'wallet', 'acquirer'] as const);
  const strict = { nobody: [], wallet: ['w1'], acquirer: ['a1'] }[strictness];
  return {
    ...timesOf(chance.fork('times')),
    strict,
    lanes: chance.pick([1, 2, 2, 4]),
    hubs: chance.pick([1, 1, 2]),
    keepsLog: chance.happens(0.1),
    pollMs: chance.pick([1_000, 2_500, 4_000]),
    weather: weatherOf(chance, force),
    database: {
      latencyMs: chance.pick([0, 0, 2, 20]),
      lost: force * chance.pick([0, 0.002, 0.01]),
      killed: force * chance.pick([0, 0, 0.001, 0.004]),
    },
    killEveryMs: force === 0 ? 0 : chance.pick([0, 20_000, 7_000]),
    crashEveryMs: force === 0 ? 0 : chance.pick([0, 15_000, 6_000]),
    paymentEveryMs: chance.pick([40, 80, 200]),
    tailMs: chance.pick([15_000, 40_000, 200_000]),
    wallets,
    acquirers,
  };
}

function weatherOf(chance: Chance, force: number): Weather {
  return {
    loss: 0.04 * force,
    doubling: 0.04 * force,
    answerLoss: 0.04 * force,
    slowness: force === 0 ? 0 : 0.02 + 0.03 * force,
    latencyMs: chance.pick([10, 50, 200]),
    slowMs: chance.pick([3_000, 12_000, 25_000]),
    gridMs: chance.pick([1, 100, 200, 200]),
  };
}

export interface Order {
  readonly currency: string;
  readonly value: string;
}

/** What a visitor buys: usual, small enough to round to nothing, or larger than some caps. */
export function orderFor(chance: Chance, acquirer: AcquirerPlan): Order {
  const currency = chance.pick(acquirer.orderCurrencies);
  const kind = chance.weighted({ usual: 90, tiny: 4, large: 4, round: 2 });
  const yuanCents = {
    usual: () => chance.between(500, 25_000),
    tiny: () => chance.between(1, 3),
    large: () => chance.between(100_000, 900_000),
    round: () => 10_000,
  }[kind]();
  // Yen has no cents, and a yuan is about twenty of it.
  const value = currency === 'JPY' ? Math.max(1, Math.round(yuanCents / 5)) : yuanCents;
  return { currency, value: String(value) };
}

/** The faults of the database until the storm is over. */
export function databaseFaults(
  scenario: Scenario,
  chance: Chance,
  stormy: () => boolean,
): DatabaseFaults {
  const { latencyMs, lost, killed } = scenario.database;
  return {
    latencyMs: () => (latencyMs === 0 ? 0 : chance.below(latencyMs + 1)),
    fault(commits): RunFault | undefined {
      if (!stormy() || lost + killed === 0) return undefined;
      // Commits are where it matters: they are hit more often.
      const weight = commits ? 2 : 1;
      if (chance.happens(killed * weight)) return chance.pick(['killed_before', 'killed_after']);
      if (chance.happens(lost * weight)) return chance.pick(['lost_before', 'lost_after']);
      return undefined;
    },
  };
}
