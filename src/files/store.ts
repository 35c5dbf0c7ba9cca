// SQL of settlement files: which there are, which are missing, who fetched them.

import type { Database, SqlValue, Statement } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { FetchWay, FileKind, SettlementFile } from './settlementFile.ts';

interface FileRow {
  batch_id: string;
  kind: FileKind;
  seq: number;
  participant_id: string;
  currency: string;
  name: string;
  generated_day: number;
  size_bytes: string;
  digest: string;
  made_at: string;
  fetched_at: string | null;
  fetched_by: FetchWay | null;
  fetch_count: number;
}

const fileFrom = (row: FileRow): SettlementFile => ({
  name: row.name,
  kind: row.kind,
  batchId: row.batch_id,
  participantId: row.participant_id,
  currency: row.currency,
  seq: row.seq,
  generatedDay: row.generated_day,
  sizeBytes: Number(row.size_bytes),
  digest: row.digest,
  madeAt: Number(row.made_at),
  fetchedAt: row.fetched_at === null ? null : Number(row.fetched_at),
  fetchedBy: row.fetched_by,
  fetchCount: row.fetch_count,
});

async function select(
  database: Database,
  where: string,
  values: readonly SqlValue[],
): Promise<SettlementFile[]> {
  const rows = await database.query<FileRow>(
    'select f.*, a.participant_id, a.currency from settlement_files f ' +
      `join accounts a using (account_id) ${where}`,
    values,
  );
  return rows.map(fileFrom);
}

const latestFirst = 'order by f.made_at desc, f.name';

/** The latest files of all participants, those for the bank too: what the operator sees. */
export function readFiles(
  database: Database,
  options: { readonly participantId?: string | undefined; readonly most: number },
): Promise<SettlementFile[]> {
  const { participantId = null, most } = options;
  const where = 'where $1::text is null or a.participant_id = $1';
  return select(database, `${where} ${latestFirst} limit $2`, [participantId, most]);
}

/** A participant's own files, the latest first; never one that is for the bank. */
export function readOwnFiles(
  database: Database,
  participantId: string,
  most: number,
): Promise<SettlementFile[]> {
  const where = "where a.participant_id = $1 and f.kind <> 'pacs009'";
  return select(database, `${where} ${latestFirst} limit $2`, [participantId, most]);
}

/** A file by its name, whoever's it is. */
export async function findFile(
  database: Database,
  name: string,
): Promise<SettlementFile | undefined> {
  const [file] = await select(database, 'where f.name = $1', [name]);
  return file;
}

/** All files of a batch, of a kind the first one first. */
export function filesOfBatch(database: Database, batchId: string): Promise<SettlementFile[]> {
  return select(database, 'where f.batch_id = $1 order by f.kind, f.seq', [batchId]);
}

/** A file that was just made. */
export interface NewFile {
  readonly kind: FileKind;
  readonly batchId: string;
  readonly accountId: number;
  readonly name: string;
  readonly seq: number;
  readonly generatedDay: ClearingDay;
  readonly sizeBytes: number;
  readonly digest: string;
  readonly madeAt: number;
}

/** Writes a file down; where another process has done so meanwhile, its row stays. */
export function insertFile(file: NewFile): Statement {
  return {
    text:
      'insert into settlement_files (batch_id, kind, seq, account_id, name, generated_day, ' +
      'size_bytes, digest, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) ' +
      'on conflict (batch_id, kind, seq) do nothing',
    values: [
      file.batchId,
      file.kind,
      file.seq,
      file.accountId,
      file.name,
      file.generatedDay,
      file.sizeBytes,
      file.digest,
      file.madeAt,
    ],
  };
}

/** Its participant has a file whole. */
export async function noteFetch(
  database: Database,
  name: string,
  way: FetchWay,
  at: number,
): Promise<void> {
  await database.query(
    'update settlement_files set fetched_at = $2, fetched_by = $3, ' +
      'fetch_count = fetch_count + 1 where name = $1',
    [name, at, way],
  );
}

/** Changes with every closed day and every step of a settlement batch, and with nothing else. */
export async function readProgress(database: Database): Promise<string> {
  const [row] = await database.query<{ mark: string }>(
    "select coalesce((select max(day) from clearing_days), 0) || ' ' || " +
      '(select count(*) from settlement_steps) as mark',
  );
  return row?.mark ?? '';
}

/** Clearing batches that have not all four files, the oldest first. */
export async function clearingBatchesWithoutFiles(database: Database): Promise<string[]> {
  const rows = await database.query<{ clearing_batch_id: string }>(
    'select b.clearing_batch_id from clearing_batches b where (select count(*) from ' +
      'settlement_files f where f.batch_id = b.clearing_batch_id and f.seq = 0) < 4 ' +
      'order by b.day, b.account_id',
  );
  return rows.map((row) => row.clearing_batch_id);
}

/** Settlement batches that lack a file which their state asks for. */
export async function settlementBatchesWithoutFiles(database: Database): Promise<string[]> {
  const rows = await database.query<{ settlement_batch_id: string }>(
    'select b.settlement_batch_id from settlement_batches b where (select count(*) from ' +
      'settlement_files f where f.batch_id = b.settlement_batch_id and f.seq = 0) < 1 + ' +
      "case when b.amount > 0 and b.state not in ('CLOSED', 'CHECKED') then 1 else 0 end + " +
      "case when b.state in ('CONFIRMED', 'FINISHED') then 1 else 0 end " +
      'order by b.settlement_day, b.account_id',
  );
  return rows.map((row) => row.settlement_batch_id);
}
