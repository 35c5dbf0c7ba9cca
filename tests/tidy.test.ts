// Keeps the house tidy: who may import whom, what is pure, how long a file is, what is left over.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, partsOf, ROOT, type Source, sources } from './support/sources.ts';

const LONGEST_FILE_LINES = 400;
const LONGEST_LINE_COLUMNS = 100;

const programs = sources(['src', 'web', 'tests', 'bench'], ['.ts', '.tsx']);
const hub = programs.filter((source) => source.path.startsWith('src/'));
const migrations = sources(['migrations'], ['.sql']);

/** One line a finding: where, what, and what to do instead. */
function expectNone(findings: readonly string[]): void {
  expect(findings.join('\n')).toBe('');
}

/** The lines of a text that match, as `path:line: advice`. */
function findingsIn(file: string, text: string, pattern: RegExp, advice: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${advice}`] : []));
}

describe('imports', () => {
  /** `src/payments/pay.ts` is in payments, `src/main.ts` in main, all of the pages in web. */
  function roomOf(file: string): string {
    const [top = '', second = ''] = file.split('/');
    return top === 'src' ? second.replace(/\.ts$/, '') : top;
  }

  /** The table under "Import table" in ARCHITECTURE.md: for each room, the rooms it may import. */
  function readTable(): Map<string, Set<string>> {
    const file = path.join(ROOT, 'ARCHITECTURE.md');
    expect(existsSync(file), 'ARCHITECTURE.md is missing: it holds the import table').toBe(true);
    const [, section] = readFileSync(file, 'utf8').split(/^## Import table\s*$/m);
    expect(section, 'ARCHITECTURE.md has no heading "## Import table"').toBeDefined();
    const table = new Map<string, Set<string>>();
    for (const line of (section?.split(/^## /m)[0] ?? '').split('\n')) {
      const cells = /^\s*\|([^|]*)\|([^|]*)\|/.exec(line);
      const [room] = cells?.[1]?.match(/[\w-]+/) ?? [];
      if (!cells || room === undefined || line.toLowerCase().includes('may import')) continue;
      table.set(room, new Set(cells[2]?.match(/[a-z][\w-]*/g)));
    }
    expect(table.size, 'the import table of ARCHITECTURE.md is empty').toBeGreaterThan(0);
    return table;
  }

  test('follow the table', () => {
    const table = readTable();
    const findings = programs
      .filter((source) => !source.isTest && !source.path.startsWith('bench/'))
      .flatMap((source) => {
        const room = roomOf(source.path);
        const allowed = table.get(room);
        if (!allowed) return [`${source.path}: the import table has no row for ${room}`];
        return importsOf(source)
          .map(({ from }) => ({ from, target: roomOf(from) }))
          .filter(({ from }) => from.startsWith('src/') || from.startsWith('web/'))
          .filter(({ target }) => target !== room && !allowed.has(target))
          .map(({ from, target }) => `${source.path}: ${room} may not import ${target} (${from})`);
      });
    expectNone(findings);
  });

  test('the table has no circle', () => {
    const table = readTable();
    const visit = (room: string, way: readonly string[]): string[] => {
      if (way.includes(room)) return [[...way.slice(way.indexOf(room)), room].join(' -> ')];
      return [...(table.get(room) ?? [])].flatMap((next) => visit(next, [...way, room]));
    };
    expectNone([...new Set([...table.keys()].flatMap((room) => visit(room, [])))]);
  });
});

describe('shape', () => {
  test('the first line of every file says what it is for', () => {
    const scripts = sources(['bin'], ['.mjs']);
    const findings = [...programs, ...migrations, ...scripts]
      .filter(({ text }) => !/^(#!.*\n)?(\/\/|\/\*\*?|--) ?\S.{10,}/.test(text))
      .map((source) => `${source.path}: begins without a comment`);
    expectNone(findings);
  });

  test(`no file is longer than ${LONGEST_FILE_LINES} lines`, () => {
    const findings = [...programs, ...migrations]
      .map((source) => ({ ...source, lines: source.text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE_LINES)
      .map((source) => `${source.path}: ${source.lines} lines; make it two files`);
    expectNone(findings);
  });

  test(`no line is longer than ${LONGEST_LINE_COLUMNS} columns, addresses excepted`, () => {
    const tooLong = new RegExp(`^(?!.*https?://).{${LONGEST_LINE_COLUMNS + 1},}`, 'u');
    const advice = `is longer than ${LONGEST_LINE_COLUMNS} columns`;
    expectNone(
      [...programs, ...migrations].flatMap(({ path: file, text }) =>
        findingsIn(file, text, tooLong, advice),
      ),
    );
  });

  test('nothing is left for later', () => {
    // Written in two halves, so that this file does not find itself.
    const marks = new RegExp(`\\b(${'FIX'}ME|${'TO'}DO|${'HA'}CK)\\b|${'XX'}X:`);
    expectNone(
      [...programs, ...migrations].flatMap(({ path: file, text }) =>
        findingsIn(file, text, marks, 'finish it, or write it into an issue'),
      ),
    );
  });
});

describe('purity', () => {
  const PURE_ROOMS = [
    'money',
    'calendar',
    'codes',
    'ledger',
    'fx',
    'network',
    'payments',
    'disputes',
    'clearing',
    'settlement',
    'caps',
    'files',
    'reconciliation',
    'limits',
    'agreements',
  ];
  const IMPURE_FILE = /(store|commands)\.ts$/i;
  /** Effects by their nature: they carry out asks and write down messages. Keep this list short. */
  const EFFECTS = ['src/network/calls.ts', 'src/network/messageLog.ts'];
  /** In wire these use keys, sockets or the network. */
  const IMPURE_WIRE = [
    'signature.ts',
    'signatureThread.ts',
    'signatureWorker.ts',
    'envelope.ts',
    'client.ts',
    'partnerServer.ts',
    'checkSignature.ts',
  ];

  const RULES: readonly [RegExp, string][] = [
    [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/, 'pass the time as an argument'],
    [/\bTemporal\.Now\b/, 'pass the time as an argument'],
    [/\bMath\.random\b|\brandomBytes\b|\brandomUUID\b/, 'pass ids as arguments (world.random)'],
    [/\bprocess\.env\b/, 'pass configuration as an argument'],
    [/\bset(Timeout|Interval|Immediate)\b/, 'return an ask or a timer in the decision'],
    [/\b(await|async)\b/, 'move it to commands.ts or store.ts: decisions are synchronous'],
  ];

  const isPure = ({ path: file, isTest }: Source): boolean => {
    const [, room = '', ...rest] = file.split('/');
    if (isTest || IMPURE_FILE.test(file) || EFFECTS.includes(file)) return false;
    if (room === 'wire') return !IMPURE_WIRE.includes(rest.join('/'));
    return PURE_ROOMS.includes(room);
  };

  test('pure files reach for no clock, chance, environment or promise', () => {
    const findings = hub.filter(isPure).flatMap(({ path: file, text }) => {
      const { code } = partsOf(text);
      return RULES.flatMap(([pattern, advice]) => findingsIn(file, code, pattern, advice));
    });
    expectNone(findings);
  });
});

describe('banned', () => {
  /** In the program. */
  const CALLS: readonly [RegExp, string][] = [
    [/\bconsole\s*\./, 'use the log, or process.stdout.write in the command line'],
    [/(?<![.\w])fetch\s*\(/, 'use world.network (src/host/network.ts): a pool costs an eighth'],
    [/\bMath\.random\b/, 'use world.random'],
    [
      /\b(enum|namespace)\s+[A-Z]\w*\s*\{/,
      'use a union of texts, or a file: Node only strips types',
    ],
    [/\bas any\b|:\s*any\b/, 'name the type, or use unknown'],
  ];
  /** In SQL, which stands in texts. */
  const IN_SQL: readonly [RegExp, string][] = [
    [
      /(?<![.\w])now\(\)|\bcurrent_timestamp\b|\bclock_timestamp\(\)/i,
      'pass the time as a parameter',
    ],
    [/(?<![.\w])random\(\)|\bgen_random_uuid\b|\bnextval\b/i, 'pass ids as parameters'],
    [/\bdouble precision\b|::(real|float\d?)\b/i, 'money and rates are numeric or bigint'],
  ];

  test('calls that the hub does not make', () => {
    const findings = hub
      .filter(({ isTest }) => !isTest)
      .flatMap(({ path: file, text }) => {
        const { code, texts } = partsOf(text);
        return [
          ...CALLS.flatMap(([pattern, advice]) => findingsIn(file, code, pattern, advice)),
          ...IN_SQL.flatMap(([pattern, advice]) => findingsIn(file, texts, pattern, advice)),
        ];
      });
    expectNone(findings);
  });

  test('sessions that are taken in turn and also without', () => {
    const own = hub.filter(({ isTest }) => !isTest);
    const inTurn = /inTurn\(\s*[\w.#]+,\s*'([^']+)'/g;
    const names = new Set(own.flatMap(({ text }) => [...text.matchAll(inTurn)].map((m) => m[1])));
    expect(names.size).toBeGreaterThan(0);
    const bare = new RegExp(`\\.session\\('(${[...names].join('|')})'\\)`);
    expectNone(
      own.flatMap(({ path: file, text }) =>
        findingsIn(file, text, bare, 'others begin transactions on it: use inTurn'),
      ),
    );
  });
});

describe('exports', () => {
  const EXPORT =
    /^export\s+(?:(?:default|async)\s+)*(function|const|let|class|interface|type)\s+(\w+)/gm;

  function exportsOf({ text }: Source): { name: string; isType: boolean }[] {
    return [...text.matchAll(EXPORT)].map(([whole, kind = '', name = '']) => ({
      name: /^export\s+default/.test(whole) ? 'default' : name,
      isType: kind === 'interface' || kind === 'type',
    }));
  }

  const users = programs.map((source) => ({ source, imports: importsOf(source) }));

  /** Whether a file of the product or, if `byTests`, a test imports the name from the file. */
  function isImported(exporter: Source, name: string, byTests: boolean): boolean {
    return users.some(
      ({ source, imports }) =>
        source.path !== exporter.path &&
        (source.isTest === byTests || exporter.isTest) &&
        imports.some(
          ({ from, names }) =>
            from === exporter.path && (names === undefined || names.includes(name)),
        ),
    );
  }

  function isUsedAtHome({ text }: Source, name: string): boolean {
    return (text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1;
  }

  // Rooms that are a language: partners and rooms to come speak it; their own tests prove it.
  const isVocabulary = (file: string) => /^src\/(money|codes|wire|client)\//.test(file);

  test('nothing is exported that nobody imports', () => {
    const findings = programs
      .filter(({ path: file }) => !file.endsWith('.test.ts') && !file.startsWith('tests/setup/'))
      .flatMap((exporter) =>
        exportsOf(exporter).flatMap(({ name, isType }) => {
          if (isImported(exporter, name, false) || isVocabulary(exporter.path)) return [];
          const where = `${exporter.path}: ${name}`;
          if (!isUsedAtHome(exporter, name)) return [`${where} is used by nobody; remove it`];
          // Others get a type without naming it; a test may look at what the file itself uses.
          if (isType || isImported(exporter, name, true)) return [];
          return [`${where} is used in its own file only; do not export it`];
        }),
      );
    expectNone(findings);
  });
});

describe('migrations', () => {
  interface Table {
    readonly file: string;
    readonly name: string;
    readonly body: string;
  }

  const withoutComments = (sql: string): string => sql.replace(/--[^\n]*/g, '');

  function tablesOf({ path: file, text }: Source): Table[] {
    const pattern = /create table (?:if not exists )?([\w.]+)\s*\(([\s\S]*?)\n\s*\)[^;]*;/gi;
    return [...withoutComments(text).matchAll(pattern)].map(([, name = '', body = '']) => ({
      file,
      name,
      body,
    }));
  }

  const tables = migrations.flatMap(tablesOf);
  const isLaneTable = ({ body }: Table): boolean => /^\s*lane\s+smallint/im.test(body);

  test('there are some, and every table in them was read', () => {
    const written = migrations.flatMap(
      ({ text }) => withoutComments(text).match(/create table/gi) ?? [],
    );
    expect(written.length).toBeGreaterThan(0);
    expect(tables).toHaveLength(written.length);
  });

  test('every table has a primary key, which begins with the lane where there is one', () => {
    const findings = tables.flatMap((table) => {
      const { file, name, body } = table;
      if (!/\bprimary key\b/i.test(body)) return [`${file}: ${name} has no primary key`];
      const keys = [...body.matchAll(/\b(?:primary key|unique)\s*\(\s*(\w+)/gi)];
      const single = /^\s*(\w+)[^,\n]*\b(?:primary key(?!\s*\()|unique(?!\s*\())/gim;
      const first = [...keys, ...body.matchAll(single)].map(([, column = '']) => column);
      if (!isLaneTable(table) || first.every((column) => column === 'lane')) return [];
      return [`${file}: ${name}: every key of a lane table begins with lane (citus, rule 1)`];
    });
    expectNone(findings);
  });

  test('unique indexes of lane tables begin with the lane', () => {
    const lanes = new Set(tables.filter(isLaneTable).map(({ name }) => name));
    const index = /create unique index (?:if not exists )?\w* ?on (\w+)[^(]*\(\s*(\w+)/gi;
    const findings = migrations.flatMap(({ path: file, text }) =>
      [...withoutComments(text).matchAll(index)]
        .filter(([, table = '', column]) => lanes.has(table) && column !== 'lane')
        .map(([, table]) => `${file}: a unique index of ${table} does not begin with lane`),
    );
    expectNone(findings);
  });

  test('ids, times and rules come from the hub, not from the database', () => {
    const rules: readonly [RegExp, string][] = [
      [/\b(small|big)?serial\b|\bas identity\b|\bnextval\b/i, 'ids come from the hub'],
      [/\bcreate\s+sequence\b/i, 'ids come from the hub'],
      [
        /\bnow\(\)|\bcurrent_(timestamp|date|time)\b|\bclock_timestamp\b/i,
        'times come from the hub',
      ],
      [/\bgen_random_uuid\b|\brandom\(\)|\buuid_generate/i, 'chance comes from the hub'],
      [/\btrigger\b/i, 'no triggers: checks are constraints, effects are decisions'],
      [/\b(double precision|real|float\d?)\b/i, 'numbers are exact: bigint or numeric'],
    ];
    const findings = migrations.flatMap(({ path: file, text }) => {
      const sql = withoutComments(text);
      return rules.flatMap(([pattern, advice]) => findingsIn(file, sql, pattern, advice));
    });
    expectNone(findings);
  });
});
