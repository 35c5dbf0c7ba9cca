-- The first schema: who takes part, the books, payments with their two legs, and what must still be
-- said. Money tables start with `lane` (see docs/decisions/0003): one lane, one transaction.
-- Amounts are bigint minor units. Times are bigint milliseconds since 1970 UTC, given by the hub,
-- never by the server.

-- Reference tables: small, read by every lane.

create table settings (
  name text primary key,
  value text not null
);

create table participants (
  participant_id text primary key,
  role text not null check (role in ('wallet', 'acquirer')),
  name text not null,
  client_id text not null unique,
  market text not null,
  currency text not null,
  endpoint text not null,
  -- The currencies its orders may be in (acquirers), separated by spaces.
  order_currencies text not null,
  enabled boolean not null,
  -- Fees of the participant's agreement, in basis points of its own settlement amount.
  service_fee_basis_points integer not null check (service_fee_basis_points between 0 and 10000),
  interchange_basis_points integer not null check (interchange_basis_points between 0 and 10000),
  -- Added to the middle rate when this participant's currency is bought or sold.
  spread_basis_points integer not null check (spread_basis_points between 0 and 10000),
  -- The most this participant may owe the network, in minor units of its currency; null is no
  -- limit.
  cap bigint check (cap >= 0),
  created_at bigint not null
);

create table credentials (
  participant_id text not null references participants,
  key_version text not null,
  algorithm text not null check (algorithm in ('RSA256', 'ES256')),
  public_key text not null,
  enabled boolean not null,
  created_at bigint not null,
  primary key (participant_id, key_version)
);

create table accounts (
  account_id integer primary key,
  name text not null unique,
  currency text not null,
  kind text not null,
  participant_id text references participants,
  created_at bigint not null
);

create table rates (
  base text not null,
  quote text not null,
  -- One unit of base in units of quote, as an exact decimal.
  price text not null,
  source text not null,
  rate_date text not null,
  loaded_at bigint not null,
  primary key (base, quote)
);

-- Lane tables. No foreign keys here: each would cost a look-up a row on the hot path, and the hub
-- is the only writer; `wayfare prove` checks the same relations over everything. And one key a
-- table: look-ups of a batch are planned while tables are empty, and with a single index led by the
-- lane there is no wrong choice.

create table lanes (
  lane smallint primary key,
  -- The last number given out in this lane; numbers are unique because they carry the slot.
  sequence bigint not null
);

-- What an acquirer asked, as it came: never changed, and the network's memory of the id for ever.
create table payment_requests (
  lane smallint not null,
  -- acquirer id, a slash, the acquirer's paymentRequestId: one text, so that a batch is looked up
  -- as a list.
  request_key text not null,
  payment_number bigint not null,
  key_terms text not null,
  merchant_name text not null,
  store_name text,
  city text,
  order_json text not null,
  notify_url text,
  primary key (lane, request_key)
);

-- Nobody searches in these two; sampling them would cost more than all the rest.
alter table payment_requests alter column order_json set statistics 0;
alter table payment_requests alter column key_terms set statistics 0;

-- What became of it: narrow, because it is written again when the payment ends.
create table payments (
  lane smallint not null,
  payment_number bigint not null,
  request_key text not null,
  product text not null check (product in ('payment_code', 'order_code')),
  state text not null check (state in ('PROCESSING', 'SUCCESS', 'FAILED', 'CLOSED')),
  result_code text not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  settlement_currency text not null,
  settlement_amount bigint not null check (settlement_amount > 0),
  settlement_mid_price text not null,
  settlement_spread_basis_points integer not null,
  nonce text,
  paid_leg smallint,
  created_at bigint not null,
  expires_at bigint not null,
  finished_at bigint,
  -- The first wallet's leg, in the payment's own row because nearly every payment has just one.
  first_wallet_id text,
  first_customer_id text,
  first_state text check (first_state in
    ('ASKED', 'SCANNED', 'SUCCESS', 'FAILED', 'REVERSING', 'REVERSED')),
  first_result_code text,
  first_pay_to_currency text,
  first_pay_to_amount bigint check (first_pay_to_amount > 0),
  first_held bigint check (first_held >= 0),
  first_mid_price text,
  first_spread_basis_points integer,
  first_wallet_payment_id text,
  first_created_at bigint,
  first_finished_at bigint,
  primary key (lane, payment_number),
  check (num_nulls(first_wallet_id, first_customer_id, first_state, first_result_code,
    first_pay_to_currency, first_pay_to_amount, first_held, first_mid_price,
    first_spread_basis_points, first_created_at) in (0, 10))
) with (fillfactor = 60);

-- The legs of further wallets that scanned the same order code: seldom any.
create table later_legs (
  lane smallint not null,
  payment_number bigint not null,
  leg smallint not null,
  wallet_id text not null,
  customer_id text not null,
  state text not null check (state in
    ('ASKED', 'SCANNED', 'SUCCESS', 'FAILED', 'REVERSING', 'REVERSED')),
  result_code text not null,
  pay_to_currency text not null,
  pay_to_amount bigint not null check (pay_to_amount > 0),
  held bigint not null check (held >= 0),
  mid_price text not null,
  spread_basis_points integer not null,
  wallet_payment_id text,
  created_at bigint not null,
  finished_at bigint,
  primary key (lane, payment_number, leg)
) with (fillfactor = 60);

-- Every leg, a row each, for everyone who reads.
create view legs as
  select lane, payment_number, 1::smallint as leg, first_wallet_id as wallet_id,
    first_customer_id as customer_id, first_state as state, first_result_code as result_code,
    first_pay_to_currency as pay_to_currency, first_pay_to_amount as pay_to_amount,
    first_held as held, first_mid_price as mid_price,
    first_spread_basis_points as spread_basis_points,
    first_wallet_payment_id as wallet_payment_id, first_created_at as created_at,
    first_finished_at as finished_at
  from payments where first_wallet_id is not null
  union all
  select lane, payment_number, leg, wallet_id, customer_id, state, result_code, pay_to_currency,
    pay_to_amount, held, mid_price, spread_basis_points, wallet_payment_id, created_at, finished_at
  from later_legs;

-- A journal is one money effect with all its postings, written as one row: the n-th elements of the
-- four lists are the n-th posting. A payment's journal carries the payment's number.
create table journals (
  lane smallint not null,
  journal_number bigint not null,
  posted_at bigint not null,
  reasons text[] not null,
  debit_accounts integer[] not null,
  credit_accounts integer[] not null,
  amounts bigint[] not null check (0 < all (amounts)),
  primary key (lane, journal_number),
  check (cardinality(reasons) = cardinality(amounts)),
  check (cardinality(debit_accounts) = cardinality(amounts)),
  check (cardinality(credit_accounts) = cardinality(amounts))
);

-- The postings themselves, a row each, for everyone who reads.
create view postings as
  select j.lane, j.journal_number, p.ordinal::smallint as ordinal, p.reason, p.debit_account,
    p.credit_account, p.amount, j.posted_at
  from journals j cross join lateral
    unnest(j.reasons, j.debit_accounts, j.credit_accounts, j.amounts) with ordinality
    as p (reason, debit_account, credit_account, amount, ordinal);

create table account_slices (
  lane smallint not null,
  account_id integer not null,
  debits_pending bigint not null check (debits_pending >= 0),
  debits_posted bigint not null check (debits_posted >= 0),
  credits_pending bigint not null check (credits_pending >= 0),
  credits_posted bigint not null check (credits_posted >= 0),
  -- The share of the account's cap lent to this lane; null where the account has no cap.
  quota bigint,
  primary key (lane, account_id)
) with (fillfactor = 30);

create table outbox (
  lane smallint not null,
  outbox_number bigint not null,
  kind text not null,
  payment_number bigint not null,
  leg smallint not null,
  due_at bigint not null,
  tries integer not null,
  created_at bigint not null,
  primary key (lane, outbox_number)
);

-- Not led by the lane: a look-up by key must never take this index for its lane alone.
create index outbox_due on outbox (due_at, lane);

create table payment_codes (
  lane smallint not null,
  code text not null,
  wallet_id text not null,
  customer_id text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  -- Who presented it first: a code is for one payment request only.
  acquirer_id text,
  payment_request_id text,
  primary key (lane, code)
) with (fillfactor = 60);

-- The log of signed messages: evidence, written beside the money and not part of it.
create table messages (
  lane smallint not null,
  message_id text not null,
  payment_number bigint,
  at bigint not null,
  direction text not null check (direction in ('in', 'out')),
  participant_id text,
  api text not null,
  path text not null,
  request_headers text not null,
  request_body text not null,
  request_verdict text not null,
  response_status integer,
  response_headers text not null,
  response_body text not null,
  response_verdict text not null,
  duration_ms integer not null,
  primary key (lane, message_id)
);

create index messages_of_payment on messages (payment_number);
