// `wayfare ledger`: the trial balance at any moment, and what an account has moved by.

import { Command } from 'commander';
import { readPage } from '../explorer/statementCommands.ts';
import { type ExplorerWorld, keepMarks, trialAt, trialNow } from '../explorer/trialCommands.ts';
import { accountNames, findAccount, pageView, trialView } from '../explorer/view.ts';
import { formatTime } from '../wire/time.ts';
import { aTime, within } from './arguments.ts';
import { networkClock } from './clock.ts';
import { amountText, say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

export function ledgerCommand(): Command {
  return new Command('ledger')
    .description('what every account stands at, now or at any moment, and how it came to that')
    .addCommand(trialCommand())
    .addCommand(accountCommand());
}

function trialCommand(): Command {
  return new Command('trial-balance')
    .description('every account and the sum of each currency; exit code 1 unless all are zero')
    .option('--at <time>', 'what is dated before it, as 2026-11-22T18:00:00+08:00', aTime)
    .option('--json', 'one JSON object instead of text')
    .action(async ({ at, json }: { at?: number; json?: true }) => {
      const view = await withWorld(async (world) => {
        const now = world.clock.now();
        if (at === undefined) return trialView(await trialNow(world), now);
        await keepMarks(world);
        const outcome = await trialAt(world, at, Number.POSITIVE_INFINITY);
        if (outcome.kind !== 'read') throw new Error('that moment has not come yet');
        return trialView(outcome.trial, now);
      });
      if (!view.isBalanced) process.exitCode = 1;
      if (json) return say(JSON.stringify(view));
      for (const { name, balance } of view.accounts) {
        if (balance.value !== '0') say(`${name.padEnd(36)}${amountText(balance).padStart(24)}`);
      }
      say('Plus: a debit balance; minus: a credit balance.');
      for (const { currency, difference } of view.currencies) {
        const isZero = difference.value === '0';
        say(`${currency}  ${isZero ? 'sums to zero' : `DIFFERS BY ${amountText(difference)}`}`);
      }
    });
}

interface AccountOptions {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly json?: true;
}

function accountCommand(): Command {
  return new Command('account')
    .description('the last movements of an account, the newest first')
    .argument('<name>', 'as position:TNG:MYR')
    .option('--from <time>', 'not what is dated before it', aTime)
    .option('--to <time>', 'only what is dated before it', aTime)
    .option('--limit <count>', 'how many, to 10000', within(1, 10_000), 50)
    .option('--json', 'one JSON object instead of text')
    .action(async (name: string, { from, to, limit, json }: AccountOptions) => {
      const view = await withWorld(async (world) => {
        const account = await findAccount(world, name);
        if (account === undefined) throw new Error(`there is no account ${name}`);
        let lines: ReturnType<typeof pageView>['lines'] = [];
        // What is far back is found page by page.
        for (let cursor: Parameters<typeof readPage>[1]['cursor']; ; ) {
          const request = { account, from, to, cursor, most: limit - lines.length };
          const outcome = await readPage(world, request);
          if (outcome.kind === 'in_future') throw new Error('that moment has not come yet');
          if (outcome.kind === 'too_much') throw new Error('too much to read; close the day first');
          const { page } = outcome;
          const found = pageView(account, page, await accountNames(world));
          lines = [...lines, ...found.lines];
          if (page.next === null || lines.length >= limit) return { ...found, lines };
          cursor = page.next;
        }
      });
      if (json) return say(JSON.stringify(view));
      for (const line of view.lines) {
        const sign = line.side === 'debit' ? '+' : '-';
        const amount = `${sign}${amountText(line.amount)}`;
        const balance = amountText(line.balance).padStart(20);
        const at = formatTime(Date.parse(line.at));
        say(`${at}  ${amount.padStart(20)}${balance}  ${line.reason}`);
      }
    });
}

/** The books as the explorer sees them, from the command line. */
async function withWorld<T>(work: (world: ExplorerWorld) => Promise<T>): Promise<T> {
  return withDatabase(async (database) => {
    return work({ database, clock: await networkClock(database) });
  });
}
