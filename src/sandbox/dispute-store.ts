// The partners' books of disputes: each side keeps its own record.

import type { DatabaseSync } from 'node:sqlite';
import { fromText, toText } from './database-store.ts';
import type { SandboxDispute } from './dispute.ts';

type Row = Record<string, unknown>;

const schema = `
create table if not exists disputes (
  partner_id text not null,
  dispute_request_id text not null,
  payment_request_id text not null,
  created_at integer not null,
  body text not null,
  primary key (partner_id, dispute_request_id)
) strict;
create index if not exists disputes_of_payment
  on disputes (partner_id, payment_request_id, created_at);
`;

export type DisputeStore = ReturnType<typeof createDisputeStore>;

export function createDisputeStore(database: DatabaseSync) {
  database.exec(schema);
  const selectOne = database.prepare(
    'select body from disputes where partner_id = ? and dispute_request_id = ?',
  );
  const selectOfPayment = database.prepare(
    'select body from disputes where partner_id = ? and payment_request_id = ? ' +
      'order by created_at, rowid',
  );
  const upsert = database.prepare(
    'insert into disputes values (?, ?, ?, ?, ?) ' +
      'on conflict (partner_id, dispute_request_id) do update set body = excluded.body',
  );
  const bodies = (rows: unknown) =>
    (rows as Row[]).map((row) => fromText<SandboxDispute>(String(row.body)));
  return {
    dispute: (partnerId: string, disputeRequestId: string): SandboxDispute | undefined =>
      bodies([selectOne.get(partnerId, disputeRequestId)].filter(Boolean))[0],
    ofPayment: (partnerId: string, paymentRequestId: string): readonly SandboxDispute[] =>
      bodies(selectOfPayment.all(partnerId, paymentRequestId)),
    keep(dispute: SandboxDispute): void {
      const { partnerId, disputeRequestId, paymentRequestId, createdAt } = dispute;
      const body = toText(dispute);
      upsert.run(partnerId, disputeRequestId, paymentRequestId, createdAt, body);
    },
  };
}
