// Reconciling a million lines as the product does it: a day of payments in an embedded Postgres,
// the acquirer's file with mistakes of each kind, `wayfare reconcile run` on it as a process of its
// own, and its breaks in the database. Every planted mistake must be found, and nothing else.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultTiming } from '../src/base/limits.ts';
import type { Database } from '../src/base/world.ts';
import { dateOf } from '../src/calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../src/calendar/clearingDay.ts';
import { closeDays } from '../src/clearing/commands.ts';
import { usualLanes } from '../src/cli/network.ts';
import { movableClock } from '../src/host/movableClock.ts';
import { realClock } from '../src/host/world.ts';
import type { BenchOptions } from './engine.ts';
import { type EngineBench, openEngine } from './engineRun.ts';
import { databaseUrl, type Measured, measureCommand } from './measured.ts';
import { explainedBy, type OwnPayment, type PlantedFile, writePlanted } from './plantedFile.ts';
import { type Figure, fewestRuns, figure, median } from './report.ts';
import { type BenchServer, startBenchServer } from './server.ts';
import { fillDay } from './settle.ts';

export interface ReconcileBenchOptions extends BenchOptions {
  /** Payments of the day, and about as many lines; a million if not given, a tenth when quick. */
  readonly rows: number | undefined;
  /** How often the files are compared; three times if not given. */
  readonly runs: number | undefined;
}

const agreementId = 'ACQ-CNY';
/** The day before has a tenth: memory of the two shows whether it grows with the rows. */
const smallerBy = 10;

interface Day {
  readonly day: ClearingDay;
  readonly payments: readonly OwnPayment[];
  readonly file: string;
  readonly planted: PlantedFile;
}

/** Compares the files of two days several times; fails unless what is kept is what was planted. */
export async function benchReconcile(options: ReconcileBenchOptions): Promise<Figure[]> {
  const rows = options.rows ?? (options.quick ? 100_000 : 1_000_000);
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-bench-'));
  const server = await startBenchServer(options.say);
  try {
    const { bench, days } = await twoDays(server, rows, directory, options.say);
    const home = path.join(directory, 'home');
    const environment = { DATABASE_URL: databaseUrl(bench.connection), WAYFARE_HOME: home };
    const small: Measured[] = [];
    const large: Measured[] = [];
    for (let run = 0; run < (options.runs ?? fewestRuns); run += 1) {
      await forget(bench.database);
      for (const [each, measured] of [[days[0], small] as const, [days[1], large] as const]) {
        measured.push(await compareDay(bench.database, each, environment));
        options.say(told(each, measured.at(-1)));
      }
      for (const each of days) await verify(bench.database, each);
      options.say(`every one of ${days[1].planted.breaks.size} breaks is as it was planted`);
    }
    await bench.close();
    return figuresOf(days[1], small, large);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Two days of payments, both closed, and the acquirer's file of each. */
async function twoDays(
  server: BenchServer,
  rows: number,
  directory: string,
  say: BenchOptions['say'],
): Promise<{ bench: EngineBench; days: readonly [Day, Day] }> {
  const clock = movableClock(realClock);
  const lanes = usualLanes();
  let payments: OwnPayment[] = [];
  const bench = await openEngine(server, lanes, clock, (paymentRequestId, minor) => {
    payments.push({ paymentRequestId, minor });
  });
  const first = clearingDayOf(clock.now()) + 1;
  const day = async (number: ClearingDay, count: number, before: readonly OwnPayment[]) => {
    payments = [];
    await fillDay(bench, clock, number, count, say);
    const own = payments;
    const file = path.join(directory, `${dateOf(number)}.csv`);
    return {
      day: number,
      payments: own,
      file,
      planted: await writePlanted(file, number, own, before),
    };
  };
  const small = await day(first, Math.ceil(rows / smallerBy), []);
  const large = await day(first + 1, rows, small.payments);
  explainedBy(small.planted, large.planted);
  const { database } = bench;
  const { acquirerCancelMs } = defaultTiming;
  const world = { database, clock, lanes, acquirerCancelMs };
  await closeDays(world, { through: large.day, by: 'bench' });
  return { bench, days: [small, large] };
}

/** What was compared is compared anew: a benchmark's breaks are nobody's. */
async function forget(database: Database): Promise<void> {
  await database.query('delete from reconciliation_breaks');
  await database.query('delete from reconciliation_runs');
}

interface Printed {
  readonly isNew: boolean;
  readonly lines: number;
  readonly items: number;
  readonly matched: number;
}

async function compareDay(
  database: Database,
  { day, payments, file, planted }: Day,
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  const words = ['reconcile', 'run', file, '--agreement', agreementId, '--day', dateOf(day)];
  const servers = async () => {
    const found = await database.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name in ('wayfare reconciliation', " +
        "'wayfare items', 'wayfare query') and pid <> pg_backend_pid() " +
        'and backend_start > $1::text::timestamptz',
      [startedAt],
    );
    return found.map(({ pid }) => pid);
  };
  const startedAt = new Date().toISOString();
  const measured = await measureCommand([...words, '--json'], environment, servers);
  const { isNew, lines, items, matched } = JSON.parse(measured.output) as Printed;
  const wanted = [true, planted.lines, payments.length, planted.matched];
  if ([isNew, lines, items, matched].join() !== wanted.join()) {
    throw new Error(`it printed ${measured.output}, not ${wanted.join(', ')}`);
  }
  return measured;
}

/** Throws unless the day's breaks in the database are those that were planted, one for one. */
async function verify(database: Database, { day, planted }: Day): Promise<void> {
  const rows = await database.query<{ item_key: string; kind: string; is_open: boolean }>(
    "select item_key, kind, state = 'OPEN' as is_open from reconciliation_breaks where day = $1",
    [day],
  );
  for (const { item_key: key, kind, is_open: isOpen } of rows) {
    const expected = planted.breaks.get(key);
    if (expected?.kind !== kind || expected.isOpen !== isOpen) {
      throw new Error(`${kind} ${key} was found, planted was ${expected?.kind ?? 'nothing'}`);
    }
  }
  if (rows.length !== planted.breaks.size) {
    throw new Error(`${rows.length} of ${planted.breaks.size} mistakes were found`);
  }
}

function told({ payments, planted }: Day, measured: Measured | undefined): string {
  const { seconds = 0, peakMegabytes = 0, serverMegabytes = 0 } = measured ?? {};
  return (
    `${payments.length} items, ${planted.lines} lines: ${seconds.toFixed(1)} s, ` +
    `${peakMegabytes.toFixed(0)} MB, Postgres ${serverMegabytes.toFixed(0)} MB`
  );
}

function figuresOf(
  { payments, planted }: Day,
  small: readonly Measured[],
  large: readonly Measured[],
): Figure[] {
  const of = (all: readonly Measured[], pick: (each: Measured) => number) => all.map(pick);
  const peak = (each: Measured) => each.peakMegabytes;
  const peakServer = (each: Measured) => each.serverMegabytes;
  const smaller = `one of ${smallerBy} times fewer rows`;
  const against = `${payments.length} items, ${planted.lines} lines, the whole command`;
  const kinds = new Map<string, number>();
  for (const { kind } of planted.breaks.values()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [
    figure(
      'reconcile.seconds',
      's',
      of(large, (each) => each.seconds),
      { against },
    ),
    figure('reconcile.peak_memory', 'MB', of(large, peak), {
      ratio: median(of(large, peak)) / median(of(small, peak)),
      against: smaller,
    }),
    figure('reconcile.server_memory', 'MB', of(large, peakServer), {
      ratio: median(of(large, peakServer)) / median(of(small, peakServer)),
      against: smaller,
    }),
    ...[...kinds].map(([kind, count]) =>
      figure(
        `reconcile.found.${kind}`,
        'rows',
        large.map(() => count),
      ),
    ),
  ];
}
