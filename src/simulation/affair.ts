// An affair that a simulated partner has beside its payments: whose it is, what it lives in, who
// looks on, and how it repeats what was not answered.

import type { Auditor } from './auditor.ts';
import type { Party, Surroundings } from './party.ts';

/** Whoever has no answer after so many tries never gets one. */
export const mostTries = 60;
const waitsMs = [1_000, 2_000, 5_000, 15_000, 60_000];

export class Affair {
  /** The partner's own. */
  protected readonly id: string;
  protected readonly world: Surroundings;
  protected readonly auditor: Auditor;
  protected readonly party: Party;
  /** How much has begun and not ended. */
  protected open = 0;

  constructor(id: string, world: Surroundings, auditor: Auditor, party: Party) {
    this.id = id;
    this.world = world;
    this.auditor = auditor;
    this.party = party;
  }

  /** How much is still to be said or to be answered. */
  get busy(): number {
    return this.open;
  }

  /** Waits for the try after this one, longer each time; the first try is 0. */
  protected pauseAfter(attempt: number): Promise<void> {
    return this.world.time.pause(waitsMs[Math.min(attempt, waitsMs.length - 1)] ?? 60_000);
  }
}
