// The wallets' books of permissions, and the shops' books of what they hold of them.

import type { DatabaseSync } from 'node:sqlite';
import type { Binding } from './bindings.ts';
import { fromText, toText } from './database-store.ts';
import type { Grant } from './grants.ts';

type Row = Record<string, unknown>;

/** How many waiting notices one look at the store takes up. */
const batchSize = 50;

export type GrantStore = ReturnType<typeof createGrantStore>;

/** Every method is synchronous. What is searched beside the key is searched in the text. */
export function createGrantStore(database: DatabaseSync) {
  const one = (where: string) =>
    database.prepare(`select body from wallet_grants where wallet_id = ? and ${where}`);
  const byId = one('grant_id = ?');
  const byAgreement = one("json_extract(body, '$.agreementId') = ?");
  const byToken = one("json_extract(body, '$.tokens.accessToken') = ?");
  const byCode = one("json_extract(body, '$.authCode') = ?");
  const byRefresh = one(
    "? in (json_extract(body, '$.tokens.refreshToken'), json_extract(body, '$.tokens.broughtBy'))",
  );
  const ofCustomer = one(
    "json_extract(body, '$.customerId') = ? order by json_extract(body, '$.changedAt') desc",
  );
  const due = database.prepare(
    `select body from wallet_grants where wake_at <= ? order by wake_at limit ${batchSize}`,
  );
  const next = database.prepare(
    'select min(wake_at) as at from wallet_grants where wake_at is not null',
  );
  const upsert = database.prepare(
    'insert into wallet_grants values (?, ?, ?, ?) on conflict (wallet_id, grant_id) ' +
      'do update set wake_at = excluded.wake_at, body = excluded.body',
  );
  const grants = (rows: unknown): readonly Grant[] =>
    (rows as Row[]).map((row) => fromText<Grant>(String(row.body)));
  const first = (row: unknown): Grant | null => grants([row].filter(Boolean))[0] ?? null;

  return {
    grant: (walletId: string, grantId: string) => first(byId.get(walletId, grantId)),
    ofAgreement: (walletId: string, id: string) => first(byAgreement.get(walletId, id)),
    ofToken: (walletId: string, token: string) => first(byToken.get(walletId, token)),
    ofCode: (walletId: string, code: string) => first(byCode.get(walletId, code)),
    ofRefresh: (walletId: string, token: string) => first(byRefresh.get(walletId, token)),
    ofCustomer: (walletId: string, id: string) => grants(ofCustomer.all(walletId, id)),
    toTell: (now: number) => grants(due.all(now)),
    nextWakeAt: (): number | null => {
      const at = (next.get() as Row | undefined)?.at;
      return at === null || at === undefined ? null : Number(at);
    },
    keep: (grant: Grant): void => {
      const { walletId, grantId, notice } = grant;
      upsert.run(walletId, grantId, notice?.nextAt ?? null, toText(grant));
    },
  };
}

export type BindingStore = ReturnType<typeof createBindingStore>;

export function createBindingStore(database: DatabaseSync) {
  const one = (where: string) =>
    database.prepare(`select body from shop_bindings where acquirer_id = ? and ${where}`);
  const byId = one('binding_id = ?');
  const byState = one("json_extract(body, '$.authState') = ?");
  const ofTill = one(
    "json_extract(body, '$.tillId') = ? order by json_extract(body, '$.createdAt') desc",
  );
  const upsert = database.prepare(
    'insert into shop_bindings values (?, ?, ?) on conflict (acquirer_id, binding_id) ' +
      'do update set body = excluded.body',
  );
  const bindings = (rows: unknown): readonly Binding[] =>
    (rows as Row[]).map((row) => fromText<Binding>(String(row.body)));
  const first = (row: unknown): Binding | null => bindings([row].filter(Boolean))[0] ?? null;

  return {
    binding: (acquirerId: string, id: string) => first(byId.get(acquirerId, id)),
    ofState: (acquirerId: string, state: string) => first(byState.get(acquirerId, state)),
    ofTill: (acquirerId: string, tillId: string) => bindings(ofTill.all(acquirerId, tillId)),
    keep: (binding: Binding): void => {
      upsert.run(binding.acquirerId, binding.bindingId, toText(binding));
    },
  };
}
