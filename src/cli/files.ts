// `wayfare files`: making and listing settlement files, and who may fetch them by SFTP.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { fileView } from '../api/console/fileRoutes.ts';
import type { Database } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { batchesOfDay } from '../clearing/store.ts';
import { batchesWithoutFiles, type FilesWorld, makeFiles } from '../files/commands.ts';
import { openDelivery } from '../files/deliveryCommands.ts';
import { findFile, readFiles } from '../files/store.ts';
import { readClock } from '../network/clockStore.ts';
import { readDirectory, readLanes } from '../network/store.ts';
import { readSftpKey, readSftpKeys, removeSftpKey, writeSftpKey } from '../sftp/keyStore.ts';
import { aDay } from './arguments.ts';
import { networkClock, networkNow } from './clock.ts';
import { say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

/** Where the files of a home are. */
export function filesDirectory(home: string): string {
  return path.join(home, 'files');
}

export function filesCommand(): Command {
  return new Command('files')
    .description('settlement files: what participants fetch of each closed day and settled batch')
    .addCommand(makeCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(keyCommand());
}

function makeCommand(): Command {
  return new Command('make')
    .description('make the files that are missing; with --day those of that day again')
    .option('--day <date>', 'a closed clearing day: compares, and corrects what differs', aDay)
    .option('--batch <id>', 'one clearing or settlement batch, in the same way')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: Printed & { day?: ClearingDay; batch?: string }) => {
      await withFiles(async (world) => {
        const batches = await batchesFor(world.database, options);
        for (const batchId of batches) {
          const made = await makeFiles(world, batchId);
          if (made === undefined) throw new Error(`there is no batch ${batchId}`);
          for (const file of made) {
            say(options.json ? JSON.stringify(file) : `${file.outcome.padEnd(10)}${file.name}`);
          }
        }
        if (batches.length === 0 && !options.json) say('No file is missing.');
      });
    });
}

async function batchesFor(
  database: Database,
  { day, batch }: { readonly day?: ClearingDay; readonly batch?: string },
): Promise<readonly string[]> {
  if (batch !== undefined) return [batch];
  if (day === undefined) return batchesWithoutFiles(database);
  const batches = await batchesOfDay(database, day);
  if (batches.length === 0) throw new Error('this day is not closed');
  return batches.map(({ clearingBatchId }) => clearingBatchId);
}

/** The most that `list` prints: the latest. */
const usuallyListed = 200;

function listCommand(): Command {
  return new Command('list')
    .description('the latest files, with their digests and who has fetched them')
    .option('--partner <id>', 'of one participant only')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: Printed & { partner?: string }) => {
      await withDatabase(async (database) => {
        const { isSandbox } = await readClock(database);
        const { partner: participantId } = options;
        if (participantId !== undefined) await mustTakePart(database, participantId);
        const files = await readFiles(database, { participantId, most: usuallyListed });
        if (files.length === 0 && !options.json) say('There is no file yet.');
        for (const file of files) {
          const view = fileView(file, isSandbox);
          const size = String(view.sizeBytes).padStart(12);
          const fetched = view.fetchedAt ?? '-';
          say(options.json ? JSON.stringify(view) : `${size}  ${fetched.padEnd(26)}${view.name}`);
        }
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('the content of a file, also of an order to the bank')
    .argument('<name>', 'as `wayfare files list` names it')
    .action(async (name: string) => {
      await withFiles(async (world) => {
        const file = await findFile(world.database, name);
        if (file === undefined) throw new Error(`there is no file ${name}`);
        const content = await openDelivery(() => world, true).open(file);
        if (content === undefined) throw new Error(`${name} is lost; it was corrected since`);
        for await (const part of content.createReadStream()) process.stdout.write(part as Buffer);
      });
    });
}

async function mustTakePart(database: Database, participantId: string): Promise<void> {
  if ((await readDirectory(database)).byId(participantId) !== undefined) return;
  throw new Error(`there is no participant ${participantId}`);
}

interface KeyOptions extends Printed {
  readonly partner: string;
  readonly publicKey?: string;
  readonly remove?: string;
}

function keyCommand(): Command {
  return new Command('key')
    .description('the public keys by which a participant logs in to the SFTP server')
    .requiredOption('--partner <id>', 'the participant; also its name at the login')
    .option('--public-key <file>', 'lets the key of this file in, as ssh-keygen writes it')
    .option('--remove <fingerprint>', 'takes a key out')
    .option('--json', 'one JSON object a line instead of text')
    .action(async ({ partner, publicKey, remove, json }: KeyOptions) => {
      const keys = await withDatabase(async (database) => {
        await mustTakePart(database, partner);
        if (publicKey !== undefined) {
          const key = readSftpKey(partner, readFileSync(publicKey, 'utf8'));
          if (key === undefined) {
            throw new Error(`${publicKey} holds no public key of Ed25519, ECDSA, or RSA from 2048`);
          }
          await writeSftpKey(database, key, await networkNow(database));
        }
        if (remove !== undefined && !(await removeSftpKey(database, partner, remove))) {
          throw new Error(`${partner} has no key ${remove}`);
        }
        return readSftpKeys(database, partner);
      });
      for (const key of keys) say(json ? JSON.stringify(key) : `${key.fingerprint}`);
    });
}

/** Files as the command line makes them: in this home, in the network's time. */
function withFiles(work: (world: FilesWorld) => Promise<void>): Promise<void> {
  return withDatabase(async (database, home) => {
    const clock = await networkClock(database);
    const lanes = (await readLanes(database)) ?? 0;
    return work({ database, clock, lanes, directory: filesDirectory(home) });
  });
}
