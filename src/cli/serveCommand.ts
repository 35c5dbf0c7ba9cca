// `wayfare serve`: the whole network on this machine, as `npm start`.

import { Command } from 'commander';
import { serve } from './serve.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the database, the hub, the pages and the sandbox')
    .action(async () => {
      await serve(process.env, (line) => void process.stdout.write(`${line}\n`));
      process.exit(0);
    });
}
