// `wayfare sim`: runs seeds against the real hub on a broken world, and says which promise broke.

import { Command, InvalidArgumentError, Option } from 'commander';
import {
  neverPlayed,
  type Played,
  type ProductWeights,
  playedLines,
  together,
  usualWeights,
} from '../simulation/played.ts';
import { type Sabotage, sabotages } from '../simulation/sabotage.ts';
import type { SimulationOutcome } from '../simulation/simulate.ts';
import { aCount } from './arguments.ts';

interface SimOptions {
  readonly seed: string;
  readonly payments: number;
  readonly seeds: number;
  readonly plant?: Sabotage;
  readonly products?: ProductWeights;
  readonly json?: true;
  readonly trace?: true;
}

export function simCommand(): Command {
  return new Command('sim')
    .description('simulate a network that fails in every way, and audit every promise')
    .option('--seed <seed>', 'where to begin; a number counts up with --seeds', '1')
    .option('--payments <n>', 'payments a seed', aCount, 100)
    .option('--seeds <n>', 'how many seeds', aCount, 1)
    .addOption(
      new Option('--plant <fault>', 'break something on purpose, to see that it is found').choices(
        sabotages,
      ),
    )
    .option(
      '--products <weights>',
      'what is played, as push=3,auto_debit=1; what is not named is not played',
      weightsFrom,
    )
    .option('--trace', 'print every event')
    .option('--json', 'one JSON object a seed')
    .action(async (options: SimOptions) => {
      if (!(await simulateAll(options))) process.exitCode = 1;
    });
}

/** Products with their weights. */
function weightsFrom(text: string): ProductWeights {
  const weights = Object.fromEntries(Object.keys(usualWeights).map((name) => [name, 0]));
  for (const part of text.split(',')) {
    const [name = '', weight = '1'] = part.split('=');
    const known = Object.keys(weights).join(', ');
    if (!(name in weights)) throw new InvalidArgumentError(`the products are ${known}`);
    weights[name] = aCount(weight);
  }
  return weights as ProductWeights;
}

/** Runs the seeds one after the other; false when any promise was broken. */
async function simulateAll(options: SimOptions): Promise<boolean> {
  // Loaded here: the simulator needs packages that a running network does without.
  const [{ openBench }, { simulate }] = await Promise.all([
    import('../simulation/bench.ts'),
    import('../simulation/simulate.ts'),
  ]);
  const bench = await openBench();
  const begin = process.hrtime.bigint();
  let broken = 0;
  let payments = 0;
  const played: Played[] = [];
  for (let index = 0; index < options.seeds; index++) {
    const outcome = await simulate(bench, {
      seed: seedAt(options.seed, index),
      payments: options.payments,
      ...(options.plant === undefined ? {} : { sabotage: options.plant }),
      ...(options.products === undefined ? {} : { products: options.products }),
      ...(options.trace ? { show: (line) => void process.stdout.write(`${line}\n`) } : {}),
    });
    payments += options.payments;
    played.push(outcome.played);
    if (outcome.violations.length > 0) broken++;
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    const speed = (payments / seconds).toFixed(0);
    report(outcome, options, `${index + 1} of ${options.seeds} seeds, ${speed} payments/s`);
  }
  await bench.close();
  if (!options.json) {
    const verdict = broken === 0 ? 'every promise held' : `${broken} seeds broke a promise`;
    clearLine();
    const sum = together(played);
    const never = neverPlayed(sum).join(', ');
    const lines = [...playedLines(sum), `never played: ${never || 'nothing'}`];
    process.stdout.write(`played:\n${lines.map((line) => `  ${line}\n`).join('')}`);
    process.stdout.write(`${options.seeds} seeds, ${payments} payments: ${verdict}\n`);
  }
  return broken === 0;
}

/** `17`, `18`, … from a number; `name`, `name-1`, … from any other text. */
function seedAt(seed: string, index: number): string {
  if (/^\d+$/.test(seed)) return String(BigInt(seed) + BigInt(index));
  return index === 0 ? seed : `${seed}-${index}`;
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

function report(outcome: SimulationOutcome, options: SimOptions, pace: string): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return;
  }
  clearLine();
  const { seed, violations, lastLines } = outcome;
  if (violations.length > 0) {
    const command = `npm run sim -- --seed ${seed} --payments ${outcome.payments}`;
    process.stdout.write(
      `${[
        `seed ${seed} broke ${violations.length} promises:`,
        ...violations.map((violation) => `  ${violation}`),
        'what happened to the first of them:',
        ...lastLines.map((line) => `  ${line}`),
        `again: ${command}`,
      ].join('\n')}\n`,
    );
  } else if (options.seeds === 1) process.stdout.write(`${written(outcome)}\n`);
  if (process.stderr.isTTY) process.stderr.write(pace);
}

function written(outcome: SimulationOutcome): string {
  const hours = (outcome.virtualMs / 3_600_000).toFixed(1);
  return [
    `seed ${outcome.seed}: ${outcome.payments} payments in ${hours} simulated hours`,
    `  ${outcome.succeeded} succeeded, ${outcome.failed} failed, ${outcome.nothing} never arrived`,
    `  ${outcome.charges} charges, ${outcome.refunds} given back, ${outcome.kills} hubs killed`,
    `  ${outcome.events} events, ${outcome.databaseRuns} database runs, trace ${outcome.hash}`,
  ].join('\n');
}
