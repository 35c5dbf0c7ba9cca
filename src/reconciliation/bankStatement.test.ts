// What a bank may write of its lines, and what such lines settle.

import { expect, test } from 'vitest';
import { dayOfDate } from '../calendar/businessDay.ts';
import { type KnownBatch, matchLines } from './bankMatch.ts';
import { type BankStatement, readStatements } from './bankStatement.ts';

const day = dayOfDate('2026-11-25') ?? 0;

const amt = (value: string, sign: string) =>
  `<Amt Ccy="CNY">${value}</Amt><CdtDbtInd>${sign}</CdtDbtInd>`;
const entry = (amount: string, rest = '') =>
  `<Ntry>${amount}${rest.includes('RvslInd') ? '<RvslInd>true</RvslInd>' : ''}` +
  '<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-25</Dt></BookgDt><BkTxCd/>' +
  `${rest.replace('RvslInd', '')}</Ntry>`;
const file = (entries: string, id = 'N1', account = 'CN01') =>
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>' +
  `<GrpHdr><MsgId>M1</MsgId></GrpHdr><Ntfctn><Id>${id}</Id>` +
  `<CreDtTm>2026-11-25T23:00:00+08:00</CreDtTm><Acct><Id><Othr><Id>${account}</Id></Othr></Id>` +
  `<Ccy>CNY</Ccy></Acct>${entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;
const transaction = (id: string, amount = '') =>
  `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${amount}</TxDtls>`;

function statementOf(entries: string, ...names: string[]): BankStatement {
  const reading = readStatements(Buffer.from(file(entries, ...names)));
  if (!reading.ok) throw new Error(reading.problem);
  const [statement] = reading.statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
}

const problemOf = (entries: string) => {
  const reading = readStatements(Buffer.from(file(entries)));
  return reading.ok ? undefined : reading.problem;
};

test('transactions are lines of their own where all say their amounts, else one', () => {
  const [first, second] = [
    transaction('S1', amt('1', 'DBIT')),
    transaction('S2', amt('2', 'DBIT')),
  ];
  const apart = statementOf(entry(amt('3', 'DBIT'), `<NtryDtls>${first}${second}</NtryDtls>`));
  expect(apart.lines.map(({ amount, names }) => [amount, names])).toEqual([
    [100n, ['S1']],
    [200n, ['S2']],
  ]);
  const told = `<NtryDtls>${transaction('S1')}${transaction('S2')}</NtryDtls>`;
  const together = statementOf(entry(amt('3', 'DBIT'), told));
  expect(together.lines.map(({ amount, names }) => [amount, names])).toEqual([
    [300n, ['S1', 'S2']],
  ]);
  const wrong = `<NtryDtls>${first}${transaction('S2', amt('2', 'OUT'))}</NtryDtls>`;
  expect(problemOf(entry(amt('3', 'DBIT'), wrong))).toMatch('CdtDbtInd: must be CRDT or DBIT');
});

test('amounts are decimals of the account, and no larger than a row holds', () => {
  for (const value of ['1e3', '-1', '1.001', '0x1', '1,00', '', '١']) {
    expect([value, problemOf(entry(amt(value, 'DBIT')))]).toEqual([
      value,
      expect.stringMatching(/^line 1: Amt: /),
    ]);
  }
  expect(statementOf(entry(amt('9999999999999999.99', 'CRDT'))).lines).toMatchObject([
    { amount: -999_999_999_999_999_999n },
  ]);
  expect(problemOf(entry(amt('10000000000000000', 'CRDT')))).toMatch('Amt: more than any');
  expect(problemOf(entry(amt('9999999999999999.99', 'CRDT')).repeat(2))).toMatch('its lines come');
});

test('an addition of another namespace is not looked at', () => {
  const added = '<x:Amt xmlns:x="urn:own" Ccy="CNY">7</x:Amt>';
  expect(statementOf(entry(added + amt('3', 'DBIT'))).lines).toMatchObject([{ amount: 300n }]);
});

test('what takes a movement back settles nothing, though it fits', () => {
  const settlementBatchId = 'S2026112500000001';
  const known: KnownBatch = {
    batch: {
      settlementBatchId,
      accountId: 1,
      settlementDay: day,
      valueDay: day,
      amount: -300n,
      state: 'SENT',
    },
    steps: [],
    entries: [],
    currency: 'CNY',
  };
  const facts = { batches: [known], booked: new Map() };
  const came = amt('3', 'CRDT');
  const named = `<NtryDtls>${transaction(settlementBatchId)}</NtryDtls>`;
  const kinds = [entry(came), entry(came, 'RvslInd'), entry(came, `RvslInd${named}`)].map(
    (each) => {
      const [verdict] = matchLines(statementOf(each), facts);
      return verdict?.kind === 'break' ? verdict.found.kind : verdict?.kind;
    },
  );
  expect(kinds).toEqual(['match', 'missing_here', 'direction_differs']);
});

test('a line without a reference is named by its account, statement and number', () => {
  const two = entry(amt('3', 'DBIT')).repeat(2);
  const of = (...names: string[]) => statementOf(two, ...names).lines.map((each) => each.reference);
  expect(of('N1', 'CN01')).toEqual(['CN01/N1/1', 'CN01/N1/2']);
  // As long as a bank may make them, or in signs that our books do not have: still each its own.
  const names = [
    ['N1', 'CN02'],
    ['S'.repeat(35), 'C'.repeat(34)],
    [`${'S'.repeat(34)}T`, 'C'.repeat(34)],
    ['一月', 'CN01'],
    ['二月', 'CN01'],
  ];
  const all = names.flatMap((each) => of(...each));
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((each) => !/^[\x21-\x7e]{1,64}$/.test(each))).toEqual([]);
});

test('charges in another currency stop nothing, and are named where a line is explained', () => {
  const charged = (...amounts: string[]) =>
    `<Chrgs>${amounts.map((each) => `<Rcrd>${each}</Rcrd>`).join('')}</Chrgs>`;
  const [own, foreign] = ['<Amt Ccy="CNY">0.20</Amt>', '<Amt Ccy="USD">5.00</Amt>'];
  const statement = statementOf(entry(amt('3', 'DBIT'), charged(own, foreign)));
  expect(statement.lines).toMatchObject([{ charges: 20n, foreignCharges: ['USD 5.00'] }]);
  const [verdict] = matchLines(statement, { batches: [], booked: new Map() });
  expect(verdict?.kind === 'break' && verdict.found.problem).toBe(
    'no batch that was sent is of it; the bank names charges of USD 5.00',
  );
  const total = '<Chrgs><TtlChrgsAndTaxAmt Ccy="USD">5.00</TtlChrgsAndTaxAmt></Chrgs>';
  expect(statementOf(entry(amt('3', 'DBIT'), total)).lines).toMatchObject([
    { charges: 0n, foreignCharges: ['USD 5.00'] },
  ]);
  expect(problemOf(entry(amt('3', 'DBIT'), charged('<Amt Ccy="USD">much</Amt>')))).toMatch(
    'Amt: no amount',
  );
});
