// `wayfare rates source`: where rates come from; and how a source is read on this machine.

import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Database } from '../base/world.ts';
import { writeRateEvent } from '../fx/controlStore.ts';
import { longestTableBytes } from '../fx/feed.ts';
import type { FetchTable } from '../fx/sourceCommands.ts';
import { type RateSource, readSources, writeSource } from '../fx/sourceStore.ts';
import { fetchText } from '../host/rateTable.ts';
import { readClock } from '../network/clockStore.ts';
import { within } from './arguments.ts';
import { durationText, parseDuration } from './duration.ts';
import { withDatabase } from './withDatabase.ts';

const minute = 60_000;

/** Our rule, since no source gives one (GAP): what holds where a source says nothing else. */
export const usualSource = {
  rank: 100,
  everyMs: minute,
  timeoutMs: 5_000,
  ageLimitMs: 60 * minute,
  jumpLimitBasisPoints: 300,
} as const;

/** The market of the sandbox, as the hub sees it: a feed like any other. */
const market = {
  ...usualSource,
  sourceId: 'sandbox',
  kind: 'http',
  rank: 900,
  everyMs: 30_000,
  enabled: true,
} as const;

/** Lets the sandbox's market in at its address of this start; what was set for it stays. */
export async function writeMarket(
  database: Database,
  address: string,
  realNow: number,
): Promise<void> {
  const known = (await readSources(database)).find(({ sourceId }) => sourceId === market.sourceId);
  await writeSource(database, { ...market, ...known, address }, realNow);
}

export const fetchTable: FetchTable = ({ kind, address, timeoutMs }) =>
  fetchText({ kind, address, timeoutMs, mostBytes: longestTableBytes });

export function rateSourceCommand(): Command {
  return new Command('source')
    .description('where rates come from')
    .addCommand(sourceAddCommand())
    .addCommand(sourceListCommand());
}

interface AddOptions {
  readonly id: string;
  readonly address: string;
  readonly by: string;
  readonly rank?: number;
  readonly every?: number;
  readonly timeout?: number;
  readonly ageLimit?: number;
  readonly jumpLimit?: number;
  readonly disabled?: true;
  readonly json?: true;
}

function sourceAddCommand(): Command {
  return new Command('add')
    .description('add a source, or change one: what is not said stays as it was')
    .requiredOption('--id <id>', 'its name', aSourceId)
    .requiredOption('--address <where>', 'a path of a file, or an http or https address')
    .requiredOption('--by <name>', 'who adds it')
    .option('--rank <n>', '1 to 999: the smaller is preferred; default 100', within(1, 999))
    .option('--every <duration>', 'how often it is looked at; default 1m', aDuration)
    .option('--timeout <duration>', 'how long an answer may take; default 5s', aDuration)
    .option('--age-limit <duration>', 'older rates are not used; default 1h', aDuration)
    .addOption(
      new Option('--jump-limit <bp>', 'a larger move needs approval; default 300').argParser(
        basisPoints,
      ),
    )
    .option('--disabled', 'write it down without looking at it')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: AddOptions) => {
      const added = await withDatabase(async (database) => {
        const known = (await readSources(database)).find((each) => each.sourceId === options.id);
        const source = sourceOf(options, known);
        await writeSource(database, source, Date.now());
        const at = Date.now() + (await readClock(database)).offsetMs;
        const detail = `${source.enabled ? '' : 'off, '}${source.address}`;
        const event = { at, byWhom: options.by, kind: 'source', subject: source.sourceId } as const;
        await writeRateEvent(database, { ...event, detail });
        return source;
      });
      const text = `${added.sourceId} is looked at every ${durationText(added.everyMs)}.`;
      process.stdout.write(`${options.json ? JSON.stringify(added) : text}\n`);
    });
}

function sourceOf(options: AddOptions, known: RateSource | undefined): RateSource {
  const isUrl = /^https?:\/\//.test(options.address);
  if (isUrl && !URL.canParse(options.address)) throw new Error('the address cannot be read');
  const before = known ?? usualSource;
  return {
    sourceId: options.id,
    kind: isUrl ? 'http' : 'file',
    address: isUrl ? options.address : path.resolve(options.address),
    enabled: options.disabled !== true,
    rank: options.rank ?? before.rank,
    everyMs: options.every ?? before.everyMs,
    timeoutMs: options.timeout ?? before.timeoutMs,
    ageLimitMs: options.ageLimit ?? before.ageLimitMs,
    jumpLimitBasisPoints: options.jumpLimit ?? before.jumpLimitBasisPoints,
  };
}

function sourceListCommand(): Command {
  return new Command('list')
    .description('the sources, the preferred first, with what came of the last look')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: { json?: true }) => {
      for (const source of await withDatabase(readSources)) {
        const state = source.problem ?? (source.lookedRealAt === null ? 'not looked at' : 'well');
        const text = `${source.sourceId.padEnd(14)}${source.address}  ${state}`;
        process.stdout.write(`${options.json ? JSON.stringify(source) : text}\n`);
      }
    });
}

function aSourceId(text: string): string {
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(text)) {
    throw new InvalidArgumentError('1 to 40 letters, digits, dots, dashes, underscores');
  }
  if (text === operatorSource) throw new InvalidArgumentError('that is the name of persons');
  return text;
}

/** The source of what a person sets or loads by hand. */
export const operatorSource = 'operator';

/** A length of time of at least a second and at most thirty days. */
export function aDuration(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined || durationMs < 1_000 || durationMs > 30 * 86_400_000) {
    throw new InvalidArgumentError('a length of time of 1s to 30d, as 90s, 10m or 2h');
  }
  return durationMs;
}

/** 1 to 9999 basis points. */
function basisPoints(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new InvalidArgumentError('1 to 9999 basis points');
  return Number(text);
}
