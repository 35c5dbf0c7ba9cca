// Comparing a partner's file in tests: lines as cells, with the columns of the guide.

import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type ReconcileReply, reconcile } from '../../src/reconciliation/commands.ts';
import { usualMapping } from '../../src/reconciliation/mapping.ts';
import { closingWorld, day } from './closing.ts';
import type { Rig } from './rig.ts';

const heading = 'transactionType,requestId,currency,amountValue,completedAt';

/** Compares a file of these lines, each its cells, with the items of a day. */
export function compareLines(
  rig: Rig,
  agreementId: string,
  date: string,
  lines: readonly (readonly string[])[],
  database = rig.fresh.database,
): Promise<ReconcileReply> {
  const text = [heading, ...lines.map((line) => line.join(','))].join('\n');
  return reconcile(
    { ...closingWorld(rig, database), directory: tmpdir() },
    {
      agreementId,
      day: day(date),
      file: {
        name: `${agreementId}-${date}.csv`,
        bytes: text.length,
        digest: createHash('sha256').update(text).digest('hex'),
        async *lines() {
          yield text.split('\n');
        },
      },
      mapping: usualMapping,
      by: 'Wang',
    },
  );
}
