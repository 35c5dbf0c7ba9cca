// `wayfare person`: who may sign in to the pages, for the network itself and for its participants.

import { Command, InvalidArgumentError, Option } from 'commander';
import type { Database } from '../base/world.ts';
import { realRandom } from '../host/world.ts';
import { readDirectory } from '../network/store.ts';
import { admit, dismiss, type PeopleWorld, renewSecret } from '../people/commands.ts';
import { type Person, type Role, readName, roles } from '../people/person.ts';
import { listPeople, readEvents } from '../people/store.ts';
import { within } from './arguments.ts';
import { say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

export function personCommand(): Command {
  return new Command('person')
    .description('who may sign in to the pages; the first one closes them to everybody else')
    .addCommand(addCommand())
    .addCommand(secretCommand())
    .addCommand(removeCommand())
    .addCommand(listCommand())
    .addCommand(eventsCommand());
}

interface AddOptions extends Printed {
  readonly role: Role;
  readonly participant?: string;
}

function addCommand(): Command {
  return new Command('add')
    .description('let a person in, and print its secret, which nobody can read again')
    .argument('<name>', 'as it will stand beside what the person does', aName)
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--participant <id>', 'whose person it is, for the role participant')
    .option('--json', 'one JSON object instead of text')
    .action(async (name: string, options: AddOptions) => {
      const { role, participant } = options;
      if ((role === 'participant') !== (participant !== undefined)) {
        throw new Error('--participant goes with --role participant, and only with it');
      }
      const person: Person = { name, role, participantId: participant ?? null };
      const secret = await withPeople(async (world) => {
        await mustExist(world.database, participant);
        return admit(world, person);
      });
      if (secret === undefined) {
        throw new Error(`${name} is, or was, the name of somebody: choose another`);
      }
      print(options, { ...person, secret }, [
        `${name} may sign in${participant === undefined ? '' : ` for ${participant}`}: ${role}.`,
        `Secret: ${secret}`,
        'It is not kept in a readable form: write it down now, and give it to nobody else.',
      ]);
    });
}

async function mustExist(database: Database, participant: string | undefined): Promise<void> {
  if (participant === undefined) return;
  if ((await readDirectory(database)).byId(participant) !== undefined) return;
  throw new Error(`there is no participant ${participant}`);
}

function secretCommand(): Command {
  return new Command('secret')
    .description('give a person a new secret, and sign it out everywhere')
    .argument('<name>', 'of the person', aName)
    .option('--json', 'one JSON object instead of text')
    .action(async (name: string, options: Printed) => {
      const secret = await withPeople((world) => renewSecret(world, name));
      if (secret === undefined) throw new Error(`there is no ${name}`);
      print(options, { name, secret }, [`Secret of ${name}: ${secret}`]);
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('take a person its access at once; its name stays taken')
    .argument('<name>', 'of the person', aName)
    .option('--json', 'one JSON object instead of text')
    .action(async (name: string, options: Printed) => {
      const wasThere = await withPeople((world) => dismiss(world, name));
      if (!wasThere) throw new Error(`there is no ${name}`);
      print(options, { name, removed: true }, [`${name} may not sign in any more.`]);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('everybody who may sign in, or could once')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: Printed) => {
      const people = await withPeople(({ database, realNow }) => listPeople(database, realNow()));
      if (people.length === 0 && !options.json) say('Nobody was added yet.');
      for (const each of people) {
        const { name, role, participantId, removedAt, sessions } = each;
        const state = removedAt === null ? `${sessions} signed in` : 'removed';
        const text = `${name.padEnd(24)}${role.padEnd(13)}${(participantId ?? '').padEnd(16)}`;
        print(options, { ...each, addedAt: iso(each.addedAt), removedAt: iso(removedAt) }, [
          text + state,
        ]);
      }
    });
}

function eventsCommand(): Command {
  return new Command('events')
    .description('who was added, signed in, was refused, signed out: the latest first')
    .option('--limit <count>', 'at most that many; 50 if not said', within(1, 1_000))
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: Printed & { limit?: number }) => {
      const events = await withPeople(({ database }) => readEvents(database, options.limit ?? 50));
      if (events.length === 0 && !options.json) say('Nothing has happened yet.');
      for (const { at, kind, name, address } of events) {
        const text = `${iso(at)}  ${kind.padEnd(14)}${name.padEnd(24)}${address ?? ''}`.trimEnd();
        print(options, { at: iso(at), kind, name, address }, [text]);
      }
    });
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** People live in real time, whatever the network's clock was moved to. */
function withPeople<T>(work: (world: PeopleWorld) => Promise<T>): Promise<T> {
  return withDatabase((database) =>
    work({ database, random: realRandom, realNow: () => Date.now() }),
  );
}

function print(options: Printed, json: object, lines: readonly string[]): void {
  say(options.json ? JSON.stringify(json) : lines.join('\n'));
}

function aName(text: string): string {
  const name = readName(text);
  if (name === undefined) throw new InvalidArgumentError('a name, to 64 letters');
  return name;
}
