// `wayfare serve`: the whole network on this machine, as `npm start`.

import { Command } from 'commander';
import { serve } from './serve.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the database, the hub, the pages and the sandbox')
    .option('--timing <file>', 'the times to use; default: timing.json in the home')
    .action(async (options: { timing?: string }) => {
      const { timing } = options;
      const environment =
        timing === undefined ? process.env : { ...process.env, WAYFARE_TIMING: timing };
      await serve(environment, (line) => void process.stdout.write(`${line}\n`));
      process.exit(0);
    });
}
