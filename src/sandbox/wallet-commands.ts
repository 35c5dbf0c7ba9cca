// The wallets at work: they answer the hub, obey their customers, and write every change down
// first.

import type { Clock, Random } from '../base/world.ts';
import { isTrue } from '../wire/objects.ts';
import type { WalletNotifyPushPaymentRequest } from '../wire/push.ts';
import { type Result, result } from '../wire/results.ts';
import { parseIsoTime } from '../wire/time.ts';
import type {
  WalletCancelPaymentRequest,
  WalletInquiryPaymentRequest,
  WalletInquiryPaymentResponse,
  WalletPayRequest,
  WalletPayResponse,
  WalletRefundRequest,
  WalletRefundResponse,
} from '../wire/wallet.ts';
import type { Behaviour } from './behaviour.ts';
import { pinAttemptsAllowed, sandboxPin } from './customers.ts';
import { customerChannel, type EventDesk } from './events.ts';
import type { GrantDesk } from './grant-commands.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import type { SandboxWallet } from './partners.ts';
import { walletPaymentView } from './views.ts';
import {
  decideCancel,
  decideConfirm,
  decideCredited,
  decideDecline,
  decideDue,
  decideEvaluation,
  decideExpiry,
  decidePay,
  type WalletDecision,
  type WalletPayment,
} from './wallet.ts';
import {
  bookPay,
  inquiryAnswer,
  moneyOf,
  payAnswer,
  refundAnswer,
  refundAsk,
} from './wallet-messages.ts';
import { decideRefund } from './wallet-refund.ts';
import type { StoredCustomer, WalletStore } from './wallet-store.ts';

export interface WalletDeskOptions {
  readonly store: WalletStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventDesk;
  readonly grants: Pick<GrantDesk, 'debtorOf'>;
  /** Called after something was written that may be due soon. */
  readonly nudge: () => void;
}

/** The most that one top-up adds, in minor units: far more than anybody tries, and no overflow. */
export const topUpLimitMinor = 1_000_000_000_000n;

export type WalletDesk = ReturnType<typeof createWalletDesk>;

/** A wallet's own id of a payment: who, when, and enough digits that nobody guesses it. */
export function newWalletPaymentId(walletId: string, random: Random): string {
  return `${walletId.replaceAll('_', '')}${random.digits(20)}`;
}

export function createWalletDesk(options: WalletDeskOptions) {
  const { store, clock } = options;
  const changes = createChanges(options);
  return {
    ...hubCalls(options, changes),
    ...customerCalls(options, changes),
    /** Does what is due in the wallets' books: late successes, and the end of waiting for a PIN. */
    runDue(now: number): void {
      for (const woken of store.paymentsToWake(now)) {
        changes.onPayment(woken.walletId, woken.paymentRequestId, (payment, customer) =>
          payment.due === null
            ? (decideExpiry(payment, now) ?? unchanged)
            : decideDue(payment, factsOf(customer), now),
        );
      }
    },
    /** Books a scanned order, once: the same code scanned again is the same payment. */
    book(asked: WalletPayment): WalletPayment {
      const { walletId, paymentRequestId } = asked;
      const booked = store.transaction(() => {
        const existing = store.payment(walletId, paymentRequestId);
        if (existing !== null) return existing;
        const cancelled = store.wasCancelled(walletId, paymentRequestId);
        const now = clock.now();
        const fresh = (cancelled ? decideCancel(asked, now).payment : null) ?? asked;
        store.keep(fresh);
        return fresh;
      });
      changes.announce(booked, false);
      return booked;
    },
  };
}

const unchanged: WalletDecision = { payment: null, entry: null, notices: [], code: 'SUCCESS' };

type Decide = (payment: WalletPayment, customer: StoredCustomer) => WalletDecision;

/** Carries decisions out: one transaction for payment, money and notices, then the news. */
function createChanges({ store, clock, events, nudge }: WalletDeskOptions) {
  function announce(payment: WalletPayment, moneyMoved: boolean): void {
    const channel = customerChannel(payment.walletId, payment.customerId);
    events.publish(channel, 'payment', walletPaymentView(payment));
    const customer = moneyMoved ? store.customer(payment.walletId, payment.customerId) : null;
    if (customer !== null) publishBalance(events, customer);
    nudge();
  }

  /** Writes a decision; the caller holds the transaction. */
  function write(decision: WalletDecision): void {
    const { payment, entry } = decision;
    if (payment === null) return;
    const { walletId, customerId, paymentRequestId } = payment;
    const now = clock.now();
    store.keep(payment);
    if (entry !== null) {
      const reference = entry.refundRequestId ?? paymentRequestId;
      const row = { kind: entry.kind, minor: entry.minor, paymentRequestId: reference };
      store.record(walletId, customerId, row, now);
    }
    for (const notice of decision.notices) store.addNotice(payment, notice, now);
  }

  return {
    announce,
    write,
    tell(decision: WalletDecision): void {
      if (decision.payment !== null) announce(decision.payment, decision.entry !== null);
    },
    /**
     * Decides about one payment on its state of this moment; null when there is no such payment.
     */
    onPayment(walletId: string, paymentRequestId: string, decide: Decide): WalletDecision | null {
      const decision = store.transaction(() => {
        const payment = store.payment(walletId, paymentRequestId);
        if (payment === null) return null;
        const customer = store.customer(walletId, payment.customerId);
        if (customer === null)
          throw new Error(`${paymentRequestId} has no customer in ${walletId}`);
        const made = decide(payment, customer);
        write(made);
        return made;
      });
      if (decision !== null) this.tell(decision);
      return decision;
    },
  };
}

type Changes = ReturnType<typeof createChanges>;

function publishBalance(events: EventDesk, customer: StoredCustomer): void {
  const { currency, minor } = customer.balance;
  const balance = { currency, value: minor.toString() };
  events.publish(customerChannel(customer.walletId, customer.id), 'balance', { balance });
}

/** What a customer's account says to a decision about it. */
const factsOf = ({ balance }: StoredCustomer) => ({
  currency: balance.currency,
  balanceMinor: balance.minor,
});

/** The hub's calls to a wallet (protocol.md §2.2, §2.6, §2.7, §2.8). */
function hubCalls({ store, clock, random, grants }: WalletDeskOptions, changes: Changes) {
  /** Says whether the customer could pay; nothing is written. */
  function evaluate(
    wallet: SandboxWallet,
    request: WalletPayRequest,
    debtor: ReturnType<GrantDesk['debtorOf']> | null,
  ): WalletPayResponse {
    if (debtor === null || 'code' in debtor) return { result: result('INVALID_TOKEN') };
    const customer = store.customer(wallet.id, debtor.customerId);
    if (customer === null) return { result: result('USER_NOT_EXIST') };
    const payTo = moneyOf(request.payToAmount);
    const behaviour = store.behaviour(wallet.id);
    return { result: result(decideEvaluation(payTo, factsOf(customer), behaviour)) };
  }

  return {
    pay(wallet: SandboxWallet, request: WalletPayRequest): WalletPayResponse {
      if (request.pspId !== wallet.id) return { result: foreignWallet(wallet) };
      const { paymentMethod, paymentFactor } = request;
      // For any other product the id is a payment code, which needs nothing beside it.
      const debtor = isTrue(paymentFactor.isAgreementPayment)
        ? grants.debtorOf(wallet.id, paymentMethod.paymentMethodId ?? '')
        : null;
      const known = store.payment(wallet.id, request.paymentRequestId) !== null;
      if (debtor !== null && !known && 'code' in debtor) return { result: result(debtor.code) };
      if (isTrue(paymentFactor.isPaymentEvaluation)) return evaluate(wallet, request, debtor);
      const now = clock.now();
      const walletPaymentId = newWalletPaymentId(wallet.id, random);
      const booked = bookPay(request, { walletId: wallet.id, walletPaymentId, now });
      // The token says whose debit it is, whatever the message says beside it.
      const asked =
        debtor === null || 'code' in debtor ? booked : { ...booked, customerId: debtor.customerId };
      const { decision, payment } = store.transaction(() => {
        const customer = store.customer(wallet.id, asked.customerId);
        const existing = store.payment(wallet.id, asked.paymentRequestId);
        const made = decidePay({
          asked,
          existing,
          cancelledBefore: store.wasCancelled(wallet.id, asked.paymentRequestId),
          customer: customer === null ? null : factsOf(customer),
          behaviour: store.behaviour(wallet.id),
          noPinLimitMinor: wallet.noPinLimitMinor,
          now,
        });
        changes.write(made);
        return { decision: made, payment: made.payment ?? existing };
      });
      changes.tell(decision);
      return payAnswer(resultFor(decision), payment);
    },

    inquire(
      wallet: SandboxWallet,
      request: WalletInquiryPaymentRequest,
    ): WalletInquiryPaymentResponse {
      if (request.pspId !== wallet.id) return { result: foreignWallet(wallet) };
      const payment = store.payment(wallet.id, request.paymentRequestId);
      if (payment !== null) return inquiryAnswer(payment);
      if (!store.wasCancelled(wallet.id, request.paymentRequestId)) {
        return { result: result('ORDER_NOT_EXIST') };
      }
      return { result: result('SUCCESS'), paymentResult: result('ORDER_IS_CLOSED') };
    },

    /**
     * Succeeds whatever the state, until 00:30 of the day after the payment; a payment not seen
     * yet is remembered, so that it is never paid.
     */
    cancel(wallet: SandboxWallet, request: WalletCancelPaymentRequest): { result: Result } {
      if (request.pspId !== wallet.id) return { result: foreignWallet(wallet) };
      const now = clock.now();
      const decision = changes.onPayment(wallet.id, request.paymentRequestId, (payment) =>
        decideCancel(payment, now),
      );
      if (decision?.code === 'CANCEL_WINDOW_EXCEED') return { result: resultFor(decision) };
      store.rememberCancellation(wallet.id, request.paymentRequestId, now);
      return { result: result('SUCCESS') };
    },

    /** The shop of a national code has its money. */
    credited(wallet: SandboxWallet, request: WalletNotifyPushPaymentRequest): { result: Result } {
      if (request.pspId !== wallet.id) return { result: foreignWallet(wallet) };
      const now = clock.now();
      const at = parseIsoTime(request.creditTime) ?? now;
      const decision = changes.onPayment(wallet.id, request.paymentRequestId, (payment) =>
        decideCredited(payment, at),
      );
      return { result: decision === null ? result('ORDER_NOT_EXIST') : resultFor(decision) };
    },

    /** Gives money back, once for each id of the hub. */
    refund(wallet: SandboxWallet, request: WalletRefundRequest): WalletRefundResponse {
      if (request.pspId !== wallet.id) return { result: foreignWallet(wallet) };
      const now = clock.now();
      const ask = refundAsk(request);
      const walletRefundId = `R${newWalletPaymentId(wallet.id, random)}`;
      const decision = changes.onPayment(wallet.id, request.paymentRequestId, (payment) =>
        decideRefund(payment, ask, store.behaviour(wallet.id), walletRefundId, now),
      );
      if (decision === null) return { result: result('ORDER_NOT_EXIST') };
      const payment = store.payment(wallet.id, request.paymentRequestId);
      return refundAnswer(resultFor(decision), payment, request.refundRequestId);
    },
  };
}

function resultFor(decision: WalletDecision): Result {
  // Only a customer's own PIN can be wrong, and that is never an answer to the hub.
  return result(decision.code === 'WRONG_PIN' ? 'PAYMENT_IN_PROCESS' : decision.code);
}

function foreignWallet(wallet: SandboxWallet): Result {
  return result('ACCESS_DENIED', `pspId is not this wallet's own: ${wallet.id}.`);
}

/** What customers and the sandbox's pages do to a wallet. */
function customerCalls({ store, clock, events }: WalletDeskOptions, changes: Changes) {
  function own(
    wallet: SandboxWallet,
    customerId: string,
    paymentRequestId: string,
    decide: Decide,
  ): ApiOutcome<{ decision: WalletDecision; payment: WalletPayment }> {
    if (store.payment(wallet.id, paymentRequestId)?.customerId !== customerId) {
      const message = `Customer ${customerId} has no payment ${paymentRequestId}.`;
      return refused(404, 'PAYMENT_NOT_FOUND', message, 'paymentRequestId');
    }
    const decision = changes.onPayment(wallet.id, paymentRequestId, decide);
    const payment = store.payment(wallet.id, paymentRequestId);
    if (decision === null || payment === null) throw new Error(`${paymentRequestId} has vanished`);
    return done({ decision, payment });
  }

  return {
    confirm(
      wallet: SandboxWallet,
      customerId: string,
      paymentRequestId: string,
      pin: string,
    ): ApiOutcome<WalletPayment> {
      const now = clock.now();
      const behaviour = store.behaviour(wallet.id);
      const outcome = own(wallet, customerId, paymentRequestId, (payment, customer) =>
        decideConfirm(payment, factsOf(customer), pin === sandboxPin, behaviour, now),
      );
      if (!outcome.ok) return outcome;
      const { decision, payment } = outcome.value;
      if (decision.code !== 'WRONG_PIN') return done(payment);
      const left = pinAttemptsAllowed - payment.pinFailures;
      const tries = left === 1 ? 'one try is left' : `${left} tries are left`;
      return refused(422, 'WRONG_PIN', `The PIN is wrong; ${tries}.`, 'pin');
    },

    decline(
      wallet: SandboxWallet,
      customerId: string,
      paymentRequestId: string,
    ): ApiOutcome<WalletPayment> {
      const now = clock.now();
      const outcome = own(wallet, customerId, paymentRequestId, (payment) =>
        decideDecline(payment, now),
      );
      return outcome.ok ? done(outcome.value.payment) : outcome;
    },

    /** Adds money to a customer's account; `minor` is checked by the caller. */
    topUp(wallet: SandboxWallet, customerId: string, minor: bigint): StoredCustomer {
      const customer = store.transaction(() => {
        const entry = { kind: 'top_up' as const, paymentRequestId: null, minor };
        store.record(wallet.id, customerId, entry, clock.now());
        return store.customer(wallet.id, customerId);
      });
      if (customer === null) throw new Error(`no customer ${customerId} in ${wallet.id}`);
      publishBalance(events, customer);
      return customer;
    },

    setBehaviour(wallet: SandboxWallet, behaviour: Behaviour): void {
      store.setBehaviour(wallet.id, behaviour);
    },
  };
}
