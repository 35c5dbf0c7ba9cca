// Every sentence that is written down or answered is read again as codes and values: those of
// partners' lines, of descriptions of columns, of banks' files and of banks' lines.

import { expect, test } from 'vitest';
import { dayOfDate } from '../calendar/businessDay.ts';
import { type BookedLine, type KnownBatch, matchLines } from './bankMatch.ts';
import { type BankLine, readStatements } from './bankStatement.ts';
import { readHeading } from './csv.ts';
import { readMapping, usualMapping } from './mapping.ts';
import { readReasons } from './reasons.ts';

/** A sentence in few words: its codes, each with its values. */
const read = (text: string | null) =>
  readReasons(text).map(({ code, values }) =>
    [code, ...Object.entries(values).map((each) => each.join('='))].join(' '),
  );

const heading = 'transactionType,requestId,currency,amountValue,completedAt';

test.each([
  ['PAYMENT,A1,MYR', 'field_count found=3 expected=5 text=PAYMENT,A1,MYR'],
  ['PAYMENT,,MYR,1,', 'no_id text=PAYMENT,,MYR,1,'],
  ['PAYMENT,A1,XXQ,1,', 'no_currency text=PAYMENT,A1,XXQ,1,'],
  ['PAYMENT,A1,MYR,1e3,', 'no_amount text=PAYMENT,A1,MYR,1e3,'],
  ['PAYMENT,A1,MYR,-1,', 'payment_below_zero text=PAYMENT,A1,MYR,-1,'],
  ['FEE,A1,MYR,1,', 'no_kind text=FEE,A1,MYR,1,'],
  ['PAYMENT,A1,MYR,1,x: must be a word', 'no_date text=PAYMENT,A1,MYR,1,x: must be a word'],
  ['PAYMENT,"A1,MYR', 'open_quote text=PAYMENT,"A1,MYR'],
])('a line of a partner: %s', (line, words) => {
  const head = readHeading(heading, usualMapping, { role: 'wallet', currency: 'MYR' });
  const found = head.ok ? head.read(line, 2) : undefined;
  expect(found?.kind === 'unreadable' && read(found.unreadable.problem)).toEqual([words]);
});

test('a heading and a description of columns', () => {
  const ofHeading = (text: string) => {
    const head = readHeading(text, usualMapping, { role: 'wallet', currency: 'MYR' });
    return head.ok ? [] : read(head.problem);
  };
  expect(ofHeading('a,b')).toEqual(['no_column column=requestId']);
  expect(ofHeading('"a')).toEqual(['heading_open_quote']);
  const cases: [unknown, string][] = [
    [[], 'mapping_no_object'],
    [{ columns: 1 }, 'columns_no_object'],
    [{ columns: { sum: 'x' } }, 'no_such_field field=columns.sum'],
    [{ columns: { id: null } }, 'must_be_heading field=columns.id'],
    [{ separator: 'x' }, 'must_be_separator'],
    [{ unit: 'cents' }, 'must_be_either field=unit one=minor other=decimal'],
    [{ paymentWord: '' }, 'must_be_word field=paymentWord'],
    [{ currency: 'QQQ' }, 'field_no_currency field=currency'],
  ];
  for (const [json, words] of cases) {
    const mapping = readMapping(json);
    expect(mapping.ok ? [] : read(mapping.problem)).toEqual([words]);
  }
});

const camt = (inner: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${inner}</Document>`;

test.each([
  ['<a>', ['at_line number=1', 'not_closed element=a']],
  ['<a/>', ['no_statement']],
  ['', ['no_element']],
  ['\n<a></b>', ['at_line number=2', 'closes_nothing element=a']],
  ['<!DOCTYPE a>', ['at_line number=1', 'document_type']],
  ['<a>&b;</a>', ['at_line number=1', 'unknown_entity']],
  ['<a/><a/>', ['at_line number=1', 'second_document']],
  ['<a b="1" b="2"/>', ['at_line number=1', 'attribute_twice attribute=b']],
  ['<x:a/>', ['at_line number=1', 'unknown_prefix prefix=x']],
  ['<!-- ', ['at_line number=1', 'no_end_mark mark=-->']],
  ['<?xml version="1.0" encoding="GBK"?><a/>', ['at_line number=1', 'other_encoding encoding=GBK']],
  ['<?xml?><a/>', ['at_line number=1', 'bad_declaration']],
  ['x<a/>', ['at_line number=1', 'text_outside']],
  ['<a>< </a>', ['at_line number=1', 'begins_nothing']],
  ['<a><b c></b></a>', ['at_line number=1', 'unreadable_element number=32']],
  ['<![CDATA[x]]>', ['at_line number=1', 'cdata_out_of_place']],
  ['<a>'.repeat(41), ['at_line number=1', 'too_deep number=40']],
  ['<a>\u0001</a>', ['no_such_sign']],
  [camt(''), ['at_line number=1', 'at_element element=Document', 'missing name=BkToCstmrStmt']],
  [
    camt('<BkToCstmrStmt><GrpHdr><MsgId> </MsgId></GrpHdr></BkToCstmrStmt>'),
    ['at_line number=1', 'at_element element=MsgId', 'text_length number=35'],
  ],
])('a file of a bank: %s', (text, words) => {
  const reading = readStatements(Buffer.from(text));
  expect(reading.ok ? [] : read(reading.problem)).toEqual(words);
});

test('bytes that are no text, or too many', () => {
  const problemOf = (bytes: Buffer) => {
    const reading = readStatements(bytes);
    return reading.ok ? [] : read(reading.problem);
  };
  expect(problemOf(Buffer.from([0xff, 0xfe]))).toEqual(['not_utf8']);
  expect(problemOf(Buffer.alloc(8 * 1024 * 1024 + 1))).toEqual(['larger number=8388608']);
});

const [one, two] = ['S2026112500000001', 'S2026112500000002'];

const day = dayOfDate('2026-11-25') ?? 0;
const sent = (id: string, more: Partial<KnownBatch['batch']> = {}): KnownBatch => ({
  batch: {
    settlementBatchId: id,
    accountId: 1,
    settlementDay: day,
    valueDay: day,
    amount: 300n,
    state: 'SENT',
    ...more,
  },
  steps: [],
  entries: [],
  currency: 'CNY',
});
const bankLine = (more: Partial<BankLine> = {}): BankLine => ({
  reference: 'R1',
  names: [],
  amount: 300n,
  valueDay: day,
  charges: 0n,
  foreignCharges: [],
  isReversal: false,
  lineNumber: 1,
  ...more,
});
const names = [one];
const inState = `names_in_state batch=${one} state=CHECKED`;
const booked = (account: string) =>
  [['R1', { settlementBatchId: one, amount: -1n, account }]] as const;

test.each<
  [string, Partial<BankLine>[], KnownBatch[], string[], (readonly [string, BookedLine])[]?]
>([
  ['twice', [{}, {}], [sent(one)], ['reference_twice']],
  ['elsewhere', [{}], [], [`booked_at account=CN02 batch=${one}`], [...booked('CN02')]],
  ['otherwise', [{}], [], [`booked_with minor=-1 batch=${one}`], [...booked('CN01')]],
  ['two names', [{ names: [one, two] }], [], [`names_several batches=${one} and ${two}`]],
  ['no batch', [{ names }], [], [`names_unknown batch=${one}`]],
  [
    'a second line',
    [{ names }, { names, reference: 'R2' }],
    [sent(one)],
    [`names_taken batch=${one}`],
  ],
  ['a state', [{ names }], [sent(one, { state: 'CHECKED' })], [inState]],
  [
    'all at once',
    [{ names, isReversal: true, foreignCharges: ['USD 5.00', 'EUR 1'] }],
    [sent(one, { state: 'CHECKED' })],
    [inState, 'takes_back', 'foreign_charges charges=USD 5.00 and EUR 1'],
  ],
  ['a return', [{ names, isReversal: true }], [sent(one)], [`names batch=${one}`, 'takes_back']],
  [
    'too early',
    [{ names, valueDay: day - 1 }],
    [sent(one)],
    [`names_of_day batch=${one} day=2026-11-25`],
  ],
  [
    'charges',
    [{ names, amount: 320n, charges: 20n }],
    [sent(one)],
    [`names_less_kept batch=${one} minor=20`],
  ],
  ['another amount', [{ names, amount: 1n }], [sent(one)], [`names batch=${one}`]],
  ['an unnamed return', [{ isReversal: true }], [sent(one)], ['takes_back_unnamed']],
  ['nothing fits', [{}], [], ['fits_none']],
  ['two fit', [{}], [sent(one), sent(two)], [`fits_several batches=${one} and ${two}`]],
])('a line of the bank: %s', (_name, lines, batches, words, known = []) => {
  const statement = {
    kind: 'camt.054' as const,
    statementId: 'N1',
    account: 'CN01',
    currency: 'CNY',
    day,
    balances: null,
    lines: lines.map(bankLine),
    notBooked: 0,
  };
  const facts = { batches, booked: new Map(known) };
  const found = matchLines(statement, facts).flatMap((each) =>
    each.kind === 'break' ? [read(each.found.problem)] : [],
  );
  expect(found).toEqual([words]);
});

/** What bankCommands.ts writes down where somebody was faster, and more of bankStatement.ts. */
test.each([
  [`it is for ${one}, which is SENT meanwhile`, [`meanwhile_in_state batch=${one} state=SENT`]],
  [`its reference was booked meanwhile for ${one}`, [`meanwhile_booked batch=${one}`]],
  [`it is for ${one}, which is no batch`, [`meanwhile_unknown batch=${one}`]],
  [`it is for ${one}; Li may not confirm that`, [`meanwhile_not_by batch=${one} person=Li`]],
  ['line 7: Amt: no amount', ['at_line number=7', 'at_element element=Amt', 'element_no_amount']],
  ['line 7: Stmt: no balance OPBD', [...atStatement(), 'no_balance balance=OPBD']],
  ['line 7: Stmt: more than 20000 lines', [...atStatement(), 'too_many_lines number=20000']],
  ['somebody wrote this', []],
  ['line 7: somebody wrote this', []],
  [null, []],
])('%s', (text, words) => {
  expect(read(text)).toEqual(words);
});

function atStatement(): string[] {
  return ['at_line number=7', 'at_element element=Stmt'];
}
