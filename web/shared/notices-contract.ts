// What acquirers were told, as the webhook inspector shows it.

export type NoticeState = 'waiting' | 'given_up' | 'taken';

/** One time that a notice was sent. */
export interface NoticeAttempt {
  readonly at: string;
  readonly path: string;
  readonly responseStatus: number | null;
  readonly verdict: string;
  readonly acknowledged: boolean;
  readonly resultCode: string | null;
  readonly durationMs: number;
  readonly requestHeaders: unknown;
  readonly requestBody: string;
  readonly responseHeaders: unknown;
  readonly responseBody: string;
}

export interface Notice {
  readonly paymentId: string;
  /** Of a refund's notice; null where it is of the payment itself. */
  readonly refundId: string | null;
  /** Of a notice of how a merchant's dispute came out. */
  readonly disputeId: string | null;
  readonly paymentRequestId: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly state: NoticeState;
  readonly resultCode: string;
  readonly endedAt: string | null;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly NoticeAttempt[];
}

/** Which notice it is: the id by which it is sent again. */
export function nameOf(notice: Notice) {
  const { paymentId, refundId, disputeId } = notice;
  if (disputeId !== null) return { api: 'notifyDispute', id: disputeId, named: { disputeId } };
  if (refundId !== null) return { api: 'notifyRefund', id: refundId, named: { refundId } };
  return { api: 'notifyPayment', id: paymentId, named: { paymentId } };
}

export interface Notices {
  readonly counts: { readonly waiting: number; readonly givenUp: number };
  readonly notices: readonly Notice[];
}
