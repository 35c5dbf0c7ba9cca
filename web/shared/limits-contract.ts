// The limits on persons as the console shows them: dated sets, and how near people get to them.

/** A limit with how many persons have used how much of it: by tenth, and the last at it. */
export interface LimitRow {
  readonly per: 'payment' | 'hour' | 'day' | 'month' | 'year';
  readonly of: 'amount' | 'count';
  readonly most: string;
  readonly people: readonly number[] | null;
}

/** One dated set of limits on persons. */
export interface LimitSetRow {
  readonly counter: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly state: 'in_force' | 'coming' | 'past';
  readonly effectiveFrom: string;
  readonly effectiveUntil: string | null;
  readonly region: string | null;
  readonly codeKinds: readonly ('payment_code' | 'order_code' | 'entry_code' | 'online')[] | null;
  readonly wallets: readonly string[] | null;
  readonly currency: string;
  readonly limits: readonly LimitRow[];
}

/** All limits on persons: those in force, those to come, those that were replaced. */
export interface LimitsInForce {
  readonly version: string;
  readonly sets: readonly LimitSetRow[];
}
