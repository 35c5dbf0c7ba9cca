// Why a step of a settlement batch was not taken, or left a difference, in words for the operator.

import type { StepReply } from '../settlement/commands.ts';

/** Undefined where it was taken as it should be. */
export function stepProblem(reply: StepReply): string | undefined {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return undefined;
    case 'differs':
      return (
        `The line is booked. The batch stays ${reply.state}: ` +
        `the bank has still to move ${reply.difference} (minor units).`
      );
    case 'wrong_order':
      return `the batch is ${reply.state}; this step needs ${reply.needs}`;
    case 'same_person':
      return `${reply.by} has checked it: another person must approve it`;
    case 'known_reference':
      return `the bank's reference is known for another line, of ${reply.settlementBatchId}`;
    case 'no_such_batch':
      return 'there is no settlement batch of this id';
  }
}
