-- Marks of the ledger: what every account had come to before an instant of a
-- day that has ended, so that a trial balance of the past reads few journals. Derived: each could
-- be made again from the journals at any time, and none is ever changed. A reference table.
create table ledger_marks (
  -- Everything dated before this is in the sums; no lane dates anything before it any more.
  at bigint not null,
  account_id integer not null references accounts,
  -- Posted sums from the beginning, in minor units of the account's currency.
  debits bigint not null check (debits >= 0),
  credits bigint not null check (credits >= 0),
  primary key (at, account_id)
);
