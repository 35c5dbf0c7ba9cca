// `npm start`: the whole network on this machine.

import { serve } from './cli/serve.ts';

try {
  await serve(process.env, (line) => void process.stdout.write(`${line}\n`));
  process.exit(0);
} catch (error) {
  process.stderr.write(`Wayfare could not start: ${(error as Error).message}\n`);
  process.exit(1);
}
