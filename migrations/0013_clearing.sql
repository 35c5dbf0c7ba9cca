-- Clearing and settlement (docs/decisions/0027): the end of a day in a lane, a day's batches, and
-- the way of each settlement batch from closed to finished.

-- No row of this lane is dated before this any more: set once a day is over, and heard by every
-- tick, because the tick locks the row anyway. So a day that was closed stays as it was.
alter table lanes add column not_before bigint not null default 0;

-- A day's journals are found by their time. Lanes write them nearly in that order, so a few bytes
-- a page range are enough; lanes' own look-ups cannot use such an index.
create index journals_posted on journals using brin (posted_at)
  with (pages_per_range = 32, autosummarize = on);

-- Whether a journal takes a payment back; its payment's own journal is found by the primary key.
create index cancellations_by_journal on cancellations (journal_number)
  where journal_number is not null;

-- Days whose clearing is closed; `day` is the number of days since 1 January 1970, at UTC+8.
create table clearing_days (
  day integer primary key,
  closed_at bigint not null,
  closed_by text not null
);

-- One a day and agreement, empty ones too. An agreement is a participant with a settlement
-- currency, and so is its position account. Amounts are in minor units, and positive where they
-- are to the participant's good.
create table clearing_batches (
  account_id integer not null references accounts,
  day integer not null references clearing_days,
  clearing_batch_id text not null unique,
  payment_count bigint not null check (payment_count >= 0),
  payment_gross bigint not null,
  payment_interchange bigint not null,
  payment_service_fee bigint not null,
  refund_count bigint not null check (refund_count >= 0),
  refund_gross bigint not null,
  refund_interchange bigint not null,
  refund_service_fee bigint not null,
  net bigint not null,
  -- Over all items, whatever their order: the sum of (number mod 2147483647) times net amount.
  checksum numeric not null,
  -- The settlement batch that pays it; null until there is one.
  settlement_batch_id text,
  primary key (account_id, day),
  check (net = payment_gross + payment_interchange + payment_service_fee
    + refund_gross + refund_interchange + refund_service_fee)
);

create index clearing_batches_unsettled on clearing_batches (day)
  where settlement_batch_id is null;

-- What was agreed about settling, where it is not the usual T+2 without a minimum.
create table settlement_terms (
  participant_id text primary key references participants,
  days_after smallint not null check (days_after between 1 and 30),
  minimum_amount bigint not null check (minimum_amount >= 0)
);

create table settlement_batches (
  settlement_batch_id text primary key,
  account_id integer not null references accounts,
  -- The working day that it was netted on, and the day by which the money must be there.
  settlement_day integer not null,
  value_day integer not null,
  -- The net of its clearing batches; positive: the network pays the participant.
  amount bigint not null check (amount <> 0),
  state text not null check (state in
    ('CLOSED', 'CHECKED', 'APPROVED', 'SENT', 'CONFIRMED', 'FINISHED')),
  unique (account_id, settlement_day)
);

-- Who did what and when; a step that moved money names its journal.
create table settlement_steps (
  settlement_batch_id text not null references settlement_batches,
  state text not null,
  done_by text not null,
  done_at bigint not null,
  journal_number bigint,
  primary key (settlement_batch_id, state)
);

-- What the bank's statement says of a settlement batch; a bank's reference counts once.
create table bank_entries (
  currency text not null,
  bank_reference text not null,
  settlement_batch_id text not null references settlement_batches,
  -- Positive: the network paid the participant.
  amount bigint not null check (amount <> 0),
  value_day integer not null,
  journal_number bigint not null,
  entered_by text not null,
  entered_at bigint not null,
  primary key (currency, bank_reference)
);

create index bank_entries_of_batch on bank_entries (settlement_batch_id);
