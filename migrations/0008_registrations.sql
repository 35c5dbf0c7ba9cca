-- Merchants registered with the wallets (protocol.md §2.12): what acquirers told, and what each
-- wallet said to it. Reference data like participants: no lane, no money, and no payment waits for
-- it.

create table registrations (
  -- Our own id of the request: wallets see this one, never the acquirer's.
  registration_id text primary key,
  acquirer_id text not null references participants,
  registration_request_id text not null,
  -- The mark of the change that brought it: of two requests about one merchant the later counts.
  sequence bigint not null,
  merchant_id text not null,
  merchant_name text not null,
  -- Null where it is about the merchant's online sales only.
  store_id text,
  store_name text,
  -- As the wire has them, separated by spaces.
  product_codes text not null,
  -- What wallets are told, as JSON.
  body text not null,
  notify_url text,
  created_at bigint not null,
  unique (acquirer_id, registration_request_id)
);

create index registrations_of_merchant on registrations (acquirer_id, merchant_id);

-- A request at one wallet. Its two times are its outbox: a call is a row before it is a call.
create table wallet_registrations (
  registration_id text not null references registrations,
  wallet_id text not null references participants,
  state text not null check (state in
    ('ASKED', 'ACCEPTED', 'APPROVED', 'REJECTED', 'UNANSWERED')),
  reject_reasons text,
  answered_at bigint,
  -- When the wallet is asked next, and how often it was; null when nothing is to be asked.
  ask_at bigint,
  ask_tries integer not null,
  -- When the acquirer is told next of the wallet's word; null when there is nothing to tell.
  notify_at bigint,
  notify_tries integer not null,
  -- The mark of its last change: what other processes go by.
  sequence bigint not null,
  primary key (registration_id, wallet_id)
);

create index wallet_registrations_to_ask on wallet_registrations (ask_at)
  where ask_at is not null;
create index wallet_registrations_to_tell on wallet_registrations (notify_at)
  where notify_at is not null;
create index wallet_registrations_changed on wallet_registrations (sequence);

-- Whether a wallet takes payments only for merchants that it has approved, or an acquirer has all
-- of its merchants registered; a participant without a row does not ask for it.
create table registration_terms (
  participant_id text primary key references participants,
  required boolean not null
);

-- The last mark: locked by whoever writes here, so that marks come in the order of commits.
insert into settings (name, value) values ('registrations', '0') on conflict (name) do nothing;
