-- What was trimmed, and how far; and disputes by whose they are, so that counting and listing them
-- reads no more than is shown.

-- One row a kind that lost rows in a run: what is gone is told for ever.
create table trims (
  trimmed_at bigint not null,
  -- As src/retention/kept.ts names them.
  kind text not null,
  -- Everything of the kind before this was over.
  before_at bigint not null,
  row_count bigint not null check (row_count > 0),
  primary key (trimmed_at, kind)
);

-- Up to where a kind was looked through: a key, in the order of its table's. `place` is a lane or
-- an account; 0 where there is neither.
create table trim_positions (
  kind text not null,
  place integer not null,
  position text not null,
  primary key (kind, place)
);

alter table disputes add column acquirer_id text;
update disputes d set acquirer_id = (select split_part(p.request_key, '/', 1) from payments p
  where p.lane = d.lane and p.payment_number = d.payment_number);
alter table disputes alter column acquirer_id set not null;

-- None is led by the lane: a look-up by key must never take one of them for its lane alone.
create index disputes_of_state on disputes (state, created_at, payment_number, dispute_number);
create index disputes_of_acquirer on disputes
  (acquirer_id, state, created_at, payment_number, dispute_number);
create index disputes_of_wallet on disputes
  (split_part(request_key, '/', 1), state, created_at, payment_number, dispute_number)
  include (request_key);
