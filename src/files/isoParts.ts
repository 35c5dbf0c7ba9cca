// Parts that ISO 20022 messages share: amounts, accounts, who takes part, entries of an account.

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Agreement } from '../clearing/batch.ts';
import { decimalText, money } from '../money/money.ts';
import { networkTime } from './networkTime.ts';
import { element, type Xml } from './xml.ts';

/** The network as messages name it. */
const networkName = 'Wayfare';

const absolute = (value: bigint) => (value < 0n ? -value : value);

/** An amount without its sign, in major units. */
export function amountElement(name: string, currency: string, value: bigint): Xml {
  return element(name, decimalText(money(currency, absolute(value))), { Ccy: currency });
}

/** Credit where it is to the participant's good, debit otherwise; nothing is a credit. */
export function indicator(value: bigint): Xml {
  return element('CdtDbtInd', value < 0n ? 'DBIT' : 'CRDT');
}

/** An account is named by its agreement, or by its number where that name is too long (34). */
function accountName({ agreementId, accountId }: Agreement): string {
  return agreementId.length <= 34 ? agreementId : String(accountId);
}

const other = (id: string) => element('Othr', [element('Id', id)]);

/** A participant's account with the network: its position in one currency. */
export function accountElement(name: string, agreement: Agreement): Xml {
  return element(name, [
    element('Id', [other(accountName(agreement))]),
    element('Ccy', agreement.currency),
  ]);
}

export function participantElement(name: string, agreement: Agreement): Xml {
  const institution = [
    element('Nm', agreement.participantName.slice(0, 140)),
    other(accountName(agreement)),
  ];
  return element(name, [element('FinInstnId', institution)]);
}

export function networkElement(name: string): Xml {
  return element(name, [element('FinInstnId', [element('Nm', networkName), other('WAYFARE')])]);
}

export function dateElement(name: string, day: ClearingDay): Xml {
  return element(name, [element('Dt', dateOf(day))]);
}

/** The header of a statement or a notification. */
export function headElement(messageId: string, at: number): Xml {
  return element('GrpHdr', [element('MsgId', messageId), element('CreDtTm', networkTime(at))]);
}

/** One booking on a participant's account; positive: to its good. */
export interface AccountEntry {
  readonly reference: string;
  readonly amount: bigint;
  readonly bookedOn: ClearingDay;
  readonly valueDay: ClearingDay;
  /** Codes of our own, for the network's bookings have none. */
  readonly code: 'CLEARING' | 'SETTLEMENT' | 'WRITE_OFF';
  /** The bank's own reference of the line, where there is one. */
  readonly bankReference: string | undefined;
}

export function entryElement(currency: string, entry: AccountEntry): Xml {
  const { bankReference } = entry;
  const isShort = bankReference !== undefined && bankReference.length <= 35;
  return element('Ntry', [
    element('NtryRef', entry.reference),
    amountElement('Amt', currency, entry.amount),
    indicator(entry.amount),
    element('Sts', [element('Cd', 'BOOK')]),
    dateElement('BookgDt', entry.bookedOn),
    dateElement('ValDt', entry.valueDay),
    isShort ? element('AcctSvcrRef', bankReference) : undefined,
    element('BkTxCd', [
      element('Prtry', [element('Cd', entry.code), element('Issr', networkName)]),
    ]),
    bankReference === undefined || isShort ? undefined : element('AddtlNtryInf', bankReference),
  ]);
}
