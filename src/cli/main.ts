// The command `wayfare`: every operation that a page offers, for scripts; `--json` for machines.

import { Command } from 'commander';
import { benchCommand } from './bench.ts';
import { capsCommand } from './caps.ts';
import { certifyCommand } from './certify.ts';
import { clockCommand } from './clock.ts';
import { codeCommand } from './code.ts';
import { feesCommand } from './fees.ts';
import { filesCommand } from './files.ts';
import { ledgerCommand } from './ledger.ts';
import { merchantCommand } from './merchant.ts';
import { migrateCommand } from './migrate.ts';
import { monthCommand } from './month.ts';
import { noticesCommand } from './notices.ts';
import { openApiCommand } from './openapi.ts';
import { partnerCommand } from './partner.ts';
import { personCommand } from './person.ts';
import { proveCommand } from './prove.ts';
import { proxyCommand } from './proxy.ts';
import { ratesCommand } from './rates.ts';
import { reconcileCommand } from './reconcile.ts';
import { serveCommand } from './serveCommand.ts';
import { settleCommand } from './settle.ts';
import { signatureCommand } from './signature.ts';
import { simCommand } from './sim.ts';
import { timingCommand } from './timing.ts';

const program = new Command('wayfare')
  .description('An open network that lets travellers pay abroad with what they have at home.')
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(partnerCommand())
  .addCommand(merchantCommand())
  .addCommand(personCommand())
  .addCommand(codeCommand())
  .addCommand(timingCommand())
  .addCommand(clockCommand())
  .addCommand(certifyCommand())
  .addCommand(noticesCommand())
  .addCommand(ratesCommand())
  .addCommand(feesCommand())
  .addCommand(capsCommand())
  .addCommand(openApiCommand())
  .addCommand(settleCommand())
  .addCommand(ledgerCommand())
  .addCommand(filesCommand())
  .addCommand(reconcileCommand())
  .addCommand(proxyCommand())
  .addCommand(proveCommand())
  .addCommand(signatureCommand())
  .addCommand(simCommand())
  .addCommand(monthCommand())
  .addCommand(benchCommand());

// A reader that has seen enough, as `head`, ends the command and is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`wayfare: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
