-- Where rates come from, what they were, who changed what, and what stops or prices a pair
-- (docs/decisions/0025). Reference tables. Two kinds of time are told apart by name: `…_real_at` is
-- real time, which a rate's age and the looks at a source are about; the rest is network time.

-- In force now. Null in age_limit_ms: however old, as the sample table of a new network.
alter table rates add column real_at bigint not null default 0;
alter table rates add column age_limit_ms bigint check (age_limit_ms > 0);
-- The smaller is preferred: a rate is not replaced by one of a larger rank until it is too old.
alter table rates add column rank integer not null default 1000;

create table rate_sources (
  source_id text primary key,
  kind text not null check (kind in ('file', 'http')),
  address text not null,
  enabled boolean not null,
  rank integer not null check (rank between 1 and 999),
  every_ms integer not null check (every_ms > 0),
  timeout_ms integer not null check (timeout_ms > 0),
  age_limit_ms bigint not null check (age_limit_ms > 0),
  jump_limit_basis_points integer not null check (jump_limit_basis_points between 1 and 10000),
  -- Whoever moves this on makes the next look: one of several hub processes.
  due_real_at bigint not null,
  looked_real_at bigint,
  -- What was wrong at the last look; null when it went well.
  problem text
);

-- Every change of rates that came into force: the n-th elements of the lists are one rate.
create table rate_loads (
  load_number bigint primary key,
  source text not null,
  -- The person who set, loaded or approved it; null for a source.
  by_whom text,
  real_at bigint not null,
  loaded_at bigint not null,
  bases text[] not null,
  quotes text[] not null,
  prices text[] not null,
  check (cardinality(bases) = cardinality(prices) and cardinality(quotes) = cardinality(prices))
);

create view rate_history as
  select l.load_number, l.source, l.by_whom, l.real_at, l.loaded_at, u.base, u.quote, u.price
  from rate_loads l
  cross join lateral unnest(l.bases, l.quotes, l.prices) as u (base, quote, price);

-- What moved further than its source may without a person: one a rate, the newest.
create table rate_proposals (
  base text not null,
  quote text not null,
  price text not null,
  source text not null,
  -- The person who proposed it, who cannot approve it; null for a source.
  proposed_by text,
  real_at bigint not null,
  age_limit_ms bigint not null,
  rank integer not null,
  moved_basis_points integer not null,
  proposed_at bigint not null,
  primary key (base, quote)
);

-- `ALL`, a currency (MYR) or a pair (CNY/MYR, in alphabetical order, both directions).
create table rate_freezes (
  scope text primary key,
  reason text not null,
  by_whom text not null,
  frozen_at bigint not null
);

-- Dated spreads: `*` in a column is any. What says more about a payment wins; nothing: the
-- agreement's own spread.
create table rate_spreads (
  pair text not null,
  participant_id text not null,
  valid_from bigint not null,
  basis_points integer not null check (basis_points between 0 and 9999),
  by_whom text not null,
  set_at bigint not null,
  primary key (pair, participant_id, valid_from)
);

-- What persons did, for ever.
create table rate_events (
  event_number bigint primary key,
  at bigint not null,
  by_whom text not null,
  kind text not null,
  subject text not null,
  detail text not null
);
