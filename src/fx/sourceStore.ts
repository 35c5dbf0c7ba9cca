// SQL of the sources of rates: where each is, how often it is looked at, who looks next.

import type { Database } from '../base/world.ts';
import type { Offerer } from './offer.ts';
import { changeRates } from './store.ts';

export interface RateSource extends Omit<Offerer, 'source' | 'byWhom'> {
  readonly sourceId: string;
  readonly kind: 'file' | 'http';
  /** A path, or an http or https address. */
  readonly address: string;
  readonly enabled: boolean;
  readonly everyMs: number;
  readonly timeoutMs: number;
}

/** A source with what came of the last look at it. */
export interface LookedSource extends RateSource {
  readonly lookedRealAt: number | null;
  readonly problem: string | null;
}

/**
 * Adds a source or changes it; it is looked at at once. From the first source on the sample rates
 * of a new network count no longer than the source's own: what the source does not have is stopped
 * rather than paid at a sample rate.
 */
export async function writeSource(
  database: Database,
  source: RateSource,
  realNow: number,
): Promise<void> {
  await changeRates(database, [], () => ({
    statements: [
      {
        text:
          'insert into rate_sources (source_id, kind, address, enabled, rank, every_ms, ' +
          'timeout_ms, age_limit_ms, jump_limit_basis_points, due_real_at) ' +
          'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (source_id) do update ' +
          'set kind = excluded.kind, address = excluded.address, enabled = excluded.enabled, ' +
          'rank = excluded.rank, every_ms = excluded.every_ms, timeout_ms = excluded.timeout_ms, ' +
          'age_limit_ms = excluded.age_limit_ms, due_real_at = excluded.due_real_at, ' +
          'jump_limit_basis_points = excluded.jump_limit_basis_points',
        values: [
          source.sourceId,
          source.kind,
          source.address,
          source.enabled,
          source.rank,
          source.everyMs,
          source.timeoutMs,
          source.ageLimitMs,
          source.jumpLimitBasisPoints,
          realNow,
        ],
      },
      {
        text:
          'update rates set age_limit_ms = $1::bigint, real_at = $2::bigint ' +
          'where age_limit_ms is null',
        values: [source.ageLimitMs, realNow],
      },
    ],
    outcome: undefined,
  }));
}

const columns =
  'source_id, kind, address, enabled, rank, every_ms, timeout_ms, age_limit_ms, ' +
  'jump_limit_basis_points, looked_real_at, problem';

export async function readSources(database: Database): Promise<LookedSource[]> {
  const rows = await database.query<SourceRow>(
    `select ${columns} from rate_sources order by rank, source_id`,
  );
  return rows.map(sourceFrom);
}

/** Takes the looks that are due: no other process makes them before the source is due again. */
export async function takeDueSources(database: Database, realNow: number): Promise<LookedSource[]> {
  const rows = await database.query<SourceRow>(
    'update rate_sources set due_real_at = $1::bigint + every_ms ' +
      `where enabled and due_real_at <= $1::bigint returning ${columns}`,
    [realNow],
  );
  return rows.map(sourceFrom);
}

/** What came of a look; null when it went well. */
export async function writeLook(
  database: Database,
  sourceId: string,
  problem: string | null,
  realNow: number,
): Promise<void> {
  await database.query(
    'update rate_sources set looked_real_at = $2, problem = $3 where source_id = $1',
    [sourceId, realNow, problem],
  );
}

interface SourceRow {
  source_id: string;
  kind: 'file' | 'http';
  address: string;
  enabled: boolean;
  rank: number;
  every_ms: number;
  timeout_ms: number;
  age_limit_ms: string;
  jump_limit_basis_points: number;
  looked_real_at: string | null;
  problem: string | null;
}

function sourceFrom(row: SourceRow): LookedSource {
  return {
    sourceId: row.source_id,
    kind: row.kind,
    address: row.address,
    enabled: row.enabled,
    rank: row.rank,
    everyMs: row.every_ms,
    timeoutMs: row.timeout_ms,
    ageLimitMs: Number(row.age_limit_ms),
    jumpLimitBasisPoints: row.jump_limit_basis_points,
    lookedRealAt: row.looked_real_at === null ? null : Number(row.looked_real_at),
    problem: row.problem,
  };
}
