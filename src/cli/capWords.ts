// Why a change of a cap or a deposit was not taken, for whoever is at the command line.

import type { DecisionReply, ProposalReply } from '../caps/commands.ts';

type Refusal<T> = Exclude<T, { readonly kind: 'done' | 'repeated' }>;

export function proposalProblem(reply: Refusal<ProposalReply>): string {
  switch (reply.kind) {
    case 'no_such_wallet':
      return 'there is no such wallet (--wallet): only wallets have caps and deposits';
    case 'known_reference':
      return `the reference is known for another movement, ${reply.changeId}`;
    case 'more_than_deposit':
      return `the deposit is ${reply.deposit} minor units`;
    case 'past':
      return 'that time is over';
  }
}

export function decisionProblem(reply: Refusal<DecisionReply>): string {
  switch (reply.kind) {
    case 'same_person':
      return `${reply.by} has proposed it: another person must approve it`;
    case 'wrong_order':
      return `the change is ${reply.state}`;
    case 'in_use':
      return `only ${reply.available} minor units can be withdrawn now: the rest is in use`;
    case 'no_such_change':
      return 'there is no such change: `wayfare caps changes` lists them';
  }
}
