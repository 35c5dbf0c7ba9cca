// Which wallets can pay what, for cashiers: said before the visitor chooses, and checked after.

import type { Participant } from '../../network/participant.ts';
import type { FinalRefusal, PayOrder } from '../../payments/pay.ts';
import { isUnregistered, notRegistered, type Sale } from '../../payments/registered.ts';
import type { Rules } from '../../payments/rules.ts';
import type { AcquirerPayRequest } from '../../wire/acquirer.ts';
import { type Answer, type EndpointContext, refuse } from './endpoint.ts';

/** The paymentMethodType that leaves the choice of a wallet to the visitor (protocol.md §2.1). */
export const anyWallet = 'CONNECT_WALLET';

/** Why a wallet cannot be offered; the names are our rule. */
export type DisableReason =
  | 'WALLET_NOT_AVAILABLE'
  | 'REGION_NOT_ALLOWED'
  | 'CURRENCY_NOT_SUPPORT'
  | 'MERCHANT_NOT_REGISTERED';

/**
 * Undefined when the wallet can pay an order in this currency; without a sale it is not known yet
 * whose order that will be.
 */
export function disableReasonOf(
  rules: Rules,
  wallet: Participant,
  currency: string,
  regions: readonly string[] | undefined,
  sale: Sale | undefined,
  now: number,
): DisableReason | undefined {
  if (!wallet.enabled) return 'WALLET_NOT_AVAILABLE';
  if (regions !== undefined && !regions.includes(wallet.market)) return 'REGION_NOT_ALLOWED';
  const priced = rules.board.price(currency, wallet.currency, wallet, now);
  if (priced.kind === 'unpriced') return 'CURRENCY_NOT_SUPPORT';
  const isRefused = sale !== undefined && isUnregistered(rules, sale, wallet.participantId);
  return isRefused ? 'MERCHANT_NOT_REGISTERED' : undefined;
}

/** The wallets that have a cashier, in the order of the directory. */
export function cashierWallets(rules: Rules): readonly Participant[] {
  return rules.directory.participants.filter(
    ({ participantId, role }) =>
      role === 'wallet' && rules.directory.cashierOf(participantId) !== undefined,
  );
}

/**
 * The refusal of a cashier payment whose wallet cannot take it; undefined when it can. An answer is
 * about the message; the other refusals are configuration, which the payment has to remember.
 */
export function refusedWallet(
  { rules, caller }: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
  now: number,
): Answer | FinalRefusal | undefined {
  const { paymentMethodType } = message.paymentMethod;
  if (order.product !== 'cashier' || paymentMethodType === anyWallet) return undefined;
  const wallet = cashierWallets(rules).find((each) => each.participantId === paymentMethodType);
  if (wallet === undefined) {
    return refuse(
      'PARAM_ILLEGAL',
      `paymentMethod.paymentMethodType must be ${anyWallet} or a walletName of consultPayment.`,
    );
  }
  const { currency } = message.paymentAmount;
  const sale = { ...order, acquirerId: caller.participantId };
  const reason = disableReasonOf(rules, wallet, currency, message.allowedPspRegions, sale, now);
  if (reason === undefined) return undefined;
  if (reason === 'MERCHANT_NOT_REGISTERED') return { resultCode: reason, message: notRegistered };
  const why = `${wallet.name} cannot pay this: ${reason}.`;
  return { resultCode: 'UNAVAILABLE_PAYMENT_METHOD', message: why };
}
