// Telling a merchant something, signed, and whether it has said that it knows.

import type { Merchant } from '../../merchants/merchant.ts';
import type { PartnerCall, PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { acquirerNotifyPaymentResponse } from '../../wire/acquirer.ts';
import { decodeAnswer } from '../../wire/messages.ts';

interface MerchantNotice extends Pick<PartnerCall, 'api' | 'body' | 'paymentNumber'> {
  /** Null where it has no address: then there is nobody to tell. */
  readonly url: string | null;
}

/**
 * True when the merchant has said that it received the notice: HTTP 200 and a result S, which
 * merchants do not sign (protocol.md §3). One without any address has nothing to be told.
 */
export async function tellMerchant(
  calls: PartnerCalls,
  acquirer: Participant,
  { merchantId, clientId }: Merchant,
  { url, ...notice }: MerchantNotice,
): Promise<boolean> {
  if (url === null) return true;
  const merchant = { merchantId, clientId };
  const answer = await calls.call({ participant: acquirer, merchant, url, ...notice });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(acquirerNotifyPaymentResponse, answer.body);
  return decoded.ok && decoded.value.result.resultStatus === 'S';
}
