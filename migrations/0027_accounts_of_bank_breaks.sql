-- At which of the network's accounts a break's line was read: two banks may give two lines one
-- reference, one amount and one day, and a line that persons book keeps its account.

alter table reconciliation_breaks add column bank_account text;

-- Runs have kept their statement's name: its account, a slash and its own id.
update reconciliation_breaks b
  set bank_account = f.account, fingerprint = b.fingerprint || ' at ' || f.account
  from (select r.run_id, (select k.account from bank_accounts k
      where starts_with(r.statement_id, k.account || '/')
      order by length(k.account) desc limit 1) as account
    from reconciliation_runs r where r.statement_id is not null) f
  where f.run_id = b.first_run_id and f.account is not null;

update bank_entries e set account = b.bank_account
  from reconciliation_breaks b
  where e.account is null and b.state = 'RESOLVED' and b.resolution = 'booked'
    and b.their_currency = e.currency and b.item_key = 'bank/' || e.bank_reference;
