// A dispute as one of its sides knows it: the wallet that asked, or the acquirer that must answer.

import type { Money } from '../money/money.ts';

/** UNSENT: the network was not heard yet. The last four are what the other side made of it. */
type SandboxDisputeStatus =
  | 'UNSENT'
  | 'REFUSED'
  | 'ASKED'
  | 'OVERDUE'
  | 'ANSWERED'
  | 'DECLINED'
  | 'ACCEPTED'
  | 'REFUND_OVERDUE';

export interface SandboxDispute {
  /** Whose record it is: the wallet's or the acquirer's. */
  readonly partnerId: string;
  /** Each side has an id of its own for it. */
  readonly disputeRequestId: string;
  /** The payment by this side's id. */
  readonly paymentRequestId: string;
  readonly kind: 'RETRIEVAL' | 'ESCALATION';
  readonly status: SandboxDisputeStatus;
  readonly reason: string;
  /** What is asked back; null where only evidence is wanted. */
  readonly claimed: Money | null;
  /** What the acquirer has promised. */
  readonly promised: Money | null;
  /** Why the network refused it, or what the shop said. */
  readonly message: string | null;
  /** What came from the other side; at an acquirer then its own answer's too. */
  readonly files: readonly { readonly fileName: string; readonly text: string | null }[];
  /** Until when somebody must answer or refund. */
  readonly dueAt: string | null;
  readonly createdAt: number;
}
