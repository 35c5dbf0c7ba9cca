-- Caps and deposits (docs/decisions/0034): what two persons changed of what a wallet may owe, which
-- levels of it were reached and when, and how it moved. Reference tables, outside every lane.

-- A deposit that grows or shrinks, or another cap: proposed by one person, approved by another.
create table cap_changes (
  change_id text primary key,
  participant_id text not null references participants,
  kind text not null check (kind in ('top_up', 'withdrawal', 'cap')),
  currency text not null,
  -- Minor units; of a cap null is no limit.
  amount bigint check (amount >= 0),
  -- The bank's reference of a movement; it counts once a currency.
  bank_reference text,
  -- From when on a cap is in force; null is from its approval on.
  effective_at bigint,
  note text not null,
  state text not null check (state in ('PROPOSED', 'APPROVED', 'DONE', 'REJECTED')),
  proposed_by text not null,
  proposed_at bigint not null,
  -- Who approved or rejected it.
  decided_by text,
  decided_at bigint,
  done_at bigint,
  journal_number bigint,
  check (kind = 'cap' or amount > 0),
  check ((kind = 'cap') = (bank_reference is null)),
  check (kind = 'cap' or effective_at is null),
  check ((state = 'PROPOSED') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null)),
  check (state = 'REJECTED' or decided_by <> proposed_by),
  check ((state = 'DONE') = (done_at is not null)),
  check ((state = 'DONE' and kind <> 'cap') = (journal_number is not null))
);

create unique index cap_changes_reference on cap_changes (currency, bank_reference)
  where bank_reference is not null and state <> 'REJECTED';
create index cap_changes_open on cap_changes (participant_id)
  where state in ('PROPOSED', 'APPROVED');

-- A level (per cent of what a wallet may owe) that was reached, and when it fell back.
create table cap_alerts (
  account_id integer not null references accounts,
  level smallint not null check (level between 1 and 100),
  raised_at bigint not null,
  raised_owed bigint not null,
  raised_most bigint not null,
  eased_at bigint,
  eased_owed bigint,
  -- Null where nothing bounds it any more.
  eased_most bigint,
  primary key (account_id, level, raised_at),
  check ((eased_at is null) = (eased_owed is null))
);

create unique index cap_alerts_open on cap_alerts (account_id, level) where eased_at is null;

-- How it moved: the most that was owed within ten minutes, where that or the bound had changed.
create table cap_samples (
  account_id integer not null references accounts,
  at bigint not null,
  owed bigint not null,
  cap bigint,
  deposit bigint not null,
  primary key (account_id, at)
);
