// Calendars over HTTP: which markets and years are known, what was loaded, and its two persons.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { clearingDayOf } from '../../calendar/clearingDay.ts';
import { faultReasons, faultText } from '../../calendar/faults.ts';
import {
  type CalendarDecisionReply,
  type CalendarProposalReply,
  decideCalendar,
  proposeCalendar,
  readLoadedCalendars,
} from '../../calendar/store.ts';
import { calendarsIf, calendarsView } from '../../calendar/view.ts';
import { readAgreements } from '../../clearing/store.ts';
import { marketsOf } from '../../settlement/netting.ts';
import { readOtherDays } from '../../settlement/viewStore.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';
import { settlementWorldOf } from '../settling.ts';

const aPerson = z.string().trim().min(1).max(64);
const loadBody = z.strictObject({ by: aPerson, text: z.string() });
const decisionBody = z.strictObject({ by: aPerson });
const decisionPath = z.object({
  calendarId: z.string().max(32),
  verb: z.enum(['approve', 'reject']),
});

/** Everything under `/console/api/calendars`. */
export function calendarRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  server.get('/console/api/calendars', async () => {
    const [loaded, agreements] = await Promise.all([
      readLoadedCalendars(database),
      readAgreements(database),
    ]);
    return calendarsView(loaded, agreements.flatMap(marketsOf), clearingDayOf(hub.now()));
  });

  server.get<{ Params: { calendarId: string } }>(
    '/console/api/calendars/changes/:calendarId/days',
    async (request, reply) => {
      const loaded = await readLoadedCalendars(database);
      const { calendarId } = request.params;
      const found = loaded.find((each) => each.calendarId === calendarId);
      if (found === undefined) return reply.code(404).send(noSuchCalendar);
      return readOtherDays(settlementWorldOf(hub, database), calendarsIf(found, loaded));
    },
  );

  server.post('/console/api/calendars/changes', async (request, reply) => {
    const body = loadBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { text, by } = body.data;
    const proposed = await proposeCalendar(database, text, { by, now: hub.now() });
    const { status, answer } = proposalAnswer(proposed);
    return reply.code(status).send(answer);
  });

  server.post('/console/api/calendars/changes/:calendarId/:verb', async (request, reply) => {
    const where = decisionPath.safeParse(request.params);
    if (!where.success) return reply.code(404).send(refusal('NO_SUCH_STEP', 'No such step.'));
    const body = decisionBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const act = { by: body.data.by, now: hub.now() };
    const decided = await decideCalendar(database, where.data, act);
    // Others follow within a second; whoever has decided it sees it at once.
    if (decided.kind === 'done') await hub.configuration.reload();
    const { status, answer } = decisionAnswer(decided);
    return reply.code(status).send(answer);
  });
}

interface Answer {
  readonly status: number;
  readonly answer: object;
}

/** Every reply with its HTTP status; a refusal has a code that pages put into words. */
function proposalAnswer(reply: CalendarProposalReply): Answer {
  switch (reply.kind) {
    case 'done':
    case 'repeated': {
      const { calendarId, state } = reply.calendar;
      return { status: 200, answer: { calendarId, state } };
    }
    case 'wrong_file': {
      const { error } = refusal('WRONG_FILE', faultText(reply));
      const { line, field } = reply;
      const reasons = faultReasons(reply);
      return { status: 400, answer: { error: { ...error, line, field, reasons } } };
    }
    case 'in_force': {
      const message = `${reply.calendarId} says the same, and is in force.`;
      return { status: 409, answer: refusal('IN_FORCE', message) };
    }
  }
}

function decisionAnswer(reply: CalendarDecisionReply): Answer {
  switch (reply.kind) {
    case 'done':
    case 'repeated': {
      const { calendarId, state } = reply.calendar;
      return { status: 200, answer: { calendarId, state } };
    }
    case 'same_person': {
      const message = `${reply.by} has loaded it: another person must approve it.`;
      return { status: 409, answer: refusal('SAME_PERSON', message) };
    }
    case 'wrong_order':
      return { status: 409, answer: refusal('WRONG_ORDER', `The calendar is ${reply.state}.`) };
    case 'outdated': {
      const message = `${reply.inForce} came into force since it was loaded.`;
      return { status: 409, answer: refusal('OUTDATED', message) };
    }
    case 'no_such_calendar':
      return { status: 404, answer: noSuchCalendar };
  }
}

const noSuchCalendar = refusal('NO_SUCH_CALENDAR', 'There is no such calendar.');
