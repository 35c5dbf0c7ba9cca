// What a wallet's answer says about a payment, in the words of the payments room.

import type { WalletWord } from '../payments/answer.ts';
import { declineOf } from '../wire/apiSteps.ts';
import { decodeAnswer } from '../wire/messages.ts';
import type { ResultObject } from '../wire/objects.ts';
import { walletPayResponse } from '../wire/wallet.ts';

export const unknown: WalletWord = { kind: 'unknown' };

export function wordOfPay(body: string): WalletWord {
  const decoded = decodeAnswer(walletPayResponse, body);
  if (!decoded.ok) return unknown;
  return wordOf(decoded.value.result, decoded.value.paymentId);
}

export function wordOf(result: ResultObject, walletPaymentId: string | undefined): WalletWord {
  switch (result.resultStatus) {
    case 'S':
      return { kind: 'success', walletPaymentId: walletPaymentId ?? null };
    case 'F':
      return { kind: 'failure', resultCode: declineOf(result.resultCode) };
    case 'U':
      return unknown;
  }
}
