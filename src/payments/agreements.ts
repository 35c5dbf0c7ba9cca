// Decisions about agreements: prepared, given tokens, replaced by newer ones, revoked by either
// side. Each is of one lane, which follows from the acquirer's ids of the agreement.

import {
  type Agreement,
  type AgreementTerms,
  agreementKey,
  type ConsentWays,
  isRevoked,
  type SealedToken,
} from '../agreements/agreement.ts';
import { laneOfSlot, slotOf, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import type { ResultCode } from '../wire/results.ts';
import {
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentItem,
  unchanged,
} from './facts.ts';
import { delayOf, type Rules } from './rules.ts';

/** An acquirer's `prepare`, checked: all of its parameters. */
export interface AgreementAsk {
  readonly acquirerId: string;
  readonly authClientId: string;
  readonly referenceAgreementId: string;
  readonly walletId: string;
  readonly terms: AgreementTerms;
}

/** The agreement as it is by now, or `inconsistent` where the ids were used with other terms. */
export function prepareCommand(
  rules: Rules,
  ask: AgreementAsk,
): PaymentCommand<Agreement | 'inconsistent'> {
  const { acquirerId, authClientId, referenceAgreementId } = ask;
  const key = agreementKey(acquirerId, authClientId, referenceAgreementId);
  const slot = slotOf('agreement', key);
  return {
    kind: 'prepare',
    lane: laneOfSlot(slot, rules.lanes),
    gather: (keys) => void keys.agreementRequests.add(key),
    decide(facts, moment) {
      const number = facts.agreementsByRequest.get(key);
      const known = number === undefined ? undefined : facts.agreements.get(number);
      if (known !== undefined) return unchanged(isSameAsk(known, ask) ? known : 'inconsistent');
      const agreement = newAgreement(ask, moment, slot);
      return changed<Agreement>(agreement, { agreement });
    },
  };
}

/** Everything but the two ids of the key is compared (protocol.md §2.15). */
function isSameAsk(known: Agreement, ask: AgreementAsk): boolean {
  return known.walletId === ask.walletId && textOf(known.terms) === textOf(ask.terms);
}

/** The order of scopes says nothing. */
function textOf(terms: AgreementTerms): string {
  const plain = { ...terms, scopes: [...new Set(terms.scopes)].sort() };
  const entries = Object.entries(plain).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function newAgreement(ask: AgreementAsk, moment: Moment, slot: number): Agreement {
  return {
    ...ask,
    agreementNumber: moment.number(slot),
    state: 'ASKED',
    resultCode: 'PAYMENT_IN_PROCESS',
    ways: null,
    customerId: null,
    generation: 0,
    appliedCode: null,
    access: null,
    refresh: null,
    toldCode: null,
    createdAt: moment.now,
    changedAt: moment.now,
  };
}

/** Decides about one agreement that is there; undefined for a number that names none. */
function onAgreement<Reply>(
  rules: Pick<Rules, 'lanes'>,
  kind: string,
  agreementNumber: number,
  decide: (agreement: Agreement, moment: Moment) => PaymentDecision<Reply>,
): PaymentCommand<Reply | undefined> {
  return {
    kind,
    lane: laneOfSlot(slotOfNumber(agreementNumber), rules.lanes),
    gather: (keys) => void keys.agreements.add(agreementNumber),
    decide(facts, moment) {
      const agreement = facts.agreements.get(agreementNumber);
      return agreement === undefined ? unchanged(undefined) : decide(agreement, moment);
    },
  };
}

export function findAgreementCommand(
  rules: Pick<Rules, 'lanes'>,
  agreementNumber: number,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'find agreement', agreementNumber, (known) => unchanged(known));
}

/** What a wallet said to `prepare`; nothing is decided where it said nothing. */
export type PrepareWord =
  | { readonly kind: 'ways'; readonly ways: ConsentWays }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode };

/** The first word of the wallet counts. */
export function preparedCommand(
  rules: Rules,
  agreementNumber: number,
  word: PrepareWord,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'prepared', agreementNumber, (known, moment) => {
    if (known.state !== 'ASKED') return unchanged(known);
    const agreement: Agreement =
      word.kind === 'ways'
        ? { ...known, state: 'PREPARED', resultCode: 'SUCCESS', ways: word.ways }
        : { ...known, state: 'REFUSED', resultCode: word.resultCode };
    return replaced({ ...agreement, changedAt: moment.now });
  });
}

function replaced(agreement: Agreement): PaymentDecision<Agreement> {
  return changed(agreement, { agreement });
}

/** Tokens that a wallet gave, sealed. */
export interface GivenTokens {
  readonly access: SealedToken;
  readonly refresh: SealedToken | null;
  readonly customerId: string | null;
  /** A fingerprint of the code that brought them; null for a refresh. */
  readonly appliedCode: string | null;
  /** The generation that was the newest when the wallet was asked. */
  readonly after: number;
}

/** Writes tokens down, unless others came first or the agreement was revoked meanwhile. */
export function appliedCommand(
  rules: Rules,
  agreementNumber: number,
  given: GivenTokens,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'applied', agreementNumber, (known, moment) => {
    if (isRevoked(known) || known.generation !== given.after) return unchanged(known);
    return replaced({
      ...known,
      state: 'ACTIVE',
      resultCode: 'SUCCESS',
      customerId: given.customerId ?? known.customerId,
      generation: known.generation + 1,
      appliedCode: given.appliedCode,
      access: given.access,
      refresh: given.refresh,
      toldCode: null,
      changedAt: moment.now,
    });
  });
}

function newAgreementItem(
  rules: Rules,
  moment: Moment,
  agreement: Agreement,
  kind: 'agreement.revoke' | 'agreement.notify',
): PaymentItem {
  return {
    outboxNumber: moment.number(slotOfNumber(agreement.agreementNumber)),
    kind,
    paymentNumber: agreement.agreementNumber,
    leg: 0,
    dueAt: moment.now + rules.timing.leaseMs,
    tries: 1,
    createdAt: moment.now,
  };
}

/** What an acquirer's `cancelToken` came to. */
export interface Revoking {
  readonly agreement: Agreement;
  /** The wallet must be told; whoever decided this tells it first. Absent where it was before. */
  readonly item?: PaymentItem;
}

/** From the acquirer: nothing is debited from now on, and the wallet is told until it knows. */
export function revokeCommand(
  rules: Rules,
  agreementNumber: number,
): PaymentCommand<Revoking | undefined> {
  return onAgreement<Revoking>(rules, 'revoke', agreementNumber, (known, moment) => {
    if (known.state !== 'ACTIVE') return unchanged({ agreement: known });
    const agreement: Agreement = { ...known, state: 'REVOKING', changedAt: moment.now };
    const item = newAgreementItem(rules, moment, agreement, 'agreement.revoke');
    return changed({ agreement, item }, { agreement, added: [item] });
  });
}

/** The wallet's answer to `cancelToken`; what is not done is asked again on the schedule. */
export function revokedCommand(
  rules: Rules,
  item: PaymentItem,
  done: boolean,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'revoked', item.paymentNumber, (known, moment) => {
    const removed = [item.outboxNumber];
    if (known.state !== 'REVOKING') return changed(known, { removed });
    if (!done) {
      const delay = delayOf(rules.timing.cancelDelaysMs, item.tries - 1);
      return changed(known, { moved: [{ ...item, dueAt: moment.now + delay }] });
    }
    const agreement: Agreement = { ...known, state: 'REVOKED', changedAt: moment.now };
    return changed(agreement, { agreement, removed });
  });
}

/** From the wallet: its customer took it back. The acquirer is told, unless it began this. */
export function takenBackCommand(
  rules: Rules,
  agreementNumber: number,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'taken back', agreementNumber, (known, moment) => {
    if (known.state === 'REVOKED' || known.state === 'REFUSED') return unchanged(known);
    const agreement: Agreement = {
      ...known,
      state: 'REVOKED',
      toldCode: null,
      changedAt: moment.now,
    };
    if (known.state === 'REVOKING') return replaced(agreement);
    const item = newAgreementItem(rules, moment, agreement, 'agreement.notify');
    return changed(agreement, { agreement, added: [item], begin: [item] });
  });
}

/** From the wallet: its customer consented. The acquirer is told the code, which is sealed. */
export function consentedCommand(
  rules: Rules,
  agreementNumber: number,
  sealedCode: string,
  appliedCode: string,
): PaymentCommand<Agreement | undefined> {
  return onAgreement(rules, 'consented', agreementNumber, (known, moment) => {
    const isKnown = known.toldCode === sealedCode || known.appliedCode === appliedCode;
    const isOver = isRevoked(known) || known.state === 'REFUSED';
    if (isKnown || isOver) return unchanged(known);
    const agreement: Agreement = { ...known, toldCode: sealedCode, changedAt: moment.now };
    const item = newAgreementItem(rules, moment, agreement, 'agreement.notify');
    return changed(agreement, { agreement, added: [item], begin: [item] });
  });
}

/** The acquirer's answer to `authNotify`. After the last repeat the notice is given up for good. */
export function agreementToldCommand(
  rules: Rules,
  item: PaymentItem,
  acknowledged: boolean,
): PaymentCommand<void> {
  return {
    kind: 'agreement told',
    lane: laneOfSlot(slotOfNumber(item.paymentNumber), rules.lanes),
    patient: true,
    gather: () => undefined,
    decide(_facts, moment) {
      const delay = rules.timing.noticeDelaysMs[item.tries - 1];
      if (acknowledged || delay === undefined) {
        return changed(undefined, { removed: [item.outboxNumber] });
      }
      return changed(undefined, { moved: [{ ...item, dueAt: moment.now + delay }] });
    },
  };
}

/** Whether an item of the outbox is about an agreement. */
export function isAgreementItem({ kind }: PaymentItem): boolean {
  return kind === 'agreement.revoke' || kind === 'agreement.notify';
}

/** Takes up an item that is due, as `takeCommand` does for payments. */
export function takeAgreementCommand(rules: Rules, item: PaymentItem): PaymentCommand<void> {
  return {
    kind: `take ${item.kind}`,
    lane: laneOfSlot(slotOfNumber(item.paymentNumber), rules.lanes),
    gather(keys) {
      keys.items.add(item.outboxNumber);
      keys.agreements.add(item.paymentNumber);
    },
    decide(facts, moment) {
      const due = facts.items.get(item.outboxNumber);
      if (due === undefined || due.dueAt > moment.now) return unchanged(undefined);
      const agreement = facts.agreements.get(item.paymentNumber);
      const over = due.kind === 'agreement.revoke' && agreement?.state !== 'REVOKING';
      if (agreement === undefined || over) {
        return changed(undefined, { removed: [item.outboxNumber] });
      }
      const tries = due.tries + 1;
      const leased = { ...due, tries, dueAt: moment.now + rules.timing.leaseMs };
      return changed(undefined, { moved: [leased], begin: [leased], aboutAgreement: agreement });
    },
  };
}
