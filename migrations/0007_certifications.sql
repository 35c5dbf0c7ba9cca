-- Runs of the certification as their certifier reports them, for the console. Reference data, as
-- participants are: no money, and a partner may be certified before it is one.

create table certification_runs (
  run_id text primary key,
  client_id text not null,
  role text not null check (role in ('wallet', 'acquirer')),
  -- The endpoint that was certified.
  url text not null,
  -- How many cases the run has.
  cases integer not null,
  begun_at bigint not null,
  -- When its certifier last reported: a run that ends without a word is known by it.
  heard_at bigint not null,
  ended_at bigint,
  -- Wallets: what the customer must have lost; minor units.
  debited_currency text,
  debited_amount bigint
);

create index certification_runs_by_client on certification_runs (client_id, begun_at);

create table certification_cases (
  run_id text not null references certification_runs on delete cascade,
  ordinal integer not null,
  case_id text not null,
  title text not null,
  source text not null,
  verdict text not null check (verdict in ('pass', 'fail', 'skipped')),
  problem text,
  hint text,
  -- JSON: each call with what was sent and answered, shortened by the certifier.
  calls text not null,
  primary key (run_id, ordinal)
);
