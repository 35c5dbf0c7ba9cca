// What an acquirer does with a push: the wallet has paid a national code, and the network wants the
// shop credited. Pure decisions.

import type { PushPaymentRequest } from '../wire/push.ts';
import type { ResultCode } from '../wire/results.ts';
import type { TillPayment } from './acquirer.ts';

/** The ways an acquirer can treat the pushes to come. */
export const pushModes = [
  'normal',
  'push_refused',
  'push_later',
  'push_silent',
  'push_unheard',
] as const;

export type PushMode = (typeof pushModes)[number];

/** An acquirer's behaviour; it stays until another is set, over a restart too. */
export interface AcquirerBehaviour {
  readonly mode: PushMode;
  /** Milliseconds for `push_later`. */
  readonly delayMs: number;
}

export const normalAcquirer: AcquirerBehaviour = { mode: 'normal', delayMs: 6_000 };

/** What each mode does, for the machine-readable list of endpoints. */
export const pushModeMeanings: Readonly<Record<PushMode, string>> = {
  normal: 'credits the shop at once and says so',
  push_refused: 'never credits: answers pushPayment with F MERCHANT_KYB_NOT_QUALIFIED',
  push_later: 'answers U, credits after delayMs and says so by notifyPushPayment',
  push_silent: 'never answers pushPayment and never credits; says U when asked',
  push_unheard: 'credits, but never answers pushPayment; tells the truth when asked',
};

/** Whether a push is left without an answer. */
export const isSilent = ({ mode }: AcquirerBehaviour): boolean =>
  mode === 'push_silent' || mode === 'push_unheard';

/** TAKEN_BACK: it was credited, and the payment ended unpaid after that. */
export interface TillPush {
  readonly paymentId: string;
  readonly status: 'WAITING' | 'CREDITED' | 'REFUSED' | 'TAKEN_BACK';
  /** What the push is about, as one text (protocol.md §2.15). */
  readonly terms: string;
  readonly at: number;
  /** When something is to be done by itself: credit, then tell the network; null: nothing. */
  readonly dueAt: number | null;
}

/** What a push is answered, and the payment after it; null: nothing changed. */
export interface PushDecision {
  readonly code: ResultCode;
  readonly payment: TillPayment | null;
}

const refusal: ResultCode = 'MERCHANT_KYB_NOT_QUALIFIED';

/** pushPayment: once for each `paymentId`. */
export function decidePush(
  payment: TillPayment,
  request: PushPaymentRequest,
  behaviour: AcquirerBehaviour,
  now: number,
): PushDecision {
  const { paymentId, paymentAmount, settlementAmount } = request;
  const terms = JSON.stringify([paymentId, paymentAmount, settlementAmount]);
  if (payment.push !== undefined) {
    if (payment.push.terms !== terms) return { code: 'REPEAT_REQ_INCONSISTENT', payment: null };
    return { code: pushResultOf(payment.push), payment: null };
  }
  const { currency, minor } = payment.amount;
  if (paymentAmount.currency !== currency || BigInt(paymentAmount.value) !== minor) {
    return { code: 'PARAM_ILLEGAL', payment: null };
  }
  if (payment.status === 'CLOSED' || payment.status === 'FAILED') {
    return { code: 'ORDER_IS_CLOSED', payment: null };
  }
  const push: TillPush = { paymentId, terms, at: now, ...courseOf(behaviour, now) };
  return { code: pushResultOf(push), payment: { ...payment, paymentId, push } };
}

function courseOf(
  { mode, delayMs }: AcquirerBehaviour,
  now: number,
): Pick<TillPush, 'status' | 'dueAt'> {
  switch (mode) {
    case 'normal':
    case 'push_unheard':
      return { status: 'CREDITED', dueAt: null };
    case 'push_refused':
      return { status: 'REFUSED', dueAt: null };
    case 'push_later':
      return { status: 'WAITING', dueAt: now + delayMs };
    case 'push_silent':
      return { status: 'WAITING', dueAt: null };
  }
}

/** What is said about a push, however it is asked about. */
export function pushResultOf({ status }: TillPush): ResultCode {
  switch (status) {
    case 'CREDITED':
      return 'SUCCESS';
    case 'REFUSED':
      return refusal;
    case 'TAKEN_BACK':
      return 'ORDER_IS_CLOSED';
    case 'WAITING':
      return 'PAYMENT_IN_PROCESS';
  }
}

/** The time of `push_later` has come: the shop is credited, and the network is to be told. */
export function creditDue(payment: TillPayment, leaseMs: number, now: number): TillPayment {
  const { push } = payment;
  if (push === undefined) return payment;
  return { ...payment, push: { ...push, status: 'CREDITED', at: now, dueAt: now + leaseMs } };
}

/** After the network's word on our notice: told, or to be told again. */
export function pushTold(
  payment: TillPayment,
  code: ResultCode | string | null,
  now: number,
): TillPayment {
  const { push } = payment;
  if (push === undefined || push.dueAt === null) return payment;
  if (code === null) return { ...payment, push: { ...push, dueAt: now + 5_000 } };
  const isLate = code === 'ORDER_IS_CLOSED';
  return {
    ...payment,
    push: { ...push, dueAt: null, ...(isLate ? { status: 'TAKEN_BACK' } : {}) },
  };
}

/** A payment that ended unpaid is not owed to us: what was credited is taken back. */
export function pushAfterEnd(payment: TillPayment, now: number): TillPayment {
  const { push, status } = payment;
  if (push === undefined || status === 'SUCCESS') return payment;
  if (push.status === 'REFUSED' || push.status === 'TAKEN_BACK') return payment;
  const ended = push.status === 'CREDITED' ? 'TAKEN_BACK' : 'REFUSED';
  return { ...payment, push: { ...push, status: ended, at: now, dueAt: null } };
}
