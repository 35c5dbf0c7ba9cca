// `wayfare bench`: how fast the engine and the whole network are on this machine, as ratios that
// travel.

import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { Argument, Command } from 'commander';

interface BenchCommandOptions {
  readonly json?: string;
  readonly quick?: true;
  readonly profile?: string;
  readonly payments?: number;
  readonly rows?: number;
  readonly runs?: number;
}

export function benchCommand(): Command {
  return new Command('bench')
    .description('measure the engine and the payments on an own embedded Postgres')
    .addArgument(
      new Argument('<what>', 'what to measure').choices([
        'engine',
        'payments',
        'settle',
        'reconcile',
        'all',
      ]),
    )
    .option('--json <file>', 'write the figures as a JSON array too')
    .option('--quick', 'under a minute each, smaller: to see that it works')
    .option('--payments <count>', 'settle: payments of the day; default 1,000,000', Number)
    .option('--rows <count>', 'reconcile: payments of the day; default 1,000,000', Number)
    .option('--runs <count>', 'reconcile: how often; default 3', Number)
    .option('--profile <directory>', 'payments: write CPU profiles of the hub, which slow it')
    .action(async (what: string, options: BenchCommandOptions) => {
      // Loaded only here: no other command needs the benchmarks.
      const { benchEngine } = await import('../../bench/engine.ts');
      const { benchPayments } = await import('../../bench/payments.ts');
      const { benchSettle } = await import('../../bench/settle.ts');
      const { benchReconcile } = await import('../../bench/reconcile.ts');
      const { table } = await import('../../bench/report.ts');
      const say = (line: string) => void process.stderr.write(`${line}\n`);
      say(machine());
      const quick = options.quick === true;
      const { profile, payments, rows, runs } = options;
      const isAsked = (part: string) => what === part || what === 'all';
      const figures = [
        ...(isAsked('engine') ? await benchEngine({ quick, say }) : []),
        ...(isAsked('payments')
          ? await benchPayments({ quick, say, ...(profile === undefined ? {} : { profile }) })
          : []),
        // Asked for by name only: it makes a whole day first.
        ...(what === 'settle' ? await benchSettle({ quick, say, payments }) : []),
        ...(what === 'reconcile' ? await benchReconcile({ quick, say, rows, runs }) : []),
      ];
      process.stdout.write(table(figures));
      if (options.json !== undefined) {
        writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
      }
    });
}

/** What a reader has to know of the machine before comparing anything. */
function machine(): string {
  const load = loadavg().map((each) => each.toFixed(2));
  return (
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ` +
    `Node ${process.version}, ` +
    `load before ${load.join(' ')}`
  );
}
