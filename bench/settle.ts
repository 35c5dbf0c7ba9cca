// Closing a day beside payments that go on: how long it takes, and what the payments notice of it.

import { present } from '../src/base/assert.ts';
import { defaultTiming } from '../src/base/limits.ts';
import type { Database, MovableClock } from '../src/base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../src/calendar/clearingDay.ts';
import { closeDays } from '../src/clearing/commands.ts';
import { usualLanes } from '../src/cli/network.ts';
import { movableClock } from '../src/host/movableClock.ts';
import { realClock } from '../src/host/world.ts';
import { corridor } from './corridor.ts';
import type { BenchOptions } from './engine.ts';
import { type EngineBench, engineOn } from './engineRun.ts';
import { openStage, type PaymentsRun } from './paymentsStage.ts';
import { type Figure, figure, median } from './report.ts';

export interface SettleOptions extends BenchOptions {
  /** Payments of the day; a million if not given, a tenth of it when quick. */
  readonly payments: number | undefined;
}

/**
 * Payments that go on: eight times what a million a day comes to on average. One alone costs the
 * machine three to five times as much as one of many; 200 keep more than one of two cores busy.
 */
const steadyPerSecond = 100;
const pairs = 4;
/** How long payments go on without a close beside them, and with one after the other. */
const windowSeconds = 36;
const quickSeconds = 8;
/** Between two closes: one takes some milliseconds, however much was paid. */
const restMs = 1_000;
const warmPayments = 4_000;
const filledAtOnce = 50_000;
/** Small ticks: all payments of one have one time, and in a real day few have the same. */
const filledInFlight = 64;
/** How much of the day the payments fill; the rest is its first hour, and its last. */
const filledMs = 22 * 3_600_000;
const millis = 1_000;

/**
 * Makes a day, then closes it every second while payments go on: real ones over HTTP, signed both
 * ways, with their notices, since it is their answer that a till waits for.
 */
export async function benchSettle(options: SettleOptions): Promise<Figure[]> {
  const { say } = options;
  const payments = options.payments ?? (options.quick ? 100_000 : 1_000_000);
  const lanes = usualLanes();
  const { acquirerCancelMs } = defaultTiming;
  // The last day that may be closed by now.
  const day = clearingDayOf(realClock.now() - acquirerCancelMs) - 1;
  const pair = corridor('ES256');
  const stage = await openStage({
    say,
    signMs: 20,
    past: {
      participants: [pair.wallet, pair.acquirer],
      joinedAt: beginningOf(day),
      async fill(network) {
        // A clock only goes forward: this one begins with the day.
        const ago = realClock.now() - beginningOf(day);
        const clock = movableClock({ ...realClock, now: () => realClock.now() - ago });
        const bench = await engineOn(network, lanes, clock);
        await fillDay(bench, clock, day, payments, say);
        await bench.close();
        await keepUp(network.database);
        return payments;
      },
    },
  });
  const { database } = stage;
  const took: number[] = [];
  const lasts = options.quick ? quickSeconds : windowSeconds;
  const close = async () => {
    await forget(database, day);
    const from = performance.now();
    const world = { database, clock: realClock, lanes, acquirerCancelMs };
    const outcome = await closeDays(world, { through: day, by: 'bench' });
    if (outcome.kind !== 'closed' || outcome.days.length !== 1) throw new Error('not closed');
    took.push(performance.now() - from);
  };
  const closeAgainAndAgain = async () => {
    const ends = performance.now() + lasts * millis;
    while (performance.now() < ends) {
      await close();
      await realClock.pause(restMs);
    }
  };
  const steady = (beside?: () => Promise<void>) => {
    const count = steadyPerSecond * lasts;
    const manner = { perSecond: steadyPerSecond, ...(beside === undefined ? {} : { beside }) };
    return stage.run('RSA256', count, manner);
  };
  try {
    await stage.run('RSA256', warmPayments, { inFlight: 64 });
    const calm: PaymentsRun[] = [];
    const during: PaymentsRun[] = [];
    for (let each = 0; each < pairs; each++) {
      const before = await steady();
      const meanwhile = await steady(closeAgainAndAgain);
      calm.push(before);
      during.push(meanwhile);
      say(told(took, before, meanwhile));
    }
    await verifyDay(database, day, payments);
    await stage.verify();
    return figuresOf({ payments, lanes, calm, during, took });
  } finally {
    await stage.stop();
  }
}

/**
 * Fills one clearing day, and puts the clock on to when it may be closed. Its time goes on with the
 * payments, so that they lie over the whole day as a real one's do.
 */
export async function fillDay(
  bench: EngineBench,
  clock: MovableClock,
  day: ClearingDay,
  payments: number,
  say: BenchOptions['say'],
): Promise<void> {
  const to = (at: number) => clock.moveTo(clock.offsetMs() + at - clock.now());
  to(beginningOf(day) + 3_600_000);
  const from = clock.now();
  const before = bench.posted();
  for (let made = 0; made < payments; made += filledAtOnce) {
    const more = Math.min(filledAtOnce, payments - made);
    const going = setInterval(() => {
      const share = (bench.posted() - before) / payments;
      to(Math.max(clock.now(), from + Math.round(share * filledMs)));
    }, 2);
    const { perSecond } = await bench.run(more, filledInFlight);
    clearInterval(going);
    say(`filling, ${made + more} payments: ${Math.round(perSecond)}/s`);
  }
  if (clearingDayOf(clock.now()) !== day) throw new Error('the day was over before it was full');
  to(beginningOf(day + 1) + defaultTiming.acquirerCancelMs + 60_000);
}

/**
 * What a day of 24 hours has behind it, and one that was filled in a minute has not: its acquirers
 * were told of its payments, its tables are vacuumed (or the server would begin with that now, and
 * be at it for minutes), and its pages are on disk.
 */
async function keepUp(database: Database): Promise<void> {
  await database.query('delete from outbox');
  await database.query('vacuum (analyze)');
  await database.query('checkpoint');
}

/**
 * A day that was closed is opened again, in its lanes too: a benchmark's books are nobody's. No
 * payment is to wait for the disk because of it.
 */
async function forget(database: Database, day: ClearingDay): Promise<void> {
  await database.session('bench').run([
    { text: 'begin', values: [] },
    { text: 'set local synchronous_commit = off', values: [] },
    { text: 'delete from clearing_batches where day = $1', values: [day] },
    { text: 'delete from clearing_days where day = $1', values: [day] },
    { text: 'update lanes set not_before = 0', values: [] },
    { text: 'commit', values: [] },
  ]);
}

/** The batches have every payment; that they are right too, `prove` says. */
async function verifyDay(database: Database, day: ClearingDay, payments: number): Promise<void> {
  const batches = await database.query<{ payment_count: string }>(
    'select payment_count from clearing_batches where day = $1 and payment_count > 0',
    [day],
  );
  const counts = batches.map((row) => Number(row.payment_count));
  if (counts.length !== 2 || counts.some((count) => count !== payments)) {
    throw new Error(`${payments} payments were made, the batches have ${counts.join(' and ')}`);
  }
}

function told(took: readonly number[], before: PaymentsRun, meanwhile: PaymentsRun): string {
  const of = ({ p50, p95, p99 }: PaymentsRun) =>
    [p50, p95, p99].map((each) => each.toFixed(1)).join('/');
  const closes = `${took.length} closes, ${Math.round(median(took))} ms each`;
  return `${closes}; p50/p95/p99 ${of(before)} ms, meanwhile ${of(meanwhile)} ms`;
}

function figuresOf(run: {
  readonly payments: number;
  readonly lanes: number;
  readonly calm: readonly PaymentsRun[];
  readonly during: readonly PaymentsRun[];
  readonly took: readonly number[];
}): Figure[] {
  const { payments, lanes, calm, during, took } = run;
  const at = `${payments.toLocaleString('en')} payments, ${lanes} lanes`;
  const beside = `beside ${steadyPerSecond} RSA payments/s over HTTP`;
  const shares = ['p50', 'p99'] as const;
  const ratios = during.map(({ p99 }, each) => p99 / present(calm[each], 'the window before').p99);
  return [
    figure('settle.close', 'ms', took, { against: `${at}, ${beside}` }),
    ...shares.flatMap((share) => {
      const [before, meanwhile] = [calm, during].map((runs) => runs.map((each) => each[share]));
      const ratio = median(meanwhile ?? []) / median(before ?? []);
      return [
        figure(`settle.${share}_before`, 'ms', before ?? [], {
          against: 'the same payments alone',
        }),
        figure(`settle.${share}_during`, 'ms', meanwhile ?? [], {
          ratio,
          against: `${share} before`,
        }),
      ];
    }),
    figure('settle.p99_ratio', 'times', ratios, { against: 'of each run with the one before it' }),
  ];
}
