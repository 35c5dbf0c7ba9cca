// The file of fee rules: its form, and the first thing that is wrong with it in a sentence.

import { z } from 'zod';
import { faultOfFile, jsonOfFile } from '../base/rulesFile.ts';
import { isCurrency } from '../money/currency.ts';
import { minorRounded } from '../money/rounding.ts';
import { parseIsoTime } from '../wire/time.ts';
import { type FeeRule, type FeeSet, feeKinds, feeProducts, weightOf } from './feeRules.ts';

const participant = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the id of a participant');
const name = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,40}$/, 'must be letters, digits, dots, dashes; at most 40');
const minor = z.string().regex(/^[0-9]{1,15}$/, 'must be minor units, digits only');
const currency = z.string().refine(isCurrency, 'is not a currency of ISO 4217');

const feeRule = z.strictObject({
  ruleId: name,
  fee: z.enum(feeKinds),
  wallet: participant.optional(),
  acquirer: participant.optional(),
  corridor: z
    .string()
    .refine((text) => {
      const [from = '', to = '', ...more] = text.split('/');
      return isCurrency(from) && isCurrency(to) && more.length === 0;
    }, "must be the order's currency and the wallet's, as CNY/MYR")
    .optional(),
  products: z.array(z.enum(feeProducts)).min(1).max(feeProducts.length).optional(),
  currency: currency.optional(),
  basisPoints: z.int().min(0).max(10_000),
  minimum: minor.optional(),
  maximum: minor.optional(),
  note: z.string().min(1).max(300).optional(),
});

const feeFile = z.strictObject({
  version: name,
  effectiveFrom: z
    .string()
    .refine((text) => parseIsoTime(text) !== undefined, 'must be a time with its offset'),
  rules: z.array(feeRule).max(2_000),
});

/** A set that was read, or the first thing that is wrong with it. */
export type FeeReading =
  | { readonly ok: true; readonly set: FeeSet }
  | { readonly ok: false; readonly problem: string };

/** Reads a file's text. */
export function readFeeRules(text: string): FeeReading {
  const file = jsonOfFile(text);
  if (!file.ok) return file;
  const parsed = feeFile.safeParse(file.json);
  if (!parsed.success) return { ok: false, problem: faultOfFile(parsed.error.issues[0]) };
  const { version, effectiveFrom } = parsed.data;
  const rules = parsed.data.rules.map(ruleFrom);
  const problem = problemOf(rules);
  if (problem !== undefined) return { ok: false, problem };
  return { ok: true, set: { version, effectiveFrom: parseIsoTime(effectiveFrom) ?? 0, rules } };
}

function ruleFrom(rule: z.infer<typeof feeRule>): FeeRule {
  return {
    ruleId: rule.ruleId,
    fee: rule.fee,
    wallet: rule.wallet ?? null,
    acquirer: rule.acquirer ?? null,
    corridor: rule.corridor ?? null,
    products: rule.products ?? null,
    currency: rule.currency ?? null,
    basisPoints: rule.basisPoints,
    minimum: BigInt(rule.minimum ?? 0),
    maximum: rule.maximum === undefined ? null : BigInt(rule.maximum),
    note: rule.note ?? null,
  };
}

/** What the form alone does not say: bounds that fit, names used once, and no two equal rules. */
function problemOf(rules: readonly FeeRule[]): string | undefined {
  const seen = new Map<string, FeeRule>();
  for (const rule of rules) {
    const named = `the rule ${rule.ruleId}`;
    if (seen.has(rule.ruleId)) return `${named} is there twice`;
    const bounds = boundsProblem(rule);
    if (bounds !== undefined) return `${named} ${bounds}`;
    for (const other of seen.values()) {
      if (isRival(rule, other)) return `${named} and ${other.ruleId} concern the same payments`;
    }
    seen.set(rule.ruleId, rule);
  }
  return undefined;
}

function boundsProblem({ currency, minimum, maximum }: FeeRule): string | undefined {
  if (minimum === 0n && maximum === null) return undefined;
  if (currency === null) return 'has a minimum or a maximum, and must name their currency';
  if (maximum !== null && maximum < minimum) return 'has a maximum below its minimum';
  const whole = (amount: bigint) => minorRounded(currency, amount, 1n, 'half_even') === amount;
  if (whole(minimum) && (maximum === null || whole(maximum))) return undefined;
  return `has a bound that cannot be paid in ${currency}: take whole ones`;
}

/** Two rules of one weight must not meet at one payment, or nothing would say which one wins. */
function isRival(a: FeeRule, b: FeeRule): boolean {
  if (a.fee !== b.fee || weightOf(a) !== weightOf(b)) return false;
  const same = (['wallet', 'acquirer', 'corridor', 'currency'] as const).every(
    (field) => a[field] === b[field],
  );
  if (!same) return false;
  return a.products === null || a.products.some((product) => b.products?.includes(product));
}
