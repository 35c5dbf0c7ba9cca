-- Codes that acquirers make themselves, and payments whose shop an acquirer has to credit
-- (docs/decisions/0023). Neither lengthens the path of other payments.

-- The network's memory of an acquirer's code, in the lane of the code itself. Written before the
-- acquirer is asked what is behind it; what it says first holds for ever.
create table acquirer_codes (
  lane smallint not null,
  -- acquirer id, a slash, the text of the code.
  code_key text not null,
  asked_at bigint not null,
  payment_request_id text,
  terms text,
  answered_at bigint,
  -- The last answer that differed from the first: refused, and kept as evidence.
  changed_terms text,
  changed_at bigint,
  primary key (lane, code_key),
  check (num_nulls(payment_request_id, terms, answered_at) in (0, 3)),
  check (num_nulls(changed_terms, changed_at) in (0, 2))
);

-- A leg may be PAID: its wallet has debited, and the acquirer has still to credit the shop.
alter table payments drop constraint payments_first_state_check;
alter table payments add constraint payments_first_state_check check (first_state in
  ('ASKED', 'SCANNED', 'PAID', 'SUCCESS', 'FAILED', 'REVERSING', 'REVERSED'));
alter table later_legs drop constraint later_legs_state_check;
alter table later_legs add constraint later_legs_state_check check (state in
  ('ASKED', 'SCANNED', 'PAID', 'SUCCESS', 'FAILED', 'REVERSING', 'REVERSED'));
