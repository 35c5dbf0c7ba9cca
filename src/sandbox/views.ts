// What pages and scripts are shown: payments of wallets and tills as JSON, with times as ISO 8601
// text.

import { toWire, type WireAmount } from '../money/money.ts';
import type { TillPayment } from './acquirer.ts';
import type { TillPush } from './acquirer-push.ts';
import { refundableOf, type TillCancel, type TillRefund } from './acquirer-refund.ts';
import type { RulesInUse } from './code-rules-commands.ts';
import { entryCodeText } from './entry-addresses.ts';
import { printedCodeText } from './own-codes.ts';
import type { SandboxAcquirer, SandboxWallet } from './partners.ts';
import type { WalletPayment } from './wallet.ts';
import { refundedOf, refundsOf } from './wallet-refund.ts';

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
  /** When the shop of a national code had its money; absent until the wallet knows. */
  readonly creditedAt?: string;
  /** Where the visitor goes back to after paying in an online shop. */
  readonly returnUrl?: string;
  /** What was given back of it; absent where nothing was asked for. */
  readonly refunds?: readonly WalletRefundView[];
  /** The sum that has arrived, in the home currency. */
  readonly refundedAmount?: WireAmount;
}

/** Money that came back to the visitor, or is on its way. */
export interface WalletRefundView {
  readonly refundRequestId: string;
  readonly status: 'SUCCESS' | 'FAILED' | 'UNKNOWN';
  readonly amount: WireAmount;
  readonly refundFromAmount: WireAmount;
  readonly at: string;
}

/** A refund at a till. UNKNOWN: it is asked for again, with the same id, until the end is known. */
export interface TillRefundView {
  readonly refundRequestId: string;
  readonly refundId?: string;
  readonly status: 'SUCCESS' | 'FAILED' | 'UNKNOWN';
  readonly amount: WireAmount;
  readonly resultCode?: string;
  readonly resultMessage?: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
}

/** How the till's wish to cancel a payment stands. */
export interface TillCancelView {
  readonly status: 'SUCCESS' | 'FAILED' | 'UNKNOWN';
  /** Whether the customer had paid and gets it back. */
  readonly wasPaid: boolean;
  readonly resultCode?: string;
  readonly resultMessage?: string;
  readonly at: string;
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
  /** Where the visitor goes on. */
  readonly payUrl?: string;
  /** Whether the shop was credited, once the network has said that the customer has paid. */
  readonly push?: TillPush['status'];
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly learnedBy?: string;
  readonly cancel?: TillCancelView;
  readonly refunds?: readonly TillRefundView[];
  /** What may still be refunded; absent unless it is paid. */
  readonly refundableAmount?: WireAmount;
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
    ...(payment.creditedAt === undefined ? {} : { creditedAt: iso(payment.creditedAt) }),
    ...(payment.returnUrl == null ? {} : { returnUrl: payment.returnUrl }),
    ...walletRefunds(payment),
  };
}

function walletRefunds(payment: WalletPayment) {
  const refunds = refundsOf(payment);
  if (refunds.length === 0) return {};
  return {
    refunds: refunds.map((refund) => ({
      refundRequestId: refund.refundRequestId,
      status: refund.status,
      amount: toWire(refund.amount),
      refundFromAmount: toWire(refund.refundFromAmount),
      at: iso(refund.finishedAt ?? refund.createdAt),
    })),
    refundedAmount: toWire(refundedOf(payment)),
  };
}

function tillRefundView(refund: TillRefund): TillRefundView {
  const { refundId, resultCode, resultMessage, finishedAt } = refund;
  return {
    refundRequestId: refund.refundRequestId,
    ...(refundId === null ? {} : { refundId }),
    status: refund.status,
    amount: toWire(refund.amount),
    ...(resultCode === null ? {} : { resultCode }),
    ...(resultMessage === null ? {} : { resultMessage }),
    createdAt: iso(refund.createdAt),
    ...(finishedAt === null ? {} : { finishedAt: iso(finishedAt) }),
  };
}

function tillCancelView(cancel: TillCancel): TillCancelView {
  const { status, wasPaid, resultCode, resultMessage, at } = cancel;
  return {
    status,
    wasPaid,
    ...(resultCode === null ? {} : { resultCode }),
    ...(resultMessage === null ? {} : { resultMessage }),
    at: iso(at),
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
    ...(payment.payUrl == null ? {} : { payUrl: payment.payUrl }),
    createdAt: iso(payment.createdAt),
    ...(finishedAt === null ? {} : { finishedAt: iso(finishedAt) }),
    ...(learnedBy === null ? {} : { learnedBy }),
    ...(payment.push === undefined ? {} : { push: payment.push.status }),
    ...(payment.cancel === undefined ? {} : { cancel: tillCancelView(payment.cancel) }),
    ...(payment.refunds === undefined ? {} : { refunds: payment.refunds.map(tillRefundView) }),
    ...(payment.status === 'SUCCESS' ? { refundableAmount: toWire(refundableOf(payment)) } : {}),
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
    ownCodes: acquirer.ownCodes.kind,
    ...(acquirer.ownCodes.kind === 'national' ? { scheme: acquirer.ownCodes.scheme } : {}),
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
        // What is printed at the till: the scheme's own code where there is one.
        entryCode:
          printedCodeText({ acquirer, shop, tillId: till.id }) ??
          entryCodeText(acquirer, shop.id, till.id),
      })),
    })),
  };
}

/** The rules that a wallet goes by, as its app gets them. */
export function codeRulesView(inUse: RulesInUse) {
  const { source, version, fetchedAt, problem, set } = inUse;
  const rules = set.rules.map(({ source: _note, ...rule }) => rule);
  return {
    source,
    version,
    fetchedAt: fetchedAt === null ? null : iso(fetchedAt),
    ...(problem === null ? {} : { problem }),
    rules,
  };
}
