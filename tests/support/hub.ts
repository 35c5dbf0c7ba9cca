// A process that holds an embedded Postgres, to be killed by the tests of the supervisor.
// Usage: node tests/support/hub.ts <home>. Prints one line of JSON when ready, then waits.
import { startPostgres } from '../../src/host/postgres.ts';

const [home = ''] = process.argv.slice(2);
const postgres = await startPostgres({ home });
process.stdout.write(`${JSON.stringify({ pid: postgres.pid, config: postgres.config })}\n`);
process.once('SIGTERM', () => postgres.stop());
