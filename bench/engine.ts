// The engine's benchmark: two commands a payment, one hot corridor, every commit on disk.

import { usualLanes } from '../src/cli/network.ts';
import { type EngineBench, type EngineRun, openEngine } from './engineRun.ts';
import { bytesOfPayment, type Floor, openFloor } from './floor.ts';
import { type Figure, figure, median, rounded } from './report.ts';
import { type BenchServer, startBenchServer } from './server.ts';

/** How a benchmark is asked for. */
export interface BenchOptions {
  /** Under a minute, with smaller sizes: to see that it works, not to compare. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

interface Setting {
  readonly lanes: number;
  readonly inFlight: number;
}

interface Sizes {
  readonly warm: number;
  readonly trial: number;
  readonly run: number;
  readonly runs: number;
  readonly small: number;
  readonly large: number;
  readonly flatRun: number;
  readonly flatRuns: number;
}

const usualSizes: Sizes = {
  warm: 40_000,
  trial: 12_000,
  run: 40_000,
  runs: 5,
  small: 10_000,
  large: 1_000_000,
  flatRun: 20_000,
  flatRuns: 7,
};

const quickSizes: Sizes = {
  warm: 5_000,
  trial: 4_000,
  run: 10_000,
  runs: 3,
  small: 10_000,
  large: 100_000,
  flatRun: 10_000,
  flatRuns: 3,
};

/** How often two engines that are compared take turns within a run. */
const slices = 4;
const lanesTried = [1, 2, 4];
const inFlightTried = [256, 512, 1_000];

/** Runs all of the engine's figures. */
export async function benchEngine(options: BenchOptions): Promise<Figure[]> {
  const sizes = options.quick ? quickSizes : usualSizes;
  const server = await startBenchServer(options.say);
  try {
    const best = await bestSetting(server, sizes, options.say);
    const busy = await busyFigures(server, sizes, best, options.say);
    const calm = await calmFigures(server, sizes, options.say);
    const flat = await flatness(server, sizes, best, options.say);
    return [...busy, ...calm, ...flat];
  } finally {
    await server.stop();
  }
}

/** Short runs at every setting, in turn and twice; the better of the two counts. */
async function bestSetting(
  server: BenchServer,
  sizes: Sizes,
  say: BenchOptions['say'],
): Promise<Setting> {
  const benches: EngineBench[] = [];
  for (const lanes of lanesTried) {
    const bench = await openEngine(server, lanes);
    await bench.run(sizes.warm, 256);
    benches.push(bench);
  }
  let best = { lanes: 0, inFlight: 0, perSecond: 0 };
  for (const inFlight of [...inFlightTried, ...inFlightTried.toReversed()]) {
    for (const bench of benches) {
      const { lanes } = bench;
      const run = await bench.run(sizes.trial, inFlight);
      say(`${lanes} lanes, ${inFlight} in flight: ${told(run)}`);
      if (run.perSecond > best.perSecond) best = { lanes, inFlight, perSecond: run.perSecond };
    }
  }
  for (const bench of benches) {
    await bench.verify(true);
    await bench.close();
  }
  return best;
}

/** Runs of the engine and of the floor in turn, so that both see the same machine. */
async function besideFloor(
  server: BenchServer,
  sizes: Sizes,
  setting: Setting,
  say: BenchOptions['say'],
) {
  const { lanes, inFlight } = setting;
  const bench = await openEngine(server, lanes);
  await bench.run(sizes.warm, inFlight);
  const floor = await openFloor(server, await bytesOfPayment(bench.database));
  // Half of a tick's commands are holds, half are posts: so many payments are in one transaction.
  const rowsPerBatch = Math.max(1, Math.round(inFlight / lanes / 2));
  await floor.run(sizes.warm, lanes, rowsPerBatch);
  const runs: EngineRun[] = [];
  const floors: number[] = [];
  for (let count = 0; count < sizes.runs; count++) {
    floors.push(await floor.run(sizes.run, lanes, rowsPerBatch));
    const run = await bench.run(sizes.run, inFlight);
    runs.push(run);
    say(`${lanes} lanes, ${inFlight} in flight: ${told(run)}`);
  }
  await bench.verify(true);
  await closeAll(bench, floor);
  const held = floorFigure(floors, floor.rowBytes, rowsPerBatch, lanes);
  return { runs, ...held };
}

function floorFigure(floors: readonly number[], bytes: number, batch: number, lanes: number) {
  const perSecond = median(floors);
  const words = `bare insert of ${bytes} B rows, ${batch} a transaction, ${lanes} connections`;
  return { floors, floor: perSecond, against: `${rounded(perSecond)}/s: ${words}` };
}

async function closeAll(bench: EngineBench, floor: Floor): Promise<void> {
  await bench.close();
  await floor.close();
}

async function busyFigures(
  server: BenchServer,
  sizes: Sizes,
  setting: Setting,
  say: BenchOptions['say'],
): Promise<Figure[]> {
  const { runs, floor, floors, against } = await besideFloor(server, sizes, setting, say);
  const rates = runs.map((run) => run.perSecond);
  const name = 'engine.two_phase';
  const at = `${setting.lanes} lanes, ${setting.inFlight} in flight`;
  return [
    figure(name, 'payments/s', rates, {
      ratio: median(rates) / floor,
      against: `${against} (engine: ${at})`,
    }),
    figure(
      `${name}.p50`,
      'ms',
      runs.map((run) => run.p50),
      { against: at },
    ),
    figure(
      `${name}.p99`,
      'ms',
      runs.map((run) => run.p99),
      { against: at },
    ),
    figure(
      `${name}.cpu`,
      'us',
      runs.map((run) => run.nodeMicros),
      {
        against: 'CPU of callers and engine a payment',
      },
    ),
    figure(`${name}.floor`, 'rows/s', floors, { against }),
  ];
}

async function calmFigures(
  server: BenchServer,
  sizes: Sizes,
  say: BenchOptions['say'],
): Promise<Figure[]> {
  const setting = { lanes: usualLanes(), inFlight: 64 };
  const { runs, floor, against } = await besideFloor(server, sizes, setting, say);
  const rates = runs.map((run) => run.perSecond);
  const name = 'engine.two_phase_64';
  return [
    figure(name, 'payments/s', rates, {
      ratio: median(rates) / floor,
      against: `${against} (engine: ${setting.lanes} lanes, 64 in flight)`,
    }),
    figure(
      `${name}.p50`,
      'ms',
      runs.map((run) => run.p50),
    ),
    figure(
      `${name}.p99`,
      'ms',
      runs.map((run) => run.p99),
    ),
  ];
}

/**
 * The rate over a large network's rows against that over a small one's. The two run in turn, each
 * time against a fresh small one, so that a machine that is busy elsewhere slows both.
 */
async function flatness(
  server: BenchServer,
  sizes: Sizes,
  setting: Setting,
  say: BenchOptions['say'],
): Promise<Figure[]> {
  const { lanes, inFlight } = setting;
  const large = await openEngine(server, lanes);
  for (let filled = 0; filled < sizes.large; filled += 100_000) {
    const run = await large.run(100_000, inFlight);
    say(`filling, ${filled + 100_000} rows: ${told(run)}`);
  }
  const smallRates: number[] = [];
  const largeRates: number[] = [];
  for (let count = 0; count < sizes.flatRuns; count++) {
    const small = await openEngine(server, lanes);
    await small.run(sizes.small, inFlight);
    const rates = await inTurn(small, large, sizes.flatRun, inFlight);
    smallRates.push(rates.first);
    largeRates.push(rates.second);
    await small.verify(true);
    await small.close();
    say(`small ${rounded(smallRates[count] ?? 0)}/s, large ${rounded(largeRates[count] ?? 0)}/s`);
  }
  await large.verify(false);
  await large.close();
  const ratios = largeRates.map((rate, index) => rate / (smallRates[index] as number));
  const sized = `${sizes.large.toLocaleString('en')} payments`;
  const quick = sizes.large < usualSizes.large ? ' (--quick: not the full million)' : '';
  const at = `${lanes} lanes, ${inFlight} in flight`;
  return [
    figure('engine.flatness', 'ratio', ratios, {
      ratio: median(ratios),
      against: `rate at ${sized} over rate at 10,000, ${at}, in turn${quick}`,
    }),
    figure('engine.flatness.small', 'payments/s', smallRates, { against: 'at 10,000 payments' }),
    figure('engine.flatness.large', 'payments/s', largeRates, { against: `at ${sized}` }),
  ];
}

/** The rates of two engines that take turns in slices, the second first in every other turn. */
async function inTurn(first: EngineBench, second: EngineBench, payments: number, inFlight: number) {
  const slice = payments / slices;
  const seconds = new Map([
    [first, 0],
    [second, 0],
  ]);
  for (let turn = 0; turn < slices; turn++) {
    for (const bench of turn % 2 === 0 ? [first, second] : [second, first]) {
      const { perSecond } = await bench.run(slice, inFlight);
      seconds.set(bench, (seconds.get(bench) ?? 0) + slice / perSecond);
    }
  }
  return {
    first: payments / (seconds.get(first) ?? 0),
    second: payments / (seconds.get(second) ?? 0),
  };
}

function told(run: EngineRun): string {
  const { perSecond, p50, p99, nodeMicros, commandsPerTick } = run;
  return (
    `${Math.round(perSecond)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ` +
    `${nodeMicros.toFixed(1)} us CPU a payment, ${Math.round(commandsPerTick)} commands a tick`
  );
}
