// The network's treasurers: wallets' deposits grow and shrink while payments go on and all fails.

import type { Database } from '../base/world.ts';
import type { ChangeKind } from '../caps/caps.ts';
import { type CapWorld, decideChange, proposeChange } from '../caps/commands.ts';
import type { Auditor } from './auditor.ts';
import type { Chance } from './chance.ts';
import type { SimulatedDatabase } from './database.ts';
import type { Tally } from './played.ts';
import { Life, type VirtualTime } from './time.ts';

const moveEveryMs = 7_000;
/** One whose machine died in the middle is given up after this. */
const patienceMs = 5_000;

interface Movement {
  readonly kind: Exclude<ChangeKind, 'cap'>;
  readonly participantId: string;
  readonly amount: bigint;
  readonly bankReference: string;
  readonly by: string;
}

export interface TreasurerOptions {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly lanes: number;
  readonly chance: Chance;
  /** The wallets that have a cap, with it. */
  readonly caps: ReadonlyMap<string, bigint>;
  readonly auditor: Auditor;
  readonly tally: Tally;
  readonly trace: (what: string) => void;
}

/** The caps of wallets that have one. */
export function cappedIn(
  wallets: readonly { readonly id: string; readonly cap: bigint | null }[],
): Map<string, bigint> {
  return new Map(wallets.flatMap(({ id, cap }) => (cap === null ? [] : [[id, cap] as const])));
}

export class Treasurer {
  readonly #options: TreasurerOptions;
  /** Begun, and nobody knows how it ended: tried again under its own reference. */
  #open: Movement | undefined;
  #count = 0;

  constructor(options: TreasurerOptions) {
    this.#options = options;
  }

  /** Moves deposits as long as the storm lasts. */
  keepMoving(stormy: () => boolean): void {
    const { time, database, caps, trace } = this.#options;
    if (caps.size === 0) return;
    time.after(moveEveryMs, () => {
      if (!stormy()) return;
      const life = new Life();
      const movement = this.#open ?? this.#next();
      this.#open = movement;
      const connection = database.connect(life, { log: false, readsBeside: true });
      void this.#carryOut(connection, movement).then(
        () => {
          this.#open = undefined;
        },
        (error: Error) => trace(`${movement.bankReference} is not known: ${error.message}`),
      );
      time.after(patienceMs, () => life.end());
      this.keepMoving(stormy);
    });
  }

  #next(): Movement {
    const { chance, caps } = this.#options;
    const participantId = chance.pick([...caps.keys()]);
    const cap = caps.get(participantId) ?? 0n;
    return {
      kind: chance.happens(0.55) ? 'top_up' : 'withdrawal',
      participantId,
      amount: (cap * BigInt(chance.between(5, 60))) / 100n + 1n,
      bankReference: `BANK-${++this.#count}`,
      by: 'clerk',
    };
  }

  async #carryOut(database: Database, movement: Movement): Promise<void> {
    const { time, lanes, auditor, tally, trace } = this.#options;
    const world: CapWorld = { database, clock: time, lanes };
    const { kind, participantId, amount, bankReference } = movement;
    const proposed = await proposeChange(world, movement);
    if (!('change' in proposed)) {
      trace(`${bankReference} ended as ${proposed.kind}`);
      return;
    }
    const { changeId } = proposed.change;
    // What has come in may be used before we hear that it is booked; what goes out, until then.
    if (kind === 'top_up') auditor.positions.deposited(participantId, bankReference, amount);
    const decided = await decideChange(world, { changeId, verb: 'approve', by: 'treasurer' });
    trace(`${kind} ${bankReference} of ${amount} for ${participantId}: ${decided.kind}`);
    if (decided.kind === 'in_use') {
      await decideChange(world, { changeId, verb: 'reject', by: 'treasurer' });
      return;
    }
    if (!('change' in decided)) {
      auditor.blame(`${changeId} of ${bankReference} ended as ${decided.kind}`);
      return;
    }
    if (kind === 'withdrawal') auditor.positions.deposited(participantId, bankReference, -amount);
    tally.happened(kind === 'top_up' ? 'deposits topped up' : 'deposits withdrawn');
  }
}
