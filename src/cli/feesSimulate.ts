// `wayfare fees simulate`: what new rules would have come to on the payments of past days.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import { FeeBook } from '../fees/feeRules.ts';
import { readFeeRules } from '../fees/readFeeRules.ts';
import { type FeeComparison, FeeReplay, type WasAndWould } from '../fees/replay.ts';
import { readPaid } from '../fees/replayStore.ts';
import { decimalText, money } from '../money/money.ts';
import { readDirectory } from '../network/store.ts';
import { feeTermsAt } from '../payments/fees.ts';
import { aDay } from './arguments.ts';
import { bigintText, say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface SimulateOptions {
  readonly file: string;
  readonly from: ClearingDay;
  readonly to: ClearingDay;
  readonly json?: true;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('what new rules would have come to on past payments; nothing is changed')
    .requiredOption('--file <file>', 'the rules to try, a JSON file')
    .requiredOption('--from <date>', 'the first clearing day, as 2026-11-01', aDay)
    .requiredOption('--to <date>', 'the last clearing day', aDay)
    .option('--json', 'one JSON object instead of text')
    .action(async ({ file, from, to, json }: SimulateOptions) => {
      if (to < from) throw new Error('the last day is before the first');
      const reading = readFeeRules(readFileSync(file, 'utf8'));
      if (!reading.ok) throw new Error(`${file}: ${reading.problem}`);
      const { set } = reading;
      const compared = await withDatabase(async (database) => {
        const directory = await readDirectory(database);
        const rules = { directory, feeBook: new FeeBook([set]) };
        const replay = new FeeReplay((about) => feeTermsAt(rules, about, set.effectiveFrom));
        const end = beginningOf(to + 1);
        for await (const paid of readPaid(database, beginningOf(from), end)) {
          for (const each of paid) replay.add(each);
        }
        return replay.result();
      });
      const view = { version: set.version, ...compared };
      if (json) return say(JSON.stringify(view, bigintText));
      printed(set.version, compared);
    });
}

function printed(version: string, { payments, lines, network, rules }: FeeComparison): void {
  say(`${payments} payments; each line: was, would have been under ${version}, difference.`);
  for (const { currency, ...sum } of network) {
    say(`network earns service fees ${sumText(currency, sum)}`);
  }
  for (const { participantId, role, currency, serviceFee, interchange } of lines) {
    const verb = role === 'wallet' ? 'is given' : 'pays';
    say(`${participantId} pays service fees ${sumText(currency, serviceFee)}`);
    say(`${participantId} ${verb} interchange ${sumText(currency, interchange)}`);
  }
  for (const rule of rules) {
    say(`${rule.payments} fees by ${rule.ruleId === null ? 'the agreements' : rule.ruleId}`);
  }
}

function sumText(currency: string, { was, would }: WasAndWould): string {
  const text = (minor: bigint) => decimalText(money(currency, minor));
  const more = would - was;
  return `${text(was)} ${text(would)} ${more > 0n ? '+' : ''}${text(more)} ${currency}`;
}
