// A hub with its own embedded Postgres, made to be killed. Started by crashRounds.ts with `fork`.

import { startHub } from '../../src/api/hub.ts';
import { startServer } from '../../src/api/server.ts';
import { defaultTiming, type Timing } from '../../src/base/limits.ts';
import { writeRates } from '../../src/fx/store.ts';
import { openDatabase } from '../../src/host/database.ts';
import { migrate } from '../../src/host/migrate.ts';
import { openNetwork } from '../../src/host/network.ts';
import { startPostgres } from '../../src/host/postgres.ts';
import { realRandom, realWorld } from '../../src/host/world.ts';
import { type NewParticipant, writeParticipant } from '../../src/network/participantStore.ts';
import { createLanes } from '../../src/network/store.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { type Algorithm, readPrivateKey } from '../../src/wire/signature.ts';
import { rates } from './scenes.ts';

/** What the hub is told when it is started; caps travel as text. */
export interface CrashHubOrder {
  readonly home: string;
  readonly port: number;
  readonly hubKey: string;
  readonly participants: readonly (Omit<NewParticipant, 'cap'> & { readonly cap: string | null })[];
}

/** Questions that its parent asks while it runs. */
export type CrashHubQuestion = 'prove' | 'waiting';

/** Short times, so that a round does not last for minutes; their order is that of the real ones. */
const timing: Timing = {
  ...defaultTiming,
  paymentCodePaymentMs: 3_000,
  orderCodePaymentMs: 3_000,
  syncAnswerMs: 900,
  partnerCallMs: 700,
  leaseMs: 1_200,
  inquiryDelaysMs: [150, 300, 600],
  cancelDelaysMs: [150, 300, 600],
  noticeDelaysMs: Array.from({ length: 60 }, () => 300),
};

const lanes = 2;

async function serve(order: CrashHubOrder): Promise<void> {
  const postgres = await startPostgres({ home: order.home });
  await migrate(postgres.config, { now: Date.now() });
  const database = openDatabase({ connection: postgres.config });
  await createLanes(database, lanes);
  await writeRates(database, { source: 'test', date: '2026-11-21', rates }, Date.now());
  for (const each of order.participants) {
    const cap = each.cap === null ? null : BigInt(each.cap);
    await writeParticipant(database, { ...each, cap }, Date.now());
  }
  const key = readPrivateKey(order.hubKey);
  if (key === undefined) throw new Error('the key of the hub cannot be read');
  const hub = await startHub({
    world: realWorld({ network: openNetwork(), database }),
    keys: { keyVersion: '1', key: (_algorithm: Algorithm) => key },
    timing: () => timing,
    process: realRandom.digits(6),
    // A killed Postgres is what this is about: faults are expected and tried again.
    failed: () => {},
    pollMs: 100,
  });
  const server = await startServer({
    hub,
    database,
    port: order.port,
    host: '127.0.0.1',
    pages: undefined,
    sandboxUrl: () => undefined,
  });
  process.send?.({ ready: true, port: Number(new URL(server.url).port) });
  process.on('message', (question: CrashHubQuestion) => {
    const answer = question === 'prove' ? prove(database) : waiting();
    answer.then(
      (said) => process.send?.({ question, said }),
      (error: unknown) => process.send?.({ question, failed: String(error) }),
    );
  });

  async function waiting(): Promise<number> {
    const rows = await database.query<{ count: string }>(
      "select (select count(*) from payments where state = 'PROCESSING') + " +
        '(select count(*) from outbox) as count',
    );
    return Number(rows[0]?.count);
  }
}

process.once('message', (order: CrashHubOrder) => void serve(order));
process.once('disconnect', () => process.exit());
