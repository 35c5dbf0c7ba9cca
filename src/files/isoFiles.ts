// ISO 20022 messages: a day's statement (camt.053), a settled batch (camt.054), the order to the
// network's bank (pacs.009).

import { dateOf } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import type { Agreement } from '../clearing/batch.ts';
import type { BankEntry, SettlementBatch } from '../settlement/settlement.ts';
import {
  type AccountEntry,
  accountElement,
  amountElement,
  dateElement,
  entryElement,
  headElement,
  indicator,
  networkElement,
  participantElement,
} from './isoParts.ts';
import { networkTime } from './networkTime.ts';
import { element, isoDocument, type Xml } from './xml.ts';

/** A day of a participant's account with the network; amounts positive to its good. */
export interface DayStatement {
  readonly agreement: Agreement;
  readonly clearingBatchId: string;
  readonly day: ClearingDay;
  readonly closedAt: number;
  readonly opening: bigint;
  readonly entries: readonly AccountEntry[];
}

/** camt.053.001.08: what the account was before the day, each booking, what it is after. */
export function statementFile(statement: DayStatement): string {
  const { agreement, clearingBatchId, day, closedAt, opening, entries } = statement;
  const { currency } = agreement;
  const moved = entries.reduce((sum, { amount }) => sum + amount, 0n);
  return isoDocument(
    'camt.053.001.08',
    element('BkToCstmrStmt', [
      headElement(clearingBatchId, closedAt),
      element('Stmt', [
        element('Id', clearingBatchId),
        element('CreDtTm', networkTime(closedAt)),
        element('FrToDt', [
          element('FrDtTm', networkTime(beginningOf(day))),
          element('ToDtTm', networkTime(beginningOf(day + 1) - 1)),
        ]),
        accountElement('Acct', agreement),
        balance('OPBD', currency, opening, day),
        balance('CLBD', currency, opening + moved, day),
        ...entries.map((entry) => entryElement(currency, entry)),
      ]),
    ]),
  );
}

function balance(code: 'OPBD' | 'CLBD', currency: string, value: bigint, day: ClearingDay): Xml {
  return element('Bal', [
    element('Tp', [element('CdOrPrtry', [element('Cd', code)])]),
    amountElement('Amt', currency, value),
    indicator(value),
    dateElement('Dt', day),
  ]);
}

/** camt.054.001.08: the lines of the bank that made up a settlement batch, as booked. */
export function notificationFile(
  agreement: Agreement,
  batch: SettlementBatch,
  lines: readonly BankEntry[],
  confirmedAt: number,
): string {
  const { settlementBatchId } = batch;
  const entries = lines.map(
    ({ bankReference, amount, valueDay }): AccountEntry => ({
      reference: settlementBatchId,
      // What the network paid out is no longer owed to the participant.
      amount: -amount,
      bookedOn: valueDay,
      valueDay,
      code: 'SETTLEMENT',
      bankReference,
    }),
  );
  return isoDocument(
    'camt.054.001.08',
    element('BkToCstmrDbtCdtNtfctn', [
      headElement(settlementBatchId, confirmedAt),
      element('Ntfctn', [
        element('Id', settlementBatchId),
        element('CreDtTm', networkTime(confirmedAt)),
        accountElement('Acct', agreement),
        ...entries.map((entry) => entryElement(agreement.currency, entry)),
      ]),
    ]),
  );
}

/** pacs.009.001.09: the network's bank is to pay a participant; only for a positive amount. */
export function orderFile(
  agreement: Agreement,
  { settlementBatchId, amount, valueDay }: SettlementBatch,
  approvedAt: number,
): string {
  const { currency } = agreement;
  return isoDocument(
    'pacs.009.001.09',
    element('FICdtTrf', [
      element('GrpHdr', [
        element('MsgId', settlementBatchId),
        element('CreDtTm', networkTime(approvedAt)),
        element('NbOfTxs', '1'),
        element('SttlmInf', [element('SttlmMtd', 'CLRG')]),
      ]),
      element('CdtTrfTxInf', [
        element('PmtId', [
          element('InstrId', settlementBatchId),
          element('EndToEndId', settlementBatchId),
        ]),
        amountElement('IntrBkSttlmAmt', currency, amount),
        element('IntrBkSttlmDt', dateOf(valueDay)),
        networkElement('Dbtr'),
        participantElement('Cdtr', agreement),
        element('RmtInf', [element('Ustrd', `Settlement ${settlementBatchId}`)]),
      ]),
    ]),
  );
}
