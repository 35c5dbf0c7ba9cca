// The files of totals: a day's summary, and what a settlement batch is made of (protocol.md §7).

import { dateOf } from '../calendar/businessDay.ts';
import { type Agreement, type ClearingBatch, directionOf } from '../clearing/batch.ts';
import type { Adjustment } from '../settlement/netting.ts';
import type { SettlementBatch } from '../settlement/settlement.ts';
import { csvLine, fileEnd, sectionEnd } from './csv.ts';
import { batchColumns } from './itemFiles.ts';

type Cells = readonly (readonly [name: string, value: string])[];

const heads = (cells: Cells) => csvLine(cells.map(([name]) => name));
const values = (cells: Cells) => csvLine(cells.map(([, value]) => value));

function totals(side: 'payment' | 'refund', sums: ClearingBatch['payments']): Cells {
  return [
    [`${side}Count`, String(sums.count)],
    [`${side}GrossAmountValue`, String(sums.gross)],
    [`${side}InterchangeAmountValue`, String(sums.interchange)],
    [`${side}ServiceFeeAmountValue`, String(sums.serviceFee)],
  ];
}

/** Details only, of one line: what the day comes to. */
export function summaryFile(agreement: Agreement, batch: ClearingBatch): string {
  const cells: Cells = [
    ...batchColumns(agreement, batch),
    ['totalCount', String(batch.payments.count + batch.refunds.count)],
    ...totals('payment', batch.payments),
    ...totals('refund', batch.refunds),
    ['netTotalAmountValue', String(batch.net)],
    ['direction', directionOf(batch.net)],
  ];
  return heads(cells) + values(cells) + fileEnd;
}

/**
 * The amount that is paid and by when, then the clearing batches that it is the net of, and then,
 * where there are any, the write-offs.
 */
export function settlementFile(
  agreement: Agreement,
  settled: SettlementBatch,
  batches: readonly ClearingBatch[],
  adjustments: readonly Adjustment[],
): string {
  const summary: Cells = [
    ['settlementBatchId', settled.settlementBatchId],
    ['participantAgreementId', agreement.agreementId],
    ['participantId', agreement.participantId],
    ['settlementCurrency', agreement.currency],
    ['settlementDate', dateOf(settled.settlementDay)],
    ['valueDate', dateOf(settled.valueDay)],
    ['clearingBatchCount', String(batches.length)],
    ['netTotalAmountValue', String(settled.amount)],
    ['direction', directionOf(settled.amount)],
  ];
  const details = batches.map(
    (batch): Cells => [
      ['clearingBatchId', batch.clearingBatchId],
      ['clearingDate', dateOf(batch.day)],
      ['paymentCount', String(batch.payments.count)],
      ['refundCount', String(batch.refunds.count)],
      ['netAmountValue', String(batch.net)],
      ['direction', directionOf(batch.net)],
    ],
  );
  // A settlement batch pays at least one clearing batch: its amount is never nothing.
  const [first = []] = details;
  const lines = details.map(values).join('');
  const writtenOff = adjustments.map(
    ({ breakId, amount }): Cells => [
      ['writeOffId', breakId],
      ['netAmountValue', String(amount)],
      ['direction', directionOf(amount)],
    ],
  );
  const [firstOff] = writtenOff;
  const more =
    firstOff === undefined ? '' : sectionEnd + heads(firstOff) + writtenOff.map(values).join('');
  return heads(summary) + values(summary) + sectionEnd + heads(first) + lines + more + fileEnd;
}
