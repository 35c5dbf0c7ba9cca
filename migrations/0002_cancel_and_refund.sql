-- What comes after a payment: cancellations and refunds, in tables of their own, so that a payment
-- without either costs what it did before (docs/decisions/0013).

-- An acquirer that cancels an id before it has paid with it takes that id out of use: a payment
-- that was never placed, closed, over nothing. `pay` finds it by the look-up that it makes anyway.
alter table payments drop constraint payments_product_check;
alter table payments add constraint payments_product_check
  check (product in ('payment_code', 'order_code', 'never_placed'));
alter table payments drop constraint payments_amount_check;
alter table payments add constraint payments_amount_check
  check (amount > 0 or (product = 'never_placed' and amount = 0 and state = 'CLOSED'));
alter table payments drop constraint payments_settlement_amount_check;
alter table payments add constraint payments_settlement_amount_check
  check (settlement_amount > 0 or (product = 'never_placed' and settlement_amount = 0));

-- That an acquirer cancelled a payment, and what was undone by it.
create table cancellations (
  lane smallint not null,
  payment_number bigint not null,
  cancelled_at bigint not null,
  -- The journal that takes back the payment's own, where it had been paid; with it the leg that had
  -- paid, and when.
  journal_number bigint,
  paid_leg smallint,
  paid_at bigint,
  primary key (lane, payment_number),
  check (num_nulls(journal_number, paid_leg, paid_at) in (0, 3))
);

-- A refund has its row from the moment it is asked for: what is under way counts as given back, so
-- that no other refund can give it back again. Its journal carries its number.
create table refunds (
  lane smallint not null,
  payment_number bigint not null,
  refund_number bigint not null,
  -- acquirer id, a slash, the acquirer's refundRequestId.
  request_key text not null,
  state text not null check (state in ('ASKED', 'SUCCESS', 'FAILED')),
  result_code text not null,
  -- In the payment's currency, the acquirer's settlement currency and the wallet's currency.
  amount bigint not null check (amount > 0),
  settlement_amount bigint not null check (settlement_amount >= 0),
  refund_from_amount bigint not null check (refund_from_amount >= 0),
  reason text,
  wallet_refund_id text,
  created_at bigint not null,
  finished_at bigint,
  primary key (lane, payment_number, refund_number),
  check ((state = 'ASKED') = (finished_at is null))
) with (fillfactor = 60);

-- The network's memory of acquirers' refund ids, in the lane of the id itself: the same id for a
-- payment of another lane is found here.
create table refund_claims (
  lane smallint not null,
  request_key text not null,
  payment_number bigint not null,
  -- What must be the same when the id comes again.
  key_terms text not null,
  claimed_at bigint not null,
  primary key (lane, request_key)
);
