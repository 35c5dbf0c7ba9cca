-- Payment codes name their wallet (docs/decisions/0046): two digits of prefix, the digit of the
-- agreement and a routing number of three digits, which is the wallet's for good. Reference tables,
-- outside every lane.

-- Whom a routing number names. A wallet may get another one; nobody else ever gets this one.
create table routing_numbers (
  routing_number text primary key check (routing_number ~ '^[0-9]{3}$'),
  participant_id text not null,
  given_at bigint not null,
  unique (participant_id, routing_number)
);

-- Wallets that are in get the numbers from 001 on, in the order in which they came.
insert into routing_numbers (routing_number, participant_id, given_at)
select
  lpad(row_number() over (order by created_at, participant_id)::text, 3, '0'),
  participant_id,
  created_at
from participants
where role = 'wallet';

alter table participants
  add column code_prefix smallint check (code_prefix between 25 and 30),
  add column code_agreement smallint check (code_agreement between 0 and 9),
  add column routing_number text;

update participants p
set code_prefix = 28, code_agreement = 1, routing_number = n.routing_number
from routing_numbers n
where n.participant_id = p.participant_id;

-- What a wallet's codes begin with from now on; codes that it was given before go on working.
alter table participants
  add constraint participants_have_code_issuers check (
    case role
      when 'wallet' then num_nonnulls(code_prefix, code_agreement, routing_number) = 3
      else num_nonnulls(code_prefix, code_agreement, routing_number) = 0
    end
  ),
  add constraint participants_have_their_own_numbers
  foreign key (participant_id, routing_number)
  references routing_numbers (participant_id, routing_number);
