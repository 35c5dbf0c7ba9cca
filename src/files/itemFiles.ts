// The files with a line for each payment and refund: what moved, and its fees (protocol.md §7).

import { dateOf } from '../calendar/businessDay.ts';
import { type Agreement, type ClearingBatch, directionOf } from '../clearing/batch.ts';
import type { ClearingItem } from '../clearing/itemStore.ts';
import { csvLine, foreignText, sectionEnd } from './csv.ts';
import { networkTime } from './networkTime.ts';

/** A column of a file's details: its name, and what stands in it for an item. */
type Column = readonly [name: string, value: (item: ClearingItem, isWallet: boolean) => string];

const ids: readonly Column[] = [
  ['transactionType', ({ kind }) => (kind === 'payment' ? 'PAYMENT' : 'REFUND')],
  ['paymentRequestId', (item, isWallet) => foreign(isWallet ? item.legId : item.paymentRequestId)],
  ['paymentId', (item, isWallet) => foreign(isWallet ? item.walletPaymentId : item.paymentId)],
  [
    'refundRequestId',
    ({ refund }, isWallet) => foreign(isWallet ? refund?.refundAskId : refund?.refundRequestId),
  ],
  [
    'refundId',
    ({ refund }, isWallet) => foreign(isWallet ? refund?.walletRefundId : refund?.refundId),
  ],
  ['transactionTime', ({ completedAt }) => networkTime(completedAt)],
];

const transactionColumns: readonly Column[] = [
  ...ids,
  ['paymentTime', ({ paidAt }) => networkTime(paidAt)],
  ['acquirerId', ({ acquirerId }) => acquirerId],
  ['pspId', ({ walletId }) => walletId],
  ['productCode', ({ product }) => product.toUpperCase()],
  ['merchantName', ({ merchantName }) => foreign(merchantName)],
  ['storeName', ({ storeName }) => foreign(storeName)],
  ['transactionCurrency', ({ transactionCurrency }) => transactionCurrency],
  ['transactionAmountValue', ({ transactionAmount }) => String(transactionAmount)],
  ['grossAmountValue', ({ gross }) => String(gross)],
  ['interchangeAmountValue', ({ interchange }) => String(interchange)],
  ['serviceFeeAmountValue', ({ serviceFee }) => String(serviceFee)],
  ['netAmountValue', ({ net }) => String(net)],
];

const feeColumns: readonly Column[] = [
  ...ids,
  ['grossAmountValue', ({ gross }) => String(gross)],
  ['interchangeAmountValue', ({ interchange }) => String(interchange)],
  ['serviceFeeAmountValue', ({ serviceFee }) => String(serviceFee)],
  ['feeAmountValue', ({ interchange, serviceFee }) => String(interchange + serviceFee)],
];

function foreign(text: string | null | undefined): string {
  return foreignText(text ?? '');
}

/** Which files list items, each with its columns. */
const columnsOf = { transactionItems: transactionColumns, feeItems: feeColumns } as const;

export type ItemKind = keyof typeof columnsOf;

/** What stands above the details, up to and with their head; the totals are the batch's. */
export function itemsHead(kind: ItemKind, agreement: Agreement, batch: ClearingBatch): string {
  const { payments, refunds } = batch;
  const interchange = payments.interchange + refunds.interchange;
  const serviceFee = payments.serviceFee + refunds.serviceFee;
  const total = kind === 'feeItems' ? interchange + serviceFee : batch.net;
  const summary: readonly (readonly [string, string])[] = [
    ...batchColumns(agreement, batch),
    ['totalCount', String(payments.count + refunds.count)],
    ['paymentCount', String(payments.count)],
    ['refundCount', String(refunds.count)],
    ...(kind === 'feeItems'
      ? ([
          ['interchangeAmountValue', String(interchange)],
          ['serviceFeeAmountValue', String(serviceFee)],
        ] as const)
      : []),
    [kind === 'feeItems' ? 'feeTotalAmountValue' : 'netTotalAmountValue', String(total)],
    ['direction', directionOf(total)],
  ];
  return (
    csvLine(summary.map(([name]) => name)) +
    csvLine(summary.map(([, value]) => value)) +
    sectionEnd +
    csvLine(columnsOf[kind].map(([name]) => name))
  );
}

/** Lines of details. */
export function itemsLines(
  kind: ItemKind,
  { role }: Pick<Agreement, 'role'>,
  items: readonly ClearingItem[],
): string {
  const columns = columnsOf[kind];
  return items
    .map((item) => csvLine(columns.map(([, value]) => value(item, role === 'wallet'))))
    .join('');
}

/** The columns that say which batch a line is about. */
export function batchColumns(
  { agreementId, participantId, currency }: Agreement,
  { clearingBatchId, day }: ClearingBatch,
): readonly (readonly [string, string])[] {
  return [
    ['clearingBatchId', clearingBatchId],
    ['participantAgreementId', agreementId],
    ['participantId', participantId],
    ['settlementCurrency', currency],
    ['clearingDate', dateOf(day)],
  ];
}
