-- Refunds whose end a merchant wants to be told of: the address is kept with the refund, and the
-- notice is an item of the outbox with the refund's number.

alter table refunds add column notify_url text;

-- Finding those that were taken, the newest first; only refunds with an address are in it, so that
-- the others cost nothing. Not led by the lane, as in 0003.
create index refund_notices on refunds (finished_at) where notify_url is not null;
create index refund_notices_given_up on outbox (payment_number)
  where kind = 'refundNotice.given_up';
