// The bench of a simulation: one Postgres in this process, migrated once, emptied for every seed.

import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../base/world.ts';
import { writeRates } from '../fx/store.ts';
import { applyMigrations, readMigrations } from '../host/migrate.ts';
import { writeCashier } from '../network/cashierStore.ts';
import { writeParticipant } from '../network/participantStore.ts';
import { createLanes } from '../network/store.ts';
import { writeRequired } from '../registrations/store.ts';
import { newKeys, type PartyKeys } from './party.ts';
import { PostgresBackend } from './postgresWire.ts';
import { sampleTable } from './rates.ts';
import type { Scenario } from './scenario.ts';

export interface Bench {
  readonly backend: PostgresBackend;
  /** Key pairs, made once: a key's bytes are never part of a trace. */
  keys(name: string): PartyKeys;
  /** Empties every table but the migrations' own, and leaves what these began with. */
  clear(): void;
  close(): Promise<void>;
}

/** As the hub's own lanes (src/host/session.ts): look-ups by key, whatever the planner believes. */
const settings = [
  'set plan_cache_mode = force_generic_plan',
  ...['seqscan', 'hashjoin', 'mergejoin', 'bitmapscan', 'memoize', 'material'].map(
    (way) => `set enable_${way} = off`,
  ),
];

export async function openBench(): Promise<Bench> {
  const postgres = await PGlite.create();
  await applyMigrations(postgres, readMigrations(), 0);
  for (const setting of settings) await postgres.exec(setting);
  const tables = await postgres.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' " +
      "and tablename <> 'schema_migrations' order by 1",
  );
  const first = await postgres.query<{ name: string; value: string }>(
    'select name, value from settings order by name',
  );
  const backend = new PostgresBackend(postgres);
  const text = `truncate table ${tables.rows.map(({ name }) => name).join(', ')}`;
  const made = new Map<string, PartyKeys>();
  return {
    backend,
    keys(name) {
      const keys = made.get(name) ?? newKeys();
      made.set(name, keys);
      return keys;
    },
    clear() {
      const begun = first.rows.map(({ name, value }) => ({
        text: 'insert into settings (name, value) values ($1, $2)',
        values: [name, value],
      }));
      const { error } = backend.run([{ text, values: [] }, ...begun]);
      if (error !== undefined) throw error;
    },
    close: () => postgres.close(),
  };
}

/** The network of a scenario: lanes, rates, and every partner let in by its key. */
export async function layOut(
  bench: Bench,
  database: Database,
  scenario: Scenario,
  now: number,
): Promise<void> {
  await createLanes(database, scenario.lanes);
  await writeRates(database, sampleTable(), now);
  const usual = {
    market: 'CN',
    enabled: true,
    algorithm: 'ES256',
    keyVersion: '1',
  } as const;
  for (const { id, currency, cap, serviceFeeBasisPoints, codeIssuer } of scenario.wallets) {
    const own = { participantId: id, name: id, clientId: id, endpoint: `http://${id}` };
    await writeParticipant(
      database,
      {
        ...usual,
        ...own,
        role: 'wallet',
        currency,
        orderCurrencies: [],
        serviceFeeBasisPoints,
        interchangeBasisPoints: 0,
        spreadBasisPoints: 50,
        cap,
        codeIssuer,
        publicKey: bench.keys(id).publicKeyPem,
      },
      now,
    );
  }
  for (const { id, currency, orderCurrencies } of scenario.acquirers) {
    const own = { participantId: id, name: id, clientId: id, endpoint: `http://${id}` };
    await writeParticipant(
      database,
      {
        ...usual,
        ...own,
        role: 'acquirer',
        currency,
        orderCurrencies,
        serviceFeeBasisPoints: 20,
        interchangeBasisPoints: 30,
        spreadBasisPoints: 30,
        cap: null,
        publicKey: bench.keys(id).publicKeyPem,
      },
      now,
    );
  }
  for (const { id } of scenario.wallets) {
    const nothing = { schemeUrl: null, applinkUrl: null, appIdentifier: null, logoUrl: null };
    const normalUrl = `https://${id}.example/pay`;
    const cashier = { participantId: id, normalUrl, scansCodes: true, ...nothing };
    await writeCashier(database, cashier, now);
  }
  for (const id of scenario.strict) await writeRequired(database, id, true, now);
}
