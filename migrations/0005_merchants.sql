-- Merchants of the network's own acquirers: who speaks the merchant dialect, with which keys
-- (docs/decisions/0019). Reference data, as participants are.

create table merchants (
  merchant_id text primary key,
  -- The acquirer that it sells through; its orders and its settlement are in that one's currencies.
  acquirer_id text not null references participants,
  name text not null,
  client_id text not null unique,
  -- Where it is told of payments whose request names no other address.
  notify_url text,
  -- Its usual store, for orders that name none.
  category_code text,
  store_id text not null,
  store_name text not null,
  city text,
  enabled boolean not null,
  created_at bigint not null
);

-- RSA keys: the dialect has no other algorithm.
create table merchant_keys (
  merchant_id text not null references merchants,
  key_version text not null,
  public_key text not null,
  created_at bigint not null,
  primary key (merchant_id, key_version)
);

-- A merchant may ask for a refund by the network's id of it. Refunds are few, and the lane's own
-- look-ups go by their whole key, and never by this index, which does not begin with the lane.
create index refunds_by_number on refunds (refund_number);
