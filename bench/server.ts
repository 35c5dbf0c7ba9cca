// The benchmarks' own embedded Postgres: the product's settings in a home that is removed
// afterwards.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '../src/base/world.ts';
import { ensureNetwork } from '../src/cli/network.ts';
import { type ConnectionParts, withDatabase } from '../src/host/connection.ts';
import { openDatabase } from '../src/host/database.ts';
import { migrate } from '../src/host/migrate.ts';
import { startPostgres } from '../src/host/postgres.ts';
import { type NewParticipant, writeParticipant } from '../src/network/participantStore.ts';

/** A benchmark that is interrupted cleans up too. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/** A network in a database of its own. */
export interface FreshNetwork {
  readonly connection: ConnectionParts;
  readonly database: Database;
}

export interface BenchServer {
  /** The postmaster's process id. */
  readonly pid: number;
  /** A new database with the product's schema, rates and these participants, who joined then. */
  network(
    lanes: number,
    participants: readonly NewParticipant[],
    joinedAt?: number,
  ): Promise<FreshNetwork>;
  stop(): Promise<void>;
}

/**
 * Starts Postgres. Databases are never dropped one by one, because that forces a checkpoint whose
 * writes would fall into the next run; they go with the home.
 */
export async function startBenchServer(say: (line: string) => void): Promise<BenchServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-bench-'));
  // Postgres may run as another user, who has to pass through.
  chmodSync(home, 0o711);
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const postgres = await startPostgres({ home, log: say });
    const admin = openDatabase({ connection: postgres.config, poolSize: 1 });
    let count = 0;
    const interrupted = () => {
      // Other processes of the benchmark end by themselves when this one is gone.
      void postgres
        .stop()
        .finally(remove)
        .finally(() => process.exit(1));
    };
    for (const signal of signals) process.once(signal, interrupted);
    return {
      get pid() {
        return postgres.pid;
      },
      async network(lanes, participants, joinedAt = Date.now()) {
        const name = `bench_${++count}`;
        await admin.query(`create database ${name}`);
        const connection = withDatabase(postgres.config, name) as ConnectionParts;
        await migrate(connection, { now: Date.now() });
        const database = openDatabase({ connection });
        await ensureNetwork(database, Date.now(), lanes);
        for (const each of participants) await writeParticipant(database, each, joinedAt);
        return { connection, database };
      },
      async stop() {
        await admin.close();
        await postgres.stop();
        for (const signal of signals) process.off(signal, interrupted);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
