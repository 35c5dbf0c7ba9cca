// What a bank says of the network's account: camt.053 and camt.054 as lines in minor units.

import { createHash } from 'node:crypto';
import { dayOfDate } from '../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { exponentOf, isCurrency } from '../money/currency.ts';
import { readXml, type XmlElement } from './xmlReader.ts';

/** One movement that the bank has booked. */
export interface BankLine {
  /** The bank's own reference; where it has none, account, statement's id and line's number. */
  readonly reference: string;
  /** The texts that may name a settlement batch: end-to-end id, instruction, remittance. */
  readonly names: readonly string[];
  /** Minor units; positive: money has left the network's account. */
  readonly amount: bigint;
  readonly valueDay: ClearingDay;
  /** What the bank kept of it, in minor units; 0 where it says nothing. */
  readonly charges: bigint;
  /** Charges in other currencies, as the bank wrote them: no part of the amount explains them. */
  readonly foreignCharges: readonly string[];
  /** It takes back an earlier movement. */
  readonly isReversal: boolean;
  /** The line of the file. */
  readonly lineNumber: number;
}

/** A statement of one account, or with `balances` null a notification. */
export interface BankStatement {
  readonly kind: 'camt.053' | 'camt.054';
  readonly statementId: string;
  readonly account: string;
  readonly currency: string;
  /** The day of the closing balance; of a notification the day on which it was made. */
  readonly day: ClearingDay;
  /** Minor units; positive: the network has it. */
  readonly balances: { readonly opening: bigint; readonly closing: bigint } | null;
  readonly lines: readonly BankLine[];
  /** Entries that are announced or only told, not booked: they are passed over. */
  readonly notBooked: number;
}

export type StatementReading =
  | { readonly ok: true; readonly statements: readonly BankStatement[] }
  | { readonly ok: false; readonly problem: string };

const messages = {
  'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08': ['camt.053', 'BkToCstmrStmt', 'Stmt'],
  'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08': ['camt.054', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

/** More lines than a day has settlement batches are no statement of ours. */
const mostLines = 20_000;
/** Minor units: amounts and their sums stay below what a row holds. */
const largest = 10n ** 18n;

class StatementProblem extends Error {}

function wrong(at: XmlElement, what: string): never {
  throw new StatementProblem(`line ${at.line}: ${at.name}: ${what}`);
}

/** What is of another namespace is somebody's own addition, whatever its name. */
const all = (of: XmlElement, name: string) =>
  of.children.filter((each) => each.name === name && each.namespace === of.namespace);

function one(of: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = all(of, name);
  if (second !== undefined) wrong(second, 'only once');
  return first;
}

function must(of: XmlElement, name: string): XmlElement {
  return one(of, name) ?? wrong(of, `${name} is missing`);
}

function text(of: XmlElement, most = 35): string {
  const found = of.text.trim();
  if (of.children.length > 0 || found === '' || found.length > most) {
    wrong(of, `must be a text of 1 to ${most} signs`);
  }
  return found;
}

function optional(of: XmlElement | undefined, name: string): string | undefined {
  const found = of && one(of, name);
  return found && text(found);
}

/**
 * Reads a file of a bank by the rules of the messages' schemas as far as it is used: what is not
 * needed is not looked at. The first fault is named with its line and its element.
 */
export function readStatements(bytes: Uint8Array): StatementReading {
  const xml = readXml(bytes);
  if (!xml.ok) return xml;
  const { root } = xml;
  const message = messages[root.namespace as keyof typeof messages];
  if (root.name !== 'Document' || message === undefined) {
    return { ok: false, problem: 'neither camt.053.001.08 nor camt.054.001.08' };
  }
  try {
    const [kind, inner, name] = message;
    const body = must(root, inner);
    text(must(must(body, 'GrpHdr'), 'MsgId'));
    const found = all(body, name);
    if (found.length === 0) wrong(body, `${name} is missing`);
    return { ok: true, statements: found.map((each) => statementOf(kind, each)) };
  } catch (error) {
    if (error instanceof StatementProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

function statementOf(kind: BankStatement['kind'], at: XmlElement): BankStatement {
  const statementId = text(must(at, 'Id'));
  const acct = must(at, 'Acct');
  const id = must(acct, 'Id');
  const iban = one(id, 'IBAN');
  const account = text(iban ?? must(must(id, 'Othr'), 'Id'), 34);
  const entries = all(at, 'Ntry');
  const [balance] = all(at, 'Bal');
  const [amounted] = [balance, ...entries].filter((each) => each !== undefined);
  const currency =
    optional(acct, 'Ccy') ?? (amounted && must(amounted, 'Amt').attributes.get('Ccy')) ?? '';
  if (!isCurrency(currency)) wrong(acct, 'no currency');
  const booked = entries.filter((each) => statusOf(each) === 'BOOK');
  const lines = booked.flatMap((each, index) =>
    linesOf(each, currency, `${account}/${statementId}/${index + 1}`),
  );
  if (lines.length > mostLines) wrong(at, `more than ${mostLines} lines`);
  const turnover = lines.reduce((sum, { amount }) => sum + (amount < 0n ? -amount : amount), 0n);
  if (turnover >= largest) wrong(at, 'its lines come to more than any account holds');
  const balances = kind === 'camt.053' ? balancesOf(at, currency) : null;
  return {
    kind,
    statementId,
    account,
    currency,
    day: balances?.day ?? createdOn(at),
    balances: balances && { opening: balances.opening, closing: balances.closing },
    lines,
    notBooked: entries.length - booked.length,
  };
}

function statusOf(entry: XmlElement): string {
  const status = must(entry, 'Sts');
  return text(one(status, 'Cd') ?? must(status, 'Prtry'));
}

/** A statement of several pages opens and closes with what it is at between them (`ITBD`). */
function balancesOf(at: XmlElement, currency: string) {
  const known = all(at, 'Bal').map((each) => {
    const code = one(must(must(each, 'Tp'), 'CdOrPrtry'), 'Cd');
    return { code: code && text(code), each };
  });
  const find = (codes: readonly string[], last: boolean) => {
    for (const code of codes) {
      const found = known.filter((each) => each.code === code);
      const picked = last ? found.at(-1) : found[0];
      if (picked !== undefined) return picked.each;
    }
    return wrong(at, `no balance ${codes[0]}`);
  };
  const [opening, closing] = [find(['OPBD', 'PRCD', 'ITBD'], false), find(['CLBD', 'ITBD'], true)];
  if (opening === closing) wrong(closing, 'one balance opens and closes');
  return {
    opening: -leaving(opening, currency),
    closing: -leaving(closing, currency),
    day: dayOf(must(closing, 'Dt')),
  };
}

/** Minor units, positive where money has left the account, or it is overdrawn. */
function leaving(at: XmlElement, currency: string): bigint {
  return directed(must(at, 'CdtDbtInd'), amountOf(must(at, 'Amt'), currency));
}

function directed(sign: XmlElement, size: bigint): bigint {
  const direction = text(sign);
  if (direction !== 'CRDT' && direction !== 'DBIT') wrong(sign, 'must be CRDT or DBIT');
  return direction === 'DBIT' ? size : -size;
}

/** ISO 20022: at most 18 digits and 5 decimals; finer than the currency is no amount of it. */
function amountOf(at: XmlElement, currency: string): bigint {
  if (at.attributes.get('Ccy') !== currency) wrong(at, `Ccy must be ${currency}, as the account`);
  const match = /^\+?([0-9]{1,18})(?:\.([0-9]{0,5}))?$/.exec(at.text.trim());
  const [, whole = '', decimals = ''] = match ?? wrong(at, 'no amount');
  const exponent = exponentOf(currency);
  const [kept, rest] = [decimals.slice(0, exponent), decimals.slice(exponent)];
  if (/[1-9]/.test(rest) || whole.length + decimals.length > 18) wrong(at, 'finer than its unit');
  const minor = BigInt(whole + kept.padEnd(exponent, '0'));
  if (minor >= largest) wrong(at, 'more than any account holds');
  return minor;
}

function dayOf(at: XmlElement): ClearingDay {
  const date = one(at, 'Dt');
  const day = date === undefined ? dayOfTime(must(at, 'DtTm')) : dayOfDate(text(date).slice(0, 10));
  return day ?? wrong(at, 'no date');
}

function dayOfTime(at: XmlElement): ClearingDay | undefined {
  const written = text(at);
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(written);
  const time = /^\d{4}-\d{2}-\d{2}T/.test(written)
    ? Date.parse(hasZone ? written : `${written}+08:00`)
    : Number.NaN;
  return Number.isNaN(time) ? undefined : clearingDayOf(time);
}

const createdOn = (at: XmlElement) =>
  dayOfTime(must(at, 'CreDtTm')) ?? wrong(must(at, 'CreDtTm'), 'no time');

/** The movements of an entry: one each of its transactions, where it lists all their amounts. */
function linesOf(entry: XmlElement, currency: string, place: string): BankLine[] {
  const amount = leaving(entry, currency);
  must(entry, 'BkTxCd');
  const dated = one(entry, 'ValDt') ?? must(entry, 'BookgDt');
  const whole = {
    reference: optional(entry, 'AcctSvcrRef'),
    valueDay: dayOf(dated),
    isReversal: isTrue(one(entry, 'RvslInd')),
    lineNumber: entry.line,
  };
  const details = all(entry, 'NtryDtls').flatMap((each) => all(each, 'TxDtls'));
  // Where the bank says only what they come to together they are one line of ours.
  if (details.length < 2 || details.some((each) => one(each, 'Amt') === undefined)) {
    const names = namesOf(entry, details);
    const onEntry = chargesOf([entry], currency);
    const isOnEntry = onEntry.charges !== 0n || onEntry.foreignCharges.length > 0;
    const charged = isOnEntry ? onEntry : chargesOf(details, currency);
    const own = details.length === 1 ? ownReference(details[0]) : undefined;
    const reference = usable(whole.reference ?? own ?? place);
    return [{ ...whole, reference, names, amount, ...charged }];
  }
  const lines = details.map((each, index): BankLine => {
    const sign = one(each, 'CdtDbtInd') ?? must(entry, 'CdtDbtInd');
    return {
      ...whole,
      reference: usable(ownReference(each) ?? `${whole.reference ?? place}/${index + 1}`),
      names: namesOf(entry, [each]),
      amount: directed(sign, amountOf(must(each, 'Amt'), currency)),
      ...chargesOf([each], currency),
      lineNumber: each.line,
    };
  });
  const sum = lines.reduce((all, line) => all + line.amount, 0n);
  if (sum !== amount) wrong(entry, 'its transactions do not make up its amount');
  return lines;
}

const ownReference = (details: XmlElement | undefined) =>
  optional(details && one(details, 'Refs'), 'AcctSvcrRef');

function isTrue(at: XmlElement | undefined): boolean {
  return at !== undefined && ['true', '1'].includes(text(at));
}

/** The longest reference that stands in our books. */
const longestReference = 64;

/**
 * References stand in our books without spaces. One that has to be changed or cut keeps apart from
 * others that begin alike by the digits of its hash.
 */
function usable(reference: string): string {
  const plain = reference.replace(/[^\x21-\x7e]/g, '_');
  if (plain === reference && plain.length <= longestReference) return plain;
  const digits = createHash('sha256').update(reference).digest('hex').slice(0, 16);
  return `${plain.slice(0, longestReference - digits.length - 1)}~${digits}`;
}

/**
 * The charges of an entry or of its transactions: in the account's currency as an amount, in others
 * as they are written. A total of the account's currency goes before the single ones.
 */
function chargesOf(places: readonly XmlElement[], currency: string) {
  const amounts = places
    .flatMap((each) => one(each, 'Chrgs') ?? [])
    .flatMap((charges) => {
      const total = one(charges, 'TtlChrgsAndTaxAmt');
      const single = all(charges, 'Rcrd').map((each) => must(each, 'Amt'));
      const isOwn = total?.attributes.get('Ccy') === currency;
      return total !== undefined && (isOwn || single.length === 0) ? [total] : single;
    });
  const isOwn = (each: XmlElement) => each.attributes.get('Ccy') === currency;
  return {
    charges: amounts.filter(isOwn).reduce((sum, each) => sum + amountOf(each, currency), 0n),
    foreignCharges: amounts
      .filter((each) => !isOwn(each) && /[^0.]/.test(each.text.trim()))
      .map(foreignText),
  };
}

function foreignText(at: XmlElement): string {
  const [currency = '', amount] = [at.attributes.get('Ccy'), at.text.trim()];
  const isAmount = /^[A-Z]{3}$/.test(currency) && /^[0-9]{1,18}(\.[0-9]{0,5})?$/.test(amount);
  return isAmount ? `${currency} ${amount}` : wrong(at, 'no amount');
}

function namesOf(entry: XmlElement, details: readonly XmlElement[]): string[] {
  const named = details.flatMap((each) => {
    const refs = one(each, 'Refs');
    const remittance = one(each, 'RmtInf');
    const written = remittance === undefined ? [] : all(remittance, 'Ustrd');
    return [
      optional(refs, 'EndToEndId'),
      optional(refs, 'InstrId'),
      optional(refs, 'TxId'),
      ...written.map((ustrd) => text(ustrd, 140)),
    ];
  });
  return [...named, optional(entry, 'NtryRef')].filter((each) => each !== undefined);
}
