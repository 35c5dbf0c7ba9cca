// The payments' benchmark: a visitor's code is charged over real HTTP, signed both ways, with
// notice.

import type { Algorithm } from '../src/wire/signature.ts';
import type { BenchOptions } from './engine.ts';
import { openStage, type PaymentsRun, type Stage } from './paymentsStage.ts';
import { type Figure, figure, median, rounded } from './report.ts';

/** The hub signs three times a payment: to the wallet, to the acquirer, and the notice. */
const signsPerPayment = 3;
const inFlight = 256;
const conditions = 'answered and notified, pre-signed load, constant partners';

interface Sizes {
  readonly warm: number;
  readonly seconds: number;
  readonly runs: number;
  readonly signMs: number;
}

const usualSizes: Sizes = { warm: 12_000, seconds: 8, runs: 5, signMs: 1_500 };
const quickSizes: Sizes = { warm: 500, seconds: 1.5, runs: 3, signMs: 500 };

export interface PaymentsBenchOptions extends BenchOptions {
  /** Where CPU profiles of the hub are written. */
  readonly profile?: string;
}

/** Runs all of the payments' figures. */
export async function benchPayments(options: PaymentsBenchOptions): Promise<Figure[]> {
  const { say, profile } = options;
  const sizes = options.quick ? quickSizes : usualSizes;
  const stage = await openStage({
    say,
    signMs: sizes.signMs,
    ...(profile === undefined ? {} : { profile }),
  });
  try {
    const rate = {
      RSA256: await warmUp(stage, 'RSA256', sizes, say),
      ES256: await warmUp(stage, 'ES256', sizes, say),
    };
    const runs: Record<Algorithm, PaymentsRun[]> = { RSA256: [], ES256: [] };
    // In turn, so that both algorithms see the same machine.
    for (let count = 0; count < sizes.runs; count++) {
      for (const algorithm of ['RSA256', 'ES256'] as const) {
        const payments = Math.round(rate[algorithm] * sizes.seconds);
        const run = await stage.run(algorithm, payments, { inFlight });
        runs[algorithm].push(run);
        say(`${algorithm}, ${inFlight} in flight: ${told(run)}`);
      }
    }
    const half = await halfLoad(stage, median(runs.RSA256.map((run) => run.perSecond)), sizes, say);
    await stage.verify();
    return [...rsaFigures(runs.RSA256), ...es256Figures(runs), ...half];
  } finally {
    await stage.stop();
  }
}

/** The first round teaches the compiler; the second says how many payments a run needs. */
async function warmUp(
  stage: Stage,
  algorithm: Algorithm,
  sizes: Sizes,
  say: BenchOptions['say'],
): Promise<number> {
  await stage.run(algorithm, sizes.warm, { inFlight });
  const run = await stage.run(algorithm, sizes.warm, { inFlight });
  say(`${algorithm}, warm: ${told(run)}`);
  return run.perSecond;
}

async function halfLoad(
  stage: Stage,
  maximum: number,
  sizes: Sizes,
  say: BenchOptions['say'],
): Promise<Figure[]> {
  const perSecond = maximum / 2;
  const runs: PaymentsRun[] = [];
  for (let count = 0; count < Math.min(sizes.runs, 3); count++) {
    const run = await stage.run('RSA256', Math.round(perSecond * sizes.seconds), { perSecond });
    runs.push(run);
    say(`RSA256, ${Math.round(perSecond)} a second: ${told(run)}`);
  }
  const against = `RSA256, ${rounded(perSecond)} payments/s, evenly, from the time due`;
  return (['p50', 'p95', 'p99'] as const).map((share) =>
    figure(
      `payments.${share}_half_load`,
      'ms',
      runs.map((run) => run[share]),
      { against },
    ),
  );
}

function rsaFigures(runs: readonly PaymentsRun[]): Figure[] {
  const rates = runs.map((run) => run.perSecond);
  const most = (run: PaymentsRun) => run.signsPerSecond / signsPerPayment;
  const efficiencies = runs.map((run) => run.perSecond / most(run));
  const signs = runs.map((run) => run.signsPerSecond);
  const limit = rounded(median(signs) / signsPerPayment);
  const against = `${limit}/s: the machine's RSA-2048 signs/s over ${signsPerPayment}, same run`;
  const ratio = median(efficiencies);
  return [
    figure('payments.rsa', 'payments/s', rates, { ratio, against: `${against}; ${conditions}` }),
    figure('payments.rsa.efficiency', 'ratio', efficiencies, { ratio, against }),
    ...details('payments.rsa', runs),
    figure('payments.rsa.signs', 'signs/s', signs, {
      against: 'all cores, mean of right before and right after each run',
    }),
  ];
}

function es256Figures(runs: Record<Algorithm, readonly PaymentsRun[]>): Figure[] {
  const rates = runs.ES256.map((run) => run.perSecond);
  const speedups = rates.map((rate, index) => rate / (runs.RSA256[index] as PaymentsRun).perSecond);
  const ratio = median(speedups);
  const rsa = rounded(median(runs.RSA256.map((run) => run.perSecond)));
  const against = `${rsa}/s: payments.rsa, runs in turn`;
  return [
    figure('payments.es256', 'payments/s', rates, { ratio, against: `${against}; ${conditions}` }),
    figure('payments.es256.speedup', 'ratio', speedups, { ratio, against }),
    ...details('payments.es256', runs.ES256),
  ];
}

/** Latencies at full load and where the CPU went. */
function details(name: string, runs: readonly PaymentsRun[]): Figure[] {
  const against = `${inFlight} in flight`;
  const cpu = (part: keyof PaymentsRun['cpu'], words: string): Figure[] => {
    const values = runs.map((run) => run.cpu[part]).filter((value) => value !== undefined);
    if (values.length < runs.length) return [];
    return [figure(`${name}.cpu.${part}`, 'us', values, { against: `CPU a payment, ${words}` })];
  };
  return [
    ...(['p50', 'p95', 'p99'] as const).map((share) =>
      figure(
        `${name}.${share}`,
        'ms',
        runs.map((run) => run[share]),
        { against },
      ),
    ),
    ...cpu('hub', 'all threads'),
    ...cpu('postgres', 'all its processes'),
    ...cpu('generator', 'the load'),
    ...cpu('partners', 'wallet and receiver of notices'),
  ];
}

function told(run: PaymentsRun): string {
  const { hub, postgres, generator, partners } = run.cpu;
  const micros = [hub, postgres ?? Number.NaN, generator, partners].map((each) => each.toFixed(0));
  return (
    `${Math.round(run.perSecond)}/s, p50 ${run.p50.toFixed(1)} ms, p95 ${run.p95.toFixed(1)} ms, ` +
    `p99 ${run.p99.toFixed(1)} ms; us CPU a payment: hub ${micros[0]}, Postgres ${micros[1]}, ` +
    `generator ${micros[2]}, partners ${micros[3]}; ${Math.round(run.signsPerSecond)} RSA signs/s`
  );
}
