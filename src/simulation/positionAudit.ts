// What the auditor knows of positions: the least that wallets and persons must owe for now.

import type { AuditedTerms, HeardLeg, Hearing } from './ledgerOfWords.ts';
import { leastCounted } from './limitAudit.ts';

export class PositionAudit {
  readonly #hearing: Hearing;
  readonly #terms: ReadonlyMap<string, AuditedTerms>;
  readonly #legs: ReadonlyMap<string, HeardLeg>;
  /** Movements of deposits by their references, each once however often it is heard of. */
  readonly #deposits = new Map<string, Map<string, bigint>>();

  /** `terms` by wallet id, `legs` by their own. */
  constructor(
    hearing: Hearing,
    terms: ReadonlyMap<string, AuditedTerms>,
    legs: ReadonlyMap<string, HeardLeg>,
  ) {
    this.#hearing = hearing;
    this.#terms = terms;
    this.#legs = legs;
  }

  /** Looks at a wallet's cap, and at the limit of the person whose leg has changed. */
  check(walletId: string, leg: HeardLeg | undefined): void {
    this.#checkCap(walletId);
    if (leg !== undefined) this.#checkPerson(leg);
  }

  /** A deposit grew by `amount`, or shrank; a wallet may owe its cap and its deposit. */
  deposited(walletId: string, bankReference: string, amount: bigint): void {
    const movements = this.#deposits.get(walletId) ?? new Map<string, bigint>();
    this.#deposits.set(walletId, movements.set(bankReference, amount));
    this.#checkCap(walletId);
  }

  #depositOf(walletId: string): bigint {
    const movements = [...(this.#deposits.get(walletId)?.values() ?? [])];
    return movements.reduce((sum, amount) => sum + amount, 0n);
  }

  /** What a wallet owes and may come to owe now, fees rounded in its favour, against its cap. */
  #checkCap(walletId: string): void {
    const terms = this.#terms.get(walletId);
    if (terms === undefined || terms.cap === null) return;
    let owed = 0n;
    for (const leg of this.#legs.values()) {
      if (leg.walletId !== walletId) continue;
      if (this.#counts(leg)) owed += leastOwed(leg, terms);
      for (const minor of leg.backAsked.values()) owed -= minor;
    }
    const most = terms.cap + this.#depositOf(walletId);
    if (owed <= most) return;
    this.#hearing.blame(`${walletId} owes ${owed}, over its cap of ${most} with its deposit`);
  }

  /** What a person's payments certainly come to, against the limit on persons. */
  #checkPerson({ walletId, customerId }: HeardLeg): void {
    const most = this.#terms.get(walletId)?.personMost ?? null;
    if (most === null) return;
    const counts = (leg: HeardLeg) => this.#counts(leg);
    const sum = leastCounted(this.#legs.values(), walletId, customerId, counts);
    if (sum <= most) return;
    this.#hearing.blame(`${customerId} of ${walletId} pays ${sum}, over the limit ${most}`);
  }

  /** Whether a leg certainly stands on the wallet's position: paid, or asked and still open. */
  #counts(leg: HeardLeg): boolean {
    const { word, legs, cancelAsked } = leg.payment;
    if (cancelAsked) return false;
    if (word !== undefined) return word.status === 'S' && word.pspId === leg.walletId;
    if (leg.cancelled || leg.said === 'F' || this.#hearing.now() >= leg.expiresAt) return false;
    return !legs.some((other) => other !== leg && other.said === 'S');
  }
}

/** No interchange is more than 30 basis points here; a unit each for the rounding of two fees. */
function leastOwed(leg: HeardLeg, terms: AuditedTerms): bigint {
  const amount = BigInt(leg.payTo.value);
  const paid = leg.payment.word !== undefined;
  const interchange = paid ? 30 : 0;
  return amount + (amount * BigInt(terms.serviceFeeBasisPoints - interchange)) / 10_000n - 2n;
}
