// SQL of the watch over caps: alerts with the levels that raise them, and samples of positions.

import type { Database, Row, Statement } from '../base/world.ts';
import { type CapAlert, readLevels, usualLevels } from './alerts.ts';

const alertColumns =
  'account_id, level, raised_at, raised_owed::text, raised_most::text, eased_at, ' +
  'eased_owed::text, eased_most::text';

function alertFrom(row: Row): CapAlert {
  const amount = (value: unknown) => (value === null ? null : BigInt(value as string));
  return {
    accountId: row[0] as number,
    level: row[1] as number,
    raisedAt: Number(row[2]),
    raisedOwed: BigInt(row[3] as string),
    raisedMost: BigInt(row[4] as string),
    easedAt: row[5] === null ? null : Number(row[5]),
    easedOwed: amount(row[6]),
    easedMost: amount(row[7]),
  };
}

/** Alerts that stand first, then the latest; `accountId` asks for one wallet's. */
export async function readAlerts(
  database: Database,
  most: number,
  accountId: number | null = null,
): Promise<CapAlert[]> {
  const [rows = []] = await database.session('caps reads').run([
    {
      text:
        `select ${alertColumns} from cap_alerts where $2::integer is null or account_id = $2 ` +
        'order by (eased_at is not null), raised_at desc, level desc limit $1',
      values: [most, accountId],
    },
  ]);
  return rows.map(alertFrom);
}

/** Levels that stand, by account. */
export async function readOpenLevels(database: Database): Promise<Map<number, number[]>> {
  const rows = await database.query<{ account_id: number; level: number }>(
    'select account_id, level from cap_alerts where eased_at is null order by level',
  );
  const open = new Map<number, number[]>();
  for (const { account_id, level } of rows) {
    open.set(account_id, [...(open.get(account_id) ?? []), level]);
  }
  return open;
}

/** A level was reached; a process that looks at the same time writes it only once. */
export function raiseAlert(
  accountId: number,
  level: number,
  at: number,
  owed: bigint,
  most: bigint,
): Statement {
  return {
    text:
      'insert into cap_alerts (account_id, level, raised_at, raised_owed, raised_most) ' +
      'values ($1, $2, $3, $4, $5) on conflict do nothing',
    values: [accountId, level, at, owed, most],
  };
}

/** A level is over; `most` is null where nothing bounds the wallet any more. */
export function easeAlert(
  accountId: number,
  level: number,
  at: number,
  owed: bigint,
  most: bigint | null,
): Statement {
  return {
    text:
      'update cap_alerts set eased_at = $3, eased_owed = $4, eased_most = $5 ' +
      'where account_id = $1 and level = $2 and eased_at is null',
    values: [accountId, level, at, owed, most],
  };
}

const levelsSetting = 'cap_levels';
const settingOf = (participantId: string | undefined) =>
  participantId === undefined ? levelsSetting : `${levelsSetting} ${participantId}`;

/** The levels of everybody, and those of wallets that have their own. */
export interface Levels {
  readonly usual: readonly number[];
  readonly own: ReadonlyMap<string, readonly number[]>;
}

export async function readLevelsInForce(database: Database): Promise<Levels> {
  const rows = await database.query<{ name: string; value: string }>(
    "select name, value from settings where name = $1 or starts_with(name, $1 || ' ')",
    [levelsSetting],
  );
  const own = new Map<string, readonly number[]>();
  let usual = usualLevels;
  for (const { name, value } of rows) {
    const levels = readLevels(value) ?? [];
    if (name === levelsSetting) usual = levels;
    else own.set(name.slice(levelsSetting.length + 1), levels);
  }
  return { usual, own };
}

/** Sets the levels of a wallet, or of everybody who has none of their own. */
export async function writeLevels(
  database: Database,
  participantId: string | undefined,
  levels: readonly number[],
): Promise<void> {
  await database.query(
    'insert into settings (name, value) values ($1, $2) ' +
      'on conflict (name) do update set value = excluded.value',
    [settingOf(participantId), levels.join(' ')],
  );
}

/** How a wallet stood within some time: the most that it owed, against what bounded it. */
export interface CapSample {
  readonly accountId: number;
  readonly at: number;
  readonly owed: bigint;
  readonly cap: bigint | null;
  readonly deposit: bigint;
}

/** Writes a sample, or raises the one of the same time. */
export function writeSample({ accountId, at, owed, cap, deposit }: CapSample): Statement {
  return {
    text:
      'insert into cap_samples (account_id, at, owed, cap, deposit) values ($1, $2, $3, $4, $5) ' +
      'on conflict (account_id, at) do update set ' +
      'owed = greatest(cap_samples.owed, excluded.owed), cap = excluded.cap, ' +
      'deposit = excluded.deposit',
    values: [accountId, at, owed, cap, deposit],
  };
}

/** Samples from a time on, the oldest first; the one that held when it began is the first. */
export async function readSamples(
  database: Database,
  accountId: number,
  from: number,
): Promise<CapSample[]> {
  const rows = await database.query<{
    at: string;
    owed: string;
    cap: string | null;
    deposit: string;
  }>(
    'select at, owed::text as owed, cap::text as cap, deposit::text as deposit from cap_samples ' +
      'where account_id = $1 and at >= coalesce((select max(at) from cap_samples ' +
      'where account_id = $1 and at <= $2), $2) order by at',
    [accountId, from],
  );
  return rows.map((row) => ({
    accountId,
    at: Number(row.at),
    owed: BigInt(row.owed),
    cap: row.cap === null ? null : BigInt(row.cap),
    deposit: BigInt(row.deposit),
  }));
}
