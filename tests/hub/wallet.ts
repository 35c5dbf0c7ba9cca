// A simulated wallet for tests: its own journal of what it took, and bad manners on demand.

import type { ResultCode } from '../../src/wire/results.ts';
import { result } from '../../src/wire/results.ts';
import { WalletAgreements } from './walletAgreements.ts';

/** What a wallet says about a payment; `held` keeps the hub waiting until a test decides. */
export type WalletDecision = 'S' | 'U' | 'held' | { readonly failure: ResultCode };

/** One line of the wallet's journal, by the hub's `paymentRequestId`. */
export interface WalletLine {
  readonly legId: string;
  /** The acquirer's own id of the order, as the order says it. */
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly amount: bigint;
  state: 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CANCELLED';
  failure: ResultCode;
  /** It said U at first. */
  late: boolean;
  /** What was taken from the customer and what was given back, in minor units. */
  debited: bigint;
  returned: bigint;
}

/** A refund in the wallet's journal, by the hub's `refundRequestId`. */
export interface WalletRefund {
  readonly legId: string;
  readonly amount: bigint;
  /** The last word that the wallet has for it. */
  decision: WalletDecision;
}

interface RefundBody {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly refundRequestId: string;
  readonly refundFromAmount: { readonly currency: string; readonly value: string };
}

interface PayBody {
  readonly paymentRequestId: string;
  readonly payToAmount: { readonly currency: string; readonly value: string };
  readonly paymentMethod: { readonly customerId?: string; readonly paymentMethodId?: string };
  readonly paymentFactor?: { readonly isPaymentEvaluation?: string };
  readonly order?: { readonly referenceOrderId: string };
  readonly refundFromAmount?: { readonly currency: string; readonly value: string };
}

type Reply = { readonly result: object } & Record<string, unknown>;

/** The wallet's own id of a payment. */
export function walletPaymentIdOf(walletId: string, legId: string): string {
  return `${walletId}-${legId}`;
}

/**
 * Answers `pay`, `inquiryPayment` and `cancelPayment`. It is idempotent as the protocol demands:
 * a payment is taken from the customer once, and given back once.
 */
export class SimulatedWallet {
  readonly walletId: string;
  readonly agreements: WalletAgreements;
  readonly lines = new Map<string, WalletLine>();
  readonly heard: string[] = [];
  /** What it decides about a new payment. */
  decide: () => WalletDecision = () => 'S';
  /** What it decides about a new refund, and says to one that it has not ended. */
  decideRefund: () => WalletDecision = () => 'S';
  readonly refunds = new Map<string, WalletRefund>();
  /** When true, it says that the day is over for cancelling. */
  dayIsOver = false;
  /** When true, whatever it is asked comes to nothing: the answer is lost on the way. */
  away = false;
  /** What it answers to a registration of a merchant, and to a question about one. */
  register: (api: string, body: { registrationRequestId: string }) => Reply | null = (api) => ({
    result: result('SUCCESS'),
    ...(api === 'registration' ? {} : { registrationResult: { registrationStatus: 'PENDING' } }),
  });
  /** The registrations that it was sent. */
  readonly registrations: { registrationRequestId: string; [field: string]: unknown }[] = [];
  readonly #held = new Map<string, () => void>();

  constructor(walletId: string) {
    this.walletId = walletId;
    this.agreements = new WalletAgreements(walletId);
  }

  /** Handles one verified call; null when it gives no answer. */
  async answer(api: string | undefined, text: string): Promise<Reply | null> {
    if (api === 'registration' || api === 'inquiryRegistrationStatus') {
      const asked = JSON.parse(text) as { registrationRequestId: string };
      this.heard.push(`${api} ${asked.registrationRequestId}`);
      if (api === 'registration') this.registrations.push(asked);
      return this.away ? null : this.register(api, asked);
    }
    const body = JSON.parse(text) as PayBody;
    const legId = body.paymentRequestId;
    const { refundFromAmount } = body;
    const asked =
      refundFromAmount === undefined
        ? ''
        : ` ${refundFromAmount.value} ${refundFromAmount.currency}`;
    this.heard.push(`${api} ${legId}${asked}`);
    if (api !== undefined && ['prepare', 'applyToken', 'cancelToken'].includes(api)) {
      const said = this.agreements.answer(api, text);
      return this.away ? null : said;
    }
    if (api === 'pay') {
      const refusal = this.#refusalOf(body);
      if (refusal !== undefined) return this.away ? null : refusal;
      if (this.lines.get(legId) === undefined && this.accept(body) === 'held') {
        await new Promise<void>((resolve) => void this.#held.set(legId, resolve));
      }
      return this.away ? null : this.#payReply(legId);
    }
    if (this.away) return null;
    if (api === 'notifyPushPayment') return { result: result('SUCCESS') };
    if (api === 'inquiryPayment') return this.#inquiryReply(legId);
    if (api === 'refund') return this.#refundReply(JSON.parse(text) as RefundBody);
    return this.#cancelReply(legId);
  }

  /** What is said to a debit that nobody allowed, and to an evaluation, which takes nothing. */
  #refusalOf(body: PayBody): Reply | undefined {
    const { paymentMethodId: token, customerId } = body.paymentMethod;
    if (token === undefined || this.lines.has(body.paymentRequestId)) return undefined;
    const allowed = this.agreements.customerOf(token);
    if (allowed === undefined || (customerId !== undefined && allowed !== customerId)) {
      return { result: result('INVALID_TOKEN') };
    }
    if (body.paymentFactor?.isPaymentEvaluation !== 'true') return undefined;
    const decision = this.decide();
    const code = typeof decision === 'object' ? decision.failure : 'SUCCESS';
    return { result: result(decision === 'U' ? 'PAYMENT_IN_PROCESS' : code) };
  }

  /** A payment is put on the books, decided by `decide`. */
  accept(body: PayBody): WalletDecision {
    const line: WalletLine = {
      legId: body.paymentRequestId,
      orderId: body.order?.referenceOrderId ?? '',
      customerId: body.paymentMethod.customerId ?? '',
      currency: body.payToAmount.currency,
      amount: BigInt(body.payToAmount.value),
      state: 'PROCESSING',
      failure: 'PROCESS_FAIL',
      late: false,
      debited: 0n,
      returned: 0n,
    };
    this.lines.set(line.legId, line);
    const decision = this.decide();
    this.settle(line.legId, decision);
    return decision;
  }

  /** The wallet makes up its mind, or changes it; tells nobody. */
  settle(legId: string, decision: WalletDecision): void {
    const line = this.lines.get(legId);
    if (line === undefined) throw new Error(`${this.walletId} knows no payment ${legId}`);
    if (decision === 'S') {
      line.state = 'SUCCESS';
      if (line.debited === line.returned) line.debited += line.amount;
    } else if (decision === 'U') {
      line.late = true;
    } else if (typeof decision === 'object') {
      line.state = 'FAILED';
      line.failure = decision.failure;
    }
  }

  /** Lets the answer to a held `pay` go; false when none is waited for. */
  release(legId: string): boolean {
    const go = this.#held.get(legId);
    this.#held.delete(legId);
    go?.();
    return go !== undefined;
  }

  #payReply(legId: string): Reply {
    const line = this.lines.get(legId) as WalletLine;
    return {
      result: verdictOf(line),
      paymentId: walletPaymentIdOf(this.walletId, legId),
      customerId: line.customerId,
    };
  }

  #inquiryReply(legId: string): Reply {
    const line = this.lines.get(legId);
    if (line === undefined) return { result: result('ORDER_NOT_EXIST') };
    return {
      result: result('SUCCESS'),
      paymentResult: verdictOf(line),
      paymentId: walletPaymentIdOf(this.walletId, legId),
    };
  }

  /** It succeeds whatever the state: what was taken is given back (protocol.md §2.7). */
  #cancelReply(legId: string): Reply {
    const line = this.lines.get(legId);
    if (line === undefined) return { result: result('ORDER_NOT_EXIST') };
    if (this.dayIsOver && line.state === 'SUCCESS') {
      return { result: result('CANCEL_WINDOW_EXCEED') };
    }
    line.returned = line.debited;
    line.state = 'CANCELLED';
    return { result: result('SUCCESS') };
  }

  /** Each refund gives money back once; what is not decided may be decided by the next call. */
  #refundReply(body: RefundBody): Reply {
    const { paymentRequestId: legId, refundRequestId, refundFromAmount } = body;
    const line = this.lines.get(legId);
    if (line === undefined) return { result: result('ORDER_NOT_EXIST') };
    const known = this.refunds.get(refundRequestId);
    const refund: WalletRefund = known ?? {
      legId,
      amount: BigInt(refundFromAmount.value),
      decision: 'U',
    };
    if (known !== undefined && known.amount !== BigInt(refundFromAmount.value)) {
      return { result: result('REPEAT_REQ_INCONSISTENT') };
    }
    this.refunds.set(refundRequestId, refund);
    if (refund.decision === 'U') {
      refund.decision = this.decideRefund();
      if (refund.decision === 'S') line.returned += refund.amount;
    }
    if (refund.decision === 'S') {
      return { result: result('SUCCESS'), refundId: `${this.walletId}-R${refundRequestId}` };
    }
    const code =
      typeof refund.decision === 'object' ? refund.decision.failure : 'PAYMENT_IN_PROCESS';
    return { result: result(code) };
  }
}

function verdictOf(line: WalletLine): object {
  switch (line.state) {
    case 'PROCESSING':
      return result('PAYMENT_IN_PROCESS');
    case 'SUCCESS':
      return result('SUCCESS');
    case 'FAILED':
      return result(line.failure);
    case 'CANCELLED':
      return result('ORDER_IS_CLOSED');
  }
}
