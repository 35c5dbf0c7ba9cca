// `wayfare reconcile`: a partner's own file against a day's items, and what becomes of breaks.

import { tmpdir } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { decimalText, money } from '../money/money.ts';
import { readLanes } from '../network/store.ts';
import { type ReconcileWorld, reconcile } from '../reconciliation/commands.ts';
import {
  type BreakVerb,
  type Cause,
  causes,
  type Proposal,
  proposals,
} from '../reconciliation/reconciliation.ts';
import { type BreakReply, workOnBreak } from '../reconciliation/resolveCommands.ts';
import { readOneBreak, readReconciliation } from '../reconciliation/viewStore.ts';
import { aDay, aPerson, aTime } from './arguments.ts';
import { networkClock } from './clock.ts';
import { say } from './output.ts';
import { loadMapping, openPartnerFile } from './partnerFile.ts';
import { stepProblem } from './settleWords.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

interface Signed extends Printed {
  readonly by: string;
}

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description("compare partners' own files with the network's items, and end the differences")
    .addCommand(runCommand())
    .addCommand(breaksCommand())
    .addCommand(assignCommand())
    .addCommand(resolveCommand())
    .addCommand(approveCommand())
    .addCommand(rejectCommand());
}

interface RunOptions extends Signed {
  readonly agreement: string;
  readonly day: ClearingDay;
  readonly mapping?: string;
}

function runCommand(): Command {
  return new Command('run')
    .description('compare a CSV file of a partner with its items of a closed day')
    .argument('<file>', 'UTF-8, a heading and a line each')
    .requiredOption('--agreement <id>', 'whose file it is, as TNG-MYR')
    .requiredOption('--day <date>', 'the clearing day, as 2026-11-22', aDay)
    .option('--mapping <file>', 'JSON that says which columns are theirs; default: our own')
    .option('--by <person>', 'who compares', aPerson, 'operator')
    .option('--json', 'one JSON object instead of text')
    .action(async (name: string, options: RunOptions) => {
      const mapping = loadMapping(options.mapping);
      const file = await openPartnerFile(name, mapping);
      const { agreement: agreementId, day, by } = options;
      const reply = await withWorld((world) =>
        reconcile(world, { agreementId, day, file, mapping, by }),
      );
      switch (reply.kind) {
        case 'no_such_agreement':
          throw new Error(`there is no agreement ${agreementId}`);
        case 'not_closed':
          throw new Error(`${dateOf(day)} is not closed for ${agreementId}`);
        case 'unusable':
          throw new Error(`${name}: ${reply.problem}`);
        default: {
          const { runId, lines, items, matched, found, digest } = reply.run;
          const isNew = reply.kind === 'compared';
          const view = { runId, isNew, digest, lines, items, matched, found };
          if (options.json) return say(JSON.stringify(view));
          const kinds = Object.entries(found).map(([kind, count]) => `${kind} ${count}`);
          say(`${runId}${isNew ? '' : ' (compared before)'}: ${lines} lines, ${items} items`);
          say(`matched ${matched}; ${kinds.length === 0 ? 'no breaks' : kinds.join(', ')}`);
        }
      }
    });
}

function breaksCommand(): Command {
  return new Command('breaks')
    .description('files that were compared, open breaks by age, and the breaks')
    .option('--resolved', 'the breaks at rest instead of the open ones')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: Printed & { resolved?: true }) => {
      const group = options.resolved ? 'resolved' : 'open';
      const view = await withWorld((world) => readReconciliation(world, group));
      if (options.json) return say(JSON.stringify(view));
      say(view.ages.map(({ age, count }) => `${age} ${count}`).join('  '));
      for (const each of view.breaks) {
        const amounts = [each.ours, each.theirs, each.difference].map((amount) =>
          (amount === null
            ? '-'
            : `${decimalText(money(amount.currency, BigInt(amount.value)))} ${amount.currency}`
          ).padStart(18),
        );
        const who = `${each.agreementId.padEnd(20)} ${each.day}  ${each.kind.padEnd(17)}`;
        say(`${each.breakId}  ${who}${amounts.join('')}  ${each.id}  ${each.resolution ?? ''}`);
        if (each.state === 'PROPOSED') say(`  ${proposalText(each)}`);
      }
    });
}

const breakArgument = ['<breakId>', 'as `wayfare reconcile breaks` names it'] as const;

function assignCommand(): Command {
  return new Command('assign')
    .description('say who looks after a break')
    .argument(...breakArgument)
    .requiredOption('--to <person>', 'who does', aPerson)
    .option('--by <person>', 'who says so', aPerson, 'operator')
    .option('--json', 'one JSON object instead of text')
    .action((breakId: string, options: Signed & { to: string }) =>
      work(breakId, options, { verb: 'assign', owner: options.to }),
    );
}

interface ResolveOptions extends Signed {
  readonly how: Proposal;
  readonly cause: Cause;
  readonly note: string;
  readonly batch?: string;
}

function resolveCommand(): Command {
  return new Command('resolve')
    .description('propose how a break ends, as the first of two persons')
    .argument(...breakArgument)
    .addOption(new Option('--how <way>', 'how').choices(proposals).makeOptionMandatory())
    .addOption(new Option('--cause <whose>', 'whose mistake').choices(causes).default('unknown'))
    .requiredOption('--note <text>', 'why, in words', aNote)
    .option('--batch <id>', 'with --how booked: the settlement batch that a bank line is for')
    .requiredOption('--by <person>', 'who proposes', aPerson)
    .option('--json', 'one JSON object instead of text')
    .action((breakId: string, options: ResolveOptions) => {
      const { how, cause, note, batch: settlementBatchId } = options;
      return work(breakId, options, { verb: 'propose', how, cause, note, settlementBatchId });
    });
}

interface ApproveOptions extends Signed {
  readonly proposedAt: number;
}

/** It names the proposal that its person saw: another may stand there by now. */
function approveCommand(): Command {
  return new Command('approve')
    .description('end a break as proposed, as another person')
    .argument(...breakArgument)
    .requiredOption('--proposed-at <time>', 'which proposal: `breaks` says when it was made', aTime)
    .requiredOption('--by <person>', 'who does it', aPerson)
    .option('--json', 'one JSON object instead of text')
    .action((breakId: string, { proposedAt, ...options }: ApproveOptions) =>
      work(breakId, options, { verb: 'approve', proposedAt }),
    );
}

function rejectCommand(): Command {
  return new Command('reject')
    .description('put a proposal back: the break is open again')
    .argument(...breakArgument)
    .requiredOption('--by <person>', 'who does it', aPerson)
    .option('--json', 'one JSON object instead of text')
    .action((breakId: string, options: Signed) => work(breakId, options, { verb: 'reject' }));
}

type BreakView = NonNullable<Awaited<ReturnType<typeof readOneBreak>>>;

/** All that a second person approves, with the words that approve it. */
function proposalText(each: Omit<BreakView, 'bookableFor'>): string {
  const batch = each.settlementBatchId === null ? '' : ` for ${each.settlementBatchId}`;
  const whose = `${each.resolution}${batch}, cause ${each.cause}: ${each.note}`;
  return `${each.proposedBy} proposed ${whose}  --proposed-at ${each.proposedAt}`;
}

async function work(breakId: string, options: Signed, wanted: BreakVerb): Promise<void> {
  const view = await withWorld(async (world) => {
    const reply = await workOnBreak(world, { breakId, by: options.by, wanted });
    const problem = problemOf(reply);
    if (problem !== undefined) throw new Error(problem);
    return readOneBreak(world, breakId);
  });
  if (options.json) return say(JSON.stringify(view));
  say(`${breakId} is ${view?.state}.`);
  if (view?.state === 'PROPOSED') say(proposalText(view));
}

/** Why nothing was done, in words; undefined where it was. */
function problemOf(reply: BreakReply): string | undefined {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return undefined;
    case 'wrong_state':
      return `the break is ${reply.state}`;
    case 'same_person':
      return `${reply.by} has proposed it: another person must approve it`;
    case 'other_proposal': {
      const at = new Date(reply.proposedAt).toISOString();
      return `another end stands there now, which ${reply.by} proposed ${at}: look at it first`;
    }
    case 'nothing_to_write_off':
      return 'the two sides do not differ by an amount that could be written off';
    case 'nothing_to_book':
      return 'only a line of the bank is booked, and for a batch: --batch';
    case 'not_booked':
      return stepProblem(reply.reply);
    case 'no_such_break':
      return 'there is no break of this id';
  }
}

/** The network as reconciling sees it, from the command line. */
async function withWorld<T>(task: (world: ReconcileWorld) => Promise<T>): Promise<T> {
  return withDatabase(async (database) => {
    const clock = await networkClock(database);
    const lanes = (await readLanes(database)) ?? 0;
    return task({ database, clock, lanes, directory: tmpdir() });
  });
}

function aNote(text: string): string {
  const note = text.trim();
  if (note === '' || note.length > 500) throw new InvalidArgumentError('1 to 500 letters');
  return note;
}
