// Runs stories against the real hub on a real Postgres, and says what came of each step.

import { decimalText, money, parseDecimal } from '../../src/money/money.ts';
import type { ResultCode } from '../../src/wire/results.ts';
import { connectedRules } from '../hub/acquirerCodes.ts';
import { type Rig, type RigPartner, startRig, type Told } from '../hub/rig.ts';
import {
  openEntry,
  orderCodeIn,
  payAtCashier,
  payForEntryCode,
  payForOrderCode,
  payWithCode,
} from '../hub/scenes.ts';
import { type WalletDecision, walletPaymentIdOf } from '../hub/wallet.ts';
import { acquirerCodeVerbs } from './acquirerCodes.ts';
import { agreementVerbs } from './agreements.ts';
import { depositVerbs } from './deposits.ts';
import { dayMs, durationOf, millisecondsUntil } from './durations.ts';
import { feeVerbs } from './fees.ts';
import { noticesOf, replayFor } from './notices.ts';
import { Observer } from './observer.ts';
import { codeIssuerOf, paymentCodeVerbs } from './paymentCodes.ts';
import type { Step, StoryLine } from './story.ts';

/** What a story has given names to. */
interface Stage {
  readonly rig: Rig;
  readonly observer: Observer;
  readonly codes: Map<string, string>;
  readonly orderCodes: Map<string, string>;
  /** The network's addresses of entry codes. */
  readonly addresses: Map<string, string>;
  readonly feeRules: object[];
  readonly rates: { base: string; quote: string; price: string }[];
}

type Outcome = string | { readonly outcome: string; readonly table: string[] };
type Verb = (stage: Stage, words: readonly string[]) => Promise<Outcome>;

/** Runs a story with this many hubs, which take the requests in turns; gives what came of it. */
export async function runStory(lines: readonly StoryLine[], hubs: number): Promise<StoryLine[]> {
  const rig = await startRig({ hubs, lanes: 4, codeRules: connectedRules });
  const stage: Stage = {
    rig,
    observer: new Observer(rig),
    codes: new Map(),
    orderCodes: new Map(),
    addresses: new Map(),
    feeRules: [],
    rates: [],
  };
  const told: StoryLine[] = [];
  try {
    for (const line of lines) told.push(line.kind === 'prose' ? line : await runStep(stage, line));
    if (rig.failures.length > 0) throw new Error(rig.failures.join('\n'));
    return told;
  } finally {
    await rig.close();
  }
}

async function runStep(stage: Stage, step: Step): Promise<Step> {
  const [name = '', ...words] = step.words;
  const verb = verbs[name];
  if (verb === undefined) throw new Error(`a story cannot ${name}`);
  const result = await verb(stage, words);
  await stage.rig.rest();
  const { outcome, table } = typeof result === 'string' ? { outcome: result, table: [] } : result;
  const seen = await stage.observer.look();
  return { ...step, outcome: [outcome, ...seen].filter((part) => part !== '').join(', '), table };
}

const verbs: Readonly<Record<string, Verb>> = {
  ...acquirerCodeVerbs,
  ...agreementVerbs,
  ...feeVerbs,
  ...depositVerbs,
  ...paymentCodeVerbs,
  async wallet(stage, words) {
    const wallet = stage.rig.wallets.get(await partner(stage, 'wallet', words));
    if (wallet !== undefined) wallet.decide = () => 'held';
    return '';
  },
  async acquirer(stage, words) {
    await partner(stage, 'acquirer', words);
    return '';
  },
  async rate(stage, [pair = '', price = '']) {
    const [base = '', quote = ''] = pair.split('/');
    const known = stage.rates.findIndex((rate) => rate.base === base && rate.quote === quote);
    stage.rates.splice(known < 0 ? stage.rates.length : known, 1, { base, quote, price });
    await stage.rig.setRates(stage.rates);
    return '';
  },
  async pay(stage, words) {
    const [name = '', value = '', currency = ''] = words;
    const body = payWithCode(name, amountOf(currency, value), codeNamed(stage, words));
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const waiting = stage.rig.call(acquirerId, 'pay', body);
    return stage.observer.await(name, acquirerId, waiting);
  },
  async order(stage, words) {
    const [name = '', value = '', currency = ''] = words;
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const body = payForOrderCode(name, amountOf(currency, value));
    const told = await stage.rig.call(acquirerId, 'pay', body);
    const code = orderCodeIn(told);
    if (code !== '') stage.orderCodes.set(name, code);
    return told.resultCode + (code === '' ? '' : ', shows a code');
  },
  async entry(stage, words) {
    const [name = '', value = '', currency = ''] = words;
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const body = payForEntryCode(name, amountOf(currency, value));
    const told = await stage.rig.call(acquirerId, 'pay', body);
    const { paymentUrl } = told.body;
    if (typeof paymentUrl !== 'string') return told.resultCode;
    stage.addresses.set(name, paymentUrl);
    return `${told.resultCode}, has an address`;
  },
  async cashier(stage, words) {
    const [name = '', value = '', currency = ''] = words;
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const body = payAtCashier(name, amountOf(currency, value));
    const told = await stage.rig.call(acquirerId, 'pay', body);
    const { normalUrl } = told.body;
    if (typeof normalUrl !== 'string') return told.resultCode;
    stage.addresses.set(name, normalUrl);
    return `${told.resultCode}, has an address`;
  },
  async open(stage, [name = '']) {
    const opened = await openEntry(stage.rig, stage.addresses.get(name) ?? '');
    if (opened.codeValue === undefined) return opened.error?.code ?? '';
    stage.orderCodes.set(name, opened.codeValue);
    return 'an order code';
  },
  async scan(stage, words) {
    const [name = ''] = words;
    const customerId = after(words, 'by') ?? '';
    const walletId = after(words, 'at') ?? '';
    const codeValue = stage.orderCodes.get(name) ?? '';
    const told = await stage.rig.call(walletId, 'userInitiatedPay', { codeValue, customerId });
    if (told.resultCode !== 'SUCCESS') return told.resultCode;
    return scanned(stage, walletId, customerId, told);
  },
  async answer(stage, [name = '', ...words]) {
    const { wallet, legId } = await partOf(stage, name, words);
    const decision = decisionOf(words);
    wallet.settle(legId, decision);
    if (!wallet.release(legId)) throw new Error(`nobody waits for an answer about ${name}`);
    return '';
  },
  async decide(stage, [name = '', ...words]) {
    const { wallet, legId } = await partOf(stage, name, words);
    wallet.settle(legId, decisionOf(words));
    return '';
  },
  async notify(stage, [name = '', ...words]) {
    const { wallet, walletId, legId } = await partOf(stage, name, words);
    const decision = decisionOf(words);
    wallet.settle(legId, decision);
    const told = await stage.rig.call(walletId, 'notifyPayment', {
      paymentRequestId: legId,
      paymentResult: resultOf(decision),
      paymentId: walletPaymentIdOf(walletId, legId),
    });
    return told.resultCode;
  },
  async cancel(stage, words) {
    const [name = ''] = words;
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const told = await stage.rig.call(acquirerId, 'cancelPayment', { paymentRequestId: name });
    return told.resultCode;
  },
  async refund(stage, words) {
    const [name = '', paymentRequestId = '', value = '', currency = ''] = words;
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const refundAmount = amountOf(currency, value);
    const body = { paymentRequestId, refundRequestId: name, refundAmount };
    return stage.observer.await(name, acquirerId, stage.rig.call(acquirerId, 'refund', body));
  },
  async refunds(stage, [walletId = '', ...words]) {
    const wallet = stage.rig.wallets.get(walletId);
    if (wallet === undefined) throw new Error(`no wallet ${walletId}`);
    wallet.decideRefund = () => decisionOf(words);
    return '';
  },
  async overday(stage, [walletId = '']) {
    const wallet = stage.rig.wallets.get(walletId);
    if (wallet === undefined) throw new Error(`no wallet ${walletId}`);
    wallet.dayIsOver = true;
    return '';
  },
  async until(stage, [time = '']) {
    return later(stage, millisecondsUntil(stage.rig.clock.now(), time));
  },
  async days(stage, [count = '']) {
    return later(stage, Number(count) * dayMs);
  },
  async inquire(stage, [name = '', ...words]) {
    const acquirerId = after(words, 'at') ?? onlyAcquirer(stage);
    const told = await stage.rig.call(acquirerId, 'inquiryPayment', { paymentRequestId: name });
    const about = told.body.paymentResult as Told | undefined;
    const back = transactionsIn(told).map(
      ({ transactionType, transactionStatus }) => `${transactionType} ${transactionStatus}`,
    );
    return [about === undefined ? told.resultCode : about.resultCode, ...back].join(', ');
  },
  async wait(stage, [count = '', unit = '']) {
    await stage.rig.advance(durationOf(count, unit));
    return '';
  },
  /** Moves the network's time on, as in a sandbox network, and looks at what that sets off. */
  async move(stage, [count = '', unit = '']) {
    const { clock } = stage.rig;
    clock.moveTo(clock.offsetMs() + durationOf(count, unit));
    await stage.rig.advance(settlingMs);
    return '';
  },
  async away(stage, [walletId = '']) {
    return setAway(stage, walletId, true);
  },
  async back(stage, [walletId = '']) {
    return setAway(stage, walletId, false);
  },
  async deaf(stage, [acquirerId = '']) {
    stage.rig.deafen(acquirerId, true);
    return '';
  },
  async hears(stage, [acquirerId = '']) {
    stage.rig.deafen(acquirerId, false);
    return '';
  },
  async unsigned(stage, [acquirerId = '']) {
    stage.rig.unsign(acquirerId, true);
    return '';
  },
  async signs(stage, [acquirerId = '']) {
    stage.rig.unsign(acquirerId, false);
    return '';
  },
  async notices(stage, [acquirerId = '']) {
    return { outcome: '', table: await noticesOf(stage.rig, acquirerId) };
  },
  async replay(stage, [name = '']) {
    return replayFor(stage.rig, name);
  },
  async customer(stage, words) {
    const [customerId = ''] = words;
    const wallet = stage.rig.wallets.get(after(words, 'at') ?? '');
    const lines = [...(wallet?.lines.values() ?? [])].filter(
      (line) => line.customerId === customerId,
    );
    const net = lines.reduce((sum, line) => sum + line.debited - line.returned, 0n);
    const back = lines.reduce((sum, line) => sum + line.returned, 0n);
    const say = (minor: bigint) => `${decimalText(money(lines[0]?.currency ?? '', minor))}`;
    if (lines.length === 0) return 'paid nothing';
    const currency = lines[0]?.currency;
    return (
      (net === 0n ? 'paid nothing' : `paid ${say(net)} ${currency}`) +
      (back === 0n ? '' : ` (${say(back)} ${currency} were given back)`)
    );
  },
  async postings(stage, [name = '']) {
    return { outcome: '', table: await stage.observer.postingsOf(name) };
  },
  async balances(stage) {
    return { outcome: '', table: await stage.observer.balances() };
  },
  async prove(stage) {
    const proof = await stage.rig.prove();
    const broken = proof.findings.filter((finding) => finding.count > 0);
    return proof.balanced ? 'balanced' : broken.map((finding) => finding.violations[0]).join('; ');
  },
};

async function partner(
  stage: Stage,
  role: 'wallet' | 'acquirer',
  [participantId = '', currency = '', ...terms]: readonly string[],
): Promise<string> {
  // A currency's first letters are its country's: limits of the mainland are for shops there.
  const market = currency.slice(0, 2);
  const usual = { participantId, role, market, currency };
  await stage.rig.addPartner({ ...usual, ...termsOf(terms, currency) });
  return participantId;
}

interface Transaction {
  readonly transactionType: string;
  readonly transactionStatus: string;
}

/** What came after the payment itself. */
function transactionsIn(told: Told): Transaction[] {
  const transactions = (told.body.transactions ?? []) as Transaction[];
  return transactions.filter(({ transactionType }) => transactionType !== 'PAYMENT');
}

/** A long time goes by without anything in it; its last seconds are lived through. */
async function later(stage: Stage, ms: number): Promise<Outcome> {
  // Its hub would be kept waiting for seconds more, while another hub goes by the new time.
  if (stage.rig.silences.count > 0) {
    throw new Error('time is skipped while a call has no answer: wait for its end first');
  }
  const lastMs = Math.min(ms, 2_000);
  stage.rig.clock.skip(ms - lastMs);
  await stage.rig.advance(lastMs);
  return '';
}

/** After a move: what is due is looked for, and a call that is not answered comes to its end. */
const settlingMs = 10_000;

function setAway(stage: Stage, walletId: string, away: boolean): Outcome {
  const wallet = stage.rig.wallets.get(walletId);
  if (wallet === undefined) throw new Error(`no wallet ${walletId}`);
  wallet.away = away;
  return '';
}

/** The wallet now has the order: in its journal too, so that it can be asked about it. */
function scanned(stage: Stage, walletId: string, customerId: string, told: Told): string {
  const body = told.body as {
    paymentRequestId: string;
    payToAmount: { currency: string; value: string };
  };
  const wallet = stage.rig.wallets.get(walletId);
  if (wallet !== undefined && !wallet.lines.has(body.paymentRequestId)) {
    wallet.accept({ ...body, paymentMethod: { customerId } });
  }
  const { currency, value } = body.payToAmount;
  return `SUCCESS ${decimalText(money(currency, BigInt(value)))} ${currency}`;
}

/** The wallet that a step is about, with our id of its part. */
async function partOf(stage: Stage, name: string, words: readonly string[]) {
  const found = await stage.observer.partOf(name, after(words, 'at'));
  const wallet = stage.rig.wallets.get(found.walletId);
  if (wallet === undefined) throw new Error(`no wallet ${found.walletId}`);
  return { ...found, wallet };
}

function decisionOf(words: readonly string[]): WalletDecision {
  const [status, code] = words;
  if (status === 'S' || status === 'U') return status;
  if (status === 'F') return { failure: (code ?? 'PROCESS_FAIL') as ResultCode };
  throw new Error(`a wallet cannot say ${status}`);
}

function resultOf(decision: WalletDecision): object {
  return typeof decision === 'object'
    ? { resultCode: decision.failure, resultStatus: 'F' }
    : { resultCode: 'SUCCESS', resultStatus: 'S' };
}

/** The word behind another, as `by` in `scan P1 by ANNA`. */
function after(words: readonly string[], word: string): string | undefined {
  const at = words.indexOf(word);
  return at < 0 ? undefined : words[at + 1];
}

function amountOf(currency: string, value: string): { currency: string; value: string } {
  const amount = parseDecimal(currency, value);
  if (amount === undefined) throw new Error(`${value} ${currency} is no amount`);
  return { currency, value: String(amount.minor) };
}

function codeNamed(stage: Stage, words: readonly string[]): string {
  const name = after(words, 'with') ?? '';
  return stage.codes.get(name) ?? name;
}

/** The acquirer of a story that has one. */
function onlyAcquirer(stage: Stage): string {
  const id = [...stage.rig.keys.keys()].find((each) => !stage.rig.wallets.has(each));
  if (id === undefined) throw new Error('the story has no acquirer');
  return id;
}

/** `cap 5000.00 spread 50bp fee 10bp interchange 30bp orders CNY,KRW`. */
function termsOf(words: readonly string[], currency: string): Partial<RigPartner> {
  const points = (word: string) => Number((after(words, word) ?? '0').replace('bp', ''));
  const cap = after(words, 'cap');
  const orders = after(words, 'orders');
  return {
    spreadBasisPoints: points('spread'),
    serviceFeeBasisPoints: points('fee'),
    interchangeBasisPoints: points('interchange'),
    codeIssuer: codeIssuerOf(words),
    ...(cap === undefined ? {} : { cap: BigInt(amountOf(currency, cap).value) }),
    ...(orders === undefined ? {} : { orderCurrencies: orders.split(',') }),
  };
}
