// The sandbox's market: a feed of rates that drift as markets do, the same whenever it is asked
// about the same time.

import { createHash } from 'node:crypto';
import { rateFromDecimal, rateFromFraction, rateText } from '../money/rate.ts';
import type { SampleRates } from './rates-store.ts';

/** Currencies with a market, with how far a day usually takes them, in millionths. */
const dailyDrift: Readonly<Record<string, number>> = {
  AED: 0,
  AUD: 5_500,
  BRL: 8_000,
  CAD: 3_500,
  CHF: 4_500,
  CNY: 1_500,
  EUR: 4_000,
  GBP: 4_500,
  HKD: 200,
  IDR: 3_500,
  INR: 2_000,
  JPY: 5_500,
  KRW: 5_000,
  KWD: 800,
  KZT: 4_000,
  MNT: 800,
  MOP: 200,
  MYR: 3_500,
  NZD: 5_500,
  PHP: 3_000,
  PKR: 1_200,
  QAR: 0,
  SAR: 0,
  SGD: 2_200,
  THB: 3_500,
  TWD: 2_800,
  VND: 1_200,
};

/** Waves of these lengths: each four times longer goes twice as far, as a random walk does. */
const waves = Array.from({ length: 6 }, (_, index) => 60_000 * 4 ** index);
const dayMs = 86_400_000;
const millionth = 1_000_000n;
const digits = 8;

/** The table at a real time, in the form that the hub reads: one US dollar in each currency. */
export function marketTable(sample: SampleRates, seed: string, realNow: number) {
  const rates: Record<string, string> = {};
  for (const [currency, daily] of Object.entries(dailyDrift)) {
    const usual = sample.unitsPerUsd(currency);
    if (usual === undefined) continue;
    rates[currency] = drifted(currency, usual, driftOf(seed, currency, daily, realNow));
  }
  return { asOf: new Date(realNow).toISOString(), base: 'USD', rates };
}

function drifted(currency: string, usual: string, drift: number): string {
  const { numerator, denominator } = rateFromDecimal('USD', currency, usual);
  const moved = rateFromFraction(
    'USD',
    currency,
    numerator * (millionth + BigInt(drift)),
    denominator * millionth,
  );
  return rateText(moved, digits);
}

/** How far a currency is from its usual price, in millionths: the sum of all its waves. */
function driftOf(seed: string, currency: string, daily: number, at: number): number {
  let sum = 0;
  for (const lengthMs of waves) {
    const step = Math.floor(at / lengthMs);
    const height = daily * Math.sqrt(lengthMs / dayMs);
    const way = (at - step * lengthMs) / lengthMs;
    const before = chanceOf(`${seed} ${currency} ${lengthMs} ${step}`);
    const after = chanceOf(`${seed} ${currency} ${lengthMs} ${step + 1}`);
    sum += height * (before + (after - before) * way);
  }
  return Math.round(sum);
}

/** A number from -1 to 1 that follows from a text. */
function chanceOf(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  return (bytes.readUInt32BE(0) / 0xffff_ffff) * 2 - 1;
}
