// A partner reads the network's file with a reader of its own, and compares it with its book.

import { expect, test } from 'vitest';
import { compareBook, readItemsFile } from './book-compare.ts';
import { type BookRow, bookFile, noMistakes } from './books.ts';

const date = '2026-11-22';
const at = (time: string) => Date.parse(`${time}+08:00`);
const row = (requestId: string, minor: bigint, time = `${date}T12:00:00`): BookRow => ({
  kind: 'PAYMENT',
  requestId,
  amount: { currency: 'MYR', minor },
  completedAt: at(time),
});

const fileOf = (rows: readonly string[], count = rows.length) =>
  [
    'clearingBatchId,participantAgreementId,settlementCurrency,totalCount',
    `C1,TNG-MYR,MYR,${count}`,
    '',
    'transactionType,paymentRequestId,refundRequestId,merchantName,grossAmountValue',
    ...rows,
    '<END>',
    '',
  ].join('\r\n');

test('the file is read whole or not at all', () => {
  const text = fileOf(['PAYMENT,P1,,"Noodles, ""best""",-100', 'REFUND,P1,R1,Tea,50']);
  expect(readItemsFile(text)).toEqual({
    ok: true,
    agreementId: 'TNG-MYR',
    rows: [
      { type: 'PAYMENT', requestId: 'P1', money: { currency: 'MYR', value: '100' } },
      { type: 'REFUND', requestId: 'R1', money: { currency: 'MYR', value: '50' } },
    ],
  });
  expect(readItemsFile(fileOf([]))).toMatchObject({ ok: true, rows: [] });
  expect(readItemsFile(text.replace('<END>\r\n', ''))).toMatchObject({ ok: false });
  expect(readItemsFile(fileOf(['PAYMENT,P1,,Tea,1'], 2))).toMatchObject({ ok: false });
  expect(readItemsFile('')).toMatchObject({ ok: false });
});

test('every row of either side is alike, or is named', () => {
  const book = [
    row('SAME', 100n),
    row('MORE', 100n),
    row('LATE', 100n, '2026-11-23T00:00:01'),
    row('GONE', 100n),
    row('BACK', 100n),
    { ...row('BACK', 100n, '2026-11-23T00:40:00'), kind: 'REFUND' as const },
    row('TOMORROW', 100n, '2026-11-23T12:00:00'),
  ];
  const lines = ['SAME,,,-100', 'MORE,,,-101', 'LATE,,,-100', 'NEW,,,-5'];
  const read = readItemsFile(fileOf(lines.map((each) => `PAYMENT,${each}`)));
  const found = compareBook(book, date, read.ok ? read.rows : []);
  expect(found.same).toBe(1);
  expect(found.differences.map(({ kind, requestId }) => `${kind} ${requestId}`)).toEqual([
    'amount_differs MORE',
    'other_day LATE',
    'not_in_book NEW',
    'not_in_file GONE',
    'given_back BACK',
  ]);
});

test('a file has the mistakes that it is told to have, one a row', () => {
  const book = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'].map((id) => row(id, 100n));
  const every = Object.fromEntries(Object.keys(noMistakes).map((kind) => [kind, 1]));
  const text = bookFile(book, date, 'MYR', (day) =>
    day === date ? { ...noMistakes, ...every } : noMistakes,
  );
  const cells = text.split('\n').map((line) => line.split(',').slice(1, 4).join(' '));
  expect(cells.slice(1, -1)).toEqual([
    'P2 MYR 100',
    'P2 MYR 100',
    'P3 MYR 101',
    'P5 USD 100',
    'P6 MYR 100',
    'INVENTED-2026-11-22-1 MYR 100',
    'GARBLED-2026-11-22-1  12.x',
  ]);
});
