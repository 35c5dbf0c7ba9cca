-- Wallets may send files with what they ask, so that each file of a dispute has a side: those of
-- the wallet go with its question, those of the acquirer with the answer, as all did until now.

alter table dispute_evidence
  add column side text not null default 'acquirer' check (side in ('wallet', 'acquirer'));
alter table dispute_evidence alter column side drop default;
alter table dispute_evidence drop constraint dispute_evidence_pkey;
alter table dispute_evidence
  add constraint dispute_evidence_pkey
  primary key (lane, payment_number, dispute_number, side, ordinal);
