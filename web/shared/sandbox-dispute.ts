// Disputes as the sandbox's wallets and tills know them, and how the pages ask for them.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { WireMoney } from './contract.ts';

export interface SandboxDispute {
  readonly disputeRequestId: string;
  readonly kind: 'RETRIEVAL' | 'ESCALATION';
  readonly status:
    | 'UNSENT'
    | 'REFUSED'
    | 'ASKED'
    | 'OVERDUE'
    | 'ANSWERED'
    | 'DECLINED'
    | 'ACCEPTED'
    | 'REFUND_OVERDUE';
  readonly reason: string;
  readonly claimed: WireMoney | null;
  readonly promised: WireMoney | null;
  readonly message: string | null;
  readonly files: readonly { readonly fileName: string; readonly text: string | null }[];
  readonly dueAt: string | null;
  readonly createdAt: string;
}

/** The disputes of one payment; `payment` is the address of the payment at its side. */
export function sandboxDisputesQuery(payment: string) {
  return queryOptions({
    queryKey: ['sandbox-disputes', payment],
    queryFn: () => getJson<{ disputes: readonly SandboxDispute[] }>(`${payment}/disputes`),
    refetchInterval: 2_000,
  });
}
