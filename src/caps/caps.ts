// What a wallet may owe: its cap and its deposit together; and how persons change them.

/** A wallet's position against what bounds it; amounts in minor units of its currency. */
export interface Standing {
  readonly participantId: string;
  readonly name: string;
  readonly currency: string;
  /** The position's account. */
  readonly accountId: number;
  /** Credit that the network gives; null is no limit. */
  readonly cap: bigint | null;
  /** Money that the wallet has put down beforehand. */
  readonly deposit: bigint;
  /** What is posted, positive where the wallet owes; less than nothing where it is owed. */
  readonly posted: bigint;
  /** What payments under way hold. */
  readonly held: bigint;
}

type Bounds = Pick<Standing, 'cap' | 'deposit' | 'posted' | 'held'>;

/** What counts against the bound: holds included (src/ledger/slice.ts). */
export function owedOf({ posted, held }: Pick<Bounds, 'posted' | 'held'>): bigint {
  return posted + held;
}

/** The most it may owe: cap and deposit together (our rule); null is no limit. */
export function mostOf({ cap, deposit }: Pick<Bounds, 'cap' | 'deposit'>): bigint | null {
  return cap === null ? null : cap + deposit;
}

/** How much more may be held; null is without limit, and it is never negative. */
export function leftOf(standing: Bounds): bigint | null {
  const most = mostOf(standing);
  if (most === null) return null;
  const left = most - owedOf(standing);
  return left > 0n ? left : 0n;
}

/** What of the deposit positions use: what is owed beyond the cap. */
export function usedDepositOf(standing: Bounds): bigint {
  if (standing.cap === null) return 0n;
  const beyond = owedOf(standing) - standing.cap;
  if (beyond <= 0n) return 0n;
  return beyond < standing.deposit ? beyond : standing.deposit;
}

/** What may be withdrawn now: the cap is used first, and what is used stays. */
export function withdrawableOf(standing: Bounds): bigint {
  return standing.deposit - usedDepositOf(standing);
}

/** What persons change; each is proposed by one and approved by another. */
const changeKinds = ['top_up', 'withdrawal', 'cap'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * `APPROVED` is a cap whose time has not come. `DONE` is in the books and in force; `REJECTED` was
 * refused, or taken back.
 */
export type ChangeState = 'PROPOSED' | 'APPROVED' | 'DONE' | 'REJECTED';

/** A top-up or withdrawal of a deposit, or a new cap. */
export interface CapChange {
  readonly changeId: string;
  readonly participantId: string;
  readonly kind: ChangeKind;
  readonly currency: string;
  /** Minor units: what is moved, or the cap to be; null is no limit. */
  readonly amount: bigint | null;
  /** The bank's reference of a movement. */
  readonly bankReference: string | null;
  /** From when on a cap is in force; null is from its approval on. */
  readonly effectiveAt: number | null;
  readonly note: string;
  readonly state: ChangeState;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly doneAt: number | null;
  readonly journalNumber: number | null;
}

/** What somebody proposes. */
export type Proposal = {
  readonly participantId: string;
  readonly by: string;
  readonly note?: string | undefined;
} & (
  | {
      readonly kind: 'top_up' | 'withdrawal';
      readonly amount: bigint;
      readonly bankReference: string;
    }
  | {
      readonly kind: 'cap';
      readonly amount: bigint | null;
      readonly effectiveAt?: number | undefined;
    }
);

/** `K` and a number: proposals are counted over the whole network. */
export function changeIdOf(serial: number): string {
  return `K${String(serial).padStart(8, '0')}`;
}

/** Whether a proposal says what is proposed already: then it is a repetition. */
export function isSameProposal(known: CapChange, proposal: Proposal): boolean {
  if (known.kind !== proposal.kind || known.participantId !== proposal.participantId) return false;
  if (known.amount !== proposal.amount) return false;
  return proposal.kind === 'cap'
    ? known.effectiveAt === (proposal.effectiveAt ?? null)
    : known.bankReference === proposal.bankReference;
}

/** What a person does with a proposal. */
export type DecisionVerb = 'approve' | 'reject';

/** Whether it may be done; `isSame` tells whether two names are one person. */
export type DecisionVerdict =
  | { readonly kind: 'allowed' }
  /** The same person has said so before: nothing happens. */
  | { readonly kind: 'repeated' }
  /** Four eyes: whoever proposed it cannot approve it. */
  | { readonly kind: 'same_person'; readonly by: string }
  | { readonly kind: 'wrong_order'; readonly state: ChangeState };

/** Judges a decision; rejecting one's own proposal takes it back. */
export function judgeDecision(
  change: CapChange,
  verb: DecisionVerb,
  by: string,
  isSame: (a: string, b: string) => boolean,
): DecisionVerdict {
  const { state, proposedBy, decidedBy } = change;
  if (state !== 'PROPOSED') {
    const wasRejected = state === 'REJECTED';
    const isRepeated = decidedBy !== null && isSame(decidedBy, by);
    return isRepeated && wasRejected === (verb === 'reject')
      ? { kind: 'repeated' }
      : { kind: 'wrong_order', state };
  }
  if (verb === 'approve' && isSame(proposedBy, by)) return { kind: 'same_person', by: proposedBy };
  return { kind: 'allowed' };
}
