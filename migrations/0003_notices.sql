-- Finding notices by partner: those that were given up, and those that were sent. Both indexes hold
-- notices only, so that other rows cost nothing; neither is led by the lane (docs/decisions/0003).

create index notices_given_up on outbox (payment_number) where kind = 'notice.given_up';

create index notices_sent on messages (participant_id, at)
  where direction = 'out' and api = 'notifyPayment';
