// What the auditor knows of limits on persons: who stands with how much, as the wire has told it.

import type { LimitRules } from '../limits/limitRules.ts';
import type { HeardLeg } from './ledgerOfWords.ts';
import type { WalletPlan } from './scenario.ts';

/** The currency that the limits of a simulation count in. */
const currency = 'CNY';

/** The limits of a scenario as a network has them: one set a wallet. */
export function limitsOf(wallets: readonly WalletPlan[]): LimitRules {
  const sets = wallets.flatMap(({ id, personMost }) =>
    personMost === null
      ? []
      : [
          {
            counter: 'simulation.person',
            title: { en: 'A person', zh: '个人' },
            effectiveFrom: 0,
            effectiveUntil: null,
            region: null,
            rail: 'wallet' as const,
            codeKinds: null,
            wallets: [id],
            identityTiers: null,
            currency,
            limits: [{ per: 'year' as const, of: 'amount' as const, most: personMost }],
            source: null,
          },
        ],
  );
  return { version: 'simulation', sets, tiers: new Map() };
}

/**
 * The least that a person's payments must count for now: orders in other currencies and those with
 * refunds are left out. `counts` says whether a leg certainly stands.
 */
export function leastCounted(
  legs: Iterable<HeardLeg>,
  walletId: string,
  customerId: string,
  counts: (leg: HeardLeg) => boolean,
): bigint {
  let sum = 0n;
  for (const leg of legs) {
    const { amount, refunds } = leg.payment;
    const isTheirs = leg.walletId === walletId && leg.customerId === customerId;
    if (!isTheirs || amount?.currency !== currency || refunds.size > 0) continue;
    if (leg.backAsked.size === 0 && counts(leg)) sum += BigInt(amount.value);
  }
  return sum;
}
