// SQL of calendars that people loaded, and what they do with them: propose, approve, reject.

import { inTurn } from '../base/turns.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import { type Calendars, dateOf } from './businessDay.ts';
import { clearingDayOf } from './clearingDay.ts';
import { type CalendarFault, faultText } from './faults.ts';
import {
  type CalendarState,
  type CalendarVerb,
  calendarIdOf,
  calendarsOf,
  inForceFor,
  isSameFile,
  judgeDecision,
  type LoadedCalendar,
} from './loaded.ts';
import { readCalendar } from './readCalendar.ts';

/** What became of a proposal; all but `done` have changed nothing. */
export type CalendarProposalReply =
  | { readonly kind: 'done' | 'repeated'; readonly calendar: LoadedCalendar }
  | ({ readonly kind: 'wrong_file' } & CalendarFault)
  /** It says what is in force already. */
  | { readonly kind: 'in_force'; readonly calendarId: string };

/** What became of a decision; all but `done` have changed nothing. */
export type CalendarDecisionReply =
  | { readonly kind: 'done' | 'repeated'; readonly calendar: LoadedCalendar }
  | { readonly kind: 'same_person'; readonly by: string }
  | { readonly kind: 'wrong_order'; readonly state: CalendarState }
  | { readonly kind: 'outdated'; readonly inForce: string }
  | { readonly kind: 'no_such_calendar' };

/** What a person does: at network time `now`. */
interface Act {
  readonly by: string;
  readonly now: number;
}

/** Proposes the calendar of a file, which is kept as it is, for another person to approve. */
export async function proposeCalendar(
  database: Database,
  text: string,
  { by, now }: Act,
): Promise<CalendarProposalReply> {
  const reading = readCalendar(text, dateOf(clearingDayOf(now)));
  if (!reading.ok) {
    const { line, field, problem } = reading;
    return { kind: 'wrong_file', line, field, problem };
  }
  const { file } = reading;
  return changeCalendars<CalendarProposalReply>(database, (loaded) => {
    const waiting = loaded.find((each) => each.state === 'PROPOSED' && isSameFile(each.file, file));
    if (waiting !== undefined) return { reply: { kind: 'repeated', calendar: waiting } };
    const inForce = inForceFor(loaded, file);
    if (inForce !== undefined && isSameFile(inForce.file, file)) {
      return { reply: { kind: 'in_force', calendarId: inForce.calendarId } };
    }
    const calendar: LoadedCalendar = {
      calendarId: calendarIdOf(loaded.length + 1),
      file,
      replaces: inForce?.calendarId ?? null,
      state: 'PROPOSED',
      proposedBy: by,
      proposedAt: now,
      decidedBy: null,
      decidedAt: null,
    };
    return { reply: { kind: 'done', calendar }, write: insertCalendar(calendar, text) };
  });
}

/** Approves or rejects a proposal; running hubs go by what was approved within a second. */
export async function decideCalendar(
  database: Database,
  { calendarId, verb }: { readonly calendarId: string; readonly verb: CalendarVerb },
  { by, now }: Act,
): Promise<CalendarDecisionReply> {
  return changeCalendars<CalendarDecisionReply>(database, (loaded) => {
    const calendar = loaded.find((each) => each.calendarId === calendarId);
    if (calendar === undefined) return { reply: { kind: 'no_such_calendar' } };
    const verdict = judgeDecision(calendar, loaded, verb, by);
    if (verdict.kind === 'repeated') return { reply: { kind: 'repeated', calendar } };
    if (verdict.kind !== 'allowed') return { reply: verdict };
    const state = verb === 'approve' ? 'APPROVED' : 'REJECTED';
    const decided: LoadedCalendar = { ...calendar, state, decidedBy: by, decidedAt: now };
    return {
      reply: { kind: 'done', calendar: decided },
      write: {
        text:
          'update market_calendars set state = $2, decided_by = $3, decided_at = $4 ' +
          'where calendar_id = $1',
        values: [calendarId, state, by, now],
      },
    };
  });
}

function insertCalendar(calendar: LoadedCalendar, text: string): Statement {
  const { calendarId, file, replaces, state, proposedBy, proposedAt } = calendar;
  return {
    text:
      'insert into market_calendars (calendar_id, market, year, document, replaces, state, ' +
      'proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [calendarId, file.market, file.year, text, replaces, state, proposedBy, proposedAt],
  };
}

const columns =
  'calendar_id, document, replaces, state, proposed_by, proposed_at, decided_by, decided_at';

const everyCalendar: Statement = {
  text: `select ${columns} from market_calendars order by calendar_id`,
  values: [],
};

/** One person changes calendars at a time. */
const lockCalendars: Statement = {
  text: 'lock table market_calendars in share row exclusive mode',
  values: [],
};

/** Tells running hubs to read the configuration again; the mark differs with every act. */
const markChange: Statement = {
  text:
    "insert into settings (name, value) select 'configuration', " +
    "'calendars ' || count(*) || '/' || count(decided_by) from market_calendars " +
    'on conflict (name) do update set value = excluded.value',
  values: [],
};

function changeCalendars<T>(
  database: Database,
  work: (loaded: readonly LoadedCalendar[]) => { readonly reply: T; readonly write?: Statement },
): Promise<T> {
  return inTurn(database, 'calendars', async (session) => {
    const [, , rows = []] = await session.run([
      { text: 'begin', values: [] },
      lockCalendars,
      everyCalendar,
    ]);
    const { reply, write } = work(rows.map(calendarFrom));
    const changes = write === undefined ? [] : [write, markChange];
    await session.run([...changes, { text: 'commit', values: [] }]);
    return reply;
  });
}

function calendarFrom(row: Row): LoadedCalendar {
  const [calendarId, document, replaces, state, proposedBy, proposedAt] = row;
  const [decidedBy, decidedAt] = row.slice(6);
  const reading = readCalendar(document as string);
  if (!reading.ok) {
    throw new Error(`the calendar ${calendarId} as stored: ${faultText(reading)}`);
  }
  return {
    calendarId: calendarId as string,
    file: reading.file,
    replaces: replaces as string | null,
    state: state as CalendarState,
    proposedBy: proposedBy as string,
    proposedAt: Number(proposedAt),
    decidedBy: decidedBy as string | null,
    decidedAt: decidedAt === null ? null : Number(decidedAt),
  };
}

/** Everything that was ever loaded, the oldest first. */
export async function readLoadedCalendars(database: Database): Promise<LoadedCalendar[]> {
  const rows = await database.query<Record<string, unknown>>(everyCalendar.text);
  return rows.map((row) => calendarFrom(columns.split(', ').map((column) => row[column])));
}

/** On which days banks work now, in every market. */
export async function readCalendars(database: Database): Promise<Calendars> {
  return calendarsOf(await readLoadedCalendars(database));
}
