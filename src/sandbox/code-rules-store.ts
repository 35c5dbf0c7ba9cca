// What the wallets remember of the network's code rules: the last good set of each, and when to
// ask again.

import type { DatabaseSync } from 'node:sqlite';

/** The rules of one wallet as they were last fetched. `messages` is the JSON of `codeRules`. */
export interface StoredRules {
  readonly version: string;
  readonly messages: string;
  readonly fetchedAt: number;
}

export type CodeRulesStore = ReturnType<typeof createCodeRulesStore>;

export function createCodeRulesStore(database: DatabaseSync) {
  database.exec(
    'create table if not exists wallet_code_rules (' +
      'wallet_id text primary key, version text not null, messages text not null, ' +
      'fetched_at integer not null) strict',
  );
  const select = database.prepare(
    'select version, messages, fetched_at from wallet_code_rules where wallet_id = ?',
  );
  const upsert = database.prepare(
    'insert into wallet_code_rules values (?, ?, ?, ?) on conflict (wallet_id) do update set ' +
      'version = excluded.version, messages = excluded.messages, fetched_at = excluded.fetched_at',
  );
  const touch = database.prepare('update wallet_code_rules set fetched_at = ? where wallet_id = ?');
  return {
    /** The last good set, or null when none was ever fetched. */
    read(walletId: string): StoredRules | null {
      const row = select.get(walletId);
      if (row === undefined) return null;
      return {
        version: String(row.version),
        messages: String(row.messages),
        fetchedAt: Number(row.fetched_at),
      };
    },
    keep(walletId: string, rules: StoredRules): void {
      upsert.run(walletId, rules.version, rules.messages, rules.fetchedAt);
    },
    /** The version was asked about and is still the newest. */
    confirm(walletId: string, at: number): void {
      touch.run(at, walletId);
    },
  };
}
