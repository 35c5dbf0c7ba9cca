// Accounts of the chart: who owes what to whom, one currency each.

/**
 * What an account is for. A wallet's position grows by debits (it owes the network); an acquirer's
 * grows by credits (the network owes it); `fx` is the network's own stock of one currency. `bank`
 * is what lies at the network's clearing bank, `transit` what a participant's settlement has set in
 * motion and the bank's statement has not confirmed; `write_off` is what was given up, or won,
 * where a partner's books and the network's differed. `deposit` is what a wallet has put down
 * beforehand, `safeguard` the bank's account where deposits lie, apart from what is settled.
 */
export type AccountKind =
  | 'position'
  | 'fx'
  | 'spread'
  | 'rounding'
  | 'fees'
  | 'bank'
  | 'transit'
  | 'write_off'
  | 'deposit'
  | 'safeguard';

/** The network's own: one of each a currency. */
type NetworkAccountKind = Exclude<AccountKind, 'position' | 'transit' | 'deposit'>;

export interface Account {
  readonly accountId: number;
  /** Readable and unique: `position:TNG:MYR`, `fx:CNY`. */
  readonly name: string;
  readonly currency: string;
  readonly kind: AccountKind;
  readonly participantId: string | null;
}

/** The name of a participant's position in one currency. */
export function positionName(participantId: string, currency: string): string {
  return `position:${participantId}:${currency}`;
}

/** The name of what is under way to or from a participant's bank in one currency. */
export function transitName(participantId: string, currency: string): string {
  return `transit:${participantId}:${currency}`;
}

/** The name of what a wallet has put down beforehand in one currency. */
export function depositName(participantId: string, currency: string): string {
  return `deposit:${participantId}:${currency}`;
}

/** The name of one of the network's own accounts. */
export function networkAccountName(kind: NetworkAccountKind, currency: string): string {
  return `${kind}:${currency}`;
}

/** The network's own accounts that a currency needs before it can be used. */
export function networkAccounts(currency: string): { name: string; kind: AccountKind }[] {
  const kinds = ['fx', 'spread', 'rounding', 'fees'] as const;
  return kinds.map((kind) => ({ name: networkAccountName(kind, currency), kind }));
}

/** The chart of accounts in memory, as read from the database. */
export class Chart {
  readonly #byName = new Map<string, Account>();
  readonly #byId = new Map<number, Account>();

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) {
      this.#byName.set(account.name, account);
      this.#byId.set(account.accountId, account);
    }
  }

  position(participantId: string, currency: string): Account | undefined {
    return this.#byName.get(positionName(participantId, currency));
  }

  network(kind: NetworkAccountKind, currency: string): Account | undefined {
    return this.#byName.get(networkAccountName(kind, currency));
  }

  byId(accountId: number): Account | undefined {
    return this.#byId.get(accountId);
  }

  all(): readonly Account[] {
    return [...this.#byId.values()];
  }
}
