// `prove`: recomputes everything from the rows themselves, in one snapshot.

import type { Database } from '../../base/world.ts';
import { type Check, checks as ownChecks } from './checks.ts';

/** What one check found. */
export interface Finding {
  readonly name: string;
  readonly meaning: string;
  /** At most twenty are named; `count` says how many there are. */
  readonly violations: readonly string[];
  readonly count: number;
}

export interface Proof {
  readonly balanced: boolean;
  readonly payments: number;
  readonly postings: number;
  readonly findings: readonly Finding[];
}

const named = 20;

/**
 * Runs every check, and those of other rooms that are given, on one consistent snapshot; payments
 * may go on meanwhile.
 */
export async function prove(database: Database, more: readonly Check[] = []): Promise<Proof> {
  const every = [...ownChecks, ...more];
  const session = database.session('prove');
  const rows = await session.run([
    { text: 'begin isolation level repeatable read read only', values: [] },
    { text: 'select count(*) from payments', values: [] },
    { text: 'select count(*) from postings', values: [] },
    ...every.map((check) => ({
      text: `select violation, count(*) over () from (${check.sql}) v(violation) limit ${named}`,
      values: [],
    })),
    { text: 'commit', values: [] },
  ]);
  const findings = every.map((check, index) => {
    const found = rows[index + 3] ?? [];
    return {
      name: check.name,
      meaning: check.meaning,
      violations: found.map((row) => String(row[0])),
      count: Number(found[0]?.[1] ?? 0),
    };
  });
  return {
    balanced: findings.every((finding) => finding.count === 0),
    payments: Number(rows[1]?.[0]?.[0]),
    postings: Number(rows[2]?.[0]?.[0]),
    findings,
  };
}
