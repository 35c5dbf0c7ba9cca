// What can be seen of a step from outside: who was asked and told what, and what the books say now.

import { publicId } from '../../src/base/id.ts';
import { decimalText, money } from '../../src/money/money.ts';
import type { Rig, Told } from '../hub/rig.ts';

interface Position {
  readonly name: string;
  readonly currency: string;
  readonly pending: string;
  readonly owed: string;
}

export class Observer {
  readonly #rig: Rig;
  readonly #heard = new Map<string, number>();
  #notices = 0;
  /** Answers that came since the last look. */
  #answers: string[] = [];
  #positions = new Map<string, Position>();

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** Waits until the hub is at rest; an answer that comes later is seen by a later look. */
  async await(name: string, acquirerId: string, waiting: Promise<Told>): Promise<string> {
    let now: string | undefined;
    let failure: unknown;
    let isLate = false;
    waiting.then(
      (told) => {
        if (isLate) this.#answers.push(`${acquirerId} is answered ${told.resultCode}`);
        else now = told.resultCode;
      },
      (error: unknown) => {
        failure = error;
      },
    );
    await this.#rig.rest();
    isLate = true;
    if (failure !== undefined) throw new Error(`the answer to ${name} failed`, { cause: failure });
    return now ?? 'waits';
  }

  /** What was seen since the last look, in a fixed order. */
  async look(): Promise<string[]> {
    const seen = [...this.#answers.splice(0), ...this.#walletsHeard(), ...this.#acquirersHeard()];
    const notices = this.#rig.notices.slice(this.#notices);
    this.#notices = this.#rig.notices.length;
    seen.push(
      ...counted(notices.map((notice) => `${notice.acquirerId} is told ${notice.resultCode}`)),
    );
    return [...seen, ...(await this.#positionsMoved())];
  }

  #walletsHeard(): string[] {
    const words: Readonly<Record<string, string>> = {
      pay: 'is asked to pay',
      inquiryPayment: 'is asked how it stands',
      cancelPayment: 'is told to cancel',
      refund: 'is asked to refund',
      notifyPushPayment: 'is told that the shop is credited',
      prepare: 'is asked for a consent page',
      applyToken: 'is asked for tokens',
      cancelToken: 'is told to end an agreement',
    };
    const seen: string[] = [];
    for (const [walletId, wallet] of this.#rig.wallets) {
      const known = this.#heard.get(walletId) ?? 0;
      this.#heard.set(walletId, wallet.heard.length);
      for (const line of wallet.heard.slice(known)) {
        const [api = '', legId = '', value = '', currency = ''] = line.split(' ');
        const paid = wallet.lines.get(legId);
        const amount = paid === undefined ? '' : ` ${said(paid.currency, paid.amount)}`;
        const back = value === '' ? '' : ` ${said(currency, BigInt(value))}`;
        seen.push(`${walletId} ${words[api]}${api === 'pay' ? amount : back}`);
      }
    }
    return counted(seen);
  }

  #acquirersHeard(): string[] {
    const words: Readonly<Record<string, string>> = {
      userInitiatedPay: 'is asked about its code',
      pushPayment: 'is told to credit',
      inquiryPushPayment: 'is asked whether it has credited',
    };
    const seen: string[] = [];
    for (const [acquirerId, acquirer] of this.#rig.acquirers) {
      const known = this.#heard.get(acquirerId) ?? 0;
      this.#heard.set(acquirerId, acquirer.heard.length);
      for (const line of acquirer.heard.slice(known)) {
        seen.push(`${acquirerId} ${words[line.split(' ')[0] ?? '']}`);
      }
    }
    return counted(seen);
  }

  async #positionsMoved(): Promise<string[]> {
    const rows = await this.#rig.fresh.database.query<Position>(
      `select a.participant_id as name, a.currency, sum(s.debits_pending)::text as pending,
        sum(s.debits_posted - s.credits_posted)::text as owed
      from accounts a join account_slices s using (account_id) join participants p
        using (participant_id) where p.role = 'wallet' and a.kind = 'position'
      group by 1, 2 order by 1`,
    );
    const seen: string[] = [];
    for (const row of rows) {
      const before = this.#positions.get(row.name);
      this.#positions.set(row.name, row);
      if ((before?.pending ?? '0') !== row.pending) {
        const held = row.pending === '0' ? 'nothing' : said(row.currency, BigInt(row.pending));
        seen.push(`${row.name} holds ${held}`);
      }
      if ((before?.owed ?? '0') !== row.owed) {
        seen.push(`${row.name} owes ${said(row.currency, BigInt(row.owed))}`);
      }
    }
    return seen;
  }

  /** Our id of a payment's part at a wallet: the last that came to it unless one is named. */
  async partOf(name: string, walletId: string | undefined) {
    const rows = await this.#rig.fresh.database.query<{
      payment_number: string;
      created_at: string;
      leg: number;
      wallet_id: string;
    }>(
      `select p.payment_number, p.created_at, g.leg, g.wallet_id from payments p
        join legs g on g.lane = p.lane and g.payment_number = p.payment_number
      where p.request_key like $1 and ($2::text is null or g.wallet_id = $2::text)
      order by g.leg desc limit 1`,
      [`%/${name}`, walletId ?? null],
    );
    const row = rows[0];
    if (row === undefined) throw new Error(`no wallet has ${name}`);
    const number = Number(row.payment_number);
    const legId = publicId('leg', Number(row.created_at), number, row.leg);
    return { walletId: row.wallet_id, legId };
  }

  /** The postings of a payment, or of a refund, as they are read aloud. */
  async postingsOf(name: string): Promise<string[]> {
    const rows = await this.#rig.fresh.database.query<{
      reason: string;
      debit: string;
      credit: string;
      currency: string;
      amount: string;
    }>(
      `select t.reason, d.name as debit, c.name as credit, d.currency, t.amount
      from (select lane, payment_number as number, request_key from payments union all
          select lane, refund_number, request_key from refunds) p
        join postings t on t.lane = p.lane and t.journal_number = p.number
        join accounts d on d.account_id = t.debit_account
        join accounts c on c.account_id = t.credit_account
      where p.request_key like $1 order by t.ordinal`,
      [`%/${name}`],
    );
    if (rows.length === 0) return ['none'];
    return rows.map((row) => {
      const amount = said(row.currency, BigInt(row.amount)).padStart(14);
      return `${row.reason.padEnd(26)}${row.debit.padEnd(22)} to ${row.credit.padEnd(22)}${amount}`;
    });
  }

  /** Every account that is not empty: what it owes, or is owed. */
  async balances(): Promise<string[]> {
    const rows = await this.#rig.fresh.database.query<{
      name: string;
      currency: string;
      net: string;
    }>(
      `select a.name, a.currency, sum(s.debits_posted - s.credits_posted)::text as net
      from accounts a join account_slices s using (account_id)
      group by a.name, a.currency having sum(s.debits_posted - s.credits_posted) <> 0
      order by a.currency, a.name`,
    );
    return rows.map(({ name, currency, net }) => {
      const side = net.startsWith('-') ? 'credit' : 'debit';
      const amount = said(currency, BigInt(net.replace('-', ''))).padStart(14);
      return `${name.padEnd(26)}${side.padEnd(8)}${amount}`;
    });
  }
}

function said(currency: string, minor: bigint): string {
  return `${decimalText(money(currency, minor))} ${currency}`;
}

/** The same thing several times is said once, with its count. */
function counted(seen: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const each of seen) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([each, count]) => (count === 1 ? each : `${each} ${count} times`));
}
