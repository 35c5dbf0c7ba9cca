// The command `wayfare`: every operation that a page offers, for scripts; `--json` for machines.

import { Command } from 'commander';

/** Each reads its own code only when it is wanted: `wayfare fees list` needs no simulation. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serveCommand.ts')).serveCommand(),
  migrate: async () => (await import('./migrate.ts')).migrateCommand(),
  partner: async () => (await import('./partner.ts')).partnerCommand(),
  merchant: async () => (await import('./merchant.ts')).merchantCommand(),
  person: async () => (await import('./person.ts')).personCommand(),
  code: async () => (await import('./code.ts')).codeCommand(),
  timing: async () => (await import('./timing.ts')).timingCommand(),
  clock: async () => (await import('./clock.ts')).clockCommand(),
  certify: async () => (await import('./certify.ts')).certifyCommand(),
  notices: async () => (await import('./notices.ts')).noticesCommand(),
  rates: async () => (await import('./rates.ts')).ratesCommand(),
  fees: async () => (await import('./fees.ts')).feesCommand(),
  caps: async () => (await import('./caps.ts')).capsCommand(),
  calendar: async () => (await import('./calendar.ts')).calendarCommand(),
  openapi: async () => (await import('./openapi.ts')).openApiCommand(),
  settle: async () => (await import('./settle.ts')).settleCommand(),
  ledger: async () => (await import('./ledger.ts')).ledgerCommand(),
  files: async () => (await import('./files.ts')).filesCommand(),
  reconcile: async () => (await import('./reconcile.ts')).reconcileCommand(),
  trim: async () => (await import('./trim.ts')).trimCommand(),
  proxy: async () => (await import('./proxy.ts')).proxyCommand(),
  prove: async () => (await import('./prove.ts')).proveCommand(),
  signature: async () => (await import('./signature.ts')).signatureCommand(),
  sim: async () => (await import('./sim.ts')).simCommand(),
  month: async () => (await import('./month.ts')).monthCommand(),
  bench: async () => (await import('./bench.ts')).benchCommand(),
};

// The first word names the command. Help, and what names none, tell of them all.
const [, , word = ''] = process.argv;
const wanted = Object.hasOwn(commands, word) ? [word] : Object.keys(commands);
const made = await Promise.all(wanted.map((name) => commands[name]?.()));
const program = new Command('wayfare').description(
  'An open network that lets travellers pay abroad with what they have at home.',
);
for (const command of made) if (command !== undefined) program.addCommand(command);

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
