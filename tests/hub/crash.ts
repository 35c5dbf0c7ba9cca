// `node bin/run.mjs tests/hub/crash.ts --rounds 20`: kill -9 under load; prints a summary as JSON.

import { parseArgs } from 'node:util';
import { crashRounds, isClean } from './crashRounds.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const summary = await crashRounds(
  Number(values.rounds),
  (line) => void process.stderr.write(`${line}\n`),
);
process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
process.exitCode = isClean(summary) ? 0 : 1;
