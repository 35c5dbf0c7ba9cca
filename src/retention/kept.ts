// What is kept for a time and then trimmed: which rows, for how long, and by which clock.

import type { Timing } from '../base/limits.ts';
import { timingTable } from '../base/timing.ts';

/** Kinds of rows that grow with use and are of no use after a time, in the order of trimming. */
export const keptKinds = [
  'payment_messages',
  'other_messages',
  'payment_codes',
  'person_counters',
  'refused_sign_ins',
  'sign_ins',
  'sessions',
  'cap_samples',
  'rate_loads',
  'certification_cases',
  'certification_runs',
] as const;

export type KeptKind = (typeof keptKinds)[number];

/** How long a kind is kept. */
interface Kept {
  /** For people: what the rows are. */
  readonly what: string;
  /** Which time says how long; null: until they are over by themselves. */
  readonly keeps: KeepName | null;
}

/** The times of `Timing` that say how long something is kept. */
type KeepName = Extract<keyof Timing, `keep${string}`>;

export const kept: Readonly<Record<KeptKind, Kept>> = {
  payment_messages: {
    what: 'signed messages about payments, from the message log',
    keeps: 'keepPaymentMessagesMs',
  },
  other_messages: {
    what: 'signed messages about no payment: payment codes, refused requests and the like',
    keeps: 'keepOtherMessagesMs',
  },
  payment_codes: {
    what: 'payment codes, since they ended',
    keeps: 'keepPaymentCodesMs',
  },
  person_counters: {
    what: 'what a person has paid in a window of a limit, since the window ended',
    keeps: 'keepCountersMs',
  },
  refused_sign_ins: {
    what: 'refused tries to sign in',
    keeps: 'keepRefusedSignInsMs',
  },
  sign_ins: {
    what: 'who signed in and out, and looked around',
    keeps: 'keepSignInsMs',
  },
  sessions: { what: 'sessions that are over', keeps: null },
  cap_samples: {
    what: 'how wallets stood against their caps, ten minutes by ten minutes',
    keeps: 'keepCapSamplesMs',
  },
  rate_loads: {
    what: 'past rates of sources; what a person set or approved stays',
    keeps: 'keepRatesMs',
  },
  certification_cases: {
    what: 'cases of reported runs of the certification, since the run was last heard of',
    keeps: 'keepCertificationsMs',
  },
  certification_runs: {
    what: 'the same runs, once their cases are gone',
    keeps: 'keepCertificationsMs',
  },
};

/** The times that trimming goes by. */
export interface KeptClock {
  /** Business time. */
  readonly now: number;
  readonly realNow: number;
}

/** Before which instant a kind is over. */
export function overBefore(kind: KeptKind, timing: Timing, clock: KeptClock): number {
  const { keeps } = kept[kind];
  if (keeps === null) return clock.realNow;
  const now = timingTable[keeps].clock === 'network' ? clock.now : clock.realNow;
  return Math.max(0, now - timing[keeps]);
}

/** The places that a kind is looked through in, one after the other: lanes, accounts, or one. */
export function placesOf(
  kind: KeptKind,
  { lanes, accounts }: { readonly lanes: number; readonly accounts: readonly number[] },
): readonly number[] {
  switch (kind) {
    case 'payment_messages':
    case 'payment_codes':
    case 'person_counters':
      return Array.from({ length: lanes }, (_, lane) => lane);
    case 'cap_samples':
      return accounts;
    default:
      return [0];
  }
}
