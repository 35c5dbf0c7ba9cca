// One tick: lock the lane, gather for the whole batch, decide one after the other, commit once.

import { present } from '../base/assert.ts';
import { numberFrom } from '../base/id.ts';
import type { Row, Session, Statement } from '../base/world.ts';
import type { Command, Moment, QuotaNeed } from './command.ts';
import { type EngineOptions, EngineRefusal, type RunningOptions } from './engine.ts';

/** A command with its caller. */
export interface Waiting<Keys, Facts, Changes> {
  readonly command: Command<Keys, Facts, Changes, unknown>;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: unknown) => void;
  tries: number;
  /** What the command lacked when its lane's own tick deferred it. */
  deferral?: readonly QuotaNeed[];
}

export type TickOutcome<Item> =
  /** Committed; `tell` gives the replies, and says to others what has changed. */
  | { readonly kind: 'done'; readonly deferred: Item[]; readonly tell: () => void }
  | { readonly kind: 'failed'; readonly error: unknown; readonly dataFault: boolean };

export const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/**
 * The lane's lock, which makes this process its only writer until the commit (citus.md rule 6).
 * Its row: the last number given out, and the time before which nothing is dated any more.
 */
export function lockLane(lane: number): Statement {
  return {
    name: 'lane.lock',
    text: 'select sequence, not_before from lanes where lane = $1 for update',
    values: [lane],
  };
}

/** Leaves the mark that a writer of the lane must leave, with the last number it gave out. */
export function advanceLane(lane: number, sequence: number): Statement {
  return {
    name: 'lane.advance',
    text: 'update lanes set sequence = $2 where lane = $1',
    values: [lane, sequence],
  };
}

/** SQLSTATE classes that blame the data or the statement, not the connection or the server. */
function isDataFault(error: unknown): boolean {
  const state = (error as { code?: unknown }).code;
  return typeof state === 'string' && /^(22|23|42|54)[0-9A-Z]{3}$/.test(state);
}

/** Runs a batch in its lane; a failed tick has answered nobody. */
export async function runTick<Keys, Facts, Changes>(
  options: RunningOptions<Keys, Facts, Changes>,
  lane: number,
  batch: readonly Waiting<Keys, Facts, Changes>[],
): Promise<TickOutcome<Waiting<Keys, Facts, Changes>>> {
  const session = options.database.session(`lane:${lane}`);
  try {
    return await decideAndWrite(options, session, lane, batch, [begin, lockLane(lane)], false);
  } catch (error) {
    return failedTick(options, lane, error);
  }
}

/** Nobody knows what a failed tick wrote. */
export function failedTick<Keys, Facts, Changes, Item>(
  { sequences }: RunningOptions<Keys, Facts, Changes>,
  lane: number,
  error: unknown,
): TickOutcome<Item> {
  sequences[lane] = undefined;
  return { kind: 'failed', error, dataFault: isDataFault(error) };
}

/**
 * The part that plain and wide ticks share. `opening` begins the transaction and ends with the
 * lane's lock. Nobody has been told of anything when it returns: whoever called may begin the next
 * tick first.
 */
export async function decideAndWrite<Keys, Facts, Changes>(
  options: RunningOptions<Keys, Facts, Changes>,
  session: Session,
  lane: number,
  batch: readonly Waiting<Keys, Facts, Changes>[],
  opening: readonly Statement[],
  final: boolean,
): Promise<TickOutcome<Waiting<Keys, Facts, Changes>>> {
  const { books, clock, sequences } = options;
  const keys = books.keys();
  for (const item of batch) item.command.gather(keys);
  const opened = await session.run([...opening, ...books.read(lane, keys)]);
  const locked = present(opened[opening.length - 1]?.[0], `lane ${lane}`);
  const first = Number(locked[0]);
  let rows: readonly (readonly Row[])[] = opened.slice(opening.length);
  if (sequences[lane] !== first) {
    // Somebody else has written here, or this is the first tick: nothing that is remembered counts.
    sequences[lane] = first;
    if (books.forget(lane, keys)) rows = await session.run(books.read(lane, keys));
  }
  const facts = books.facts(keys, rows);
  let sequence = first;
  const moment: Moment = {
    // A day that was closed is over in this lane, also for a process whose clock is behind.
    now: Math.max(clock.now(), Number(locked[1])),
    final,
    number: (slot) => numberFrom(++sequence, slot),
  };
  const decided = decideAll(options, batch, facts, moment);
  const writes = decided.changes.length === 0 ? [] : books.write(lane, facts);
  if (writes.length === 0) {
    await session.run([rollback]);
  } else {
    // Every tick that writes leaves a mark that other processes see.
    if (sequence === first) sequence++;
    await session.run([...writes, advanceLane(lane, sequence), commit]);
    sequences[lane] = sequence;
    books.remember(lane, facts);
  }
  const tell = () => {
    if (writes.length > 0) tellCommitted(options, lane, decided.changes);
    for (const answer of decided.replies) answer.item.resolve(answer.reply);
  };
  return { kind: 'done', deferred: decided.deferred, tell };
}

/** What is committed stays so, whatever those who hear of it do. */
function tellCommitted<Keys, Facts, Changes>(
  options: EngineOptions<Keys, Facts, Changes>,
  lane: number,
  changes: readonly Changes[],
): void {
  try {
    options.committed(changes);
  } catch (error) {
    options.failed?.(lane, error);
  }
}

interface Decided<Item, Changes> {
  readonly changes: Changes[];
  readonly replies: { readonly item: Item; readonly reply: unknown }[];
  readonly deferred: Item[];
}

function decideAll<Keys, Facts, Changes>(
  options: EngineOptions<Keys, Facts, Changes>,
  batch: readonly Waiting<Keys, Facts, Changes>[],
  facts: Facts,
  moment: Moment,
): Decided<Waiting<Keys, Facts, Changes>, Changes> {
  const decided: Decided<Waiting<Keys, Facts, Changes>, Changes> = {
    changes: [],
    replies: [],
    deferred: [],
  };
  for (const item of batch) {
    try {
      const decision = item.command.decide(facts, moment);
      if (decision.kind === 'defer') {
        item.deferral = decision.needs;
        decided.deferred.push(item);
        continue;
      }
      if (decision.changes !== undefined) {
        options.books.apply(facts, decision.changes);
        decided.changes.push(decision.changes);
      }
      decided.replies.push({ item, reply: decision.reply });
    } catch (error) {
      // A decision that throws is a bug in it: only its own caller is told, the batch goes on.
      item.reject(new EngineRefusal('poisoned', `${item.command.kind} could not decide`, error));
    }
  }
  return decided;
}
