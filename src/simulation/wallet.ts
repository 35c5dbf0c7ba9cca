// A simulated wallet: it takes its customers' money when it is asked well, and behaves badly
// otherwise.

import type { ReceivedCall } from '../wire/partnerServer.ts';
import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import { formatTime, parseIsoTime } from '../wire/time.ts';
import type { Auditor } from './auditor.ts';
import type { WireAmount } from './ledgerOfWords.ts';
import { Party, type PartyAnswer, type Surroundings } from './party.ts';
import { WalletRegistrations } from './registrations.ts';
import type { WalletSabotage } from './sabotage.ts';
import type { WalletPlan } from './scenario.ts';
import { askForCode } from './walletCodes.ts';
import { WalletDisputes } from './walletDisputes.ts';
import { WalletGrants } from './walletGrants.ts';
import { type RefundBody, WalletRefunds } from './walletRefunds.ts';

/** A payment as this wallet has written it down. */
interface WalletRecord {
  readonly legId: string;
  readonly customerId: string;
  readonly payTo: WireAmount;
  readonly amount: WireAmount;
  readonly paymentId: string;
  status: 'open' | 'paid' | 'refused' | 'cancelled';
}

/** What a wallet makes of being asked to pay. */
const temper = {
  pays: 60,
  refuses: 8,
  /** The customer has to enter a PIN: U first, then paid or not. */
  asksCustomer: 12,
  paysSilently: 4,
  answersLate: 5,
  signsBadly: 3,
  /** Never heard of it afterwards. */
  forgets: 3,
  changesItsMind: 4,
  neverDecides: 1,
} as const;

const noticeWaitsMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

interface PayBody {
  readonly paymentRequestId: string;
  readonly paymentAmount: WireAmount;
  readonly payToAmount: WireAmount;
  readonly paymentExpiryTime?: string;
  readonly paymentMethod: { readonly customerId: string; readonly paymentMethodId?: string };
  readonly paymentFactor?: { readonly isPaymentEvaluation?: string };
}

interface ScanAnswer extends Omit<PayBody, 'paymentMethod' | 'paymentFactor'> {
  readonly result: { readonly resultStatus: string };
}

export class SimulatedWallet {
  readonly id: string;
  readonly #plan: WalletPlan;
  readonly #world: Surroundings;
  readonly #auditor: Auditor;
  readonly #sabotage: WalletSabotage | undefined;
  readonly #party: Party;
  readonly #records = new Map<string, WalletRecord>();
  readonly #refunds: WalletRefunds;
  readonly #registrations: WalletRegistrations;
  readonly #disputes: WalletDisputes;
  readonly grants: WalletGrants;
  #counter = 0;
  #busy = 0;

  constructor(plan: WalletPlan, world: Surroundings, auditor: Auditor, sabotage?: WalletSabotage) {
    const { id } = plan;
    this.id = id;
    this.#plan = plan;
    this.#world = world;
    this.#auditor = auditor;
    this.#sabotage = sabotage;
    this.#refunds = new WalletRefunds(id, world, auditor, sabotage);
    this.#party = new Party(id, world, (call) => this.#handle(call));
    this.#registrations = new WalletRegistrations(id, world, auditor, this.#party);
    this.#disputes = new WalletDisputes(id, world, auditor, this.#party);
    this.grants = new WalletGrants(id, world, auditor, this.#party);
  }

  /** How many things it has still to say or to decide. */
  get busy(): number {
    return this.#busy + this.#registrations.busy + this.#disputes.busy + this.grants.busy;
  }

  /** What a customer's app asks before anything is paid: rules of codes, a rate, what is left. */
  async lookAround(customerId: string, sellCurrency: string, buyCurrency: string): Promise<void> {
    const { client } = this.#party;
    await client.call('inquiryCodeRules', {});
    await client.call('inquiryForeignExchangeQuote', { sellCurrency, buyCurrency });
    await client.call('inquiryUserLimits', { customerId });
  }

  crash(): void {
    this.#party.crash();
  }

  comeBack(): void {
    this.#party.comeBack();
  }

  /** A payment code for a customer, or undefined when none came. */
  code(customerId: string): Promise<string | undefined> {
    return askForCode(this.#plan, this.#party, this.#auditor, customerId);
  }

  /** A customer scans an order code and, mostly, confirms what the wallet shows. */
  async scan(codeValue: string, customerId: string): Promise<void> {
    this.#busy++;
    await this.#scan(codeValue, customerId);
    this.#busy--;
  }

  async #scan(codeValue: string, customerId: string): Promise<void> {
    const { chance, time } = this.#world;
    for (let attempt = 0; attempt < 4; attempt++) {
      const outcome = await this.#party.client.call('userInitiatedPay', { codeValue, customerId });
      if (outcome.kind !== 'answered' || this.#party.away) {
        await time.pause(1_000);
        continue;
      }
      const shown = outcome.body as unknown as ScanAnswer;
      if (shown.result.resultStatus === 'U') continue;
      if (shown.result.resultStatus === 'F') return;
      const record = this.#record({ ...shown, paymentMethod: { customerId } });
      await time.pause(chance.between(500, 12_000));
      return this.#confirm(record);
    }
  }

  /** The customer decides about a scanned order; the network must hear of it (protocol.md §1.3). */
  #confirm(record: WalletRecord): void {
    if (record.status !== 'open') return;
    const { chance } = this.#world;
    const mood = chance.weighted({ pays: 82, refuses: 8, leaves: 6, forgets: 4 });
    if (this.#world.stormy() && mood === 'forgets') {
      this.#records.delete(record.legId);
      // Nor does the same order that was scanned twice come to anything.
      record.status = 'cancelled';
    }
    if (mood === 'leaves' || mood === 'forgets') return;
    if (mood === 'pays') this.#charge(record);
    else record.status = 'refused';
    void this.#notify(record, true);
    if (chance.happens(0.1)) void this.#notify(record, true);
  }

  #handle(call: ReceivedCall): PartyAnswer {
    const body = JSON.parse(call.bodyText) as PayBody;
    switch (call.api) {
      case 'pay':
        return this.#pay(body);
      case 'inquiryPayment':
        return this.#inquiry(body.paymentRequestId);
      case 'cancelPayment':
        return this.#cancel(body.paymentRequestId);
      case 'prepare':
      case 'applyToken':
      case 'cancelToken':
        return this.grants.answer(call);
      case 'registration':
      case 'inquiryRegistrationStatus':
        return this.#registrations.answer(call);
      case 'responseRetrieval':
      case 'responseEscalation':
      case 'notifyDispute':
        return this.#disputes.answer(call);
      case 'notifyPushPayment':
        return this.#shopIsCredited();
      case 'refund':
        return this.#refunds.answer(
          JSON.parse(call.bodyText) as RefundBody,
          this.#records.get(body.paymentRequestId)?.status === 'paid',
        );
      default:
        return { body: { result: result('NO_INTERFACE_DEF') } };
    }
  }

  #pay(body: PayBody): PartyAnswer {
    const known = this.#records.get(body.paymentRequestId);
    if (known !== undefined) {
      if (this.#sabotage === 'charges_again' && known.status === 'paid') this.#take(known);
      return this.#answer(known);
    }
    const { time, chance } = this.#world;
    const payer = this.#payer(body);
    if (typeof payer === 'string') return { body: { result: result(payer) } };
    if (body.paymentFactor?.isPaymentEvaluation === 'true') return this.#evaluate(body);
    // A request that was long on its way: the network may have closed the order meanwhile.
    if (time.now() >= (parseIsoTime(body.paymentExpiryTime ?? '') ?? 0)) {
      return { body: { result: result('ORDER_IS_CLOSED') } };
    }
    const record = this.#record({ ...body, paymentMethod: payer });
    const mood = this.#world.stormy() ? chance.weighted(temper) : 'pays';
    switch (mood) {
      case 'pays':
      case 'paysSilently':
      case 'answersLate':
      case 'signsBadly':
        this.#charge(record);
        if (mood !== 'paysSilently' && chance.happens(0.4)) void this.#notify(record, false);
        return {
          ...this.#answer(record),
          never: mood === 'paysSilently',
          forged: mood === 'signsBadly',
          ...(mood === 'answersLate' ? { afterMs: chance.between(3_000, 15_000) } : {}),
        };
      case 'refuses':
        record.status = 'refused';
        return this.#answer(record);
      case 'changesItsMind':
        record.status = 'refused';
        this.#later(chance.between(100, 15_000), () => this.#changeMind(record));
        return this.#answer(record);
      case 'asksCustomer':
        this.#later(chance.between(1_000, 50_000), () => this.#decideLate(record));
        return this.#answer(record);
      case 'neverDecides':
        return this.#answer(record);
      case 'forgets':
        this.#records.delete(record.legId);
        return { ...this.#answer(record), never: chance.happens(0.5) };
    }
  }

  /** Whose money it is: the customer of the wallet's own token, else the one that is named. */
  #payer({ paymentMethod }: PayBody): { readonly customerId: string } | ResultCode {
    const { paymentMethodId } = paymentMethod;
    return paymentMethodId === undefined ? paymentMethod : this.grants.payer(paymentMethodId);
  }

  #evaluate(body: PayBody): PartyAnswer {
    const { chance, stormy } = this.#world;
    if (this.#sabotage === 'charges_evaluations') {
      this.#auditor.agreements.charged(this.id, body.paymentRequestId);
    }
    const refuses = chance.happens(0.1);
    return {
      body: { result: result(refuses ? 'USER_BALANCE_NOT_ENOUGH' : 'SUCCESS') },
      never: stormy() && chance.happens(0.05),
    };
  }

  #later(delayMs: number, task: () => void): void {
    this.#busy++;
    this.#world.time.after(delayMs, () => {
      this.#busy--;
      task();
    });
  }

  #decideLate(record: WalletRecord): void {
    if (record.status !== 'open') return;
    if (this.#world.chance.happens(0.8)) this.#charge(record);
    else record.status = 'refused';
    if (this.#world.chance.happens(0.7)) void this.#notify(record, false);
  }

  /** It said F, and takes the money all the same: it must say so (protocol.md §1.8, case 4). */
  #changeMind(record: WalletRecord): void {
    if (record.status !== 'refused') return;
    this.#charge(record);
    void this.#notify(record, true);
  }

  #inquiry(legId: string): PartyAnswer {
    const record = this.#records.get(legId);
    if (record === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (record.status === 'cancelled') return { body: { result: result('ORDER_IS_CLOSED') } };
    const answer = this.#answer(record);
    const { result: paymentResult } = answer.body as { result: object };
    return { ...answer, body: { ...answer.body, result: result('SUCCESS'), paymentResult } };
  }

  /** Told that a shop has its money; now and then the answer is lost, and it is told again. */
  #shopIsCredited(): PartyAnswer {
    const never = this.#world.stormy() && this.#world.chance.happens(0.1);
    return { body: { result: result('SUCCESS') }, never };
  }

  /** Undone whatever the state, but for temporary faults (protocol.md §2.7). */
  #cancel(legId: string): PartyAnswer {
    const { chance, stormy } = this.#world;
    const record = this.#records.get(legId);
    if (record === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (stormy() && chance.happens(0.1)) return { body: { result: result('UNKNOWN_EXCEPTION') } };
    const silent = stormy() && chance.happens(0.05);
    if (record.status === 'paid' && this.#sabotage !== 'keeps_the_money') {
      this.#auditor.refunded(legId);
      this.#world.trace(`${this.id} refunds ${record.customerId} ${legId}`);
    }
    record.status = 'cancelled';
    return { body: { result: result('SUCCESS') }, never: silent };
  }

  #record(body: PayBody): WalletRecord {
    const known = this.#records.get(body.paymentRequestId);
    if (known !== undefined) return known;
    const record: WalletRecord = {
      legId: body.paymentRequestId,
      customerId: body.paymentMethod.customerId,
      payTo: body.payToAmount,
      amount: body.paymentAmount,
      paymentId: `${this.id}-${++this.#counter}`,
      status: 'open',
    };
    this.#records.set(record.legId, record);
    return record;
  }

  #charge(record: WalletRecord): void {
    record.status = 'paid';
    this.#take(record);
  }

  #take(record: WalletRecord): void {
    const { currency, value } = record.payTo;
    if (this.#sabotage === 'pays_in_words_only') return;
    const more = this.#sabotage === 'charges_more' ? 1n : 0n;
    const taken = { currency, value: String(BigInt(value) + more) };
    this.#world.trace(
      `${this.id} charges ${record.customerId} ${value} ${currency} ${record.legId}`,
    );
    this.#auditor.charged(this.id, record.legId, record.customerId, taken);
    if (!this.#world.chance.happens(0.06)) return;
    void this.#disputes.complain({ legId: record.legId, amount: record.amount });
  }

  #answer(record: WalletRecord): PartyAnswer {
    const code = codeOf(record);
    if (code === 'SUCCESS') this.#auditor.walletSays(record.legId, 'S');
    else if (code !== 'PAYMENT_IN_PROCESS') this.#auditor.walletSays(record.legId, 'F');
    const paid = code === 'SUCCESS' ? { paymentId: record.paymentId } : {};
    return { body: { result: result(code), ...paid } };
  }

  /** Tells the hub until it answers S or F; where it need not, it gives up after a while. */
  async #notify(record: WalletRecord, must: boolean): Promise<void> {
    this.#busy++;
    await this.#tell(record, must);
    this.#busy--;
  }

  async #tell(record: WalletRecord, must: boolean): Promise<void> {
    for (let attempt = 0; must || attempt < 4; attempt++) {
      const code = codeOf(record);
      if (code === 'PAYMENT_IN_PROCESS' || record.status === 'cancelled') return;
      if (!this.#party.away) {
        this.#auditor.walletSays(record.legId, code === 'SUCCESS' ? 'S' : 'F');
        const forged = this.#world.stormy() && this.#world.chance.happens(0.05);
        const client = forged ? this.#party.forger : this.#party.client;
        const outcome = await client.call('notifyPayment', {
          paymentRequestId: record.legId,
          paymentResult: result(code),
          paymentId: record.paymentId,
          paymentTime: formatTime(this.#world.time.now()),
          paymentAmount: record.amount,
          payToAmount: record.payTo,
          customerId: record.customerId,
        });
        const told = outcome.kind === 'answered' && !forged;
        const { resultStatus } = told
          ? (outcome.body.result as { resultStatus: string })
          : { resultStatus: 'U' };
        if (resultStatus !== 'U') return;
      }
      const wait = noticeWaitsMs[Math.min(attempt, noticeWaitsMs.length - 1)] ?? 60_000;
      await this.#world.time.pause(wait);
    }
  }
}

function codeOf(record: WalletRecord): ResultCode {
  switch (record.status) {
    case 'open':
      return 'PAYMENT_IN_PROCESS';
    case 'paid':
      return 'SUCCESS';
    case 'refused':
      return 'USER_BALANCE_NOT_ENOUGH';
    case 'cancelled':
      return 'ORDER_IS_CLOSED';
  }
}
