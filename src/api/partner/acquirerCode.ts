// The order behind a code that an acquirer made: the acquirer is asked, and held to what it says
// (protocol.md §1.5, §2.4).

import type { CodeRule } from '../../codes/codeRule.ts';
import { type Identity, identify } from '../../codes/identify.ts';
import { isCurrency } from '../../money/currency.ts';
import { type Money, parseDecimal } from '../../money/money.ts';
import type { Participant } from '../../network/participant.ts';
import {
  type CodeName,
  codeAnsweredCommand,
  knowCodeCommand,
} from '../../payments/acquirerCodes.ts';
import { isPlaced } from '../../payments/cancel.ts';
import { findByRequestCommand } from '../../payments/find.ts';
import { type PayOrder, payCommand } from '../../payments/pay.ts';
import { pushedLegOf } from '../../payments/payment.ts';
import type { AcquirerPayRequest } from '../../wire/acquirer.ts';
import { decodeAnswer, paths } from '../../wire/messages.ts';
import type { Amount, ResultObject } from '../../wire/objects.ts';
import {
  type AcquirerUserInitiatedPayResponse,
  acquirerUserInitiatedPayResponse,
} from '../../wire/push.ts';
import { type Answer, type EndpointContext, refuse } from './endpoint.ts';
import { checkAmounts, orderOf, unagreed } from './pay.ts';
import { anyWallet } from './wallets.ts';

/** The payment to scan, made on the network if it is new; or why there is none. */
export async function acquirerOrderOf(
  context: EndpointContext,
  text: string,
  customerId: string,
): Promise<{ readonly paymentNumber: number; readonly nonce: null } | Answer> {
  const { rules, desk, caller: wallet } = context;
  const found = ruleOf(context, text);
  if ('body' in found) return found;
  const { rule, acquirer, codeValue, codeAmount } = found;
  const name: CodeName = { acquirerId: acquirer.participantId, codeValue };
  // Written down before the acquirer is called. Nothing has to bring it to an end: asking changes
  // nothing, and a wallet whose scan was lost scans again.
  const known = await desk.run(knowCodeCommand(rules, name));
  if (known.paymentRequestId !== null) {
    const find = findByRequestCommand(rules, name.acquirerId, known.paymentRequestId);
    const payment = await desk.run(find);
    if (payment !== undefined && !isPlaced(payment)) return refuse('ORDER_IS_CLOSED');
    const isMine = payment?.legs.some((leg) => leg.walletId === wallet.participantId) === true;
    const isOver = payment !== undefined && payment.state !== 'PROCESSING';
    if (payment !== undefined && (isMine || isOver || pushedLegOf(payment) !== undefined)) {
      return { paymentNumber: payment.paymentNumber, nonce: null };
    }
  }
  if (context.isBusy(name.acquirerId)) return refuse('REQUEST_TRAFFIC_EXCEED_LIMIT');
  const told = await askAcquirer(context, acquirer, codeValue, customerId);
  if ('body' in told) return told;
  const order = orderFrom({ ...context, caller: acquirer }, rule, told);
  if ('body' in order) return order;
  if (codeAmount !== null && !isOver(told.paymentAmount, codeAmount)) {
    return refuse('PROCESS_FAIL', 'The acquirer of this code asks another amount than the code.');
  }
  const { paymentRequestId, keyTerms: terms } = order;
  const answered = codeAnsweredCommand(rules, name, { paymentRequestId, terms });
  if ((await desk.run(answered)) === 'changed') {
    return refuse('PROCESS_FAIL', 'The acquirer of this code names another order than before.');
  }
  const placed = await desk.run(payCommand(rules, order));
  if (placed.kind === 'accepted') {
    return { paymentNumber: placed.payment.paymentNumber, nonce: null };
  }
  return placed.resultCode === 'ORDER_IS_CLOSED'
    ? refuse('ORDER_IS_CLOSED')
    : refuse('PROCESS_FAIL', `The acquirer's order for this code: ${placed.resultCode}.`);
}

interface FoundRule {
  readonly rule: CodeRule;
  readonly acquirer: Participant;
  /** The text without white space around it. */
  readonly codeValue: string;
  /**
   * What a national code says is to be paid, which the acquirer is held to; null where it says
   * nothing, or where a tip or fee comes on top.
   */
  readonly codeAmount: Money | null;
}

function codeAmountOf({ reading }: Identity): Money | null {
  if (reading.kind !== 'merchant_code' || reading.tipOrFee != null) return null;
  const { currency, amount } = reading;
  if (currency === null || amount === null || !isCurrency(currency)) return null;
  return parseDecimal(currency, amount) ?? null;
}

function isOver(asked: Amount | undefined, { currency, minor }: Money): boolean {
  return asked?.currency === currency && BigInt(asked.value) === minor;
}

/** The rule that says which acquirer is asked about a code, and which code of it this is. */
function ruleOf(context: EndpointContext, text: string): FoundRule | Answer {
  const { caller, now, rules } = context;
  const codeRules = context.codeRules(rules.directory);
  const identity = identify(text, { rules: codeRules.set, walletId: caller.participantId, now });
  const rule = codeRules.set.rules.find(({ id }) => id === identity.rule?.id);
  const acquirer =
    rule?.acquirerId === undefined ? undefined : rules.directory.byId(rule.acquirerId);
  if (rule === undefined || acquirer?.role !== 'acquirer' || !acquirer.enabled) {
    return refuse('INVALID_CODE', 'codeValue is no order code of this network.');
  }
  const { refusal, codeValue } = identity;
  if (refusal !== null) {
    const code = refusal.reason === 'expired_code' ? 'EXPIRED_CODE' : 'INVALID_CODE';
    return refuse(code, refusal.message.en.what);
  }
  if (identity.needsAmount) {
    return refuse('INVALID_CODE', 'codeValue has no amount: let the customer type it first.');
  }
  return { rule, acquirer, codeValue, codeAmount: codeAmountOf(identity) };
}

async function askAcquirer(
  context: EndpointContext,
  acquirer: Participant,
  codeValue: string,
  customerId: string,
): Promise<AcquirerUserInitiatedPayResponse | Answer> {
  const { caller } = context;
  const answer = await context.ask({
    participant: acquirer,
    api: 'userInitiatedPay',
    url: acquirer.endpoint + paths.userInitiatedPay,
    body: {
      acquirerId: acquirer.participantId,
      pspId: caller.participantId,
      codeValue,
      customerId,
    },
    paymentNumber: null,
  });
  if (answer.kind === 'unknown') return refuse('UNKNOWN_EXCEPTION', silent);
  const decoded = decodeAnswer(acquirerUserInitiatedPayResponse, answer.body);
  if (!decoded.ok) return refuse('UNKNOWN_EXCEPTION', silent);
  const { result } = decoded.value;
  return result.resultStatus === 'S' ? decoded.value : refusedBy(result);
}

const silent = 'The acquirer of this code gave no usable answer. Scan the same code again.';

/** What an acquirer says against its code: about the code it is believed, else it is its fault. */
function refusedBy({ resultStatus, resultCode }: ResultObject): Answer {
  if (resultStatus === 'U') return refuse('UNKNOWN_EXCEPTION', silent);
  switch (resultCode) {
    case 'INVALID_CODE':
    case 'EXPIRED_CODE':
    case 'ORDER_IS_CLOSED':
      return refuse(resultCode);
    default:
      return refuse('PROCESS_FAIL', 'The acquirer of this code does not sell by it.');
  }
}

/** The acquirer's answer as an order of its own, under its own agreement. */
function orderFrom(
  context: EndpointContext,
  rule: CodeRule,
  told: AcquirerUserInitiatedPayResponse,
): PayOrder | Answer {
  const { paymentRequestId, order, paymentAmount, paymentFactor } = told;
  if (paymentRequestId === undefined || order === undefined || paymentAmount === undefined) {
    return refuse('PROCESS_FAIL', 'The acquirer of this code names no order for it.');
  }
  const { paymentExpiryTime, paymentNotifyUrl, paymentRedirectUrl, settlementStrategy } = told;
  const message: AcquirerPayRequest = {
    paymentRequestId,
    order,
    paymentAmount,
    paymentMethod: { paymentMethodType: anyWallet },
    paymentFactor: paymentFactor ?? {},
    paymentExpiryTime,
    paymentNotifyUrl,
    paymentRedirectUrl,
    settlementStrategy,
  };
  const product = rule.queryType === 'PUSH_PAYMENT' ? 'push' : 'private_order_code';
  const unsettled = 'The acquirer cannot be settled for this order.';
  if (checkAmounts(message) !== undefined || unagreed(context, message) !== null) {
    return refuse('CURRENCY_NOT_SUPPORT', unsettled);
  }
  // The acquirer has not asked for a payment, so there is none to remember as refused: the wallet
  // may scan its code again.
  const { refusal, ...made } = orderOf(context, message, product);
  return refusal === null
    ? { ...made, refusal }
    : refuse(refusal.resultCode, refusal.message ?? unsettled);
}
