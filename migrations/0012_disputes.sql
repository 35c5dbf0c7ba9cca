-- Disputes: what wallets ask about paid payments, what acquirers answer, and what is still to be
-- said. Tables of their own, so that a payment without a dispute costs what it did before.

create table disputes (
  lane smallint not null,
  payment_number bigint not null,
  -- Counts the disputes of the payment, from 1; refused tries too.
  dispute_number smallint not null,
  -- wallet id, a slash, the wallet's disputeRequestId.
  request_key text not null,
  kind text not null check (kind in ('RETRIEVAL', 'ESCALATION')),
  state text not null check (state in ('REFUSED', 'ASKED', 'OVERDUE', 'ANSWERED', 'DECLINED',
    'ACCEPTED', 'REFUND_OVERDUE', 'REFUNDED')),
  -- Why it was refused; SUCCESS where it was taken.
  result_code text not null,
  result_message text,
  -- What is asked back, in the payment's currency; null for a retrieval.
  claimed_amount bigint check (claimed_amount > 0),
  reason_code text,
  reason text,
  occurred_at bigint,
  created_at bigint not null,
  answer_due_at bigint not null,
  -- When it was answered, or when the time to answer was over.
  closed_at bigint,
  answered_at bigint,
  answer_message text,
  refund_type text check (refund_type in
    ('ACCEPT_REFUND', 'ACCEPT_PARTIAL_REFUND', 'REFUSE_REFUND')),
  -- What the acquirer has promised, in the payment's currency.
  refund_amount bigint check (refund_amount > 0),
  planned_refund_at bigint,
  refund_due_at bigint,
  refunded_at bigint,
  primary key (lane, payment_number, dispute_number),
  check ((kind = 'ESCALATION') = (claimed_amount is not null)),
  check ((state in ('ACCEPTED', 'REFUND_OVERDUE', 'REFUNDED')) = (refund_amount is not null)),
  check (refund_amount <= claimed_amount)
) with (fillfactor = 60);

-- The network's memory of wallets' dispute ids, in the lane of the id itself.
create table dispute_claims (
  lane smallint not null,
  request_key text not null,
  payment_number bigint not null,
  -- What must be the same when the id comes again.
  key_terms text not null,
  claimed_at bigint not null,
  primary key (lane, request_key)
);

-- The files of an answer, as they came.
create table dispute_evidence (
  lane smallint not null,
  payment_number bigint not null,
  dispute_number smallint not null,
  ordinal smallint not null,
  file_name text not null,
  content_type text not null,
  -- SHA-256 in hexadecimal, checked against the content before it was written.
  file_hash text not null,
  content_base64 text not null,
  primary key (lane, payment_number, dispute_number, ordinal)
);

-- What must still be said about disputes, and their clocks: an outbox of their own.
create table dispute_tasks (
  lane smallint not null,
  task_number bigint not null,
  kind text not null,
  payment_number bigint not null,
  dispute_number smallint not null,
  due_at bigint not null,
  tries integer not null,
  created_at bigint not null,
  primary key (lane, task_number)
);

-- Not led by the lane: a look-up by key must never take this index for its lane alone.
create index dispute_tasks_due on dispute_tasks (due_at, lane);
