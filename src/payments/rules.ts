// What decisions are made under: who takes part, at which rates, with which times.

import { laneOfSlot, slotOf } from '../base/id.ts';
import type { Timing } from '../base/limits.ts';
import type { FeeBook } from '../fees/feeRules.ts';
import type { RateBoard } from '../fx/board.ts';
import type { LimitRules } from '../limits/limitRules.ts';
import type { ScreeningList } from '../limits/screening.ts';
import type { Directory } from '../network/directory.ts';
import type { RegistrationBook } from '../network/registrationBook.ts';

/** One snapshot of configuration, taken when a command is made. */
export interface Rules {
  readonly lanes: number;
  readonly directory: Directory;
  readonly board: RateBoard;
  readonly timing: Timing;
  /** How much one person may pay, past and coming rules too. */
  readonly limitRules: LimitRules;
  /** Names that nobody may be paid under; null is no screening. */
  readonly screening: ScreeningList | null;
  /** Dated fee rules; absent where every fee is that of the agreements. */
  readonly feeBook?: FeeBook;
  /** Where visitors reach this network's own pages, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether a merchant of our own acquirer sold it; absent where there are none. */
  readonly ofMerchant?: (payment: { acquirerId: string; paymentRequestId: string }) => boolean;
  /** Who has approved which merchant; kept up to date. Absent where nobody registers any. */
  readonly registrations?: RegistrationBook;
}

/** The slot of an acquirer's request: the same for every call about the same payment. */
export function slotOfRequest(acquirerId: string, paymentRequestId: string): number {
  return slotOf(acquirerId, paymentRequestId);
}

export function laneOfRequest(lanes: number, acquirerId: string, paymentRequestId: string): number {
  return laneOfSlot(slotOfRequest(acquirerId, paymentRequestId), lanes);
}

/** The n-th wait of a schedule; the last one repeats. */
export function delayOf(schedule: readonly number[], tries: number): number {
  return schedule[Math.min(tries, schedule.length - 1)] ?? 1_000;
}
