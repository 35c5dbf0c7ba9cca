-- Dated sets of fee rules (docs/decisions/0033): proposed by one person, approved by another, and
-- never changed after that. A reference table.
create table fee_sets (
  version text primary key,
  effective_from bigint not null,
  -- The file as it was proposed, JSON.
  rules text not null,
  proposed_by text not null,
  proposed_at bigint not null,
  approved_by text,
  approved_at bigint,
  withdrawn_by text,
  withdrawn_at bigint,
  check (approved_by <> proposed_by),
  -- Approved before it begins, so that no payment of the past comes under it.
  check (approved_at < effective_from),
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  check (approved_by is null or withdrawn_by is null)
);
