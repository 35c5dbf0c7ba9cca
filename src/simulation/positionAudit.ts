// What the auditor knows of positions: the least that a wallet must owe for a payment.

import type { AuditedTerms, HeardLeg } from './ledgerOfWords.ts';

/** No interchange is more than 30 basis points here; a unit each for the rounding of two fees. */
export function leastOwed(leg: HeardLeg, terms: AuditedTerms): bigint {
  const amount = BigInt(leg.payTo.value);
  const paid = leg.payment.word !== undefined;
  const interchange = paid ? 30 : 0;
  return amount + (amount * BigInt(terms.serviceFeeBasisPoints - interchange)) / 10_000n - 2n;
}
