-- Settlement files: what was made of which batch, and the keys by which participants fetch them.

-- One a file. Its content is in the home of the hub that made it and can be made again from the
-- books, byte for byte: the digest says so. A row is never changed but for who fetched it.
create table settlement_files (
  -- The clearing or settlement batch that it is about.
  batch_id text not null,
  kind text not null check (kind in ('transactionItems', 'feeItems', 'summary', 'camt053',
    'settlement', 'pacs009', 'camt054')),
  -- 0 is the first; every later one corrects the one before.
  seq smallint not null check (seq between 0 and 999),
  account_id integer not null references accounts,
  name text not null unique,
  -- The day on which it was made, at UTC+8; its folder is named by it.
  generated_day integer not null,
  size_bytes bigint not null check (size_bytes >= 0),
  -- SHA-256 of the content, in hexadecimal digits.
  digest text not null check (length(digest) = 64),
  made_at bigint not null,
  -- When its participant last had it whole, by which way, and how often.
  fetched_at bigint,
  fetched_by text check (fetched_by in ('sftp', 'http')),
  fetch_count integer not null default 0,
  primary key (batch_id, kind, seq)
);

create index settlement_files_of_account on settlement_files (account_id, generated_day);

-- Public keys by which a participant's machines log in to the SFTP server.
create table sftp_keys (
  participant_id text not null references participants,
  -- As `ssh-keygen -l` shows it: SHA256:...
  fingerprint text not null,
  -- One line as of an authorized_keys file: algorithm and key, no comment.
  public_key text not null,
  added_at bigint not null,
  primary key (participant_id, fingerprint)
);
