// Proposing, approving and rejecting: top-ups and withdrawals of deposits, and new caps.

import { present } from '../base/assert.ts';
import { inTurn } from '../base/turns.ts';
import type { Clock, Database, Row, Session, Statement } from '../base/world.ts';
import { isSamePerson } from '../settlement/settlement.ts';
import { bookChange, type ChangeAccounts, openChangeAccounts } from './bookCommands.ts';
import {
  type CapChange,
  type ChangeState,
  changeIdOf,
  type DecisionVerb,
  isSameProposal,
  judgeDecision,
  type Proposal,
  type Standing,
} from './caps.ts';
import {
  changeFrom,
  changeOfReference,
  countChanges,
  dueCaps,
  insertChange,
  lockConfiguration,
  proposedCaps,
  readChange,
  readStandings,
  updateChange,
} from './store.ts';

export interface CapWorld {
  readonly database: Database;
  /** The network's time. */
  readonly clock: Pick<Clock, 'now'>;
  readonly lanes: number;
}

/** What became of a proposal; all but `done` have changed nothing. */
export type ProposalReply =
  | { readonly kind: 'done' | 'repeated'; readonly change: CapChange }
  | { readonly kind: 'no_such_wallet' }
  /** The bank's reference belongs to another movement. */
  | { readonly kind: 'known_reference'; readonly changeId: string }
  /** More is to be withdrawn than the deposit is. */
  | { readonly kind: 'more_than_deposit'; readonly deposit: bigint }
  /** A cap is to be in force from a time that is over. */
  | { readonly kind: 'past' };

/** What became of a decision; all but `done` have changed nothing. */
export type DecisionReply =
  | { readonly kind: 'done' | 'repeated'; readonly change: CapChange }
  | { readonly kind: 'same_person'; readonly by: string }
  | { readonly kind: 'wrong_order'; readonly state: ChangeState }
  /** Positions use what is to be withdrawn; `available` is what could be withdrawn now. */
  | { readonly kind: 'in_use'; readonly available: bigint }
  | { readonly kind: 'no_such_change' };

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/**
 * Runs `work` in a transaction of its own, in turn. It gives its reply with the last statements;
 * without any nothing is changed.
 */
function transaction<T>(
  database: Database,
  work: (session: Session) => Promise<{ reply: T; writes?: readonly Statement[] }>,
): Promise<T> {
  return inTurn(database, 'caps', async (session) => {
    await session.run([begin, lockConfiguration]);
    const { reply, writes } = await work(session);
    await session.run(writes === undefined ? [rollback] : [...writes, commit]);
    return reply;
  });
}

/** Proposes a change; a wallet's deposit and cap stay as they are until another approves it. */
export async function proposeChange(world: CapWorld, proposal: Proposal): Promise<ProposalReply> {
  const { database, clock } = world;
  const standing = await standingOf(database, proposal.participantId);
  if (standing === undefined) return { kind: 'no_such_wallet' };
  const now = clock.now();
  return transaction<ProposalReply>(database, async (session) => {
    const [known = [], counted = []] = await session.run([
      knownOf(proposal, standing.currency),
      countChanges,
    ]);
    const judged = judgeProposal(proposal, standing, known, now);
    if (judged !== undefined) return { reply: judged };
    const change: CapChange = {
      changeId: changeIdOf(Number(present(counted[0], 'a count')[0]) + 1),
      participantId: proposal.participantId,
      kind: proposal.kind,
      currency: standing.currency,
      amount: proposal.amount,
      bankReference: proposal.kind === 'cap' ? null : proposal.bankReference,
      effectiveAt: proposal.kind === 'cap' ? (proposal.effectiveAt ?? null) : null,
      note: proposal.note ?? '',
      state: 'PROPOSED',
      proposedBy: proposal.by,
      proposedAt: now,
      decidedBy: null,
      decidedAt: null,
      doneAt: null,
      journalNumber: null,
    };
    return { reply: { kind: 'done', change }, writes: [insertChange(change)] };
  });
}

async function standingOf(
  database: Database,
  participantId: string,
): Promise<Standing | undefined> {
  const standings = await readStandings(database);
  return standings.find((each) => each.participantId === participantId);
}

const knownOf = (proposal: Proposal, currency: string): Statement =>
  proposal.kind === 'cap'
    ? proposedCaps(proposal.participantId)
    : changeOfReference(currency, proposal.bankReference);

/** Why a proposal is not written down; undefined when it is. */
function judgeProposal(
  proposal: Proposal,
  { deposit }: Standing,
  rows: readonly Row[],
  now: number,
): ProposalReply | undefined {
  const known = rows.map(changeFrom);
  const same = known.find((each) => isSameProposal(each, proposal));
  if (same !== undefined) return { kind: 'repeated', change: same };
  if (proposal.kind === 'cap') {
    const { effectiveAt } = proposal;
    return effectiveAt !== undefined && effectiveAt < now ? { kind: 'past' } : undefined;
  }
  if (known[0] !== undefined) return { kind: 'known_reference', changeId: known[0].changeId };
  const isTooMuch = proposal.kind === 'withdrawal' && proposal.amount > deposit;
  return isTooMuch ? { kind: 'more_than_deposit', deposit } : undefined;
}

export interface Decision {
  readonly changeId: string;
  readonly verb: DecisionVerb;
  readonly by: string;
}

/**
 * Approves or rejects a proposal. What is approved is in the books and lent out to the lanes in the
 * same transaction; a cap for later waits for `applyDueCaps`.
 */
export async function decideChange(world: CapWorld, decision: Decision): Promise<DecisionReply> {
  const { database, clock } = world;
  // What was to be in force by now comes first: it must not come over what is decided now.
  await applyDueCaps(world);
  const accounts = await accountsOf(world, decision.changeId);
  if (accounts === undefined) return { kind: 'no_such_change' };
  return transaction<DecisionReply>(database, async (session) => {
    const [rows = []] = await session.run([readChange(decision.changeId)]);
    const change = changeFrom(present(rows[0], decision.changeId));
    const verdict = judgeDecision(change, decision.verb, decision.by, isSamePerson);
    if (verdict.kind === 'repeated') return { reply: { kind: 'repeated', change } };
    if (verdict.kind !== 'allowed') return { reply: verdict };
    const now = clock.now();
    const decided: CapChange = { ...change, decidedBy: decision.by, decidedAt: now };
    if (decision.verb === 'reject') return settled({ ...decided, state: 'REJECTED' });
    if (change.effectiveAt !== null && change.effectiveAt > now) {
      return settled({ ...decided, state: 'APPROVED' });
    }
    return bookNow(world, session, decided, accounts, now);
  });
}

const settled = (change: CapChange) => ({
  reply: { kind: 'done' as const, change },
  writes: [updateChange(change)],
});

async function bookNow(
  { lanes }: CapWorld,
  session: Session,
  change: CapChange,
  accounts: ChangeAccounts,
  now: number,
): Promise<{ reply: DecisionReply; writes?: readonly Statement[] }> {
  const booked = await bookChange(session, lanes, change, accounts, now);
  if (booked.kind === 'in_use') return { reply: booked };
  const { journalNumber, writes } = booked;
  const done: CapChange = { ...change, state: 'DONE', doneAt: now, journalNumber };
  return { reply: { kind: 'done', change: done }, writes: [...writes, updateChange(done)] };
}

/** Puts approved caps in force whose time has come, whichever process looks first. */
export async function applyDueCaps(world: CapWorld): Promise<CapChange[]> {
  const { database, clock } = world;
  const applied: CapChange[] = [];
  for (const changeId of await dueCaps(database, clock.now())) {
    const accounts = present(await accountsOf(world, changeId), changeId);
    const done = await transaction<CapChange | undefined>(database, async (session) => {
      const [rows = []] = await session.run([readChange(changeId)]);
      const change = changeFrom(present(rows[0], changeId));
      // Another process was faster.
      if (change.state !== 'APPROVED') return { reply: undefined };
      const { reply, writes } = await bookNow(world, session, change, accounts, clock.now());
      const found = reply.kind === 'done' ? reply.change : undefined;
      return writes === undefined ? { reply: found } : { reply: found, writes };
    });
    if (done !== undefined) applied.push(done);
  }
  return applied;
}

/** The accounts of a change's wallet, opened before its transaction; undefined without one. */
async function accountsOf(
  { database, clock }: CapWorld,
  changeId: string,
): Promise<ChangeAccounts | undefined> {
  const [row] = await database.query<{ participant_id: string; currency: string }>(
    'select participant_id, currency from cap_changes where change_id = $1',
    [changeId],
  );
  if (row === undefined) return undefined;
  return openChangeAccounts(database, row.participant_id, row.currency, clock.now());
}
