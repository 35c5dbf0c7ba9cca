// What a story can do with deposits and caps: propose and approve them in one line, by two persons.

import type { Proposal } from '../../src/caps/caps.ts';
import { type CapWorld, decideChange, proposeChange } from '../../src/caps/commands.ts';
import { readStandings } from '../../src/caps/store.ts';
import { lookAtCaps } from '../../src/caps/watchCommands.ts';
import { decimalText, money, parseDecimal } from '../../src/money/money.ts';
import type { Rig } from '../hub/rig.ts';
import { durationOf } from './durations.ts';

/** What these steps need of a story. */
interface DepositStage {
  readonly rig: Rig;
}

type DepositVerb = (stage: DepositStage, words: readonly string[]) => Promise<string>;

const worldOf = ({ rig }: DepositStage): CapWorld => ({
  database: rig.fresh.database,
  clock: rig.clock,
  lanes: rig.hubs[0]?.configuration.rules().lanes ?? 0,
});

/** The word behind another. */
const after = (words: readonly string[], word: string) => words[words.indexOf(word) + 1] ?? '';

/** Proposed by the first of two persons, approved by the second: `LI+WANG`. */
async function change(stage: DepositStage, proposal: Proposal, approver: string): Promise<string> {
  const proposed = await proposeChange(worldOf(stage), proposal);
  if (!('change' in proposed)) return proposed.kind;
  const { changeId } = proposed.change;
  const decision = { changeId, verb: 'approve', by: approver } as const;
  const decided = await decideChange(worldOf(stage), decision);
  if ('change' in decided) return decided.change.state;
  const { currency } = proposed.change;
  return decided.kind === 'in_use'
    ? `in_use, ${decimalText(money(currency, decided.available))} are not`
    : decided.kind;
}

function moving(kind: 'top_up' | 'withdrawal'): DepositVerb {
  return async (stage, words) => {
    const [participantId = '', value = '', currency = ''] = words;
    const [by = '', approver = ''] = after(words, 'by').split('+');
    const amount = parseDecimal(currency, value)?.minor ?? 0n;
    const bankReference = after(words, 'bank');
    return change(stage, { kind, participantId, amount, bankReference, by }, approver);
  };
}

export const depositVerbs: Readonly<Record<string, DepositVerb>> = {
  /** `topup TNG 50.00 MYR bank BK1 by LI+WANG`. */
  topup: moving('top_up'),
  /** `withdraw TNG 20.00 MYR bank BK2 by LI+WANG`. */
  withdraw: moving('withdrawal'),
  /** `cap TNG 200.00 MYR in 60 s by LI+WANG`, or without `in 60 s` at once. */
  async cap(stage, words) {
    const [participantId = '', value = '', currency = ''] = words;
    const [by = '', approver = ''] = after(words, 'by').split('+');
    const at = words.indexOf('in');
    const [count = '', unit = ''] = words.slice(at + 1);
    const effectiveAt = at < 0 ? undefined : stage.rig.clock.now() + durationOf(count, unit);
    const amount = parseDecimal(currency, value)?.minor ?? 0n;
    return change(stage, { kind: 'cap', participantId, amount, effectiveAt, by }, approver);
  },
  /** `watch TNG`: what a look at the caps finds, and how the wallet stands. */
  async watch(stage, [participantId = '']) {
    const look = await lookAtCaps(worldOf(stage));
    const standings = await readStandings(stage.rig.fresh.database);
    const found = standings.find((each) => each.participantId === participantId);
    if (found === undefined) throw new Error(`no wallet ${participantId}`);
    const say = (minor: bigint) => decimalText(money(found.currency, minor));
    const parts = [
      found.cap === null ? 'no cap' : `cap ${say(found.cap)}`,
      `deposit ${say(found.deposit)}`,
      ...(look.raised > 0 ? [`reached: ${look.raised}`] : []),
      ...(look.eased > 0 ? [`fell back: ${look.eased}`] : []),
    ];
    return parts.join(', ');
  },
};
