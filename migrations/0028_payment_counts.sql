-- What the network's page has counted of the payments of a lane, so that a start does not have to
-- read all of them again (docs/decisions/0045). Derived: it may be deleted at any time.
create table payment_counts (
  lane smallint primary key,
  -- Every payment up to this number is counted; the last of them was made then.
  counted_to bigint not null,
  counted_at bigint not null,
  -- Cancellations of paid payments with a journal up to this number are in the counts.
  cancelled_to bigint not null,
  success bigint not null check (success >= 0),
  failed bigint not null check (failed >= 0),
  closed bigint not null check (closed >= 0),
  -- The counted payments that were in process.
  open_numbers bigint[] not null
);
