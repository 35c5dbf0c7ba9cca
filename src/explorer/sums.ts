// What accounts have come to, and the trial balance that follows: every currency sums to zero.

/** An account as the explorer names it. */
export interface LedgerAccount {
  readonly accountId: number;
  readonly name: string;
  readonly currency: string;
  readonly kind: string;
  readonly participantId: string | null;
  readonly participantName: string | null;
  /** When it was opened; it has no posting before. */
  readonly since: number;
}

/** Posted sums of an account from its beginning, in minor units of its currency. */
export interface Sums {
  readonly debits: bigint;
  readonly credits: bigint;
}

export const noSums: Sums = { debits: 0n, credits: 0n };

/** Adds sums to those that are there, by account. */
export function addSums(to: Map<number, Sums>, more: ReadonlyMap<number, Sums>): void {
  for (const [accountId, { debits, credits }] of more) {
    const before = to.get(accountId) ?? noSums;
    to.set(accountId, { debits: before.debits + debits, credits: before.credits + credits });
  }
}

/** Debits less credits: positive is a debit balance. */
export function balanceOf({ debits, credits }: Sums): bigint {
  return debits - credits;
}

/** One currency of a trial balance; `difference` is zero unless the books are broken. */
export interface TrialLine {
  readonly currency: string;
  /** The balances of the accounts that stand in debit, and of those that stand in credit. */
  readonly inDebit: bigint;
  readonly inCredit: bigint;
  readonly difference: bigint;
}

/** The trial balance of all accounts, by currency in the order of its letters. */
export function trialOf(
  accounts: readonly LedgerAccount[],
  sums: ReadonlyMap<number, Sums>,
): TrialLine[] {
  const lines = new Map<string, { inDebit: bigint; inCredit: bigint }>();
  for (const { accountId, currency } of accounts) {
    const line = lines.get(currency) ?? { inDebit: 0n, inCredit: 0n };
    const balance = balanceOf(sums.get(accountId) ?? noSums);
    if (balance > 0n) line.inDebit += balance;
    else line.inCredit -= balance;
    lines.set(currency, line);
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, line]) => ({
      currency,
      ...line,
      difference: line.inDebit - line.inCredit,
    }));
}
