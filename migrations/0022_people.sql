-- People of the network and of its participants: who may sign in, who is signed in, who tried.

-- Never deleted: a name that took part in a step with four eyes is nobody else's afterwards.
create table people (
  -- The name as names are compared: lower case, single spaces (src/base/name.ts).
  name_key text primary key,
  name text not null,
  role text not null check (role in ('operator', 'approver', 'auditor', 'participant')),
  -- Whose person it is; the network's own belong to none.
  participant_id text references participants,
  -- scrypt of the secret with its salt and its cost.
  secret_hash text not null,
  added_at bigint not null,
  removed_at bigint,
  check ((role = 'participant') = (participant_id is not null))
);

-- Who is signed in. A row without a person is a look around in a demo network as a participant.
create table sessions (
  -- SHA-256 of what is in the cookie, in hexadecimal digits.
  token_hash text primary key,
  name_key text references people,
  participant_id text references participants,
  opened_at bigint not null,
  expires_at bigint not null,
  check (name_key is not null or participant_id is not null)
);

create index sessions_of_person on sessions (name_key);

-- What happened about signing in. Times are real ones, as in all three tables.
create table sign_in_events (
  event_id text primary key,
  at bigint not null,
  kind text not null check (kind in
    ('ADDED', 'NEW_SECRET', 'REMOVED', 'REFUSED', 'SIGNED_IN', 'SIGNED_OUT', 'LOOKED_AROUND')),
  -- As it was given: a refused one may be of nobody.
  name text not null,
  name_key text not null,
  -- Where the request came from; null for the command line.
  address text
);

create index sign_in_events_at on sign_in_events (at);
create index sign_in_events_address on sign_in_events (address, at) where kind = 'REFUSED';
