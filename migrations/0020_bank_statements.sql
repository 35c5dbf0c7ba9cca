-- The bank's statements, and what of a write-off is settled.

-- The network's own accounts at its banks: a statement of another account is not ours.
create table bank_accounts (
  currency text not null,
  -- IBAN or the bank's other number, as statements name it.
  account text not null,
  added_by text not null,
  added_at bigint not null,
  primary key (currency, account)
);

-- A bank's own name of the statement that was read in a run: another file of it is no second one.
alter table reconciliation_runs add column statement_id text;

-- A line of the bank that does not end a settlement batch is a break like any other.
alter table reconciliation_breaks drop constraint reconciliation_breaks_kind_check;
alter table reconciliation_breaks add constraint reconciliation_breaks_kind_check
  check (kind in ('amount_differs', 'currency_differs', 'missing_here', 'missing_there',
    'duplicate_here', 'duplicate_there', 'other_day', 'unreadable', 'charges_deducted',
    'direction_differs', 'not_sent', 'value_date_differs', 'several_batches',
    'balance_differs'));
alter table reconciliation_breaks drop constraint reconciliation_breaks_resolution_check;
alter table reconciliation_breaks add constraint reconciliation_breaks_resolution_check
  check (resolution in ('write_off', 'explained', 'other_day', 'corrected_file', 'booked'));
-- The settlement batch that a line of the bank is proposed to be booked for.
alter table reconciliation_breaks add column settlement_batch_id text;
-- What was written off is due to the participant, or from it, like what was cleared: the next
-- settlement batch of its agreement pays it.
create table settlement_adjustments (
  break_id text primary key,
  account_id integer not null references accounts,
  -- Minor units; positive: to the participant's good.
  amount bigint not null check (amount <> 0),
  journal_number bigint not null,
  posted_at bigint not null,
  -- The settlement batch that pays it; null until there is one.
  settlement_batch_id text
);

create index settlement_adjustments_of_account on settlement_adjustments (account_id);

insert into settlement_adjustments (break_id, account_id, amount, journal_number, posted_at)
  select break_id, account_id, difference, journal_number, resolved_at
  from reconciliation_breaks where state = 'RESOLVED' and resolution = 'write_off';
