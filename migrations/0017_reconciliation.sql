-- Reconciliation (docs/decisions/0031): what partners' own files say against the network's items,
-- where they differ, and what became of each difference.

-- One a file that was compared: the same file again is the same run.
create table reconciliation_runs (
  run_id text primary key,
  -- The agreement's position, or the network's account at the bank.
  account_id integer not null references accounts,
  -- The clearing day, or the value day of a bank's statement.
  day integer not null,
  -- Which file of that day it is: 1, 2 and so on.
  ordinal integer not null check (ordinal > 0),
  file_name text not null,
  -- SHA-256 of the file's bytes and of how it was read, in hexadecimal digits.
  digest text not null,
  run_by text not null,
  run_at bigint not null,
  -- Lines of the file, those of them that say something else or nothing, and items of the network.
  line_count bigint not null check (line_count >= 0),
  item_count bigint not null check (item_count >= 0),
  matched_count bigint not null check (matched_count >= 0),
  -- How many breaks of each kind, as `amount_differs=3 missing_here=1`.
  found text not null,
  unique (account_id, day, ordinal),
  unique (account_id, day, digest)
);

create index reconciliation_runs_by_time on reconciliation_runs (run_at);

-- A difference between the two sides; amounts are minor units, positive to the partner's good.
create table reconciliation_breaks (
  account_id integer not null references accounts,
  day integer not null,
  -- What is compared: payment or refund with its id, a settlement batch, or a line's number.
  item_key text not null,
  -- Both amounts and which of several such differences it is: the same again is the same break.
  fingerprint text not null,
  break_id text not null unique,
  kind text not null check (kind in ('amount_differs', 'currency_differs', 'missing_here',
    'missing_there', 'duplicate_here', 'duplicate_there', 'other_day', 'unreadable')),
  line_number bigint,
  our_currency text,
  our_amount bigint,
  their_currency text,
  their_amount bigint,
  -- Theirs less ours; null where the two cannot be told apart by a number.
  difference bigint,
  other_day integer,
  -- Of a line that cannot be read: why, and how it begins.
  problem text,
  first_run_id text not null references reconciliation_runs,
  last_run_id text not null references reconciliation_runs,
  found_at bigint not null,
  state text not null check (state in ('OPEN', 'PROPOSED', 'RESOLVED')),
  owner text,
  cause text check (cause in ('partner', 'network', 'bank', 'timing', 'unknown')),
  -- How it ended, or is proposed to end.
  resolution text check (resolution in ('write_off', 'explained', 'other_day', 'corrected_file')),
  note text,
  proposed_by text,
  proposed_at bigint,
  resolved_by text,
  resolved_at bigint,
  journal_number bigint,
  primary key (account_id, day, item_key, fingerprint),
  check ((state = 'OPEN') = (resolution is null)),
  check ((state = 'RESOLVED') = (resolved_at is not null)),
  check (state <> 'RESOLVED' or (resolution = 'write_off') = (journal_number is not null))
);

create index reconciliation_breaks_open on reconciliation_breaks (found_at)
  where state <> 'RESOLVED';
create index reconciliation_breaks_of_run on reconciliation_breaks (first_run_id);
