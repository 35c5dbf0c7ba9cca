// SQL of the positions: every figure is a sum of postings, none is kept beside them.

import type { Database } from '../base/world.ts';
import {
  type AccountSums,
  type CorridorSums,
  type CurrencyPosition,
  nothing,
} from './positions.ts';

/** What every currency comes to, from the slices: as fast after a year as after a day. */
export async function readCurrencyPositions(database: Database): Promise<CurrencyPosition[]> {
  const rows = await database.query<{
    currency: string;
    kind: string;
    role: string | null;
    net: string;
  }>(
    'select a.currency, a.kind, p.role, sum(s.credits_posted - s.debits_posted)::text as net ' +
      'from account_slices s join accounts a using (account_id) ' +
      'left join participants p using (participant_id) ' +
      'group by a.currency, a.kind, p.role order by a.currency',
  );
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const net = (kind: string, role: string | null = null) => {
      const fits = (row: (typeof rows)[number]) =>
        row.currency === currency && row.kind === kind && row.role === role;
      return BigInt(rows.find(fits)?.net ?? '0');
    };
    return {
      currency,
      owedToUs: -net('position', 'wallet'),
      owedByUs: net('position', 'acquirer'),
      stock: net('fx'),
      spread: net('spread'),
      rounding: net('rounding'),
      fees: net('fees'),
    };
  });
}

/**
 * What each corridor moved on the network's own accounts from `from` on and before `to` (network
 * time). The corridor of an effect is that of the payment it belongs to, read from the accounts of
 * the payment's own postings. Reads every journal of the time.
 */
export async function readCorridors(
  database: Database,
  from: number,
  to: number,
): Promise<CorridorSums[]> {
  const rows = await database.query<CorridorRow>(corridorsSql, [from, to]);
  const pairs = [...new Set(rows.map(({ settling, paying }) => `${settling}/${paying}`))];
  return pairs.map((pair) => {
    const [settling = '', paying = ''] = pair.split('/');
    const ofPair = rows.filter((row) => row.settling === settling && row.paying === paying);
    return {
      settling,
      paying,
      effects: Number(ofPair[0]?.effects ?? 0),
      paid: sumsOf(ofPair, paying),
      settled: settling === paying ? nothing : sumsOf(ofPair, settling),
    };
  });
}

interface CorridorRow {
  readonly settling: string;
  readonly paying: string;
  readonly currency: string;
  readonly kind: string;
  readonly net: string;
  readonly effects: string;
}

function sumsOf(rows: readonly CorridorRow[], currency: string): AccountSums {
  const net = (kind: string) =>
    BigInt(rows.find((row) => row.currency === currency && row.kind === kind)?.net ?? '0');
  return { stock: net('fx'), spread: net('spread'), rounding: net('rounding') };
}

const corridorsSql = `
  with effects as (
    select j.lane, j.journal_number, j.debit_accounts, j.credit_accounts, j.amounts,
      coalesce(r.payment_number, c.payment_number, j.journal_number) as payment_number
    from journals j
    left join refunds r on r.lane = j.lane and r.refund_number = j.journal_number
    left join cancellations c on c.lane = j.lane and c.journal_number = j.journal_number
    where j.posted_at >= $1::bigint and j.posted_at < $2::bigint),
  placed as (
    select e.lane, e.journal_number, e.debit_accounts, e.credit_accounts, e.amounts,
      w.paying, w.settling
    from effects e
    join journals o on o.lane = e.lane and o.journal_number = e.payment_number
    cross join lateral (
      select max(a.currency) filter (where p.role = 'wallet') as paying,
        max(a.currency) filter (where p.role = 'acquirer') as settling
      from unnest(o.debit_accounts || o.credit_accounts) u(account_id)
      join accounts a using (account_id) join participants p using (participant_id)) w),
  counted as (
    select paying, settling, count(*) as effects from placed group by paying, settling)
  select s.settling, s.paying, a.currency, a.kind, sum(m.net)::text as net,
    min(k.effects)::text as effects
  from placed s
  join counted k on k.paying = s.paying and k.settling = s.settling
  cross join lateral unnest(s.debit_accounts, s.credit_accounts, s.amounts)
    t(debit_account, credit_account, amount)
  cross join lateral (values (t.debit_account, -t.amount), (t.credit_account, t.amount))
    m(account_id, net)
  join accounts a on a.account_id = m.account_id and a.kind in ('fx', 'spread', 'rounding')
  group by s.settling, s.paying, a.currency, a.kind
  order by s.settling, s.paying`;
