// Debits by agreement: whose token it is and whether it is good; and evaluations, which only ask.

import { createHash } from 'node:crypto';
import { invalid, type TokenFault, tokenFault } from '../../agreements/agreement.ts';
import { readToken } from '../../agreements/tokens.ts';
import { toWire } from '../../money/money.ts';
import { payToOf } from '../../payments/amounts.ts';
import { moneyFrom } from '../../payments/bodies.ts';
import type { Payer } from '../../payments/legs.ts';
import { factorOf } from '../../payments/products.ts';
import type { AcquirerPayRequest, AcquirerPayResponse } from '../../wire/acquirer.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import type { WalletPayRequest } from '../../wire/wallet.ts';
import { agreementIdOf } from '../agreements.ts';
import { type Answer, type EndpointContext, refuse } from './endpoint.ts';

/** A token of this acquirer that lets it debit now, with whom; or why there is none. */
export type Debtor =
  | {
      readonly kind: 'debtor';
      readonly agreementNumber: number;
      readonly walletId: string;
      readonly customerId: string;
    }
  | ({ readonly kind: 'refused' } & TokenFault);

/** The agreement that a token names, whether or not it still lets anybody debit; 0 for none. */
export function agreementNumberOf(context: EndpointContext, message: AcquirerPayRequest): number {
  const token = message.paymentMethod.paymentMethodId ?? '';
  return readToken(context.agreements.tokenKeys, 'access', token)?.agreementNumber ?? 0;
}

/** Finds who is to pay; the order of the checks is that of `tokenFault`. */
export async function debtorOf(
  context: EndpointContext,
  message: AcquirerPayRequest,
): Promise<Debtor> {
  const { agreements, caller, now } = context;
  const { paymentMethodId = '', paymentMethodMetaData } = message.paymentMethod;
  const name = readToken(agreements.tokenKeys, 'access', paymentMethodId);
  const known = name === undefined ? undefined : await agreements.find(name.agreementNumber);
  const client = paymentMethodMetaData?.authClientId;
  const isOwn =
    known?.acquirerId === caller.participantId &&
    (client === undefined || client === known.authClientId);
  if (name === undefined || known === undefined || !isOwn) {
    return {
      kind: 'refused',
      ...invalid('paymentMethod.paymentMethodId is no access token of yours.'),
    };
  }
  const fault = tokenFault(known, name.generation, now);
  if (fault !== undefined) return { kind: 'refused', ...fault };
  return {
    kind: 'debtor',
    agreementNumber: known.agreementNumber,
    walletId: known.walletId,
    customerId: known.customerId ?? agreementIdOf(known),
  };
}

/**
 * An evaluation (protocol.md §1.1): the wallet says whether it would pay now. No payment is made of
 * it, no money is held, and its paymentRequestId stays free.
 */
export async function evaluate(
  context: EndpointContext,
  message: AcquirerPayRequest,
  { wallet, customerId, price }: Payer,
  agreementNumber: number,
): Promise<Answer> {
  const amount = moneyFrom(message.paymentAmount);
  const payTo = payToOf(amount, price);
  if (payTo === undefined) {
    return refuse('PARAM_ILLEGAL', 'paymentAmount.value is too small to convert.');
  }
  const isSame = payTo.currency === amount.currency;
  const body: WalletPayRequest = {
    acquirerId: context.caller.participantId,
    pspId: wallet.participantId,
    paymentRequestId: evaluationIdOf(context.caller.participantId, message.paymentRequestId),
    order: message.order,
    paymentAmount: toWire(amount),
    payToAmount: toWire(payTo),
    ...(isSame
      ? {}
      : {
          paymentQuote: {
            quoteCurrencyPair: `${amount.currency}/${payTo.currency}`,
            quotePrice: price.chargedPrice,
            baseCurrency: amount.currency,
          },
        }),
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', customerId },
    paymentFactor: { ...factorOf('auto_debit', null), isPaymentEvaluation: 'true' },
    paymentExpiryTime: formatTime(context.now + context.rules.timing.autoDebitPaymentMs),
  };
  const told = await context.agreements.debit(agreementNumber, body, null);
  switch (told.kind) {
    case 'failure':
      return refuse(told.resultCode);
    case 'unknown':
      return refuse('UNKNOWN_EXCEPTION', `${wallet.name} has not said. Ask again.`);
    case 'success': {
      const { participantId: pspId, name: walletBrandName } = wallet;
      const body: AcquirerPayResponse = { result: result('SUCCESS'), pspId, walletBrandName };
      return { body };
    }
  }
}

/** Its id at the wallet: the same for the same question, and never that of a payment. */
function evaluationIdOf(acquirerId: string, paymentRequestId: string): string {
  const digest = createHash('sha256').update(`${acquirerId}/${paymentRequestId}`).digest('hex');
  return `evaluation-${digest.slice(0, 40)}`;
}
