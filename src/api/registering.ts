// Saying what registrations need to be said: merchants to wallets, wallets' words to acquirers.

import type { Merchants } from '../merchants/merchant.ts';
import type { PartnerCalls } from '../network/calls.ts';
import type { Directory } from '../network/directory.ts';
import { type WalletReply, wordOfRefusal } from '../registrations/desk.ts';
import { type KnownRegistration, noticeOf } from '../registrations/registration.ts';
import { decodeAnswer, paths } from '../wire/messages.ts';
import { resultOnlyResponse, walletInquiryRegistrationResponse } from '../wire/registration.ts';
import { notifyMerchantOfRegistration } from './merchant/notifyRegistrationStatus.ts';

const nothing: WalletReply = { kind: 'nothing' };

/** Sends a registration to a wallet, or asks it for its word on one that it has. */
export async function askWalletAbout(
  calls: PartnerCalls,
  directory: Directory,
  registration: KnownRegistration,
  walletId: string,
  accepted: boolean,
): Promise<WalletReply> {
  const wallet = directory.byId(walletId);
  if (wallet === undefined) return nothing;
  const api = accepted ? 'inquiryRegistrationStatus' : 'registration';
  const answer = await calls.call({
    participant: wallet,
    api,
    url: wallet.endpoint + paths[api],
    body: accepted
      ? { registrationRequestId: registration.registrationId }
      : (JSON.parse(registration.body) as object),
    paymentNumber: null,
  });
  if (answer.kind === 'unknown') return nothing;
  return accepted ? replyToInquiry(answer.body) : replyToRegistration(answer.body);
}

function replyToRegistration(body: string): WalletReply {
  const decoded = decodeAnswer(resultOnlyResponse, body);
  if (!decoded.ok) return nothing;
  const { resultStatus, resultCode, resultMessage } = decoded.value.result;
  if (resultStatus === 'S') return { kind: 'accepted' };
  return resultStatus === 'F' ? wordOfRefusal(resultCode, resultMessage) : nothing;
}

function replyToInquiry(body: string): WalletReply {
  const decoded = decodeAnswer(walletInquiryRegistrationResponse, body);
  if (!decoded.ok) return nothing;
  const { result, registrationResult: word } = decoded.value;
  if (result.resultStatus === 'F' && result.resultCode === 'ORDER_NOT_EXIST') {
    return { kind: 'unknown_there' };
  }
  const state = word?.registrationStatus;
  if (state !== 'APPROVED' && state !== 'REJECTED') return nothing;
  return { kind: 'word', word: { state, rejectReasons: word?.rejectReasons ?? null } };
}

/** True when the acquirer has signed that it knows what a wallet said, or our merchant has said. */
export async function tellAcquirer(
  calls: PartnerCalls,
  directory: Directory,
  merchants: Merchants,
  registration: KnownRegistration,
): Promise<boolean> {
  const acquirer = directory.byId(registration.acquirerId);
  if (acquirer === undefined) return false;
  const merchant = merchants.byId(registration.merchantId);
  if (merchant?.acquirerId === registration.acquirerId) {
    return notifyMerchantOfRegistration(calls, acquirer, merchant, registration);
  }
  const api = 'notifyRegistrationStatus';
  const answer = await calls.call({
    participant: acquirer,
    api,
    url: registration.notifyUrl ?? acquirer.endpoint + paths[api],
    body: noticeOf(registration),
    paymentNumber: null,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(resultOnlyResponse, answer.body);
  return decoded.ok && decoded.value.result.resultStatus === 'S';
}
