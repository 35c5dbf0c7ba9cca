// `wayfare trim`: takes away what is over by now, or tells what was taken away.

import { Command } from 'commander';
import { movableClock } from '../host/movableClock.ts';
import { realClock } from '../host/world.ts';
import { readClock } from '../network/clockStore.ts';
import { readLanes } from '../network/store.ts';
import { type TrimWorld, trim } from '../retention/commands.ts';
import { kept } from '../retention/kept.ts';
import { readTrims, type Trimmed } from '../retention/store.ts';
import { loadTiming, timingFileOf } from './timingFile.ts';
import { withDatabase } from './withDatabase.ts';

const mostListed = 200;

interface TrimOptions {
  readonly list?: true;
  readonly timing?: string;
  readonly json?: true;
}

export function trimCommand(): Command {
  return new Command('trim')
    .description('take away what was kept long enough; a running network does so by itself')
    .option('--list', 'take nothing away: tell what was, the last time first')
    .option('--timing <file>', 'how long things are kept; default: timing.json in the home')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: TrimOptions) => {
      await withDatabase(async (database, home) => {
        if (options.list) {
          const past = (await readTrims(database, mostListed)).map((each) => ({
            at: isoTime(each.at),
            ...viewOf(each),
          }));
          if (options.json) return say(JSON.stringify({ trims: past }));
          for (const each of past) say(`${each.at}  ${written(each)}`);
          return;
        }
        const clock = movableClock(realClock);
        clock.moveTo((await readClock(database)).offsetMs);
        const world: TrimWorld = {
          database,
          clock,
          realNow: () => realClock.now(),
          lanes: (await readLanes(database)) ?? 0,
          timing: loadTiming(options.timing ?? timingFileOf(home, process.env)),
        };
        const trimmed = (await trim(world)).map(viewOf);
        if (options.json) return say(JSON.stringify({ trimmed }));
        say(trimmed.length === 0 ? 'Nothing was over.' : trimmed.map(written).join('\n'));
      });
    });
}

const isoTime = (at: number) => new Date(at).toISOString();

function viewOf({ kind, rows, before }: Trimmed) {
  return { kind, rows, before: isoTime(before), what: kept[kind].what };
}

const written = ({ rows, before, what }: ReturnType<typeof viewOf>) =>
  `${String(rows).padStart(10)} before ${before}: ${what}`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** What a run took away, in a sentence for the log of a network. */
export function trimWords(trimmed: readonly Trimmed[]): string {
  const parts = trimmed.map(({ kind, rows }) => `${rows} ${kind.replaceAll('_', ' ')}`);
  return `Trimmed what was kept long enough: ${parts.join(', ')}.`;
}
