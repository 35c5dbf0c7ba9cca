// What the engine runs: commands that gather facts and decide, without knowing what they are about.

import type { Row, Statement } from '../base/world.ts';

/** The tick's own facts, handed to every decision of it. */
export interface Moment {
  /** Milliseconds since 1970 UTC: the same for all commands of a tick. */
  readonly now: number;
  /** True when all lanes' shares have been looked at: a lack of quota is then final. */
  readonly final: boolean;
  /** The next number of this lane, carrying `slot` in its low bits. */
  number(slot: number): number;
}

/** What a command wants to happen. `defer` asks for quota that other lanes may have left. */
export type Decision<Reply, Changes> =
  | { readonly kind: 'done'; readonly reply: Reply; readonly changes: Changes | undefined }
  | { readonly kind: 'defer'; readonly needs: readonly QuotaNeed[] };

/**
 * One thing asked of the hub. `decide` is pure and synchronous: no await, clock, random, SQL.
 * It may be called again from fresh facts when a transaction failed.
 */
export interface Command<Keys, Facts, Changes, Reply> {
  readonly kind: string;
  readonly lane: number;
  /** Nobody waits for its reply: it may wait until an urgent command makes a tick worth while. */
  readonly patient?: boolean;
  gather(keys: Keys): void;
  decide(facts: Facts, moment: Moment): Decision<Reply, Changes>;
}

/**
 * How the rooms' rows are read and written; the engine knows no table but `lanes`. Books may
 * remember what they wrote in a lane instead of reading it again: the engine tells them to forget
 * when somebody else has written there, or when it is not known what was written.
 */
export interface Books<Keys, Facts, Changes> {
  keys(): Keys;
  /** Statements that fetch the rows of `keys` in this lane: one round trip for the whole batch. */
  read(lane: number, keys: Keys): readonly Statement[];
  facts(keys: Keys, rows: readonly (readonly Row[])[]): Facts;
  /** Lets the next command of the batch see what this one decided. */
  apply(facts: Facts, changes: Changes): void;
  /** Statements that write all that was applied; empty when nothing was. */
  write(lane: number, facts: Facts): readonly Statement[];
  /** What was written is durable. */
  remember(lane: number, facts: Facts): void;
  /** What is remembered of a lane may be wrong; true when `keys` have been left to it. */
  forget(lane: number, keys: Keys): boolean;
}

/** One lane's share of what is shared out to all, and how much of it the lane has used. */
export interface QuotaSlice {
  readonly lane: number;
  readonly quota: bigint;
  readonly used: bigint;
}

/** Something that is shared out to the lanes: how a lane's share of it is read and written. */
export interface Quota {
  /** Equal for equal quotas, and only for those. */
  readonly name: string;
  read(lane: number): Statement;
  /** Undefined where there is no share in this lane, because nothing bounds it. */
  slice(lane: number, rows: readonly Row[]): QuotaSlice | undefined;
  write(lane: number, quota: bigint): Statement;
}

/**
 * How much of a quota a command needs. One that lacks any names all that it needs, because the wide
 * tick's word on each of them is final.
 */
export interface QuotaNeed {
  readonly quota: Quota;
  readonly need: bigint;
}
