// POST /aps/api/v1/payments/pay, from an acquirer: charge a payment code, or place an order.

import type { TokenFault } from '../../agreements/agreement.ts';
import { limits } from '../../base/limits.ts';
import { unpricedSentence } from '../../fx/board.ts';
import { isCurrency } from '../../money/currency.ts';
import { acquirerPayBody, moneyFrom } from '../../payments/bodies.ts';
import { claimCodeCommand } from '../../payments/codes.ts';
import { findByNumberCommand, findByRequestCommand } from '../../payments/find.ts';
import type { Payer } from '../../payments/legs.ts';
import { type FinalRefusal, type PayOrder, payCommand, repeatedPay } from '../../payments/pay.ts';
import type { Payment, PaymentPage } from '../../payments/payment.ts';
import {
  missingField,
  type OfferedProduct,
  productOf,
  productRow,
} from '../../payments/products.ts';
import { isUnregistered, notRegistered } from '../../payments/registered.ts';
import { type AcquirerPayRequest, acquirerPayRequest } from '../../wire/acquirer.ts';
import { isTrue } from '../../wire/objects.ts';
import type { ResultCode } from '../../wire/results.ts';
import { parseIsoTime } from '../../wire/time.ts';
import { agreementNumberOf, debtorOf, evaluate } from './agreementPay.ts';
import { type Answer, type EndpointContext, endpoint, refuse } from './endpoint.ts';
import { refusedWallet } from './wallets.ts';

/** How long the nonce of an order code is. */
const nonceDigits = 8;

export const payEndpoint = endpoint('acquirer', acquirerPayRequest, async (context, message) => {
  const product = productOf(message.paymentFactor);
  if (product === undefined) return refuse('BUSINESS_NOT_SUPPORT');
  const missing = missingField(product, message);
  if (missing !== undefined) return refuse('PARAM_ILLEGAL', missing);
  const wrong = checkAmounts(message);
  if (wrong !== undefined) return wrong;
  const order = orderOf(context, message, product);
  if (product === 'auto_debit' && isTrue(message.paymentFactor.isPaymentEvaluation)) {
    return evaluateDebit(context, message, order);
  }
  if (order.refusal !== null) return answerPay(context, order, message);
  if (product === 'auto_debit') return payByAgreement(context, message, order);
  const refusal = refusedWallet(context, message, order, context.now);
  if (refusal !== undefined) {
    return 'body' in refusal
      ? knownOr(context, message, order, refusal)
      : answerPay(context, { ...order, refusal }, message);
  }
  return productRow(product).asksWallet
    ? payWithCode(context, message, order)
    : answerPay(context, order, message);
});

/** The refusal of amounts that no agreement could make good; undefined where nothing is wrong. */
export function checkAmounts(message: AcquirerPayRequest): Answer | undefined {
  const { currency, value } = message.paymentAmount;
  for (const [field, name] of [
    ['paymentAmount', currency],
    ['order.orderAmount', message.order.orderAmount.currency],
  ] as const) {
    if (!isCurrency(name)) {
      return refuse('PARAM_ILLEGAL', `${field}.currency ${name} is not a currency of ISO 4217.`);
    }
  }
  if (BigInt(value) > limits.paymentMinor) {
    return refuse('PAYMENT_AMOUNT_EXCEED_LIMIT', 'paymentAmount.value is over any limit.');
  }
  return undefined;
}

/** Why the caller's agreement has no such orders, or does not settle them as asked; else null. */
export function unagreed({ caller }: EndpointContext, message: AcquirerPayRequest): string | null {
  if (!caller.orderCurrencies.includes(message.paymentAmount.currency)) {
    return `Your agreement is for orders in ${caller.orderCurrencies.join(', ')}.`;
  }
  const settles = message.settlementStrategy?.settlementCurrency;
  return settles !== undefined && settles !== caller.currency
    ? `Your agreement settles in ${caller.currency}, not in ${settles}.`
    : null;
}

/** The price that an order is settled at, or why there is none now. */
function settlementOf(
  context: EndpointContext,
  message: AcquirerPayRequest,
): Pick<PayOrder, 'settlementPrice' | 'refusal'> {
  const refused = (message: string) => {
    const refusal: FinalRefusal = { resultCode: 'CURRENCY_NOT_SUPPORT', message };
    return { settlementPrice: null, refusal };
  };
  const why = unagreed(context, message);
  if (why !== null) return refused(why);
  const { caller, rules, now } = context;
  const { currency } = message.paymentAmount;
  const priced = rules.board.price(currency, caller.currency, caller, now);
  return priced.kind === 'unpriced'
    ? refused(unpricedSentence(currency, caller.currency, priced.why))
    : { settlementPrice: priced.price, refusal: null };
}

/** A checked message as an order; its `refusal` says why it could not be settled. */
export function orderOf(
  context: EndpointContext,
  message: AcquirerPayRequest,
  product: OfferedProduct,
): PayOrder {
  const merchant = message.order.merchant;
  const store = merchant?.store;
  const expiry = message.paymentExpiryTime;
  return {
    acquirer: context.caller,
    paymentRequestId: message.paymentRequestId,
    keyTerms: keyTermsOf(context, message, product),
    product,
    amount: moneyFrom(message.paymentAmount),
    ...settlementOf(context, message),
    merchantName: merchant?.merchantDisplayName ?? merchant?.merchantName ?? 'Merchant',
    storeName: store?.storeDisplayName ?? store?.storeName ?? null,
    city: store?.storeAddress?.city ?? merchant?.merchantAddress?.city ?? null,
    order: JSON.stringify(message.order),
    notifyUrl: message.paymentNotifyUrl ?? null,
    expiresAt: expiry === undefined ? null : (parseIsoTime(expiry) ?? null),
    page: pageOf(context, message, product),
    nonce: hasOrderCode(product) ? context.random.digits(nonceDigits) : null,
    payer: null,
  };
}

/** A payment code is scanned itself, and so is a code of the acquirer's own. */
function hasOrderCode(product: OfferedProduct): boolean {
  const { asksWallet, namedByPay } = productRow(product);
  return namedByPay && !asksWallet;
}

/** What a page needs beside the order; a payment code is charged without one. */
function pageOf(
  context: EndpointContext,
  message: AcquirerPayRequest,
  product: OfferedProduct,
): PaymentPage | null {
  if (product === 'payment_code') return null;
  const isDebit = product === 'auto_debit';
  const page: PaymentPage = {
    agreementNumber: isDebit ? agreementNumberOf(context, message) : null,
    redirectUrl: message.paymentRedirectUrl ?? null,
    walletRegions: message.allowedPspRegions ?? null,
    presentmentMode: message.paymentFactor.presentmentMode ?? null,
  };
  return Object.values(page).every((part) => part === null) ? null : page;
}

/**
 * What must be the same when the id comes again (protocol.md §2.15); by our rule the agreement too,
 * so that no token is answered with another customer's payment.
 */
function keyTermsOf(
  context: EndpointContext,
  message: AcquirerPayRequest,
  product: OfferedProduct,
): string {
  const { paymentAmount, paymentMethod, order } = message;
  const debit = product === 'auto_debit' ? [String(agreementNumberOf(context, message))] : [];
  return [
    product,
    paymentAmount.currency,
    paymentAmount.value,
    paymentMethod.paymentMethodType,
    order.orderAmount.currency,
    order.orderAmount.value,
    ...debit,
  ].join(' ');
}

/**
 * A payment code is used up for the id that presents it, and the wallet that gave it is asked. An
 * id that is known already answers as before, whatever its code is by now. The code comes first
 * because it seldom fails: to look for the id first would be a turn in a lane for every payment.
 */
async function payWithCode(
  context: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
): Promise<Answer> {
  const { rules, desk, caller } = context;
  const id = order.paymentRequestId;
  const code = message.paymentMethod.paymentMethodId ?? '';
  const claim = claimCodeCommand(rules, code, caller.participantId, id);
  const claimed = claim === undefined ? notOurs : await desk.run(claim);
  const payer = claimed.kind === 'refused' ? claimed : payerOf(context, order, claimed);
  return payOrKnown(context, message, order, payer);
}

/** A customer's wallet is asked for a debit that the customer allowed before (§1.7). */
async function payByAgreement(
  context: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
): Promise<Answer> {
  const debtor = await debtorOf(context, message);
  const payer = debtor.kind === 'refused' ? noDebtor(debtor) : payerOf(context, order, debtor);
  return payOrKnown(context, message, order, payer);
}

/** What has expired may be revoked or replaced by the time the same id comes again. */
function noDebtor({ resultCode, message }: TokenFault): NoPayer {
  const isExpired = resultCode === 'EXPIRED_ACCESS_TOKEN';
  return { kind: isExpired ? 'refused_for_good' : 'refused', resultCode, message };
}

/** Only asked: nothing is written down, whatever the answer is. */
async function evaluateDebit(
  context: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
): Promise<Answer> {
  const refused = ({ resultCode, message }: FinalRefusal) =>
    refuse(resultCode, message ?? undefined);
  if (order.refusal !== null) return refused(order.refusal);
  const debtor = await debtorOf(context, message);
  if (debtor.kind === 'refused') return refused(debtor);
  const payer = payerOf(context, order, debtor);
  return 'kind' in payer
    ? refuse(payer.resultCode, payer.message)
    : evaluate(context, message, payer, agreementNumberOf(context, message));
}

/** Whoever cannot pay now may have paid: an id that is known answers as before. */
async function payOrKnown(
  context: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
  payer: Payer | NoPayer,
): Promise<Answer> {
  if (!('kind' in payer)) return answerPay(context, { ...order, payer }, message);
  const { resultCode, message: why } = payer;
  if (payer.kind === 'refused_for_good') {
    const refusal: FinalRefusal = { resultCode, message: why ?? null };
    return answerPay(context, { ...order, refusal }, message);
  }
  return knownOr(context, message, order, refuse(resultCode, why));
}

/**
 * `refused_for_good` is written down, because what it rests on, configuration mostly, could be
 * another when the same request comes late or doubled. `refused` is about the code or the token,
 * which never gets any better, or about the moment, and then the same id may be sent again.
 */
interface NoPayer {
  readonly kind: 'refused' | 'refused_for_good';
  readonly resultCode: ResultCode;
  readonly message?: string;
}

const notOurs = {
  kind: 'refused',
  resultCode: 'INVALID_CODE',
  message:
    'paymentMethod.paymentMethodId is no payment code of this network: ' +
    '24 digits, which begin with 25 to 30.',
} as const;

function payerOf(
  context: EndpointContext,
  order: PayOrder,
  claimed: { walletId: string; customerId: string },
): Payer | NoPayer {
  // Refused before anything is held: the same id may be sent again when the wallet answers faster.
  if (context.isBusy(claimed.walletId)) {
    return { kind: 'refused', resultCode: 'REQUEST_TRAFFIC_EXCEED_LIMIT' };
  }
  const forGood = (resultCode: ResultCode, message: string): NoPayer => ({
    kind: 'refused_for_good',
    resultCode,
    message,
  });
  const { board, directory } = context.rules;
  const wallet = directory.byId(claimed.walletId);
  if (wallet?.enabled !== true) {
    const message = `The wallet of this ${whatOf(order)} cannot pay now.`;
    return forGood('UNAVAILABLE_PAYMENT_METHOD', message);
  }
  const sale = { ...order, acquirerId: context.caller.participantId };
  if (isUnregistered(context.rules, sale, claimed.walletId)) {
    return forGood('MERCHANT_NOT_REGISTERED', notRegistered);
  }
  const { currency } = order.amount;
  const priced = board.price(currency, wallet.currency, wallet, context.now);
  if (priced.kind === 'unpriced') {
    const message = unpricedSentence(currency, wallet.currency, priced.why);
    return forGood('UNAVAILABLE_PAYMENT_METHOD', message);
  }
  return { wallet, customerId: claimed.customerId, price: priced.price, at: context.now };
}

const whatOf = ({ product }: PayOrder) => (product === 'auto_debit' ? 'token' : 'code');

/** What may no longer be begun may have been: an id that is known answers as before. */
async function knownOr(
  context: EndpointContext,
  message: AcquirerPayRequest,
  order: PayOrder,
  refusal: Answer,
): Promise<Answer> {
  const { rules, desk, caller } = context;
  const find = findByRequestCommand(rules, caller.participantId, order.paymentRequestId);
  const known = await desk.run(find);
  return known === undefined ? refusal : repeated(context, known, order, message);
}

function repeated(
  context: EndpointContext,
  known: Payment,
  order: PayOrder,
  message: AcquirerPayRequest,
): Answer {
  const reply = repeatedPay(known, order.keyTerms);
  return reply.kind === 'refused'
    ? refuse(reply.resultCode, reply.message, known.paymentNumber)
    : told(context, known, message);
}

/** Carries the order out; with a payment code the wallet's answer is waited for, within bounds. */
async function answerPay(
  context: EndpointContext,
  order: PayOrder,
  message: AcquirerPayRequest,
): Promise<Answer> {
  const { rules, desk } = context;
  const reply = await desk.run(payCommand(rules, order));
  if (reply.kind === 'refused') return refuse(reply.resultCode, reply.message);
  const { payment } = reply;
  const waits = productRow(order.product).asksWallet && payment.state === 'PROCESSING';
  if (reply.repeated || !waits) return told(context, payment, message);
  const ended = await desk.ended(payment.paymentNumber, rules.timing.syncAnswerMs);
  if (ended !== undefined) return told(context, ended, message);
  const now = await desk.run(findByNumberCommand(rules, payment.paymentNumber));
  return told(context, now ?? payment, message);
}

/** The payment as it is, in an acquirer's words. */
function told(context: EndpointContext, payment: Payment, message: AcquirerPayRequest): Answer {
  const paid = payment.legs.find((leg) => leg.leg === payment.paidLeg);
  const wallet = paid === undefined ? undefined : context.rules.directory.byId(paid.walletId);
  const { directory, publicUrl } = context.rules;
  const chosen = message.paymentMethod.paymentMethodType;
  const cashier = directory.cashierOf(chosen) ?? null;
  const around = { publicUrl, cashier, env: message.order.env ?? {} };
  const body = acquirerPayBody(payment, wallet, around);
  return { body, paymentNumber: payment.paymentNumber };
}
