// What pages and scripts are shown: payments of wallets and tills as JSON, with times as ISO 8601
// text.

import { toWire, type WireAmount } from '../money/money.ts';
import type { TillPayment } from './acquirer.ts';
import { entryCodeText } from './entry-addresses.ts';
import type { SandboxAcquirer, SandboxWallet } from './partners.ts';
import type { WalletPayment } from './wallet.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A basis-point text as percent: `50` is `0.5`. Undefined when it is no whole number. */
function percentOf(basisPoints: string | null): string | undefined {
  if (basisPoints === null || !/^[0-9]{1,6}$/.test(basisPoints)) return undefined;
  const padded = basisPoints.padStart(3, '0');
  const whole = padded.slice(0, -2).replace(/^0+(?=.)/, '');
  const decimals = padded.slice(-2).replace(/0+$/, '');
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** The rate as the visitor reads it before consent. */
export interface RateView {
  readonly pair: string;
  readonly price: string;
  readonly midPrice?: string;
  readonly spreadPercent?: string;
}

/** A payment in the visitor's wallet; absent fields are not known. */
export interface WalletPaymentView {
  readonly paymentRequestId: string;
  readonly walletPaymentId: string;
  readonly status: WalletPayment['status'];
  readonly failureCode?: string;
  readonly product: WalletPayment['product'];
  readonly merchantName: string;
  readonly storeName?: string;
  readonly city?: string;
  readonly orderDescription: string;
  readonly amount: WireAmount;
  readonly payToAmount: WireAmount;
  readonly rate?: RateView;
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly expiresAt?: string;
}

/** A payment at a till; absent fields are not known. */
export interface TillPaymentView {
  readonly paymentRequestId: string;
  readonly paymentId?: string;
  readonly product: TillPayment['product'];
  readonly status: TillPayment['status'];
  readonly resultCode?: string;
  readonly resultMessage?: string;
  readonly amount: WireAmount;
  readonly settlementAmount?: WireAmount;
  readonly walletBrandName?: string;
  readonly orderCode?: { readonly text: string; readonly expiresAt: string };
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly learnedBy?: string;
}

function rateView(rate: NonNullable<WalletPayment['rate']>): RateView {
  const spreadPercent = percentOf(rate.spreadBasisPoints);
  return {
    pair: rate.pair,
    price: rate.price,
    ...(rate.midPrice === null ? {} : { midPrice: rate.midPrice }),
    ...(spreadPercent === undefined ? {} : { spreadPercent }),
  };
}

export function walletPaymentView(payment: WalletPayment): WalletPaymentView {
  return {
    paymentRequestId: payment.paymentRequestId,
    walletPaymentId: payment.walletPaymentId,
    status: payment.status,
    ...(payment.failureCode === null ? {} : { failureCode: payment.failureCode }),
    product: payment.product,
    merchantName: payment.merchantName,
    ...(payment.storeName === null ? {} : { storeName: payment.storeName }),
    ...(payment.city === null ? {} : { city: payment.city }),
    orderDescription: payment.orderDescription,
    amount: toWire(payment.amount),
    payToAmount: toWire(payment.payToAmount),
    ...(payment.rate === null ? {} : { rate: rateView(payment.rate) }),
    createdAt: iso(payment.createdAt),
    ...(payment.finishedAt === null ? {} : { finishedAt: iso(payment.finishedAt) }),
    ...(payment.expiresAt === null ? {} : { expiresAt: iso(payment.expiresAt) }),
  };
}

export function tillPaymentView(payment: TillPayment): TillPaymentView {
  const { paymentId, resultCode, resultMessage, settlementAmount, walletBrandName } = payment;
  const { orderCodeText, finishedAt, learnedBy } = payment;
  const orderCode = { text: orderCodeText ?? '', expiresAt: iso(payment.expiresAt) };
  return {
    paymentRequestId: payment.paymentRequestId,
    ...(paymentId === null ? {} : { paymentId }),
    product: payment.product,
    status: payment.status,
    ...(resultCode === null ? {} : { resultCode }),
    ...(resultMessage === null ? {} : { resultMessage }),
    amount: toWire(payment.amount),
    ...(settlementAmount === null ? {} : { settlementAmount: toWire(settlementAmount) }),
    ...(walletBrandName === null ? {} : { walletBrandName }),
    ...(orderCodeText === null ? {} : { orderCode }),
    createdAt: iso(payment.createdAt),
    ...(finishedAt === null ? {} : { finishedAt: iso(finishedAt) }),
    ...(learnedBy === null ? {} : { learnedBy }),
  };
}

export function walletView(wallet: SandboxWallet) {
  return { id: wallet.id, name: wallet.name, market: wallet.market, currency: wallet.currency };
}

export function acquirerView(acquirer: SandboxAcquirer) {
  return {
    id: acquirer.id,
    name: acquirer.name,
    settlementCurrency: acquirer.currency,
    shops: acquirer.shops.map((shop) => ({
      id: shop.id,
      name: shop.name,
      nameZh: shop.nameZh,
      city: shop.city,
      cityZh: shop.cityZh,
      mcc: shop.mcc,
      district: shop.district,
      districtZh: shop.districtZh,
      goods: shop.goods,
      tills: shop.tills.map((till) => ({
        id: till.id,
        entryCode: entryCodeText(acquirer, shop.id, till.id),
      })),
    })),
  };
}
