// `wayfare migrate`: brings the database to the shape this version expects.

import { Command } from 'commander';
import { ensureHome, homeDirectory } from '../host/home.ts';
import { migrated, openServer } from './database.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('apply the migrations that the database does not have yet')
    .action(async () => {
      const say = (line: string) => void process.stdout.write(`${line}\n`);
      const home = ensureHome(homeDirectory(process.env)).directory;
      const server = await openServer(home, process.env, say);
      try {
        await migrated(server.connection, say);
        say('The database is up to date.');
      } finally {
        await server.stop();
      }
    });
}
