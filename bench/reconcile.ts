// Reconciling a million lines: a file on disk with mistakes of each kind against as many items, how
// long it takes, how much memory, and whether exactly the planted mistakes are found.

import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dateOf } from '../src/calendar/businessDay.ts';
import { openPartnerFile } from '../src/cli/partnerFile.ts';
import { compareLists } from '../src/reconciliation/compareCommands.ts';
import { type ReadLine, readHeading } from '../src/reconciliation/csv.ts';
import { keyOf, type Line } from '../src/reconciliation/line.ts';
import { usualMapping } from '../src/reconciliation/mapping.ts';
import type { BreakKind } from '../src/reconciliation/match.ts';
import type { BenchOptions } from './engine.ts';
import { type Figure, fewestRuns, figure } from './report.ts';

export interface ReconcileBenchOptions extends BenchOptions {
  /** Lines of the file, about; a million if not given, a tenth of it when quick. */
  readonly rows: number | undefined;
}

const day = 20_780;
const partner = { role: 'wallet', currency: 'MYR' } as const;
const batchOf = 5_000;
/** One of a hundred has each mistake. */
const every = 100;

/** What item number `index` becomes in the file; every hundredth of each. */
const mistakes: readonly BreakKind[] = [
  'amount_differs',
  'currency_differs',
  'missing_here',
  'missing_there',
  'duplicate_there',
  'other_day',
  'unreadable',
];

const idOf = (index: number) => `2026112320${String(index * 7_919).padStart(16, '0')}1`;
const amountOf = (index: number) => 100 + ((index * 104_729) % 500_000);
const mistakeOf = (index: number): BreakKind | undefined => mistakes[index % every];

/** Compares several times; fails unless what is found is what was planted. */
export async function benchReconcile(options: ReconcileBenchOptions): Promise<Figure[]> {
  const rows = options.rows ?? (options.quick ? 100_000 : 1_000_000);
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-bench-'));
  const name = path.join(directory, 'partner.csv');
  try {
    const planted = await writeFile(name, rows);
    const seconds: number[] = [];
    const megabytes: number[] = [];
    for (let run = 0; run < fewestRuns; run += 1) {
      const watched = watchMemory();
      const from = performance.now();
      const found = await compareFile(name, directory, rows, planted);
      seconds.push((performance.now() - from) / 1_000);
      megabytes.push(watched.stop());
      if (found !== planted.size) throw new Error(`${found} of ${planted.size} mistakes found`);
      options.say(
        `${rows} rows: ${seconds.at(-1)?.toFixed(1)} s, ${megabytes.at(-1)?.toFixed(0)} MB; ` +
          `${found} breaks, each as it was planted`,
      );
    }
    const against = `${rows} rows, every planted mistake found and nothing else`;
    return [
      figure('reconcile.seconds', 's', seconds, { against }),
      figure('reconcile.peak_memory', 'MB', megabytes, { against: 'resident, the whole process' }),
      ...mistakes.map((kind) => {
        const count = [...planted.values()].filter((each) => each === kind).length;
        return figure(`reconcile.found.${kind}`, 'rows', Array(fewestRuns).fill(count));
      }),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Planted mistakes by the key that their break must have. */
type Planted = Map<string, BreakKind>;

/** Writes the partner's file with its mistakes. */
async function writeFile(name: string, rows: number): Promise<Planted> {
  const planted: Planted = new Map();
  const out = createWriteStream(name);
  let text = 'transactionType,requestId,currency,amountValue,completedAt\n';
  let lineNumber = 1;
  const write = (index: number, change: Partial<Record<'currency' | 'date', string>> = {}) => {
    lineNumber += 1;
    const amount = amountOf(index) + (mistakeOf(index) === 'amount_differs' ? 1 : 0);
    const { currency = 'MYR', date = dateOf(day) } = change;
    text += `PAYMENT,${idOf(index)},${currency},${amount},${date}\n`;
  };
  for (let index = 0; index < rows; index += 1) {
    const mistake = mistakeOf(index);
    let key = keyOf('payment', idOf(index));
    if (mistake === 'currency_differs') write(index, { currency: 'SGD' });
    else if (mistake === 'other_day') write(index, { date: dateOf(day + 1) });
    else if (mistake === 'unreadable') {
      lineNumber += 1;
      text += `PAYMENT,${idOf(index)},MYR,much,\n`;
      key = `line/${lineNumber}`;
    } else if (mistake !== 'missing_there') write(index);
    if (mistake === 'duplicate_there') write(index);
    if (mistake !== undefined) planted.set(key, mistake);
    if (text.length > 1_000_000) {
      if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
      text = '';
    }
  }
  await new Promise<void>((resolve) => out.end(text, resolve));
  return planted;
}

/** The network's items: all but those that only they have, and those whose line is unreadable. */
async function* ourItems(rows: number): AsyncGenerator<readonly Line[]> {
  for (let from = 0; from < rows; from += batchOf) {
    const lines: Line[] = [];
    for (let index = from; index < Math.min(rows, from + batchOf); index += 1) {
      const mistake = mistakeOf(index);
      if (mistake === 'missing_here' || mistake === 'unreadable') continue;
      const amount = -BigInt(amountOf(index));
      const key = keyOf('payment', idOf(index));
      lines.push({ key, currency: 'MYR', amount, day: null, lineNumber: null });
    }
    yield lines;
  }
}

/** Compares as `wayfare reconcile run` does from the file's bytes on, without the database. */
async function compareFile(
  name: string,
  directory: string,
  rows: number,
  planted: Planted,
): Promise<number> {
  const file = await openPartnerFile(name, usualMapping);
  let found = 0;
  async function* theirLines(): AsyncGenerator<readonly ReadLine[]> {
    let lineNumber = 0;
    let read: ((text: string, at: number) => ReadLine) | undefined;
    for await (const lines of file.lines()) {
      const out: ReadLine[] = [];
      for (const line of lines) {
        lineNumber += 1;
        if (read === undefined) {
          const head = readHeading(line, usualMapping, partner);
          if (!head.ok) throw new Error(head.problem);
          read = head.read;
        } else out.push(read(line, lineNumber));
      }
      yield out;
    }
  }
  const options = { day, directory, expectedLines: 2 * rows };
  await compareLists({ ours: ourItems(rows), theirs: theirLines() }, options, async (breaks) => {
    for (const { kind, key } of breaks) {
      if (planted.get(key) !== kind) throw new Error(`${kind} ${key} was not planted`);
      found += 1;
    }
  });
  return found;
}

/** The most memory that the process had, in MB, looked at twenty times a second. */
function watchMemory() {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most / 1_048_576;
    },
  };
}
