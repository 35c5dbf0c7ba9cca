// `wayfare settle`: closing days, and bringing settlement batches from closed to finished.

import { Command, InvalidArgumentError } from 'commander';
import { dateOf } from '../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { readItems } from '../clearing/itemStore.ts';
import { findBatch } from '../clearing/store.ts';
import { readDirectory } from '../network/store.ts';
import { closeAndNet, takeStep } from '../settlement/commands.ts';
import { usualTerms } from '../settlement/netting.ts';
import type { SettlementVerb } from '../settlement/settlement.ts';
import { readTerms, writeTerms } from '../settlement/store.ts';
import { readDay, readSettlement } from '../settlement/viewStore.ts';
import { formatTime } from '../wire/time.ts';
import { aDay, aPerson, aReference, within } from './arguments.ts';
import { amountText, say } from './output.ts';
import { accountCommand, readStatement } from './settleStatement.ts';
import { stepProblem } from './settleWords.ts';
import { withWorld } from './settleWorld.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

interface Signed extends Printed {
  readonly by: string;
}

export function settleCommand(): Command {
  const settle = new Command('settle').description(
    'close clearing days, and settle what participants and the network owe each other',
  );
  settle.addCommand(closeCommand()).addCommand(statusCommand()).addCommand(itemsCommand());
  const verbs = [
    ['check', 'say that a batch is right, as the first of two persons'],
    ['approve', 'let a checked batch be paid, as another person'],
    ['send', 'write down that the order, or the demand, has gone to the bank'],
    ['finish', 'put a confirmed batch away'],
  ] as const;
  for (const [verb, description] of verbs) settle.addCommand(verbCommand(verb, description));
  return settle
    .addCommand(confirmCommand())
    .addCommand(accountCommand())
    .addCommand(termsCommand());
}

function closeCommand(): Command {
  return new Command('close')
    .description('close every day that is over, and make the settlement batches that are due')
    .option('--day <date>', 'up to this clearing day, as 2026-11-22', aDay)
    .option('--by <person>', 'who closes', aPerson, 'operator')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: Signed & { day?: ClearingDay }) => {
      const { clearing, netted } = await withWorld((world) =>
        closeAndNet(world, { through: options.day, by: options.by }),
      );
      if (clearing.kind === 'no_agreements') throw new Error('nobody takes part yet');
      if (clearing.kind === 'too_early') {
        const at = formatTime(clearing.closesAt);
        throw new Error(`${dateOf(clearing.day)} can be closed from ${at} on`);
      }
      const days = clearing.days.map(dateOf);
      const batches = netted.flatMap(({ agreement, netting, batch }) => {
        const { agreementId, currency } = agreement;
        if (batch !== undefined) {
          const { settlementBatchId, amount } = batch;
          const value = String(amount);
          return [{ agreementId, kind: 'settled', settlementBatchId, amount: { currency, value } }];
        }
        if (netting.kind !== 'carried' || netting.amount === 0n) return [];
        const value = String(netting.amount);
        return [{ agreementId, kind: 'carried', amount: { currency, value } }];
      });
      if (options.json) return say(JSON.stringify({ days, batches }));
      say(days.length === 0 ? 'No day was left to close.' : `Closed: ${days.join(' ')}`);
      for (const each of batches) {
        const amount = amountText(each.amount);
        const id = 'settlementBatchId' in each ? each.settlementBatchId : 'carried over';
        say(`${each.agreementId.padEnd(24)}${amount.padStart(24)}  ${id}`);
      }
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('where every agreement stands, and the batches with their steps')
    .option('--day <date>', 'the clearing batches of one closed day instead', aDay)
    .option('--json', 'one JSON object instead of text')
    .action(async (options: Printed & { day?: ClearingDay }) => {
      const { day } = options;
      if (day !== undefined) {
        const view = await withWorld((world) => readDay(world, day));
        if (view === undefined) throw new Error(`${dateOf(day)} is not closed`);
        if (options.json) return say(JSON.stringify(view));
        for (const batch of view.batches) {
          const counts = `${batch.payments.count} payments, ${batch.refunds.count} refunds`;
          say(
            `${batch.clearingBatchId}  ${batch.agreementId.padEnd(24)}${counts.padEnd(30)}` +
              amountText(batch.net).padStart(20),
          );
        }
        return;
      }
      const view = await withWorld(readSettlement);
      if (options.json) return say(JSON.stringify(view));
      say(`Today ${view.today}; open day ${view.openDay ?? '-'}, closes ${view.closesAt ?? '-'}`);
      const heads = ['open', 'cleared', 'in a batch', 'at the banks'];
      const head = heads.map((each) => each.padStart(20)).join('');
      say(`${'agreement'.padEnd(24)}${head}  next settled`);
      say('Minus: owed to the network.');
      for (const each of view.agreements) {
        const { open, cleared, settling, underWay } = each;
        const amounts = [open, cleared, settling, underWay].map((amount) =>
          amountText(amount).padStart(20),
        );
        const known = each.isCalendarKnown ? '' : '  holidays of that year are not known';
        say(`${each.agreementId.padEnd(24)}${amounts.join('')}  ${each.nextDay ?? ''}${known}`);
      }
      for (const batch of view.batches) {
        const found = batch.break === null ? '' : `  ${batch.break.kind}`;
        const amount = amountText(batch.amount).padStart(20);
        const { otherDay, valueDay } = batch;
        const closed = otherDay === null ? '' : `  banks closed on ${valueDay}, next ${otherDay}`;
        say(`${batch.settlementBatchId}  ${batch.state.padEnd(10)}${amount}${found}${closed}`);
      }
    });
}

function itemsCommand(): Command {
  return new Command('items')
    .description('the payments and refunds of a clearing batch, one JSON object a line')
    .argument('<clearingBatchId>', 'as `wayfare settle status --day` names it')
    .action(async (clearingBatchId: string) => {
      await withWorld(async ({ database }) => {
        const batch = await findBatch(database, clearingBatchId);
        if (batch === undefined) throw new Error(`there is no clearing batch ${clearingBatchId}`);
        for await (const items of readItems(database, batch)) {
          const lines = items.map((item) =>
            JSON.stringify(item, (_key, value: unknown) =>
              typeof value === 'bigint' ? String(value) : value,
            ),
          );
          say(lines.join('\n'));
        }
      });
    });
}

function verbCommand(verb: Exclude<SettlementVerb, 'confirm'>, description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<settlementBatchId>', 'as `wayfare settle status` names it')
    .requiredOption('--by <person>', 'who does it', aPerson)
    .option('--json', 'one JSON object instead of text')
    .action((settlementBatchId: string, options: Signed) =>
      step({ settlementBatchId, verb, by: options.by }, options),
    );
}

interface ConfirmOptions extends Signed {
  readonly reference?: string;
  readonly amount?: bigint;
  readonly date?: ClearingDay;
  readonly statement?: string;
  readonly finish?: true;
}

function confirmCommand(): Command {
  return new Command('confirm')
    .description("book the bank's word on batches that were sent: its statement, or one line of it")
    .argument('[settlementBatchId]', 'for one line: as `wayfare settle status` names it')
    .requiredOption('--by <person>', 'who does it', aPerson)
    .option('--statement <file>', 'camt.053 or camt.054 of the bank; every line finds its batch')
    .option('--finish', 'with --statement: put away what it confirms')
    .option('--reference <text>', "one line: the bank's own reference of it", aReference)
    .option('--amount <minor>', 'one line: minor units; negative: it came to the network', minor)
    .option('--date <date>', 'one line: the value date; default: today', aDay)
    .option('--json', 'one JSON object instead of text')
    .action(async (settlementBatchId: string | undefined, options: ConfirmOptions) => {
      const { by, reference: bankReference, amount, date, statement, finish } = options;
      if (statement !== undefined) {
        return readStatement(statement, { by, finish: finish === true, json: options.json });
      }
      if (settlementBatchId === undefined || bankReference === undefined || amount === undefined) {
        throw new Error('either --statement, or a batch with --reference and --amount');
      }
      await step({ settlementBatchId, verb: 'confirm', by }, options, (today) => ({
        bankReference,
        amount,
        valueDay: date ?? today,
      }));
    });
}

type EntryOf = (today: ClearingDay) => {
  readonly bankReference: string;
  readonly amount: bigint;
  readonly valueDay: ClearingDay;
};

async function step(
  request: {
    readonly settlementBatchId: string;
    readonly verb: SettlementVerb;
    readonly by: string;
  },
  options: Printed,
  entryOf?: EntryOf,
): Promise<void> {
  const reply = await withWorld((world) =>
    takeStep(world, { ...request, entry: entryOf?.(clearingDayOf(world.clock.now())) }),
  );
  const problem = stepProblem(reply);
  if (problem !== undefined && reply.kind !== 'differs') throw new Error(problem);
  const view = { settlementBatchId: request.settlementBatchId, ...reply };
  const json = JSON.stringify(view, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const state = 'state' in reply ? reply.state : '';
  say(options.json ? json : (problem ?? `${request.settlementBatchId} is ${state}.`));
}

interface TermsOptions extends Printed {
  readonly partner: string;
  readonly days?: number;
  readonly minimum?: bigint;
}

function termsCommand(): Command {
  return new Command('terms')
    .description('how a participant is settled; what is not said stays as it was agreed')
    .requiredOption('--partner <id>', 'the participant')
    .option('--days <count>', 'T+n: working days after the clearing day, 1 to 30', within(1, 30))
    .option('--minimum <minor>', 'less than this waits for more, in minor units', minor)
    .option('--json', 'one JSON object instead of text')
    .action(async ({ partner, days, minimum, json }: TermsOptions) => {
      const terms = await withDatabase(async (database) => {
        const known = (await readDirectory(database)).byId(partner);
        if (known === undefined) throw new Error(`there is no participant ${partner}`);
        const before = (await readTerms(database)).get(partner) ?? usualTerms;
        const after = {
          daysAfter: days ?? before.daysAfter,
          minimumAmount: minimum ?? before.minimumAmount,
        };
        if (after.minimumAmount < 0n) throw new Error('a minimum is not negative');
        if (days !== undefined || minimum !== undefined) await writeTerms(database, partner, after);
        return { participantId: partner, currency: known.currency, ...after };
      });
      const minimumAmount = String(terms.minimumAmount);
      const text = `${partner}: T+${terms.daysAfter}, minimum ${minimumAmount} ${terms.currency}`;
      say(json ? JSON.stringify({ ...terms, minimumAmount }) : text);
    });
}

function minor(text: string): bigint {
  if (!/^-?[0-9]{1,18}$/.test(text)) throw new InvalidArgumentError('minor units, digits only');
  return BigInt(text);
}
