// The ways on that the answer to `pay` shows: an order code, the address of an entry code, or the
// cashier of a wallet.

import { slotOfNumber } from '../base/id.ts';
import { type OrderCode, readOrderCode, writeOrderCode } from '../codes/orderCode.ts';
import type { AcquirerPayResponse } from '../wire/acquirer.ts';
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

/** What an acquirer is shown while its payment waits for a wallet; nothing once it has ended. */
export function waysOn(payment: Payment, publicUrl: string): Ways {
  const code = orderCodeOf(payment);
  if (payment.state !== 'PROCESSING' || code === null) return {};
  switch (productRow(payment.product).shows) {
    case 'nothing':
      return {};
    case 'order_code':
      return { orderCodeForm: formOf(code, payment.expiresAt) };
    case 'entry_url':
      return { paymentUrl: entryUrlOf(code, publicUrl) };
    case 'cashier_urls':
      return {};
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
