-- What each person has paid in a window, for the limits on persons (docs/decisions/0026).

-- One lane's part of one counter: wallet, counter with its window, customer, between slashes. There
-- is a row only where something was counted, or where share was moved.
create table person_counters (
  lane smallint not null,
  counter_key text not null,
  -- Minor units of the rule's currency, or a number of payments.
  used bigint not null,
  -- Beyond the lane's even share of the limit; over all lanes these sum to zero.
  moved bigint not null,
  primary key (lane, counter_key)
) with (fillfactor = 60);

-- What a leg was counted in: the version of the rules, then counter=amount, separated by spaces.
-- Null where no rule concerned it.
alter table payments add column first_counted text;
alter table later_legs add column counted text;
-- Why a payment was refused for good, in the words of the rule that refused it.
alter table payments add column refusal text;
alter table payments alter column first_counted set statistics 0;
alter table payments alter column refusal set statistics 0;

create or replace view legs as
  select lane, payment_number, 1::smallint as leg, first_wallet_id as wallet_id,
    first_customer_id as customer_id, first_state as state, first_result_code as result_code,
    first_pay_to_currency as pay_to_currency, first_pay_to_amount as pay_to_amount,
    first_held as held, first_mid_price as mid_price,
    first_spread_basis_points as spread_basis_points,
    first_wallet_payment_id as wallet_payment_id, first_created_at as created_at,
    first_finished_at as finished_at, first_counted as counted
  from payments where first_wallet_id is not null
  union all
  select lane, payment_number, leg, wallet_id, customer_id, state, result_code, pay_to_currency,
    pay_to_amount, held, mid_price, spread_basis_points, wallet_payment_id, created_at, finished_at,
    counted
  from later_legs;
