// Closing a day beside payments that go on: how long it takes, and what the payments notice of it.

import { defaultTiming } from '../src/base/limits.ts';
import type { MovableClock } from '../src/base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../src/calendar/clearingDay.ts';
import { clearingChecks } from '../src/clearing/checks.ts';
import { closeDays } from '../src/clearing/commands.ts';
import { summarizeJournals } from '../src/clearing/sumStore.ts';
import { usualLanes } from '../src/cli/network.ts';
import { movableClock } from '../src/host/movableClock.ts';
import { realClock } from '../src/host/world.ts';
import { prove } from '../src/payments/proof/store.ts';
import type { BenchOptions } from './engine.ts';
import { type EngineBench, openEngine } from './engineRun.ts';
import { type Figure, figure, median, quantile } from './report.ts';
import { startBenchServer } from './server.ts';

export interface SettleOptions extends BenchOptions {
  /** Payments of the day; a million if not given, a tenth of it when quick. */
  readonly payments: number | undefined;
}

/**
 * Payments that go on: seventeen times what a million a day comes to on average. With 500 a lane is
 * busy most of the time, and two windows in which nothing closes differ by up to a third.
 */
const steadyPerSecond = 200;
const closes = 3;
/** As long as a close, so that both see as much of what happens now and then. */
const calmSeconds = 40;
const warmSeconds = 3;
const filledAtOnce = 50_000;
/** Small ticks: all payments of one have one time, and in a real day few have the same. */
const filledInFlight = 64;
/** How much of the day the payments fill; the rest is its first hour, and its last. */
const filledMs = 22 * 3_600_000;
const mostProved = 200_000;

/** Makes a day, then closes it three times while payments go on. */
export async function benchSettle(options: SettleOptions): Promise<Figure[]> {
  const { say } = options;
  const payments = options.payments ?? (options.quick ? 100_000 : 1_000_000);
  const server = await startBenchServer(say);
  try {
    const clock = movableClock(realClock);
    const lanes = usualLanes();
    const bench = await openEngine(server, lanes, clock);
    const day = clearingDayOf(clock.now()) + 1;
    // The participants joined today: their first day is empty, and the next is the one to close.
    await fillDay(bench, clock, day, payments, say);
    await keepUp(bench);
    await steady(bench, () => pauseSeconds(warmSeconds));
    const calm: number[] = [];
    const during: number[] = [];
    const seconds: number[] = [];
    for (let each = 0; each < closes; each++) {
      const before = await steady(bench, () => pauseSeconds(calmSeconds));
      await forget(bench, day);
      const from = performance.now();
      const meanwhile = await steady(bench, async () => {
        await closeDays(
          {
            database: bench.database,
            clock,
            lanes,
            acquirerCancelMs: defaultTiming.acquirerCancelMs,
          },
          { through: day, by: 'bench' },
        );
        seconds.push((performance.now() - from) / 1_000);
      });
      calm.push(quantile(before, 0.99));
      during.push(quantile(meanwhile, 0.99));
      say(told(seconds.at(-1) ?? 0, before, meanwhile));
    }
    await verify(bench, day, payments);
    await bench.close();
    return figuresOf({ payments, lanes, calm, during, seconds });
  } finally {
    await server.stop();
  }
}

/**
 * Fills one clearing day, not before today, and puts the clock on to when it may be closed. Its
 * time goes on with the payments, so that they lie over the whole day as a real one's do.
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
 * What the server's own housekeeping does beside a day of 24 hours, and cannot have done yet in one
 * that was filled in a minute: the index of times knows its journals, its tables are vacuumed (or
 * the server would begin with that now, and be at it for minutes), and its pages are on disk.
 */
async function keepUp({ database }: EngineBench): Promise<void> {
  await database.session('housekeeping').run([summarizeJournals]);
  await database.query('vacuum (analyze)');
  await database.query('checkpoint');
}

/** A day that was closed is opened again: a benchmark's books are nobody's. */
async function forget({ database }: EngineBench, day: ClearingDay): Promise<void> {
  await database.query('delete from clearing_batches where day = $1', [day]);
  await database.query('delete from clearing_days where day = $1', [day]);
}

/** Pays at an even pace while `work` goes on; latencies in milliseconds, sorted. */
async function steady(bench: EngineBench, work: () => Promise<void>): Promise<number[]> {
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  let done = false;
  const finished = work().finally(() => {
    done = true;
  });
  const from = performance.now();
  for (let index = 0; !done; ) {
    const due = Math.floor(((performance.now() - from) / 1_000) * steadyPerSecond);
    for (; index < due; index++) {
      // From when it should have begun: a late start is part of what a customer waits for.
      const at = from + (index / steadyPerSecond) * 1_000;
      under.push(
        bench.pay(index).then(() => {
          latencies.push(performance.now() - at);
        }),
      );
    }
    await realClock.pause(1);
  }
  await finished;
  await Promise.all(under);
  return latencies.sort((a, b) => a - b);
}

const pauseSeconds = (seconds: number) => realClock.pause(seconds * 1_000);

async function verify(bench: EngineBench, day: ClearingDay, payments: number): Promise<void> {
  const { database } = bench;
  const batches = await database.query<{ payment_count: string }>(
    'select payment_count from clearing_batches where day = $1',
    [day],
  );
  const counts = batches.map((row) => Number(row.payment_count));
  if (counts.length !== 2 || counts.some((count) => count !== payments)) {
    throw new Error(`${payments} payments were made, the batches have ${counts.join(' and ')}`);
  }
  if (payments > mostProved) return;
  const { findings } = await prove(database, clearingChecks);
  const broken = findings.filter((finding) => finding.count > 0).map(({ name }) => name);
  if (broken.length > 0) throw new Error(`not proved: ${broken.join(', ')}`);
}

function told(seconds: number, before: readonly number[], meanwhile: readonly number[]): string {
  const of = (latencies: readonly number[]) =>
    [0.5, 0.99].map((share) => quantile(latencies, share).toFixed(1)).join('/');
  const took = `closed in ${seconds.toFixed(1)} s`;
  return `${took}; p50/p99 ${of(before)} ms, meanwhile ${of(meanwhile)} ms`;
}

function figuresOf(run: {
  readonly payments: number;
  readonly lanes: number;
  readonly calm: readonly number[];
  readonly during: readonly number[];
  readonly seconds: readonly number[];
}): Figure[] {
  const { payments, lanes, calm, during, seconds } = run;
  const at = `${payments.toLocaleString('en')} payments, ${lanes} lanes`;
  const beside = `beside ${steadyPerSecond} payments/s`;
  const ratios = during.map((p99, each) => p99 / (calm[each] ?? p99));
  return [
    figure('settle.close', 's', seconds, { against: `${at}, ${beside}` }),
    figure('settle.p99_before', 'ms', calm, { against: `${steadyPerSecond} payments/s alone` }),
    figure('settle.p99_during', 'ms', during, {
      ratio: median(during) / median(calm),
      against: 'p99 before',
    }),
    figure('settle.p99_ratio', 'times', ratios, { against: 'of each run with the one before it' }),
  ];
}
