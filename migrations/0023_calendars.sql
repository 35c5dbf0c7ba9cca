-- Bank holidays of a market in a year, as people loaded them: proposed by one, approved by another,
-- never changed or removed (docs/decisions/0041). A reference table.
create table market_calendars (
  calendar_id text primary key,
  market text not null,
  year integer not null,
  -- The file as it was loaded, JSON.
  document text not null,
  -- The one that was in force when it was proposed; null where none was.
  replaces text,
  state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
  proposed_by text not null,
  proposed_at bigint not null,
  decided_by text,
  decided_at bigint,
  check ((state = 'PROPOSED') = (decided_by is null)),
  check ((decided_by is null) = (decided_at is null)),
  check (state <> 'APPROVED' or decided_by <> proposed_by)
);

-- Each replaces the one before it: at most one of a market and year is in force.
create unique index market_calendars_in_force
  on market_calendars (market, year, coalesce(replaces, '')) where state = 'APPROVED';
