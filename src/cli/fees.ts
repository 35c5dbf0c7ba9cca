// `wayfare fees`: the rules in force and to come, why a fee is what it is, what other rules would
// have come to, and how a set of rules is put in force by two persons.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Database } from '../base/world.ts';
import { scopeText } from '../fees/explain.ts';
import type { FeeRule } from '../fees/feeRules.ts';
import { readFeeRules } from '../fees/readFeeRules.ts';
import {
  approveFeeSet,
  type FeeSetOutcome,
  feeBookFrom,
  feeNoticeMs,
  proposeFeeSet,
  readFeeSets,
  stateOfSet,
  withdrawFeeSet,
} from '../fees/store.ts';
import { readDirectory } from '../network/store.ts';
import { formatTime } from '../wire/time.ts';
import { aPerson } from './arguments.ts';
import { networkNow } from './clock.ts';
import { durationText } from './duration.ts';
import { explainCommand } from './feesExplain.ts';
import { simulateCommand } from './feesSimulate.ts';
import { bigintText, say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

const json = ['--json', 'one JSON object instead of text'] as const;

export function feesCommand(): Command {
  return new Command('fees')
    .description('fees by dated rules: in force, explained, tried on past payments, activated')
    .addCommand(listCommand())
    .addCommand(explainCommand())
    .addCommand(simulateCommand())
    .addCommand(activateCommand())
    .addCommand(withdrawCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('every set of rules with its state, and the rates of the agreements')
    .option(...json)
    .action(async (options: Printed) => {
      const view = await withDatabase(async (database) => {
        const [sets, directory, now] = await Promise.all([
          readFeeSets(database),
          readDirectory(database),
          networkNow(database),
        ]);
        const inForce = feeBookFrom(sets).setAt(now)?.version ?? null;
        return {
          inForce,
          sets: sets.map((stored) => ({
            version: stored.set.version,
            state: stateOfSet(stored),
            effectiveFrom: formatTime(stored.set.effectiveFrom),
            proposedBy: stored.proposedBy,
            approvedBy: stored.approvedBy,
            withdrawnBy: stored.withdrawnBy,
            rules: stored.set.rules,
          })),
          agreements: directory.participants.map((each) => ({
            participantId: each.participantId,
            role: each.role,
            serviceFeeBasisPoints: each.serviceFeeBasisPoints,
            interchangeBasisPoints: each.role === 'acquirer' ? each.interchangeBasisPoints : null,
          })),
        };
      });
      if (options.json) return say(JSON.stringify(view, bigintText));
      for (const { version, state, effectiveFrom, rules, ...set } of view.sets) {
        const word = version === view.inForce ? 'in force' : state;
        const persons = `proposed by ${set.proposedBy}, approved by ${set.approvedBy ?? 'nobody'}`;
        say(`${version}  ${word} from ${effectiveFrom}, ${persons}`);
        for (const rule of rules) say(`  ${ruleText(rule)}`);
      }
      say('Where no rule says otherwise:');
      for (const each of view.agreements) {
        const interchange =
          each.interchangeBasisPoints === null
            ? ''
            : `, interchange ${each.interchangeBasisPoints} bp`;
        say(`  ${each.participantId}: service fee ${each.serviceFeeBasisPoints} bp${interchange}`);
      }
    });
}

function ruleText(rule: FeeRule): string {
  const bounds = [
    rule.minimum === 0n ? '' : `, at least ${rule.minimum}`,
    rule.maximum === null ? '' : `, at most ${rule.maximum}`,
  ].join('');
  const rate = `${rule.basisPoints} bp${bounds}${bounds === '' ? '' : ' minor units'}`;
  return `${rule.ruleId.padEnd(20)}${rule.fee.padEnd(22)}${scopeText(rule)}: ${rate}`;
}

interface ActivateOptions extends Printed {
  readonly file?: string;
  readonly approve?: string;
  readonly by: string;
}

function activateCommand(): Command {
  return new Command('activate')
    .description('propose a set of rules, or approve the one that somebody else proposed')
    .option('--file <file>', 'the rules to propose, a JSON file')
    .option('--approve <version>', 'the proposed set to approve, as another person')
    .requiredOption('--by <name>', 'who does it: kept for ever', aPerson)
    .option(...json)
    .action(async (options: ActivateOptions) => {
      const { file, approve, by: byWhom } = options;
      if ((file === undefined) === (approve === undefined)) {
        throw new Error('say what to propose with --file, or what to approve with --approve');
      }
      const outcome = await withDatabase(async (database) => {
        const act = { byWhom, now: await networkNow(database) };
        if (file === undefined) return approveFeeSet(database, approve ?? '', act);
        const { set, text } = readFeeFile(file);
        const strangers = await strangersIn(database, set.rules);
        if (strangers !== undefined) throw new Error(`${file}: ${strangers}`);
        return proposeFeeSet(database, set, text, act);
      });
      const { version, effectiveFrom } = doneOrThrow(outcome);
      const from = formatTime(effectiveFrom);
      const state = file === undefined ? 'approved' : 'proposed';
      const text =
        state === 'approved'
          ? `${version} is approved and in force from ${from} on.`
          : `${version} is proposed from ${from} on; another person must approve it.`;
      say(options.json ? JSON.stringify({ version, state, effectiveFrom: from }) : text);
    });
}

function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('take back a proposed set that nobody has approved yet')
    .argument('<version>', 'as `wayfare fees list` names it')
    .requiredOption('--by <name>', 'who does it: kept for ever', aPerson)
    .option(...json)
    .action(async (version: string, options: Printed & { readonly by: string }) => {
      const outcome = await withDatabase(async (database) =>
        withdrawFeeSet(database, version, { byWhom: options.by, now: await networkNow(database) }),
      );
      doneOrThrow(outcome);
      const view = { version, state: 'withdrawn' };
      say(options.json ? JSON.stringify(view) : `${version} is withdrawn.`);
    });
}

const refusals = {
  unknown: 'there is no such set',
  known_version: 'a set of this version is there already: give it another',
  too_late: `it begins too early: a set is approved at least ${durationText(feeNoticeMs)} before`,
  own_proposal: 'whoever proposed it cannot approve it',
  already_approved: 'it is approved already',
  already_withdrawn: 'it was withdrawn',
} as const;

function doneOrThrow(outcome: FeeSetOutcome) {
  if (outcome.kind !== 'done') throw new Error(refusals[outcome.kind]);
  return outcome.set;
}

/** Reads a file of rules. Throws a sentence for the operator when it is wrong. */
function readFeeFile(file: string) {
  const text = readFileSync(file, 'utf8');
  const reading = readFeeRules(text);
  if (!reading.ok) throw new Error(`${file}: ${reading.problem}`);
  return { set: reading.set, text };
}

/** A participant that a rule names and nobody knows would make the rule one of nothing. */
async function strangersIn(
  database: Database,
  rules: readonly FeeRule[],
): Promise<string | undefined> {
  const directory = await readDirectory(database);
  for (const { ruleId, wallet, acquirer } of rules) {
    if (wallet !== null && directory.byId(wallet)?.role !== 'wallet') {
      return `the rule ${ruleId} names ${wallet}, which is no wallet`;
    }
    if (acquirer !== null && directory.byId(acquirer)?.role !== 'acquirer') {
      return `the rule ${ruleId} names ${acquirer}, which is no acquirer`;
    }
  }
  return undefined;
}
