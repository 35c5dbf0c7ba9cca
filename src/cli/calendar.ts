// `wayfare calendar`: on which days banks work, by market and year; loaded by one person, in force
// by another.

import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '../base/world.ts';
import { clearingDayOf } from '../calendar/clearingDay.ts';
import { faultText } from '../calendar/faults.ts';
import type { CalendarVerb } from '../calendar/loaded.ts';
import {
  type CalendarDecisionReply,
  decideCalendar,
  proposeCalendar,
  readLoadedCalendars,
} from '../calendar/store.ts';
import { calendarsIf, calendarsView, changeView } from '../calendar/view.ts';
import { readAgreements } from '../clearing/store.ts';
import { marketsOf } from '../settlement/netting.ts';
import { readOtherDays } from '../settlement/viewStore.ts';
import { networkNow } from './clock.ts';
import { withWorld } from './settleWorld.ts';
import { withDatabase } from './withDatabase.ts';

interface Printed {
  readonly json?: true;
}

interface Signed extends Printed {
  readonly by: string;
}

const json = ['--json', 'one JSON object instead of text'] as const;

export function calendarCommand(): Command {
  return new Command('calendar')
    .description('on which days banks work, by market and year; changed by two persons')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(loadCommand())
    .addCommand(decisionCommand('approve', 'put a loaded calendar in force, as another person'))
    .addCommand(decisionCommand('reject', 'refuse a loaded calendar, or take back your own'))
    .addCommand(changesCommand());
}

async function readView(database: Database) {
  const [loaded, agreements, now] = await Promise.all([
    readLoadedCalendars(database),
    readAgreements(database),
    networkNow(database),
  ]);
  return calendarsView(loaded, agreements.flatMap(marketsOf), clearingDayOf(now));
}

type View = Awaited<ReturnType<typeof readView>>;
type Change = View['changes'][number];

function listCommand(): Command {
  return new Command('list')
    .description('every market and year that is known, with its source and its next day off')
    .option(...json)
    .action(async (options: Printed) => {
      const view = await withDatabase(readView);
      if (options.json) return say(JSON.stringify(view));
      for (const each of view.known) {
        const next = each.next === null ? '' : `  next ${each.next.day} ${each.next.name}`;
        const days = `${each.holidays.length} days off`.padEnd(12);
        say(`${each.market} ${each.year}  ${days}  ${originText(each)}${next}`);
      }
      for (const { market, year } of view.missing) say(`${market} ${year}  only weekends count`);
      for (const each of view.changes) if (each.state === 'PROPOSED') say(changeText(each));
    });
}

function originText({ calendarId, source, published }: View['known'][number]): string {
  return calendarId === null
    ? 'comes with Wayfare'
    : `${calendarId}, ${source}, published ${published}`;
}

function showCommand(): Command {
  return new Command('show')
    .description('every day of a market and year, or what a loaded calendar changes')
    .argument('<what>', 'a market, as CN, or a loaded calendar, as H00000001')
    .argument('[year]', 'a year of the market; without it all that are known', aYear)
    .option(...json)
    .action(async (what: string, year: number | undefined, options: Printed) =>
      /^H\d+$/.test(what) ? showLoaded(what, options) : showMarket(what, year, options),
    );
}

async function showMarket(
  market: string,
  year: number | undefined,
  options: Printed,
): Promise<void> {
  const view = await withDatabase(readView);
  const known = view.known.filter(
    (each) => each.market === market && (year === undefined || each.year === year),
  );
  const changes = view.changes.filter(
    (each) => each.market === market && (year === undefined || each.year === year),
  );
  if (options.json) return say(JSON.stringify({ known, changes }));
  if (known.length === 0) {
    throw new Error(`nothing is known of ${market} ${year ?? ''}: only weekends count there`);
  }
  for (const each of known) {
    say(`${each.market} ${each.year}  ${originText(each)}`);
    if (each.address !== null) say(`  ${each.address}`);
    for (const { day, name } of each.holidays) say(`  ${day}  ${name}`);
    for (const day of each.workingWeekendDays) say(`  ${day}  worked, although a weekend day`);
    if (each.leftOut !== '') say(`  left out: ${each.leftOut}`);
  }
  for (const each of changes) say(changeText(each));
}

async function showLoaded(calendarId: string, options: Printed): Promise<void> {
  const view = await withWorld(async (world) => {
    const loaded = await readLoadedCalendars(world.database);
    const found = loaded.find((each) => each.calendarId === calendarId);
    if (found === undefined) throw new Error(noSuchCalendar);
    const isOpen = found.state === 'PROPOSED';
    const otherDays = isOpen ? await readOtherDays(world, calendarsIf(found, loaded)) : null;
    return { ...changeView(found, loaded), otherDays };
  });
  if (options.json) return say(JSON.stringify(view));
  say(changeText(view));
  say(`  ${view.source}, published ${view.published}${view.address ? `, ${view.address}` : ''}`);
  const nameOf = (date: string) => view.holidays.find(({ day }) => day === date)?.name ?? '';
  for (const day of view.closes) say(`  ${day}  banks no longer work: ${nameOf(day)}`);
  for (const day of view.opens) say(`  ${day}  banks work`);
  if (view.closes.length + view.opens.length === 0) say('  no working day changes');
  for (const each of view.otherDays?.agreements ?? []) {
    const days = `${each.nextDay ?? 'never'} to ${each.otherDay ?? 'never'}`;
    say(`  ${each.agreementId}: next settled, from ${days}`);
  }
  for (const { settlementBatchId, valueDay, otherDay } of view.otherDays?.batches ?? []) {
    say(`  ${settlementBatchId} keeps ${valueDay}; it would have ${otherDay}`);
  }
}

function loadCommand(): Command {
  return new Command('load')
    .description('propose the calendar of a market and year; another person must approve it')
    .argument('<file>', 'JSON, as docs/guides/settlement.md shows it')
    .requiredOption('--by <person>', 'who loads it: kept for ever', aPerson)
    .option(...json)
    .action(async (file: string, { by, ...options }: Signed) => {
      const text = readFileSync(file, 'utf8');
      const view = await withDatabase(async (database) => {
        const act = { by, now: await networkNow(database) };
        const reply = await proposeCalendar(database, text, act);
        if (reply.kind === 'wrong_file') throw new Error(`${file}: ${faultText(reply)}`);
        if (reply.kind === 'in_force') {
          throw new Error(`${reply.calendarId} says the same, and is in force`);
        }
        return shown(database, reply.calendar.calendarId);
      });
      if (options.json) return say(JSON.stringify(view));
      say(changeText(view));
      say(`Another person must approve it: wayfare calendar approve ${view.calendarId} --by …`);
    });
}

function decisionCommand(verb: CalendarVerb, description: string): Command {
  return new Command(verb)
    .description(description)
    .argument('<calendarId>', 'as `wayfare calendar changes` names it')
    .requiredOption('--by <person>', 'who does it: kept for ever', aPerson)
    .option(...json)
    .action(async (calendarId: string, { by, ...options }: Signed) => {
      const view = await withDatabase(async (database) => {
        const act = { by, now: await networkNow(database) };
        const reply = await decideCalendar(database, { calendarId, verb }, act);
        if (!('calendar' in reply)) throw new Error(decisionProblem(reply));
        return shown(database, calendarId);
      });
      say(options.json ? JSON.stringify(view) : changeText(view));
    });
}

async function shown(database: Database, calendarId: string): Promise<Change> {
  const found = (await readView(database)).changes.find((each) => each.calendarId === calendarId);
  if (found === undefined) throw new Error(noSuchCalendar);
  return found;
}

function changesCommand(): Command {
  return new Command('changes')
    .description('what was ever loaded, and what became of it; the latest first')
    .option(...json)
    .action(async (options: Printed) => {
      const { changes } = await withDatabase(readView);
      if (options.json) return say(JSON.stringify({ changes }));
      if (changes.length === 0) say('No calendar was loaded yet.');
      for (const change of changes) say(changeText(change));
    });
}

const stateWords = {
  PROPOSED: 'needs approval',
  IN_FORCE: 'in force',
  REPLACED: 'replaced',
  REJECTED: 'rejected',
} as const;

function changeText(change: Change): string {
  const { calendarId, market, year, state, decidedBy } = change;
  const decided = decidedBy === null ? '' : `, decided by ${decidedBy}`;
  const outdated = change.isOutdated ? '; outdated, another came into force since' : '';
  return (
    `${calendarId}  ${market} ${year}  ${stateWords[state].padEnd(14)}  ${change.source}: ` +
    `loaded by ${change.proposedBy}${decided}${outdated}`
  );
}

const noSuchCalendar = 'there is no such calendar: `wayfare calendar changes` lists them';

type Refusal = Exclude<CalendarDecisionReply, { readonly kind: 'done' | 'repeated' }>;

function decisionProblem(reply: Refusal): string {
  switch (reply.kind) {
    case 'same_person':
      return `${reply.by} has loaded it: another person must approve it`;
    case 'wrong_order':
      return `it is ${reply.state}`;
    case 'outdated':
      return `${reply.inForce} came into force since it was loaded: reject it and load it again`;
    case 'no_such_calendar':
      return noSuchCalendar;
  }
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

function aPerson(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 64) throw new InvalidArgumentError('a name, to 64 letters');
  return name;
}

function aYear(text: string): number {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('a year, as 2027');
  return Number(text);
}
