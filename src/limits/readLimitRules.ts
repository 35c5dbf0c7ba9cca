// The file of limits: its form, and the first thing that is wrong with it in a sentence.

import { z } from 'zod';
import { faultOfFile, jsonOfFile } from '../base/rulesFile.ts';
import { exponentOf, isCurrency } from '../money/currency.ts';
import type { Limit, LimitRules, LimitSet } from './limitRules.ts';

const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must be a day as 2026-01-31');
const words = z.string().min(1).max(200);
const tier = z.enum(['unverified', 'verified']);
const participant = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the id of a wallet');

const limit = z
  .strictObject({
    per: z.enum(['payment', 'hour', 'day', 'month', 'year']),
    amount: z
      .string()
      .regex(/^[0-9]{1,13}(\.[0-9]{1,4})?$/, 'must be an amount as "350000.00"')
      .optional(),
    count: z.int().min(1).max(1_000_000).optional(),
  })
  .check(({ value, issues }) => {
    if ((value.amount === undefined) !== (value.count === undefined)) return;
    const message = 'must have an amount or a count, and not both';
    issues.push({ code: 'custom', message, path: [], input: value });
  });

const limitSet = z.strictObject({
  counter: z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]{1,19}){0,3}$/,
      'must be a short name of small letters, digits and dots',
    ),
  title: z.strictObject({ en: words, zh: words }),
  effectiveFrom: day,
  effectiveUntil: day.optional(),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters')
    .optional(),
  rail: z.enum(['wallet', 'card']),
  codeKinds: z
    .array(z.enum(['payment_code', 'order_code', 'entry_code', 'online']))
    .min(1)
    .optional(),
  wallets: z.array(participant).min(1).max(200).optional(),
  identityTiers: z.array(tier).min(1).optional(),
  currency: z.string().refine(isCurrency, 'is not a currency of ISO 4217'),
  limits: z.array(limit).min(1).max(10),
  source: z.string().max(1_000).optional(),
});

const rulesFile = z.strictObject({
  version: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,40}$/, 'must be letters, digits, dots, dashes; at most 40'),
  tiers: z.record(participant, tier).optional(),
  sets: z.array(limitSet).max(200),
});

type FileSet = z.infer<typeof limitSet>;

/** Rules that were read, or the first thing that is wrong with them. */
export type LimitReading =
  | { readonly ok: true; readonly rules: LimitRules }
  | { readonly ok: false; readonly problem: string };

/** Reads a file's text. */
export function readLimitRules(text: string): LimitReading {
  const file = jsonOfFile(text);
  return file.ok ? limitRulesFrom(file.json) : file;
}

/** Reads rules that are JSON already. */
export function limitRulesFrom(json: unknown): LimitReading {
  const parsed = rulesFile.safeParse(json);
  if (!parsed.success) return { ok: false, problem: faultOfFile(parsed.error.issues[0]) };
  const sets: LimitSet[] = [];
  for (const [index, set] of parsed.data.sets.entries()) {
    const problem = problemOf(set);
    if (problem !== undefined) return { ok: false, problem: `sets[${index}] ${problem}` };
    sets.push(setFrom(set));
  }
  const twice = sets.find((set, index) =>
    sets.some((other, at) => at < index && isSameAgain(set, other)),
  );
  if (twice !== undefined) {
    const problem = `two sets of the counter ${twice.counter} begin on the same day`;
    return { ok: false, problem };
  }
  const mixed = sets.find((set) => isCountedOtherwise(set, sets));
  if (mixed !== undefined) {
    const wrong = 'differ in region, rail, codeKinds or currency';
    return { ok: false, problem: `sets of the counter ${mixed.counter} ${wrong}` };
  }
  const tiers = new Map(Object.entries(parsed.data.tiers ?? {}));
  return { ok: true, rules: { version: parsed.data.version, sets, tiers } };
}

function instantOf(dayText: string): number {
  return Date.parse(`${dayText}T00:00:00+08:00`);
}

function problemOf(set: FileSet): string | undefined {
  for (const name of ['effectiveFrom', 'effectiveUntil'] as const) {
    const at = set[name];
    if (at === undefined) continue;
    const read = instantOf(at);
    const again = Number.isNaN(read) ? '' : new Date(read + 8 * 3_600_000).toISOString();
    if (!again.startsWith(at)) return `${name} ${at} is no day of the calendar`;
  }
  if (set.effectiveUntil !== undefined && set.effectiveUntil <= set.effectiveFrom) {
    return 'effectiveUntil must be after effectiveFrom';
  }
  const exponent = exponentOf(set.currency);
  const seen = new Set<string>();
  for (const { per, amount, count } of set.limits) {
    const name = `${per} ${amount === undefined ? 'count' : 'amount'}`;
    if (seen.has(name)) return `has two limits of the same kind: ${name}`;
    seen.add(name);
    if (count !== undefined && per === 'payment') return 'a payment has no count: take a window';
    if ((amount?.split('.')[1]?.length ?? 0) > exponent) {
      return `${amount} has more decimals than ${set.currency}`;
    }
  }
  return undefined;
}

function setFrom(set: FileSet): LimitSet {
  const exponent = exponentOf(set.currency);
  return {
    counter: set.counter,
    title: set.title,
    effectiveFrom: instantOf(set.effectiveFrom),
    effectiveUntil: set.effectiveUntil === undefined ? null : instantOf(set.effectiveUntil),
    region: set.region ?? null,
    rail: set.rail,
    codeKinds: set.codeKinds ?? null,
    wallets: set.wallets ?? null,
    identityTiers: set.identityTiers ?? null,
    currency: set.currency,
    limits: set.limits.map(({ per, amount, count }): Limit => {
      if (amount === undefined) return { per, of: 'count', most: BigInt(count ?? 0) };
      const [whole = '', decimals = ''] = amount.split('.');
      return { per, of: 'amount', most: BigInt(whole + decimals.padEnd(exponent, '0')) };
    }),
    source: set.source ?? null,
  };
}

/** What is counted together must concern the same payments, or one count would have two bounds. */
function isCountedOtherwise(set: LimitSet, sets: readonly LimitSet[]): boolean {
  const concern = ({ region, rail, codeKinds, currency }: LimitSet) =>
    JSON.stringify([region, rail, codeKinds, currency]);
  return sets.some((other) => other.counter === set.counter && concern(other) !== concern(set));
}

function isSameAgain(a: LimitSet, b: LimitSet): boolean {
  const scope = (set: LimitSet) =>
    JSON.stringify([set.counter, set.effectiveFrom, set.wallets, set.identityTiers]);
  return scope(a) === scope(b);
}
