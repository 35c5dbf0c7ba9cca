// How a sandbox wallet is told to behave: well, or badly in one of the ways that real wallets do.

import type { ResultCode } from '../wire/results.ts';

/** The ways a wallet can treat its next payments. */
export const behaviourModes = [
  'normal',
  'decline',
  'delay',
  'timeout',
  'answer_late',
  'change_mind',
  'duplicate',
  'bad_signature',
  'refund_declined',
  'refund_late',
  'refund_silent',
  'registration_refused',
  'registration_silent',
] as const;

export type BehaviourMode = (typeof behaviourModes)[number];

/** A wallet's behaviour; it stays until another is set, over a restart too. */
export interface Behaviour {
  readonly mode: BehaviourMode;
  /** Milliseconds for `delay`, `answer_late`, `change_mind` and `refund_late`. */
  readonly delayMs: number;
  /** The failure that `decline`, `change_mind` and `refund_declined` answer. */
  readonly declineCode: ResultCode;
}

const defaultDelayMs = 3_000;
const defaultDeclineCode: ResultCode = 'USER_BALANCE_NOT_ENOUGH';

/** Ten minutes: no payment of the two products lives longer. */
export const delayMsLimit = 600_000;

export const normalBehaviour: Behaviour = {
  mode: 'normal',
  delayMs: defaultDelayMs,
  declineCode: defaultDeclineCode,
};

/** When the answer to `pay` or `refund` leaves, whatever it says. */
export type AnswerTiming =
  | { readonly kind: 'now' }
  | { readonly kind: 'after'; readonly delayMs: number }
  | { readonly kind: 'never' };

export function answerTiming(behaviour: Behaviour): AnswerTiming {
  switch (behaviour.mode) {
    case 'delay':
      return { kind: 'after', delayMs: behaviour.delayMs };
    case 'timeout':
      return { kind: 'never' };
    default:
      return { kind: 'now' };
  }
}

/** The same for the answer to `refund`. */
export function refundTiming(behaviour: Behaviour): AnswerTiming {
  return behaviour.mode === 'refund_silent' ? { kind: 'never' } : { kind: 'now' };
}

/** What each mode does, for the machine-readable list of endpoints. */
export const behaviourMeanings: Readonly<Record<BehaviourMode, string>> = {
  normal: 'pays as it should',
  decline: 'answers F with declineCode and debits nothing',
  delay: 'does right, but answers (order code: notifies) after delayMs',
  timeout: 'debits, but never answers pay (order code: never notifies); inquiry tells the truth',
  answer_late: 'answers U, then debits after delayMs and notifies S; inquiry says U until then',
  change_mind: 'says F with declineCode, then debits after delayMs and notifies S',
  duplicate: 'does right and notifies twice',
  bad_signature:
    'does right, but signs its answer to pay (order code: its first notice) wrongly; ' +
    'inquiry and cancel are signed well',
  refund_declined: 'pays as it should, but answers refund with F and declineCode',
  refund_late: 'pays as it should; answers refund with U, and gives back when asked after delayMs',
  refund_silent: 'pays as it should; gives back, but never answers refund',
  registration_refused: 'pays as it should; refuses every merchant that it is asked to register',
  registration_silent: 'pays as it should; takes registrations of merchants and says no word',
};
