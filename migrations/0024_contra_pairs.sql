-- Contra pairs: a payment and its whole return that only a wallet's file has, which end each other.
-- And whose a line of the bank is, where two banks name theirs alike.

alter table reconciliation_breaks drop constraint reconciliation_breaks_resolution_check;
alter table reconciliation_breaks add constraint reconciliation_breaks_resolution_check
  check (resolution in ('write_off', 'explained', 'other_day', 'corrected_file', 'booked',
    'contra'));
-- The other half of a contra pair.
alter table reconciliation_breaks add column contra_break_id text;
alter table reconciliation_breaks add constraint reconciliation_breaks_contra_check
  check ((coalesce(resolution, '') = 'contra') = (contra_break_id is not null));

-- What a wallet's file has and the network does not, by its key: the halves find each other.
create index reconciliation_breaks_missing_here on reconciliation_breaks (account_id, item_key)
  where kind = 'missing_here' and state <> 'RESOLVED';

-- At which account a line was read; null where a person entered it. References are the bank's own:
-- the same one at another account is another line.
alter table bank_entries add column account text;

-- Banks number their statements alike, so a break of one is named by its account too: by the name
-- under which its run has kept it.
update reconciliation_breaks b set item_key = 'statement/' || r.statement_id
  from reconciliation_runs r
  where r.run_id = b.first_run_id and b.kind = 'balance_differs' and r.statement_id is not null;
