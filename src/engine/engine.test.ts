// The engine by itself, over books that are a map: batches, faults, limits, and the way out of
// each.

import { afterEach, expect, test, vi } from 'vitest';
import { limits } from '../base/limits.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { Books, Command, Quota } from './command.ts';
import { type Engine, type EngineOptions, EngineRefusal, startEngine } from './engine.ts';

/** A command adds its name to a list; some names cannot be decided, some cannot be written. */
interface Facts {
  readonly added: string[];
}
type TestCommand = Command<Set<string>, Facts, string, string>;

function command(name: string, part: Partial<TestCommand> = {}): TestCommand {
  return {
    kind: 'add',
    lane: 0,
    gather: (keys) => void keys.add(name),
    decide: () => ({ kind: 'done', reply: `did ${name}`, changes: name }),
    ...part,
  };
}

const books: Books<Set<string>, Facts, string> = {
  keys: () => new Set(),
  read: (lane, keys) => [{ text: 'read', values: [lane, [...keys].join(' ')] }],
  facts: () => ({ added: [] }),
  apply: (facts, name) => void facts.added.push(name),
  write: (lane, facts) => [{ text: 'write', values: [lane, facts.added.join(' ')] }],
  remember: () => {},
  forget: () => false,
};

const quota: Quota = {
  name: 'shared',
  read: (lane) => ({ text: 'quota', values: [lane] }),
  slice: (lane) => ({ lane, quota: 0n, used: 0n }),
  write: (lane, share) => ({ text: 'lend', values: [lane, share] }),
};

const clock: EngineOptions<unknown, unknown, unknown>['clock'] = {
  now: () => 1_000,
  pause: () => new Promise((resolve) => void setImmediate(resolve)),
};

/** Keeps what was committed; `fault` may refuse a run. */
function memory(fault: (statements: readonly Statement[]) => Error | undefined = () => undefined) {
  const committed: string[] = [];
  const runs: string[][] = [];
  const database: Database = {
    session: () => ({
      async run(statements) {
        runs.push(statements.map((each) => each.text));
        const error = fault(statements);
        if (error !== undefined) throw error;
        const write = statements.find((each) => each.text === 'write');
        if (write !== undefined) committed.push(...String(write.values[1]).split(' '));
        return statements.map((each): Row[] => (/for update/.test(each.text) ? [['7']] : []));
      },
    }),
    query: async () => [],
    close: async () => {},
  };
  return { database, committed, runs };
}

const refused = (state: string) => Object.assign(new Error(`refused ${state}`), { code: state });

let engine: Engine<Set<string>, Facts, string>;
let told: string[][];

function start(database: Database, lanes = 1): void {
  told = [];
  engine = startEngine({
    lanes,
    clock,
    database,
    books,
    committed: (changes) => void told.push([...changes]),
  });
}

afterEach(() => engine.stop());

const outcomeOf = async (reply: Promise<string>): Promise<string> =>
  reply.catch((error: unknown) => (error instanceof EngineRefusal ? error.reason : 'other'));

test('commands that wait together are decided and committed together, in their order', async () => {
  const { database, committed, runs } = memory();
  start(database);
  const names = ['a', 'b', 'c'];
  const replies = await Promise.all(names.map((name) => engine.submit(command(name))));
  expect(replies).toEqual(['did a', 'did b', 'did c']);
  expect(committed).toEqual(names);
  expect(told).toEqual([names]);
  expect(runs).toHaveLength(2);
  expect(runs[0]?.[0]).toBe('begin');
  expect(runs[1]?.at(-1)).toBe('commit');
});

test('a command that cannot be decided hurts only its own caller', async () => {
  const { database, committed } = memory();
  start(database);
  const broken = command('broken', {
    decide: () => {
      throw new Error('a bug');
    },
  });
  const all = [command('a'), broken, command('b')].map((each) => outcomeOf(engine.submit(each)));
  expect(await Promise.all(all)).toEqual(['did a', 'poisoned', 'did b']);
  expect(committed).toEqual(['a', 'b']);
});

test('a command that the database refuses is cornered by halving the batch', async () => {
  const poison = (statements: readonly Statement[]) =>
    statements.some((each) => each.text === 'write' && String(each.values[1]).includes('poison'))
      ? refused('23505')
      : undefined;
  const { database, committed } = memory(poison);
  start(database);
  const names = ['a', 'b', 'c', 'poison', 'd', 'e', 'f', 'g'];
  const all = names.map((name) => outcomeOf(engine.submit(command(name))));
  const expected = names.map((name) => (name === 'poison' ? 'poisoned' : `did ${name}`));
  expect(await Promise.all(all)).toEqual(expected);
  expect(committed).toEqual(names.filter((name) => name !== 'poison'));
});

test('many poisoned commands at once are all cornered', async () => {
  const poison = (statements: readonly Statement[]) =>
    statements.some((each) => each.text === 'write' && String(each.values[1]).includes('poison'))
      ? refused('22003')
      : undefined;
  const { database, committed } = memory(poison);
  start(database);
  const names = Array.from({ length: 600 }, (_, n) => (n % 7 === 3 ? `poison${n}` : `good${n}`));
  const replies = names.map((name) => outcomeOf(engine.submit(command(name))));
  const expected = names.map((name) => (name.startsWith('poison') ? 'poisoned' : `did ${name}`));
  expect(await Promise.all(replies)).toEqual(expected);
  expect(committed).toEqual(names.filter((name) => name.startsWith('good')));
});

test('after a lost connection the same commands are decided again, and answered once', async () => {
  let losses = 3;
  const { database, committed } = memory(() => (losses-- > 0 ? refused('08006') : undefined));
  start(database);
  const decide = vi.fn(command('a').decide);
  expect(await engine.submit(command('a', { decide }))).toBe('did a');
  expect(decide).toHaveBeenCalledTimes(1);
  expect(committed).toEqual(['a']);
  expect(engine.counts.failedTicks).toBe(3);
});

test('a database that stays away is given up after a bounded number of ticks', async () => {
  const { database, runs } = memory(() => refused('57P01'));
  start(database);
  const all = ['a', 'b'].map((name) => outcomeOf(engine.submit(command(name))));
  expect(await Promise.all(all)).toEqual(['unavailable', 'unavailable']);
  expect(runs).toHaveLength(limits.ticksPerCommand);
});

test('a full queue says busy and keeps what it has', async () => {
  const { database } = memory();
  start(database);
  const waiting = Array.from({ length: limits.commandsWaiting }, (_, n) =>
    engine.submit(command(`c${n}`)),
  );
  expect(await outcomeOf(engine.submit(command('one more')))).toBe('busy');
  expect(await Promise.all(waiting)).toHaveLength(limits.commandsWaiting);
});

test('a stopped engine finishes what waits and takes nothing more', async () => {
  const { database, committed } = memory();
  start(database);
  const last = engine.submit(command('last'));
  const stopping = engine.stop();
  expect(await outcomeOf(engine.submit(command('late')))).toBe('stopped');
  expect(await last).toBe('did last');
  await stopping;
  expect(committed).toEqual(['last']);
});

/** Lacks quota until every lane was looked at; then it is decided for good. */
const needy = (name: string, lane: number): TestCommand =>
  command(name, {
    lane,
    decide: (_facts, moment) =>
      moment.final
        ? { kind: 'done', reply: `did ${name}`, changes: name }
        : { kind: 'defer', needs: [{ quota, need: 5n }] },
  });

test('a wide tick that fails is tried again and does not block the lane for ever', async () => {
  let wides = 0;
  const { database, committed } = memory((statements) => {
    const locks = statements.filter((each) => /for update/.test(each.text)).length;
    return locks === 2 && ++wides <= 2 ? refused('57P01') : undefined;
  });
  start(database, 2);
  const replies = [needy('a', 0), needy('b', 1), command('c')].map((each) => engine.submit(each));
  expect(await Promise.all(replies)).toEqual(['did a', 'did b', 'did c']);
  expect(committed.sort()).toEqual(['a', 'b', 'c']);
});

/** Books that remember every name they wrote, and read only the others. */
function remembering() {
  const read: string[] = [];
  let known = new Set<string>();
  const names = (asked: Set<string>) => [...asked].filter((name) => !known.has(name));
  const told = {
    ...books,
    read: (lane: number, asked: Set<string>): Statement[] => {
      read.push(names(asked).join(' '));
      return [{ text: 'read', values: [lane, names(asked).join(' ')] }];
    },
    remember: (_lane: number, facts: Facts) => void facts.added.map((name) => known.add(name)),
    forget: (_lane: number, asked: Set<string>) => {
      const relied = names(asked).length < asked.size;
      known = new Set();
      return relied;
    },
  };
  return { books: told, read };
}

/** A lane row as Postgres keeps it; `write` is somebody else's tick in between. */
function laneRow() {
  let sequence = 7;
  const database: Database = {
    session: () => ({
      async run(statements) {
        const advance = statements.find((each) => /update lanes/.test(each.text));
        if (advance !== undefined) sequence = Number(advance.values[1]);
        return statements.map((each): Row[] =>
          /for update/.test(each.text) ? [[String(sequence), '0']] : [],
        );
      },
    }),
    query: async () => [],
    close: async () => {},
  };
  return { database, write: () => void sequence++ };
}

test('what a lane wrote last is not read again, until somebody else has written', async () => {
  const { books: own, read } = remembering();
  const { database, write } = laneRow();
  told = [];
  engine = startEngine({ lanes: 1, clock, database, books: own, committed: () => {} });
  await engine.submit(command('a'));
  await engine.submit(command('a'));
  expect(read).toEqual(['a', '']);
  write();
  await engine.submit(command('a'));
  expect(read).toEqual(['a', '', '', 'a']);
  write();
  await engine.submit(command('b'));
  expect(read.slice(4)).toEqual(['b']);
});
