// What must hold between deposits, caps, and what two persons decided about them.

const moved = (kind: string) => `case ${kind} when 'top_up' then amount else -amount end`;

/** Checks of caps and deposits, in the form that `prove` runs. */
export const capChecks = [
  {
    name: 'deposits_equal_movements',
    meaning: 'a deposit is its top-ups less its withdrawals, and never less than nothing',
    sql: `select coalesce(a.name, x.participant_id) || ': deposit ' || coalesce(a.net, 0)
        || ', movements ' || coalesce(x.net, 0)
      from (select b.name, b.participant_id, b.currency,
          sum(s.credits_posted - s.debits_posted) as net
        from accounts b join account_slices s using (account_id)
        where b.kind = 'deposit' group by b.account_id) a
      full join (select participant_id, currency, sum(${moved('kind')}) as net from cap_changes
        where state = 'DONE' and kind <> 'cap' group by 1, 2) x using (participant_id, currency)
      where coalesce(a.net, 0) <> coalesce(x.net, 0) or coalesce(a.net, 0) < 0`,
  },
  {
    name: 'deposits_lie_at_the_bank',
    meaning: 'what lies apart at the bank in a currency is the sum of its deposits',
    sql: `select currency || ': deposits ' || sum(d) || ', at the bank ' || sum(b)
      from (select a.currency,
          sum(case a.kind when 'deposit' then s.credits_posted - s.debits_posted else 0 end) as d,
          sum(case a.kind when 'safeguard' then s.debits_posted - s.credits_posted else 0 end) as b
        from accounts a join account_slices s using (account_id)
        where a.kind in ('deposit', 'safeguard') group by a.currency, a.kind) x
      group by currency having sum(d) <> sum(b)`,
  },
  {
    name: 'movements_equal_postings',
    meaning: 'every movement that was approved is one posting of its amount, and no other is there',
    sql: `select 'change ' || coalesce(c.change_id, '-') || ': ' || coalesce(c.amount, 0)
        || ', posted ' || coalesce(t.amount, 0)
      from (select change_id, journal_number, amount, 'deposit_' || kind as reason
        from cap_changes where state = 'DONE' and kind <> 'cap') c
      full join (select journal_number, reason, amount from postings
        where reason like 'deposit\\_%') t using (journal_number)
      where c.amount is distinct from t.amount or c.reason is distinct from t.reason`,
  },
  {
    name: 'changes_have_four_eyes',
    meaning: 'whoever proposed a deposit or a cap did not approve it',
    sql: `select 'change ' || change_id || ' was proposed and approved by ' || decided_by
      from cap_changes where state in ('APPROVED', 'DONE')
        and lower(proposed_by) = lower(decided_by)`,
  },
  {
    name: 'caps_equal_changes',
    meaning: 'a cap that was ever changed is the one that came into force last',
    sql: `select c.participant_id || ': cap ' || coalesce(p.cap::text, 'none') || ', decided '
        || coalesce(c.amount::text, 'none')
      from (select distinct on (participant_id) participant_id, amount from cap_changes
        where state = 'DONE' and kind = 'cap'
        order by participant_id, done_at desc, effective_at desc nulls first, decided_at desc,
          change_id desc) c
      join participants p using (participant_id) where p.cap is distinct from c.amount`,
  },
] as const;
