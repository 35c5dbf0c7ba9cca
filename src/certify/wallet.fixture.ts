// A small wallet for tests of the certification: sound, and on demand wrong in one way at a time.

import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealResponse } from '../wire/envelope.ts';
import { apiOfPath, decode } from '../wire/messages.ts';
import { createPartnerServer } from '../wire/partnerServer.ts';
import { type ResultCode, result } from '../wire/results.ts';
import { generateKeys } from '../wire/signature.ts';
import {
  walletCancelPaymentRequest,
  walletInquiryPaymentRequest,
  walletPayRequest,
  walletRefundRequest,
} from '../wire/wallet.ts';

/** One broken rule, named by the acceptance case that must find it. */
export const walletFaults = [
  'answers-are-signed',
  'refusals-are-signed',
  'capital-headers',
  'bad-signature',
  'changed-body',
  'stale-time',
  'wrong-key-version',
  'pay',
  'pay-twice',
  'pay-at-once',
  'pay-other-amount',
  'inquire-paid',
  'inquire-unknown',
  'missing-field',
  'empty-field',
  'unknown-fields',
  'unknown-customer',
  'balance-not-enough',
  'cancel-paid',
  'cancel-unpaid',
  'cancel-unknown',
  'cancel-twice',
  'pay-after-cancel',
  'refund-full',
  'refund-parts',
  'refund-over',
  'refund-twice',
  'refund-other-amount',
  'refund-cancelled',
  'refund-unknown',
  'in-time',
] as const;

/** Broken windows, which only a run with moved time can find. */
export const windowFaults = ['cancel-next-day', 'cancel-too-late', 'refund-a-year-later'] as const;

export type WalletFault = (typeof walletFaults)[number] | (typeof windowFaults)[number];

interface Payment {
  readonly paymentId: string;
  readonly key: string;
  readonly minor: bigint;
  readonly at: number;
  code: ResultCode;
  readonly refunds: Map<string, { readonly key: string; readonly refundId: string }>;
  refunded: bigint;
  cancelled: boolean;
}

type Reply = { readonly result: object } & Record<string, unknown>;

export interface FixtureWallet {
  readonly url: string;
  readonly publicKey: KeyObject;
  /** What has been taken from the rich customer and not given back. */
  debited(): bigint;
  close(): Promise<void>;
}

/** Above this many minor units of an order its customer has to agree. */
const consentAbove = 100_000n;

/** Longer than the tests allow for an answer. */
const slowMs = 2_100;

const dayMs = 86_400_000;
/** 00:30 (UTC+8) of the day after `at`. */
const closedAt = (at: number) => Math.ceil((at + 28_800_000) / dayMs) * dayMs - 27_000_000;

/** Starts the wallet of customers RICH and POOR; `fault` is what it does wrong. */
export async function startWallet(
  clientId: string,
  hubKey: KeyObject,
  fault?: WalletFault,
  now: () => number = Date.now,
): Promise<FixtureWallet> {
  const pair = generateKeys('ES256');
  const publicKey = createPublicKey(pair.publicKeyPem);
  const privateKey = createPrivateKey(pair.privateKeyPem);
  const foreign = createPrivateKey(generateKeys('ES256').privateKeyPem);
  const books = createBooks(fault, now);
  const partner = createPartnerServer({
    clientId,
    privateKey,
    algorithm: 'ES256',
    hubKeys: (_clientId, version) => {
      const isKnown = version === '1' || fault === 'wrong-key-version';
      return isKnown ? { algorithm: 'ES256', key: hubKey } : 'unknown_key';
    },
    clock: { now },
    toleranceMs: fault === 'stale-time' ? 86_400_000 : 300_000,
  });

  async function serve(request: IncomingMessage): Promise<{ headers: object; body: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const uri = request.url ?? '/';
    const inCapitals = request.rawHeaders.includes('Client-Id');
    const headers = fault === 'capital-headers' && inCapitals ? {} : request.headers;
    const answer = await partner.handle({ method: 'POST', uri, headers, body }, (call) =>
      books.answer(call.path, call.bodyText),
    );
    const isForged = answer.verdict === 'bad_signature';
    const isChanged = isForged && body.endsWith(' ');
    const isBelieved = isForged && fault === (isChanged ? 'changed-body' : 'bad-signature');
    const reply = isBelieved ? JSON.stringify(await books.answer(uri, body)) : answer.body;
    const time = new Date(now()).toISOString();
    const signed = { method: 'POST', uri, clientId, time, body: reply };
    const isMissigned = fault === (isForged ? 'refusals-are-signed' : 'answers-are-signed');
    const key = isMissigned ? foreign : privateKey;
    const sealed = await sealResponse({ ...signed, algorithm: 'ES256', key, keyVersion: '1' });
    return { headers: { ...sealed }, body: reply };
  }

  const server = createServer((request, response) => {
    serve(request).then(
      ({ headers, body }) => response.writeHead(200, { ...headers }).end(body),
      (error: unknown) => response.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/wallet`,
    publicKey,
    debited: books.debited,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createBooks(fault: WalletFault | undefined, now: () => number) {
  const payments = new Map<string, Payment>();
  const cancelled = new Set<string>();
  let serial = 0;
  let wasSlow = false;
  const is = (each: WalletFault): boolean => fault === each;
  const say = (code: ResultCode, more: object = {}): Reply => ({ result: result(code), ...more });
  const nextId = (): string => `W${++serial}`;

  function pay(text: string): Reply {
    const sent = JSON.parse(text) as Record<string, unknown>;
    if (is('unknown-fields') && 'fieldOfTomorrow' in sent) return say('PARAM_ILLEGAL');
    if (is('missing-field') && sent.payToAmount === undefined) return say('PROCESS_FAIL');
    if (is('empty-field') && sent.paymentNotifyUrl === '') sent.paymentNotifyUrl = undefined;
    const read = decode(walletPayRequest, JSON.stringify(sent));
    if (!read.ok) return say('PARAM_ILLEGAL');
    const { paymentRequestId: id, payToAmount, paymentAmount, paymentMethod } = read.value;
    const key = JSON.stringify([paymentAmount, payToAmount]);
    const known = payments.get(id);
    if (known !== undefined) return payAgain(known, key);
    if (cancelled.has(id) && !is('pay-after-cancel')) return say('ORDER_IS_CLOSED');
    const isPoor = paymentMethod.customerId === 'POOR';
    const isNobody = paymentMethod.customerId !== 'RICH' && !isPoor;
    if (isNobody) return say(is('unknown-customer') ? 'PROCESS_FAIL' : 'USER_NOT_EXIST');
    const waits = BigInt(paymentAmount.value) > consentAbove;
    const code = isPoor ? 'USER_BALANCE_NOT_ENOUGH' : waits ? 'PAYMENT_IN_PROCESS' : 'SUCCESS';
    const minor = BigInt(payToAmount.value);
    const start = { paymentId: nextId(), key, minor, code: code as ResultCode, refunded: 0n };
    const payment: Payment = { ...start, at: now(), refunds: new Map(), cancelled: false };
    payments.set(id, payment);
    return payReply(payment);
  }

  function payReply(payment: Payment): Reply {
    if (payment.code === 'USER_BALANCE_NOT_ENOUGH') {
      return say(is('balance-not-enough') ? 'RISK_REJECT' : payment.code);
    }
    // The first payment of a run is that of the case `pay`.
    if (is('pay') && serial === 1) return say('SUCCESS');
    return say(payment.code, { paymentId: payment.paymentId });
  }
  let repeats = 0;

  function payAgain(known: Payment, key: string): Reply {
    if (known.key !== key) {
      return is('pay-other-amount') ? payReply(known) : say('REPEAT_REQ_INCONSISTENT');
    }
    if (known.cancelled) return say('ORDER_IS_CLOSED');
    repeats += known.code === 'SUCCESS' ? 1 : 0;
    // The case `pay-twice` repeats once, and `pay-at-once` seven times after it.
    const isOther = repeats === 1 ? is('pay-twice') : is('pay-at-once');
    return isOther && known.code === 'SUCCESS'
      ? say('SUCCESS', { paymentId: nextId() })
      : payReply(known);
  }

  function inquire(text: string): Reply {
    const read = decode(walletInquiryPaymentRequest, text);
    if (!read.ok) return say('PARAM_ILLEGAL');
    const payment = payments.get(read.value.paymentRequestId);
    if (payment === undefined) {
      const closed = cancelled.has(read.value.paymentRequestId);
      if (closed) return say('ORDER_IS_CLOSED');
      return say(is('inquire-unknown') ? 'PROCESS_FAIL' : 'ORDER_NOT_EXIST');
    }
    const code = payment.cancelled ? 'ORDER_IS_CLOSED' : payment.code;
    const paymentId = is('inquire-paid') ? 'OTHER' : payment.paymentId;
    return say('SUCCESS', { paymentResult: result(code), paymentId });
  }

  function cancel(text: string): Reply {
    const read = decode(walletCancelPaymentRequest, text);
    if (!read.ok) return say('PARAM_ILLEGAL');
    const id = read.value.paymentRequestId;
    const payment = payments.get(id);
    const untilMs = payment === undefined ? 0 : closedAt(payment.at) - now();
    if (payment?.code === 'SUCCESS' && untilMs <= (is('cancel-next-day') ? dayMs / 48 : 0)) {
      return say(is('cancel-too-late') ? 'PROCESS_FAIL' : 'CANCEL_WINDOW_EXCEED');
    }
    cancelled.add(id);
    if (payment === undefined) return say(is('cancel-unknown') ? 'PROCESS_FAIL' : 'SUCCESS');
    const isFirst = !payment.cancelled;
    payment.cancelled = true;
    const isPaid = payment.code === 'SUCCESS';
    if (!isFirst) return say(is('cancel-twice') ? 'ORDER_IS_CLOSED' : 'SUCCESS');
    return say(is(isPaid ? 'cancel-paid' : 'cancel-unpaid') ? 'PROCESS_FAIL' : 'SUCCESS');
  }

  function refund(text: string): Reply {
    const read = decode(walletRefundRequest, text);
    if (!read.ok) return say('PARAM_ILLEGAL');
    const { paymentRequestId, refundRequestId, refundFromAmount, refundAmount } = read.value;
    const payment = payments.get(paymentRequestId);
    if (payment === undefined) return say(is('refund-unknown') ? 'SUCCESS' : 'ORDER_NOT_EXIST');
    const key = JSON.stringify([refundAmount, refundFromAmount]);
    const known = payment.refunds.get(refundRequestId);
    if (known !== undefined) {
      if (known.key !== key && !is('refund-other-amount')) return say('REPEAT_REQ_INCONSISTENT');
      return say('SUCCESS', { refundId: is('refund-twice') ? nextId() : known.refundId });
    }
    const isOld = now() - payment.at > 300 * dayMs;
    if (isOld && is('refund-a-year-later')) return say('REFUND_WINDOW_EXCEED');
    if (payment.cancelled && !is('refund-cancelled')) return say('ORDER_IS_CLOSED');
    const minor = BigInt(refundFromAmount.value);
    if (payment.refunded + minor > payment.minor && !is('refund-over')) {
      return say('REFUND_AMOUNT_EXCEED');
    }
    // Parts of a third stand for the case `refund-parts`.
    const isLastPart = payment.refunds.size === 2;
    if (isLastPart && is('refund-parts')) return say('PROCESS_FAIL');
    const refundId = nextId();
    payment.refunded += minor;
    payment.refunds.set(refundRequestId, { key, refundId });
    const isWhole = payment.refunds.size === 1 && payment.refunded === payment.minor;
    return say('SUCCESS', is('refund-full') && isWhole ? {} : { refundId });
  }

  return {
    async answer(path: string, text: string): Promise<Reply> {
      const api = apiOfPath(path.replace('/wallet', ''));
      if (is('in-time') && api === 'refund' && !wasSlow) {
        wasSlow = true;
        await new Promise((done) => setTimeout(done, slowMs));
      }
      if (api === 'pay') return pay(text);
      if (api === 'inquiryPayment') return inquire(text);
      if (api === 'cancelPayment') return cancel(text);
      return refund(text);
    },
    debited(): bigint {
      let sum = 0n;
      for (const { code, minor, refunded, cancelled: isBack } of payments.values()) {
        if (code === 'SUCCESS' && !isBack) sum += minor - refunded;
      }
      return sum;
    },
  };
}
