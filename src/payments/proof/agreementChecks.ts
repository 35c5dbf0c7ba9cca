// What must hold over agreements and the debits that were made under them.

import type { Check } from './checks.ts';

export const agreementChecks: readonly Check[] = [
  {
    name: 'agreements_equal_requests',
    meaning: 'every agreement was asked for once, and every ask is an agreement',
    sql: `select 'agreement ' || coalesce(a.agreement_number, r.agreement_number)
      from agreements a full join agreement_requests r
        on r.lane = a.lane and r.request_key = a.request_key
      where a.agreement_number is distinct from r.agreement_number`,
  },
  {
    name: 'debits_were_allowed',
    meaning: 'every debit names an agreement of its acquirer, and only its wallet was asked',
    // What configuration refused before its token was looked at has failed and asked no wallet.
    sql: `select 'payment ' || p.payment_number
      from payments p left join payment_pages w using (lane, payment_number)
        left join agreement_requests r on r.agreement_number = w.agreement_number
      where (p.product = 'auto_debit') <> (w.agreement_number is not null)
        or (p.product = 'auto_debit'
          and (p.state <> 'FAILED' or p.first_wallet_id is not null) and (r.acquirer_id is null
          or r.acquirer_id <> split_part(p.request_key, '/', 1)
          or coalesce(p.first_wallet_id, r.wallet_id) <> r.wallet_id))`,
  },
  {
    name: 'revocations_are_told',
    meaning: 'a wallet that must still hear of a revocation will be told',
    sql: `select 'agreement ' || a.agreement_number
      from agreements a where a.state = 'REVOKING' and not exists (select 1 from outbox o
        where o.lane = a.lane and o.payment_number = a.agreement_number
        and o.kind = 'agreement.revoke')`,
  },
];
