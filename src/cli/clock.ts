// `wayfare clock`: the network's time, and moving that of a sandbox network forward.

import { Command, InvalidArgumentError } from 'commander';
import type { Database, MovableClock } from '../base/world.ts';
import { movableClock } from '../host/movableClock.ts';
import { realClock } from '../host/world.ts';
import { moveClock, readClock } from '../network/clockStore.ts';
import { formatTime } from '../wire/time.ts';
import { aTime } from './arguments.ts';
import { durationText, parseDuration } from './duration.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

export function clockCommand(): Command {
  return new Command('clock')
    .description("the network's time; a sandbox network's can be moved forward")
    .addCommand(showCommand())
    .addCommand(advanceCommand());
}

function showCommand(): Command {
  return new Command('show')
    .description("the network's time at UTC+8, and how far it is ahead of real time")
    .option('--json', 'one JSON object instead of text')
    .action(async (options: Printed) => print(await withDatabase(view), options));
}

function advanceCommand(): Command {
  return new Command('advance')
    .description('move the time of a sandbox network forward; it never goes back')
    .argument('[duration]', 'how far: 90s, 10m, 2h, 1d, 1d12h', aDuration)
    .option('--to <time>', 'to which time instead, as 2026-11-22T00:16:00+08:00', aTime)
    .option('--json', 'one JSON object instead of text')
    .action(async (durationMs: number | undefined, options: Printed & { to?: number }) => {
      const { to } = options;
      if ((durationMs === undefined) === (to === undefined)) {
        throw new Error('say how far, or --to which time');
      }
      const moved = await withDatabase(async (database) => {
        const advanceMs = durationMs ?? (to as number) - (await networkNow(database));
        if (advanceMs <= 0) throw new Error("the network's time never goes back");
        const outcome = await moveClock(database, advanceMs);
        if (outcome.kind === 'not_a_sandbox') {
          throw new Error('only the time of a network that was started with the sandbox moves');
        }
        if (outcome.kind === 'too_far') throw new Error('more than hundred years ahead');
        return view(database);
      });
      print(moved, options);
    });
}

/** The network's time now, for what a command writes. */
export async function networkNow(database: Database): Promise<number> {
  return Date.now() + (await readClock(database)).offsetMs;
}

/** A clock that goes as the network's does; a command is over before that is moved again. */
export async function networkClock(database: Database): Promise<MovableClock> {
  const clock = movableClock(realClock);
  clock.moveTo((await readClock(database)).offsetMs);
  return clock;
}

async function view(database: Database) {
  const { offsetMs, isSandbox } = await readClock(database);
  const now = Date.now() + offsetMs;
  return {
    now: new Date(now).toISOString(),
    networkTime: formatTime(now),
    offsetMs,
    movable: isSandbox,
  };
}

function print(clock: Awaited<ReturnType<typeof view>>, options: Printed): void {
  const ahead = clock.offsetMs === 0 ? 'real time' : `${durationText(clock.offsetMs)} ahead`;
  const text = `${clock.networkTime}  ${ahead}${clock.movable ? '' : ', not movable'}`;
  process.stdout.write(`${options.json ? JSON.stringify(clock) : text}\n`);
}

function aDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined || durationMs === 0) {
    throw new InvalidArgumentError('a length of time, as 90s, 10m, 2h, 1d or 1d12h');
  }
  return durationMs;
}
