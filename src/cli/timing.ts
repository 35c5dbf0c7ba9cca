// `wayfare timing`: every time in force, its default, and where it comes from.

import { Command } from 'commander';
import { defaultTiming, type Timing } from '../base/limits.ts';
import { timingTable } from '../base/timing.ts';
import { homeDirectory } from '../host/home.ts';
import { durationText } from './duration.ts';
import { loadTiming, timingFileOf } from './timingFile.ts';

export function timingCommand(): Command {
  return new Command('timing')
    .description('the times and schedules in force, their defaults, and whose rules they are')
    .option('--timing <file>', 'as this file sets them; default: timing.json in the home')
    .option('--json', 'one JSON object instead of text')
    .action((options: { timing?: string; json?: true }) => {
      const file = options.timing ?? timingFileOf(homeDirectory(process.env), process.env);
      const timing = loadTiming(file);
      const text = options.json ? JSON.stringify(view(file, timing)) : written(timing);
      process.stdout.write(`${text}\n`);
    });
}

const names = Object.keys(timingTable) as (keyof Timing)[];

function view(file: string, timing: Timing) {
  return {
    file,
    unit: 'ms',
    times: names.map((name) => {
      const { what, rule, source, clock } = timingTable[name];
      return { name, value: timing[name], default: defaultTiming[name], rule, source, clock, what };
    }),
  };
}

/** A time or a schedule as people read it: `3m`, `5s 30s 2m`. */
export function timingText(value: number | readonly number[]): string {
  return typeof value === 'number' ? durationText(value) : value.map(durationText).join(' ');
}

function written(timing: Timing): string {
  return names
    .map((name) => {
      const { what, rule, source } = timingTable[name];
      const usual = timingText(defaultTiming[name]);
      const value = timingText(timing[name]);
      const said = value === usual ? value : `${value}   (default ${usual})`;
      return `${name.padEnd(22)} ${said}\n    ${what}\n    ${whose[rule]}: ${source}`;
    })
    .join('\n');
}

const whose = { protocol: 'protocol', ours: 'our rule' } as const;
