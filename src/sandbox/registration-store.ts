// The wallets' files on merchants: what each was asked to take, and what it decided.

import type { DatabaseSync } from 'node:sqlite';

/** One merchant at one wallet; without a status the wallet has not made up its mind. */
export interface MerchantFile {
  readonly walletId: string;
  readonly registrationRequestId: string;
  readonly status: 'APPROVED' | 'REJECTED' | null;
  readonly rejectReasons: string | null;
  /** When its word is told next; null when there is nothing to tell. */
  readonly nextAt: number | null;
  readonly attempts: number;
}

export type RegistrationStore = ReturnType<typeof createRegistrationStore>;

interface Row {
  wallet_id: string;
  registration_request_id: string;
  status: MerchantFile['status'];
  reject_reasons: string | null;
  next_at: number | null;
  attempts: number;
}

function fileFrom(row: Row): MerchantFile {
  return {
    walletId: row.wallet_id,
    registrationRequestId: row.registration_request_id,
    status: row.status,
    rejectReasons: row.reject_reasons,
    nextAt: row.next_at,
    attempts: row.attempts,
  };
}

export function createRegistrationStore(database: DatabaseSync) {
  database.exec(`
    create table if not exists merchant_files (
      wallet_id text not null,
      registration_request_id text not null,
      status text check (status in ('APPROVED', 'REJECTED')),
      reject_reasons text,
      next_at integer,
      attempts integer not null,
      primary key (wallet_id, registration_request_id)
    ) strict;
    create index if not exists merchant_files_to_tell
      on merchant_files (next_at) where next_at is not null;
  `);
  const read = database.prepare(
    'select * from merchant_files where wallet_id = ? and registration_request_id = ?',
  );
  const write = database.prepare(
    'insert into merchant_files values (?, ?, ?, ?, ?, ?) ' +
      'on conflict (wallet_id, registration_request_id) do update set ' +
      'next_at = excluded.next_at, attempts = excluded.attempts',
  );
  const due = database.prepare(
    'select * from merchant_files where next_at <= ? order by next_at limit 100',
  );
  const first = database.prepare('select min(next_at) as at from merchant_files');
  return {
    file(walletId: string, registrationRequestId: string): MerchantFile | null {
      const row = read.get(walletId, registrationRequestId) as unknown as Row | undefined;
      return row === undefined ? null : fileFrom(row);
    },
    /** Writes a new file, or when and how often the word of a known one is told. */
    keep(file: MerchantFile): void {
      write.run(
        file.walletId,
        file.registrationRequestId,
        file.status,
        file.rejectReasons,
        file.nextAt,
        file.attempts,
      );
    },
    due: (now: number): MerchantFile[] => (due.all(now) as unknown as Row[]).map(fileFrom),
    nextWakeAt: (): number | null => (first.get() as { at: number | null }).at,
  };
}
