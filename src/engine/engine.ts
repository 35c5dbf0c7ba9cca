// The engine: every command waits in its lane's inbox, and each lane ticks as fast as it commits.

import { assert } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import type { Books, Command } from './command.ts';
import { runTick, type Waiting } from './tick.ts';
import { runWideTick } from './wide.ts';

/** Why a command was not carried out; nothing of it was written. */
export type RefusalReason = 'busy' | 'unavailable' | 'poisoned' | 'stopped';

export class EngineRefusal extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EngineRefusal';
    this.reason = reason;
  }
}

export interface EngineOptions<Keys, Facts, Changes> {
  readonly lanes: number;
  readonly clock: Pick<Clock, 'now' | 'pause'>;
  readonly database: Database;
  readonly books: Books<Keys, Facts, Changes>;
  /** Told of every change after it is durable, in the order of commit within a lane. */
  readonly committed: (changes: readonly Changes[]) => void;
  /** Told of failed transactions: for the operator's log. */
  readonly failed?: (lane: number, error: unknown) => void;
}

/** What an engine knows of its lanes between ticks. */
export interface LaneMemory {
  /** Each lane's sequence as this engine left it; undefined where that is not known. */
  readonly sequences: (number | undefined)[];
}

/** A started engine's options, with its memory. */
export type RunningOptions<Keys, Facts, Changes> = EngineOptions<Keys, Facts, Changes> & LaneMemory;

export interface EngineCounts {
  ticks: number;
  wideTicks: number;
  commands: number;
  failedTicks: number;
}

export interface Engine<Keys, Facts, Changes> {
  readonly lanes: number;
  readonly counts: EngineCounts;
  /** Rejects with `EngineRefusal`; after `busy`, `poisoned` or `stopped` nothing was written. */
  submit<Reply>(command: Command<Keys, Facts, Changes, Reply>): Promise<Reply>;
  /** Lets what waits finish, and takes nothing more. */
  stop(): Promise<void>;
}

/** Gives the replies of a committed tick. */
type Telling = () => void;

const turnOfEventLoop = () => new Promise<void>((resolve) => void setImmediate(resolve));

const retryDelaysMs = [20, 50, 100, 250, 500, 1_000, 2_000];

/** What waits for one lane, and how the lane waits for more of it. */
interface Lane<Item> {
  readonly lane: number;
  inbox: Item[];
  /** How many of the inbox are not patient. */
  urgent: number;
  running: boolean;
  /** How many urgent commands the last tick had: about as many are on their way. */
  expected: number;
  /** Set while the lane waits for company: told of every command that comes. */
  heard: (() => void) | undefined;
}

/** Starts the lanes; no timer runs while nothing waits. */
export function startEngine<Keys, Facts, Changes>(
  started: EngineOptions<Keys, Facts, Changes>,
): Engine<Keys, Facts, Changes> {
  const options = { ...started, sequences: Array<number | undefined>(started.lanes) };
  type Item = Waiting<Keys, Facts, Changes>;
  const { clock } = options;
  const lanes = Array.from({ length: options.lanes }, (_, lane): Lane<Item> => {
    return { lane, inbox: [], urgent: 0, running: false, expected: 1, heard: undefined };
  });
  const counts: EngineCounts = { ticks: 0, wideTicks: 0, commands: 0, failedTicks: 0 };
  const idle: (() => void)[] = [];
  let wide: Promise<void> = Promise.resolve();
  let stopped = false;

  const isUrgent = (item: Item) => item.command.patient !== true;

  function add(lane: Lane<Item>, item: Item): void {
    lane.inbox.push(item);
    if (isUrgent(item)) lane.urgent++;
    lane.heard?.();
    if (lane.running) return;
    lane.running = true;
    void run(lane);
  }

  async function run(lane: Lane<Item>): Promise<void> {
    // One turn of the event loop lets callers that were woken together fill the batch together.
    await turnOfEventLoop();
    let tell: Telling | undefined;
    while (tell !== undefined || lane.inbox.length > 0) {
      if (lane.inbox.length === 0 || !isWorthATick(lane)) {
        tell?.();
        tell = undefined;
        await turnOfEventLoop();
        if (lane.inbox.length === 0) break;
        await company(lane);
      }
      const running = runBatch(lane.lane, batchOf(lane));
      // The server reads for this batch while those of the one before are told.
      tell?.();
      tell = await running;
    }
    lane.running = false;
    if (lanes.every((each) => !each.running)) for (const done of idle.splice(0)) done();
  }

  function batchOf(lane: Lane<Item>): Item[] {
    const batch = lane.inbox.splice(0, limits.commandsPerTick);
    const urgent = batch.filter(isUrgent).length;
    lane.urgent -= urgent;
    lane.expected = Math.max(urgent, 1);
    return batch;
  }

  const isWorthATick = (lane: Lane<Item>) =>
    stopped || lane.urgent * 2 >= lane.expected || lane.inbox.length >= limits.commandsPerTick;

  /**
   * A tick costs nearly the same for one command as for a dozen, so a lane gives as many as came
   * last time a moment to come again. Patient commands wait for an urgent one.
   */
  async function company(lane: Lane<Item>): Promise<void> {
    if (!isWorthATick(lane)) await heardOr(lane, () => lane.urgent > 0, limits.patienceMs);
    if (!isWorthATick(lane) && lane.urgent > 0) await heardOr(lane, () => false, limits.companyMs);
  }

  /** Waits until the lane is worth a tick or `enough` says so, and no longer than `mostMs`. */
  async function heardOr(lane: Lane<Item>, enough: () => boolean, mostMs: number): Promise<void> {
    if (enough()) return;
    const heard = new Promise<void>((resolve) => {
      lane.heard = () => {
        if (enough() || isWorthATick(lane)) resolve();
      };
    });
    await Promise.race([heard, clock.pause(mostMs)]);
    lane.heard = undefined;
  }

  /** What is still to be told of it, once it is committed. */
  async function runBatch(lane: number, batch: Item[]): Promise<Telling | undefined> {
    counts.ticks++;
    counts.commands += batch.length;
    const outcome = await runTick(options, lane, batch);
    if (outcome.kind === 'failed') {
      await again(lane, batch, outcome.error, outcome.dataFault);
      return undefined;
    }
    if (outcome.deferred.length === 0) return outcome.tell;
    outcome.tell();
    await goWide(lane, outcome.deferred);
    return undefined;
  }

  async function runAndTell(lane: number, batch: Item[]): Promise<void> {
    const tell = await runBatch(lane, batch);
    tell?.();
  }

  /**
   * A lack of quota is settled with every lane locked in ascending order, one such tick at once.
   */
  async function goWide(lane: number, deferred: Item[]): Promise<void> {
    counts.wideTicks++;
    const turn = wide.then(() => runWideTick(options, lane, deferred));
    // Only the tick itself keeps others waiting: what follows a failed one may go wide again.
    wide = turn.then(() => undefined);
    const outcome = await turn;
    if (outcome.kind === 'failed') await again(lane, deferred, outcome.error, outcome.dataFault);
    else outcome.tell();
  }

  /**
   * The transaction failed, so nothing was answered. A fault of the data is cornered by halving the
   * batch; any other fault (a lost connection, a server restart) is tried again after a pause.
   */
  async function again(
    lane: number,
    batch: Item[],
    error: unknown,
    dataFault: boolean,
  ): Promise<void> {
    counts.failedTicks++;
    options.failed?.(lane, error);
    if (dataFault) return halve(lane, batch, error);
    const most = Math.max(...batch.map((item) => ++item.tries));
    const given = batch.filter((item) => item.tries >= limits.ticksPerCommand);
    for (const item of given) {
      item.reject(new EngineRefusal('unavailable', 'the database did not answer', error));
    }
    const left = batch.filter((item) => item.tries < limits.ticksPerCommand);
    if (left.length === 0) return;
    await clock.pause(retryDelaysMs[Math.min(most, retryDelaysMs.length) - 1] ?? 2_000);
    await runAndTell(lane, left);
  }

  /** Ends by itself, so it does not count as a try: neighbours of a poisoned command go through. */
  async function halve(lane: number, batch: Item[], error: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0]?.reject(new EngineRefusal('poisoned', 'the database refused the command', error));
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await runAndTell(lane, batch.slice(0, middle));
    await runAndTell(lane, batch.slice(middle));
  }

  return {
    lanes: options.lanes,
    counts,
    submit<Reply>(command: Command<Keys, Facts, Changes, Reply>): Promise<Reply> {
      const lane = lanes[command.lane];
      assert(lane !== undefined, `no lane ${command.lane}`);
      if (stopped) return Promise.reject(new EngineRefusal('stopped', 'the hub is stopping'));
      if (lane.inbox.length >= limits.commandsWaiting) {
        return Promise.reject(new EngineRefusal('busy', 'too many commands wait'));
      }
      return new Promise<Reply>((resolve, reject) => {
        add(lane, {
          command: command as Command<Keys, Facts, Changes, unknown>,
          resolve: resolve as (reply: unknown) => void,
          reject,
          tries: 0,
        });
      });
    },
    async stop() {
      stopped = true;
      for (const lane of lanes) lane.heard?.();
      if (lanes.some((lane) => lane.running)) {
        await new Promise<void>((resolve) => idle.push(resolve));
      }
    },
  };
}
