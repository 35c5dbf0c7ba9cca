-- A payment that is refused because nothing can settle it (no rate now, or the currency is not in
-- the agreement) is written down as failed without an amount to settle: the same request, late or
-- doubled on its way, is refused for ever (docs/decisions/0011).
alter table payments drop constraint payments_settlement_amount_check;
alter table payments add constraint payments_settlement_amount_check
  check (settlement_amount > 0 or (settlement_amount = 0 and state in ('FAILED', 'CLOSED')));
