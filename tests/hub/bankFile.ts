// Statements as a bank writes them, for tests: camt.053 of one account and one day.

/** A movement: positive, in minor units with two decimals, where money has left the account. */
export interface WrittenLine {
  readonly amount: bigint;
  readonly date: string;
  readonly reference?: string;
  readonly endToEndId?: string;
  readonly remittance?: string;
  readonly charges?: bigint;
  readonly status?: 'BOOK' | 'PDNG';
  readonly isReversal?: true;
}

export interface WrittenStatement {
  readonly id: string;
  readonly account: string;
  readonly currency: string;
  readonly date: string;
  readonly opening: bigint;
  /** What it comes to, where that is not the sum of its lines. */
  readonly closing?: bigint;
  readonly lines: readonly WrittenLine[];
}

const decimal = (minor: bigint) => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const tag = (name: string, content: string | undefined) =>
  content === undefined ? '' : `<${name}>${content}</${name}>`;
const cdtDbt = (isCredit: boolean) => tag('CdtDbtInd', isCredit ? 'CRDT' : 'DBIT');

/** The text of the file. */
export function statementXml(statement: WrittenStatement): string {
  const { id, account, currency, date, opening, lines } = statement;
  const money = (minor: bigint, name = 'Amt') =>
    `<${name} Ccy="${currency}">${decimal(minor)}</${name}>`;
  const booked = lines.filter(({ status }) => status !== 'PDNG');
  const closing = statement.closing ?? booked.reduce((sum, { amount }) => sum - amount, opening);
  const balance = (code: string, minor: bigint) =>
    tag(
      'Bal',
      tag('Tp', tag('CdOrPrtry', tag('Cd', code))) +
        money(minor) +
        cdtDbt(minor >= 0n) +
        tag('Dt', tag('Dt', date)),
    );
  const entry = (line: WrittenLine) =>
    tag(
      'Ntry',
      money(line.amount) +
        cdtDbt(line.amount < 0n) +
        tag('RvslInd', line.isReversal && 'true') +
        tag('Sts', tag('Cd', line.status ?? 'BOOK')) +
        tag('BookgDt', tag('Dt', line.date)) +
        tag('ValDt', tag('Dt', line.date)) +
        tag('AcctSvcrRef', line.reference) +
        tag('BkTxCd', tag('Prtry', tag('Cd', 'TRF'))) +
        (line.charges === undefined ? '' : tag('Chrgs', money(line.charges, 'TtlChrgsAndTaxAmt'))) +
        tag(
          'NtryDtls',
          tag(
            'TxDtls',
            tag('Refs', tag('EndToEndId', line.endToEndId ?? 'NOTPROVIDED')) +
              (line.remittance === undefined ? '' : tag('RmtInf', tag('Ustrd', line.remittance))),
          ),
        ),
    );
  const body =
    tag('GrpHdr', tag('MsgId', `M${id}`) + tag('CreDtTm', `${date}T23:00:00+08:00`)) +
    tag(
      'Stmt',
      tag('Id', id) +
        tag('CreDtTm', `${date}T23:00:00+08:00`) +
        tag('Acct', tag('Id', tag('Othr', tag('Id', account))) + tag('Ccy', currency)) +
        balance('OPBD', opening) +
        balance('CLBD', closing) +
        lines.map(entry).join('\n'),
    );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">` +
    `${tag('BkToCstmrStmt', body)}</Document>\n`
  );
}
