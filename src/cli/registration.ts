// `wayfare partner registration`: whether a participant takes registered merchants only.

import { Command, InvalidArgumentError } from 'commander';
import { readDirectory } from '../network/store.ts';
import { writeRequired } from '../registrations/store.ts';
import { networkNow } from './clock.ts';
import { withDatabase } from './withDatabase.ts';

interface Options {
  readonly id: string;
  readonly required: boolean;
  readonly json?: true;
}

export function registrationCommand(): Command {
  return new Command('registration')
    .description('whether payments need a merchant that the wallet has approved')
    .requiredOption('--id <id>', 'a wallet: of all its payments; an acquirer: of its merchants')
    .requiredOption('--required <yes|no>', 'no is what a participant begins with', yesOrNo)
    .option('--json', 'one JSON object instead of text')
    .action(async ({ id, required, json }: Options) => {
      await withDatabase(async (database) => {
        const known = (await readDirectory(database)).byId(id);
        if (known === undefined) throw new Error(`there is no participant ${id}`);
        await writeRequired(database, id, required, await networkNow(database));
      });
      const said = required
        ? `${id} takes payments for registered merchants only.`
        : `${id} takes payments for every merchant.`;
      process.stdout.write(`${json ? JSON.stringify({ participantId: id, required }) : said}\n`);
    });
}

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new InvalidArgumentError('yes or no');
  return text === 'yes';
}
