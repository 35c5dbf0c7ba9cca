-- Auto debit: standing permissions of wallets' customers to be debited for an acquirer's client
-- (docs/decisions/0022). No token stands here as it is used: ours are computed, theirs
-- are sealed.

-- What an acquirer asked with `prepare`, as it came: the network's memory of the id for ever.
create table agreement_requests (
  lane smallint not null,
  -- acquirer id, authClientId and referenceAgreementId as one text, so that it is one look-up.
  request_key text not null,
  agreement_number bigint not null,
  acquirer_id text not null,
  auth_client_id text not null,
  reference_agreement_id text not null,
  wallet_id text not null,
  -- All other parameters as JSON: they must be the same when the id comes again.
  terms text not null,
  created_at bigint not null,
  primary key (lane, request_key)
);

-- What became of it.
create table agreements (
  lane smallint not null,
  agreement_number bigint not null,
  request_key text not null,
  state text not null check (state in
    ('ASKED', 'PREPARED', 'REFUSED', 'ACTIVE', 'REVOKING', 'REVOKED')),
  result_code text not null,
  -- Where the customer consents, as JSON; the wallet's own addresses.
  ways text,
  -- The wallet's customer, once it has said who it is.
  customer_id text,
  -- How often tokens were given out: tokens name it, and only the newest are good.
  generation integer not null check (generation >= 0),
  -- A fingerprint of the code that brought the newest tokens.
  applied_code text,
  -- The wallet's tokens, sealed with a key that is not in the database.
  access_token text,
  access_expires_at bigint,
  refresh_token text,
  refresh_expires_at bigint,
  -- A code that the acquirer must still be told, sealed.
  told_code text,
  changed_at bigint not null,
  primary key (lane, agreement_number),
  check ((state in ('ACTIVE', 'REVOKING')) <= (access_token is not null))
) with (fillfactor = 60);

-- Which agreement a debit was made under; null for all other payments with such a row.
alter table payment_pages add column agreement_number bigint;
