// What commands share that look into or change a network: its database, opened and closed around
// them.

import type { Database } from '../base/world.ts';
import { openDatabase } from '../host/database.ts';
import { ensureHome, homeDirectory } from '../host/home.ts';
import { migrated, openServer } from './database.ts';
import { ensureNetwork } from './network.ts';

/**
 * Runs `work` on the network of this home or of `DATABASE_URL`, creating it where there is none.
 * What happens on the way goes to stderr, so that stdout is the command's own.
 */
export async function withDatabase<T>(
  work: (database: Database, home: string) => Promise<T>,
): Promise<T> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const home = ensureHome(homeDirectory(process.env)).directory;
  const server = await openServer(home, process.env, say);
  try {
    await migrated(server.connection, say);
    const database = openDatabase({ connection: server.connection });
    try {
      await ensureNetwork(database, Date.now());
      return await work(database, home);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}
