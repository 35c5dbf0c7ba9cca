// `wayfare month`: plays a month with its golden week, and proves every day's books at its close.

import { rmSync } from 'node:fs';
import { Command, Option } from 'commander';
import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { scratchDirectory } from '../host/scratch.ts';
import type { DayOutcome, MonthOutcome } from '../month/month.ts';
import { type PlantedFault, plantedFaults } from '../month/planted.ts';
import { sandboxWallets } from '../sandbox/partners.ts';
import { aCount, aDay } from './arguments.ts';

interface Options {
  readonly seed: string;
  readonly from: ClearingDay;
  readonly days: number;
  readonly payments: number;
  readonly tail: number;
  readonly plant?: PlantedFault;
  readonly json?: true;
}

export function monthCommand(): Command {
  return new Command('month')
    .description('play a month of payments, and prove at every close that the money ties out')
    .option('--seed <seed>', 'which month; the same one is the same to the byte', '1')
    .addOption(
      new Option('--from <date>', 'the first day; calendars are of 2026')
        .argParser(aDay)
        .default(aDay(goldenWeek), goldenWeek),
    )
    .option('--days <n>', 'days on which is paid', aCount, 31)
    .option('--payments <n>', 'payments in all of them', aCount, 2_000)
    .option('--tail <n>', 'days after them, until all has come to its end', aCount, 12)
    .addOption(
      new Option('--plant <fault>', 'break something on purpose, to see that it is found').choices(
        plantedFaults,
      ),
    )
    .option('--json', 'one JSON object instead of a picture')
    .action(async (options: Options) => {
      if (!(await play(options))) process.exitCode = 1;
    });
}

/** Two working days before the golden week. */
const goldenWeek = '2026-09-28';

/** False when anything did not tie out. */
async function play(options: Options): Promise<boolean> {
  // Loaded here: the simulator needs packages that a running network does without.
  const [{ openBench }, { runMonth }] = await Promise.all([
    import('../simulation/bench.ts'),
    import('../month/month.ts'),
  ]);
  const directory = scratchDirectory('month');
  const bench = await openBench();
  const began = process.hrtime.bigint();
  const say = (line: string) => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  say(heading);
  try {
    const outcome = await runMonth(bench, {
      ...options,
      tailDays: options.tail,
      wallets: sandboxWallets,
      directory,
      faults: options.plant === undefined ? [] : [options.plant],
      day: (day) => say(lineOf(day)),
    });
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    if (options.json) process.stdout.write(`${written(outcome, seconds)}\n`);
    else for (const line of endOf(outcome, seconds)) say(line);
    return outcome.violations.length === 0;
  } finally {
    await bench.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const columns = [
  ['day', 10],
  ['payments', 9],
  ['postings', 9],
  ['batches', 8],
  ['sent', 5],
  ['carried', 8],
  ['files', 6],
  ['rows', 7],
  ['explained', 10],
  ['mistakes', 9],
  ['wrong', 6],
] as const;

const heading = [...columns.map(([name, width]) => name.padStart(width)), '  volume'].join('');

function lineOf(day: DayOutcome): string {
  const { postings, batches, settled, carried, files, rows, explained, mistakes } = day;
  const numbers = [day.payments, postings, batches, settled, carried, files, rows, explained];
  const cells = [dateOf(day.day), ...numbers, mistakes, day.wrong.length].map((value, at) =>
    String(value).padStart(columns[at]?.[1] ?? 0),
  );
  const volume = Object.entries(day.volume).map(([currency, minor]) => {
    const digits = String(minor).padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
  });
  const wrong = day.wrong.map((violation) => `\n  WRONG  ${violation}`);
  return `${cells.join('')}  ${volume.join(', ')}${wrong.join('')}`;
}

function sumOf(outcome: MonthOutcome, pick: (day: DayOutcome) => number): number {
  return outcome.days.reduce((sum, day) => sum + pick(day), 0);
}

function endOf(outcome: MonthOutcome, seconds: number): string[] {
  const { happened, rates, violations } = outcome;
  const shown = sumOf(outcome, ({ wrong }) => wrong.length);
  const products = [...happened.products].map(([name, count]) => `${name} ${count}`).join(', ');
  const refused = Object.entries(outcome.refusals).map(([code, count]) => `${code} ${count}`);
  return [
    '',
    `${happened.payments} payments begun in ${seconds.toFixed(0)} s: ${products}`,
    `${happened.refunds} refunds, ${happened.cancels} cancelled, ` +
      `${happened.cancelsTooLate} too late, ${happened.disputes} disputes, ` +
      `${outcome.disputesAccepted} accepted; refused: ${refused.join(', ') || 'nothing'}`,
    `rates moved ${rates.moves} times, ${rates.jumps} jumps, ${rates.freezes} freezes`,
    `${outcome.journals} journals, ${outcome.postings} postings, ` +
      `${outcome.pricesChecked} prices, ${outcome.provedChecks} checks proved, ` +
      `${sumOf(outcome, ({ files }) => files)} files, ${sumOf(outcome, ({ rows }) => rows)} rows`,
    `${sumOf(outcome, ({ mistakes }) => mistakes)} partners' mistakes found, ` +
      `${sumOf(outcome, ({ explained }) => explained)} breaks explained; trace ${outcome.hash}`,
    ...violations.slice(shown).map((violation) => `WRONG  ${violation}`),
    violations.length === 0 ? 'every day ties out' : `${violations.length} things do not tie out`,
  ];
}

function written(outcome: MonthOutcome, seconds: number): string {
  const plain = (_: string, value: unknown) => {
    if (value instanceof Map) return Object.fromEntries(value);
    return typeof value === 'bigint' ? String(value) : value;
  };
  return JSON.stringify({ ...outcome, seconds }, plain);
}
