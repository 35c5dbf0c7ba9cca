// The ways on that the answer to `pay` shows: an order code, the address of an entry code, or the
// cashier of a wallet.

import { slotOfNumber } from '../base/id.ts';
import { type OrderCode, readOrderCode, writeOrderCode } from '../codes/orderCode.ts';
import type { Cashier } from '../network/participant.ts';
import type { AcquirerPayResponse } from '../wire/acquirer.ts';
import type { Env } from '../wire/objects.ts';
import { formatTime } from '../wire/time.ts';
import type { Payment } from './payment.ts';
import { productRow } from './products.ts';

/** The order code of a payment: the code that every product but the payment code leads to. */
export function orderCodeOf(payment: Payment): string | null {
  if (payment.nonce === null) return null;
  return writeOrderCode({
    number: String(payment.paymentNumber),
    slot: slotOfNumber(payment.paymentNumber),
    nonce: payment.nonce,
  });
}

type Ways = Partial<AcquirerPayResponse>;

/** What the ways depend on beside the payment: our address, and whose device and wallet it is. */
export interface Surroundings {
  readonly publicUrl: string;
  /** The cashier of the wallet that the visitor chose; null when it is still to be chosen. */
  readonly cashier: Cashier | null;
  readonly env: Pick<Env, 'terminalType' | 'osType'>;
}

/** What an acquirer is shown while its payment waits for a wallet; nothing once it has ended. */
export function waysOn(payment: Payment, around: Surroundings): Ways {
  const code = orderCodeOf(payment);
  const { product, state } = payment;
  if (state !== 'PROCESSING' || code === null || product === 'never_placed') return {};
  switch (productRow(product).shows) {
    case 'nothing':
      return {};
    case 'order_code':
      return { orderCodeForm: formOf(code, payment.expiresAt) };
    case 'entry_url':
      return { paymentUrl: entryUrlOf(code, around.publicUrl) };
    case 'cashier_urls':
      return cashierWays(payment, code, around);
  }
}

function formOf(code: string, expiresAt: number): NonNullable<Ways['orderCodeForm']> {
  return {
    paymentMethodType: 'CONNECT_WALLET',
    expireTime: formatTime(expiresAt),
    codeDetails: [{ codeValueType: 'QRCODE', codeValue: code, displayType: 'TEXT' }],
  };
}

/**
 * The cashier of the wallet that was chosen, or our own page that offers all of them. An app or a
 * phone also gets the wallet's own addresses; a desktop gets a code for wallets that scan (§1.6).
 */
function cashierWays(payment: Payment, code: string, around: Surroundings): Ways {
  const { cashier, env, publicUrl } = around;
  const isDesktop = env.terminalType === 'WEB';
  const form = { orderCodeForm: formOf(code, payment.expiresAt) };
  if (cashier === null) {
    return { normalUrl: entryUrlOf(code, publicUrl), ...(isDesktop ? form : {}) };
  }
  const { schemeUrl, applinkUrl, appIdentifier } = cashier;
  const inApp = !isDesktop && env.osType !== undefined;
  return {
    normalUrl: withCode(cashier.normalUrl, code),
    ...(inApp && schemeUrl !== null ? { schemeUrl: withCode(schemeUrl, code) } : {}),
    ...(inApp && applinkUrl !== null ? { applinkUrl: withCode(applinkUrl, code) } : {}),
    ...(inApp && appIdentifier !== null ? { appIdentifier } : {}),
    ...(isDesktop && cashier.scansCodes ? form : {}),
  };
}

/** An address of a wallet with the order code appended; the name of the parameter is our rule. */
export function withCode(address: string, code: string): string {
  const joint = address.includes('?') ? '&' : '?';
  return `${address}${joint}codeValue=${encodeURIComponent(code)}`;
}

/**
 * The address that turns an entry code into its order code (protocol.md §1.4). The order code's own
 * digits are its last part (our rule), so that nothing more has to be kept, and no address can be
 * guessed.
 */
function entryUrlOf(orderCode: string, publicUrl: string): string {
  return `${publicUrl}/entry/${orderCode.slice(orderCode.lastIndexOf('/') + 1)}`;
}

/** What the last part of such an address names; undefined when it is none of ours. */
export function readEntryToken(token: string): OrderCode | undefined {
  return readOrderCode(`${orderCodeStart}${token}`);
}

const orderCodeStart = writeOrderCode({ slot: 0, number: '0', nonce: '00000000' }).replace(
  /[0-9]+$/,
  '',
);
