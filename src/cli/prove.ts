// `wayfare prove`: is everything that the books say true? Exit code 0 when it is, 1 when not.

import { Command } from 'commander';
import { capChecks } from '../caps/checks.ts';
import { disputeChecks } from '../disputes/checks.ts';
import { type Proof, prove } from '../payments/proof/store.ts';
import { reconciliationChecks } from '../reconciliation/checks.ts';
import { settlementChecks } from '../settlement/checks.ts';
import { withDatabase } from './withDatabase.ts';

export function proveCommand(): Command {
  return new Command('prove')
    .description('recompute every balance and relation from the rows themselves')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: { json?: true }) => {
      const proof = await withDatabase((database) =>
        prove(database, [
          ...disputeChecks,
          ...settlementChecks,
          ...reconciliationChecks,
          ...capChecks,
        ]),
      );
      process.stdout.write(options.json ? `${JSON.stringify(proof)}\n` : written(proof));
      if (!proof.balanced) process.exitCode = 1;
    });
}

function written(proof: Proof): string {
  const lines = proof.findings.flatMap((finding) => [
    `${finding.count === 0 ? 'holds ' : 'BROKEN'}  ${finding.meaning}`,
    ...finding.violations.map((violation) => `        ${violation}`),
    ...(finding.count > finding.violations.length ? [`        … ${finding.count} in all`] : []),
  ]);
  const verdict = proof.balanced ? 'balanced' : 'NOT BALANCED';
  const size = `${proof.payments} payments, ${proof.postings} postings`;
  return `${[...lines, `${verdict}: ${size}`].join('\n')}\n`;
}
