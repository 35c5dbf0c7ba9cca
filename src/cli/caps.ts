// `wayfare caps`: what wallets may owe and owe, deposits and caps changed by two persons, alerts.

import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '../base/world.ts';
import { readLevels } from '../caps/alerts.ts';
import type { CapChange, DecisionVerb, Proposal } from '../caps/caps.ts';
import { type CapWorld, decideChange, proposeChange } from '../caps/commands.ts';
import { readStandings } from '../caps/store.ts';
import { changeView } from '../caps/view.ts';
import { readCapHistory, readCaps } from '../caps/viewStore.ts';
import { writeLevels } from '../caps/watchStore.ts';
import { readLanes } from '../network/store.ts';
import { formatTime } from '../wire/time.ts';
import { aCap, aPerson, aReference, aTime, within } from './arguments.ts';
import { decisionProblem, proposalProblem } from './capWords.ts';
import { networkNow } from './clock.ts';
import { amountText, say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

interface Proposed extends Printed {
  readonly wallet: string;
  readonly by: string;
  readonly note?: string;
}

const json = ['--json', 'one JSON object instead of text'] as const;

export function capsCommand(): Command {
  return new Command('caps')
    .description('what wallets may owe: caps, deposits, alerts; changed by two persons')
    .addCommand(listCommand())
    .addCommand(movementCommand('top-up', 'propose that a deposit grew by what the bank received'))
    .addCommand(movementCommand('withdraw', 'propose that a part of a deposit is paid back'))
    .addCommand(setCommand())
    .addCommand(decisionCommand('approve', 'let a proposal come true, as another person'))
    .addCommand(decisionCommand('reject', 'refuse a proposal, or take back your own'))
    .addCommand(changesCommand())
    .addCommand(alertsCommand())
    .addCommand(levelsCommand())
    .addCommand(historyCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('every wallet: cap, deposit, what it owes and how much is left')
    .option(...json)
    .action(async (options: Printed) => {
      const { wallets, usualLevels } = await withDatabase(readCaps);
      if (options.json) return say(JSON.stringify({ usualLevels, wallets }));
      const heads = ['cap', 'deposit', 'owed', 'left'];
      say(`${'wallet'.padEnd(20)}${heads.map((head) => head.padStart(18)).join('')}   used`);
      for (const each of wallets) {
        const amounts = [each.cap, each.deposit, each.owed, each.left].map((amount) =>
          (amount === null ? 'no limit' : amountText(amount)).padStart(18),
        );
        const used = each.usedBasisPoints;
        const part = used === null ? '' : `${(used / 100).toFixed(1)} %`.padStart(9);
        const level = each.reached.at(-1);
        const alert = level === undefined ? '' : `  over ${level} %`;
        say(`${each.participantId.padEnd(20)}${amounts.join('')}${part}${alert}`);
      }
    });
}

interface MovementOptions extends Proposed {
  readonly amount: bigint;
  readonly reference: string;
}

function movementCommand(name: 'top-up' | 'withdraw', description: string): Command {
  const kind = name === 'top-up' ? 'top_up' : 'withdrawal';
  return new Command(name)
    .description(description)
    .requiredOption('--wallet <id>', 'the wallet whose deposit it is')
    .requiredOption('--amount <minor>', 'in minor units of its currency', aMovement)
    .requiredOption('--reference <text>', "the bank's reference; it counts once", aReference)
    .requiredOption('--by <person>', 'who proposes it', aPerson)
    .option('--note <text>', 'why, for whoever approves', aNote)
    .option(...json)
    .action(({ wallet, amount, reference, by, note, ...options }: MovementOptions) =>
      propose({ kind, participantId: wallet, amount, bankReference: reference, by, note }, options),
    );
}

interface SetOptions extends Proposed {
  readonly cap?: bigint;
  readonly unlimited?: true;
  readonly from?: number;
}

function setCommand(): Command {
  return new Command('set')
    .description('propose another cap, from its approval on or from a later time')
    .requiredOption('--wallet <id>', 'the wallet')
    .option('--cap <minor>', 'the most it may owe beside its deposit, in minor units', aCap)
    .option('--unlimited', 'no cap at all')
    .option('--from <time>', 'from when on, as 2026-12-01T00:00:00+08:00', aTime)
    .requiredOption('--by <person>', 'who proposes it', aPerson)
    .option('--note <text>', 'why, for whoever approves', aNote)
    .option(...json)
    .action(async ({ wallet, cap, unlimited, from, by, note, ...options }: SetOptions) => {
      if ((cap === undefined) === (unlimited === undefined)) {
        throw new Error('say the cap with --cap, or that there is none with --unlimited');
      }
      const proposal = { kind: 'cap', participantId: wallet, by, note } as const;
      await propose({ ...proposal, amount: cap ?? null, effectiveAt: from }, options);
    });
}

async function propose(proposal: Proposal, options: Printed): Promise<void> {
  const reply = await withWorld((world) => proposeChange(world, proposal));
  if (!('change' in reply)) throw new Error(proposalProblem(reply));
  tell(reply.change, options);
}

function decisionCommand(verb: DecisionVerb, description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<changeId>', 'as `wayfare caps changes` names it')
    .requiredOption('--by <person>', 'who does it', aPerson)
    .option(...json)
    .action(async (changeId: string, { by, ...options }: Printed & { readonly by: string }) => {
      const reply = await withWorld((world) => decideChange(world, { changeId, verb, by }));
      if (!('change' in reply)) throw new Error(decisionProblem(reply));
      tell(reply.change, options);
    });
}

function tell(change: CapChange, options: Printed): void {
  const view = changeView(change, []);
  say(options.json ? JSON.stringify(view) : changeText(view));
}

type ChangeView = ReturnType<typeof changeView>;

function changeText(change: ChangeView): string {
  const amount = change.amount === null ? 'no limit' : amountText(change.amount);
  const from = change.effectiveAt === null ? '' : ` from ${networkTime(change.effectiveAt)}`;
  const bank = change.bankReference === null ? '' : `, bank ${change.bankReference}`;
  const decided = change.decidedBy === null ? '' : `, decided by ${change.decidedBy}`;
  return (
    `${change.changeId}  ${change.state.padEnd(9)}${change.participantId} ${change.kind} ` +
    `${amount}${from}${bank}: proposed by ${change.proposedBy}${decided}`
  );
}

function changesCommand(): Command {
  return new Command('changes')
    .description('what was proposed and decided; what waits for somebody comes first')
    .option(...json)
    .action(async (options: Printed) => {
      const { changes } = await withDatabase(readCaps);
      if (options.json) return say(JSON.stringify({ changes }));
      for (const change of changes) say(changeText(change));
    });
}

function alertsCommand(): Command {
  return new Command('alerts')
    .description('levels that were reached, with when and how much, and when they fell back')
    .option('--open', 'only those that stand')
    .option(...json)
    .action(async (options: Printed & { readonly open?: true }) => {
      const view = await withDatabase(readCaps);
      const alerts = view.alerts.filter(({ easedAt }) => !options.open || easedAt === null);
      if (options.json) return say(JSON.stringify({ alerts }));
      if (alerts.length === 0) say(options.open ? 'No alert stands.' : 'There was no alert yet.');
      for (const alert of alerts) {
        const { participantId, level, raisedAt, raisedOwed, raisedMost, easedAt } = alert;
        const sums = `${amountText(raisedOwed)} of ${amountText(raisedMost)}`;
        const end = easedAt === null ? 'stands' : `fell back ${networkTime(easedAt)}`;
        const head = `${participantId.padEnd(20)}${`${level} %`.padStart(6)}`;
        say(`${head}  ${networkTime(raisedAt)}  ${sums}  ${end}`);
      }
    });
}

interface LevelOptions extends Printed {
  readonly wallet?: string;
  readonly set?: readonly number[];
}

function levelsCommand(): Command {
  return new Command('levels')
    .description('the levels at which alerts are raised, in per cent of what a wallet may owe')
    .option('--wallet <id>', 'a wallet that has its own; without it those of everybody else')
    .option('--set <list>', 'as 50,80,95', someLevels)
    .option(...json)
    .action(async ({ wallet, set, json: printed }: LevelOptions) => {
      const view = await withDatabase(async (database) => {
        const standings = await readStandings(database);
        const isKnown = standings.some(({ participantId }) => participantId === wallet);
        if (wallet !== undefined && !isKnown) throw new Error(`there is no wallet ${wallet}`);
        if (set !== undefined) await writeLevels(database, wallet, set);
        const { usualLevels, wallets } = await readCaps(database);
        const found = wallets.find(({ participantId }) => participantId === wallet);
        return { wallet: wallet ?? null, levels: found?.levels ?? usualLevels };
      });
      const of = wallet ?? 'usually';
      say(printed ? JSON.stringify(view) : `${of}: ${view.levels.join(' %, ')} %`);
    });
}

function historyCommand(): Command {
  return new Command('history')
    .description('how a wallet stood: the most it owed within ten minutes each')
    .requiredOption('--wallet <id>', 'the wallet')
    .option('--hours <count>', 'how far back', within(1, 2_400), 24)
    .option(...json)
    .action(async ({ wallet, hours, ...options }: Printed & { wallet: string; hours: number }) => {
      const view = await withDatabase(async (database) => {
        const to = await networkNow(database);
        return readCapHistory(database, wallet, { from: to - hours * 3_600_000, to });
      });
      if (view === undefined) throw new Error(`there is no wallet ${wallet}`);
      if (options.json) return say(JSON.stringify(view));
      const { currency } = view;
      for (const { at, owed, mayOwe } of view.points) {
        const most = mayOwe === null ? 'no limit' : amountText({ currency, value: mayOwe });
        say(`${networkTime(at)}  ${amountText({ currency, value: owed }).padStart(18)} of ${most}`);
      }
    });
}

/** The network as changes of caps see it, from the command line. */
function withWorld<T>(work: (world: CapWorld) => Promise<T>): Promise<T> {
  return withDatabase(async (database: Database) => {
    // A command lasts a moment: the network's time when it began is near enough.
    const now = await networkNow(database);
    return work({ database, clock: { now: () => now }, lanes: (await readLanes(database)) ?? 0 });
  });
}

const networkTime = (iso: string) => formatTime(Date.parse(iso));

function aMovement(text: string): bigint {
  if (!/^[1-9][0-9]{0,17}$/.test(text)) {
    throw new InvalidArgumentError('minor units, digits only, not 0');
  }
  return BigInt(text);
}

function aNote(text: string): string {
  if (text.length > 200) throw new InvalidArgumentError('to 200 letters');
  return text.trim();
}

function someLevels(text: string): readonly number[] {
  const levels = readLevels(text);
  if (levels === undefined) throw new InvalidArgumentError('1 to 100, rising, ten at most');
  return levels;
}
