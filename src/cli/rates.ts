// `wayfare rates`: what is in force, and all that a person may do to it; each act is kept with its
// name.

import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '../base/world.ts';
import { endOf } from '../fx/board.ts';
import {
  approveRate,
  freezeRates,
  readFreezes,
  readWaiting,
  thawRates,
  writeRateEvent,
  writeSpread,
} from '../fx/controlStore.ts';
import { type OfferedTable, plainDecimal, readTable } from '../fx/feed.ts';
import { offerRates, readRateBoard, type Times } from '../fx/store.ts';
import { freezeScope, spreadPair } from '../fx/terms.ts';
import { readClock } from '../network/clockStore.ts';
import { readDirectory } from '../network/store.ts';
import { aTime, basisPoints } from './arguments.ts';
import { durationText } from './duration.ts';
import { aDuration, operatorSource, rateSourceCommand, usualSource } from './rateSources.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

interface Act extends Printed {
  readonly by: string;
}

const json = ['--json', 'one JSON object instead of text'] as const;
const by = ['--by <name>', 'who does it: kept for ever'] as const;
/** A person's rate is preferred to any source as long as it counts. */
const operatorRank = 0;

export function ratesCommand(): Command {
  return new Command('rates')
    .description('rates of exchange: in force, waiting, frozen, and their sources')
    .addCommand(listCommand())
    .addCommand(setCommand())
    .addCommand(loadCommand())
    .addCommand(approveCommand())
    .addCommand(freezeCommand())
    .addCommand(thawCommand())
    .addCommand(spreadCommand())
    .addCommand(rateSourceCommand());
}

async function timesOf(database: Database): Promise<Times> {
  const realNow = Date.now();
  return { realNow, now: realNow + (await readClock(database)).offsetMs };
}

function print(options: Printed, value: object, text: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : text}\n`);
}

function listCommand(): Command {
  return new Command('list')
    .description('rates in force with their age, what waits for approval, what is frozen')
    .option(...json)
    .action(async (options: Printed) => {
      const view = await withDatabase(async (database) => {
        const realNow = Date.now();
        const board = await readRateBoard(database, realNow);
        const [waiting, freezes] = await Promise.all([
          readWaiting(database),
          readFreezes(database),
        ]);
        const rates = board.rates.map((rate) => ({
          pair: `${rate.base}/${rate.quote}`,
          price: rate.price,
          source: rate.source,
          ageMs: Math.max(realNow - rate.realAt, 0),
          tooOld: endOf(rate) <= realNow,
        }));
        return { rates, waiting, freezes, spreads: board.terms.spreads };
      });
      const lines = [
        ...view.rates.map(({ pair, price, source, ageMs, tooOld }) => {
          const age = `${durationText(Math.floor(ageMs / 1_000) * 1_000 || 1_000)} old`;
          return `${pair}  ${price.padEnd(18)}${age}${tooOld ? ', TOO OLD' : ''}  ${source}`;
        }),
        ...view.waiting.map(
          (each) =>
            `waits: ${each.base}/${each.quote} ${each.price}, now ${each.inForce}, ` +
            `moved ${each.movedBasisPoints} bp, by ${each.proposedBy ?? each.source}`,
        ),
        ...view.freezes.map(
          ({ scope, reason, byWhom }) => `frozen: ${scope} by ${byWhom}: ${reason}`,
        ),
      ];
      print(options, view, lines.join('\n'));
    });
}

function setCommand(): Command {
  return new Command('set')
    .description('set one rate: preferred to every source as long as it counts')
    .argument('<pair>', 'as USD/CNY: one USD in CNY', aPair)
    .argument('<price>', 'a decimal, as 7.1234', aPrice)
    .requiredOption(...by)
    .option('--for <duration>', 'how long it counts; default 1h', aDuration, usualSource.ageLimitMs)
    .option(...json)
    .action(async (pair: string, price: string, options: Act & { for: number }) => {
      const [base = '', quote = ''] = pair.split('/');
      const realAt = Date.now();
      const table = { realAt, rates: [{ base, quote, price }] };
      await offer(table, options, { kind: 'set', subject: pair, detail: price });
    });
}

function loadCommand(): Command {
  return new Command('load')
    .description('load a table once, as {"asOf": …, "base": "USD", "rates": {"CNY": "7.10"}}')
    .argument('<file>', 'a JSON file')
    .requiredOption(...by)
    .option('--for <duration>', 'how long after asOf it counts; default 1h', aDuration, 3_600_000)
    .option(...json)
    .action(async (file: string, options: Act & { for: number }) => {
      const read = readTable(readFileSync(file, 'utf8'), Date.now());
      if (read.kind === 'wrong') throw new Error(`${file}: ${read.problem}`);
      const detail = `${read.table.rates.length} rates`;
      await offer(read.table, options, { kind: 'load', subject: file, detail });
    });
}

async function offer(
  table: OfferedTable,
  options: Act & { for: number },
  act: { kind: 'set' | 'load'; subject: string; detail: string },
): Promise<void> {
  const judged = await withDatabase(async (database) => {
    const times = await timesOf(database);
    const { jumpLimitBasisPoints } = usualSource;
    const person = { source: operatorSource, byWhom: options.by, rank: operatorRank };
    const offerer = { ...person, ageLimitMs: options.for, jumpLimitBasisPoints };
    const outcome = await offerRates(database, table, offerer, times);
    if (outcome.tooOld !== undefined) throw new Error(outcome.tooOld);
    await writeRateEvent(database, { at: times.now, byWhom: options.by, ...act });
    return outcome;
  });
  const names = (rates: readonly { base: string; quote: string }[]) =>
    rates.map(({ base, quote }) => `${base}/${quote}`);
  const view = { inForce: names(judged.taken), waiting: names(judged.jumped) };
  const text = [
    ...(view.inForce.length === 0 ? [] : [`In force: ${view.inForce.join(', ')}.`]),
    ...(view.waiting.length === 0
      ? []
      : [`Moved too far, another person must approve: ${view.waiting.join(', ')}.`]),
  ];
  print(options, view, text.join('\n'));
}

function approveCommand(): Command {
  return new Command('approve')
    .description('put a rate in force that moved further than its source may')
    .argument('<pair>', 'as it waits: USD/CNY', aPair)
    .requiredOption('--price <price>', 'as it waits: another may have come since', aPrice)
    .option('--within <bp>', 'how far it may have moved since you saw it', basisPoints, 0)
    .requiredOption(...by)
    .option(...json)
    .action(async (pair: string, options: Act & { price: string; within: number }) => {
      const [base = '', quote = ''] = pair.split('/');
      const { price, within: withinBasisPoints } = options;
      const seen = { base, quote, price, withinBasisPoints };
      const outcome = await withDatabase(async (database) =>
        approveRate(database, seen, options.by, await timesOf(database)),
      );
      if (outcome.kind === 'other_price') {
        throw new Error(`${pair}: ${outcome.price} waits by now, not ${price}: look at it first`);
      }
      if (outcome.kind !== 'approved') throw new Error(`${pair}: ${refusals[outcome.kind]}`);
      print(options, { pair, price: outcome.price }, `${pair} is ${outcome.price} now.`);
    });
}

const refusals = {
  nothing_waits: 'nothing waits for approval',
  own_proposal: 'whoever proposed it cannot approve it',
  too_old: 'it has got too old while it waited',
} as const;

function freezeCommand(): Command {
  return new Command('freeze')
    .description('stop new payments of a pair, of a currency, or ALL that change currency')
    .argument('<scope>', 'CNY/MYR (both directions), MYR, or ALL', aScope)
    .requiredOption(...by)
    .requiredOption('--reason <text>', 'why')
    .option(...json)
    .action(async (scope: string, options: Act & { reason: string }) => {
      await withDatabase(async (database) => {
        const { now } = await timesOf(database);
        const { by: byWhom, reason } = options;
        await freezeRates(database, { scope, reason, byWhom, frozenAt: now });
      });
      print(options, { frozen: scope }, `${scope} is frozen. Refunds and cancels go on.`);
    });
}

function thawCommand(): Command {
  return new Command('thaw')
    .description('let new payments go on that were stopped under this name')
    .argument('<scope>', 'as it was frozen', aScope)
    .requiredOption(...by)
    .option(...json)
    .action(async (scope: string, options: Act) => {
      const thawed = await withDatabase(async (database) =>
        thawRates(database, scope, options.by, (await timesOf(database)).now),
      );
      if (!thawed) throw new Error(`${scope} is not frozen under this name`);
      print(options, { thawed: scope }, `${scope} goes on.`);
    });
}

function spreadCommand(): Command {
  return new Command('spread')
    .description('price a pair or a participant from a time on; else its agreement counts')
    .argument('<pair>', "the order's currency, then the wallet's: CNY/MYR, or '*'", aSpreadPair)
    .argument('<bp>', '0 to 9999 basis points', basisPoints)
    .requiredOption(...by)
    .option('--participant <id>', 'for one wallet or acquirer only')
    .option('--from <time>', 'from then on, as 2026-12-01T00:00:00+08:00; default: now', aTime)
    .option(...json)
    .action(
      async (
        pair: string,
        points: number,
        options: Act & { participant?: string; from?: number },
      ) => {
        const { participant = '*', from } = options;
        const spread = await withDatabase(async (database) => {
          const { now } = await timesOf(database);
          if (from !== undefined && from < now)
            throw new Error('a spread is not changed backwards');
          const directory = await readDirectory(database);
          if (participant !== '*' && directory.byId(participant) === undefined) {
            throw new Error(`there is no participant ${participant}`);
          }
          const rule = { pair, participantId: participant, validFrom: from ?? now };
          await writeSpread(database, { ...rule, basisPoints: points }, options.by, now);
          return { ...rule, basisPoints: points };
        });
        const since = new Date(spread.validFrom).toISOString();
        print(options, spread, `${pair} ${participant}: ${points} bp from ${since} on.`);
      },
    );
}

function aPair(text: string): string {
  if (text === '*' || spreadPair(text) === undefined) {
    throw new InvalidArgumentError('two currencies of ISO 4217, as USD/CNY');
  }
  return text;
}

function aSpreadPair(text: string): string {
  const pair = spreadPair(text);
  if (pair === undefined) throw new InvalidArgumentError("two currencies, as CNY/MYR, or '*'");
  return pair;
}

function aPrice(text: string): string {
  const price = plainDecimal(text);
  if (price === undefined) throw new InvalidArgumentError('a positive decimal, as 7.1234');
  return price;
}

function aScope(text: string): string {
  const scope = freezeScope(text);
  if (scope === undefined) throw new InvalidArgumentError('CNY/MYR, MYR or ALL');
  return scope;
}
