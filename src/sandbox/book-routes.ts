// The sandbox API of the partners' books: a day's own file, the mistakes that it is to have, and
// what comparing with the network came to.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../base/world.ts';
import type { BookDesk } from './book-commands.ts';
import type { Comparison } from './book-compare.ts';
import type { BookStore } from './book-store.ts';
import { bookFile, dateAfter, dateOfInstant, mistakeKinds, rowsOfDay } from './books.ts';
import { readBody, sendProblem } from './http.ts';
import { refused } from './outcome.ts';
import { type SandboxPartner, sandboxPartners } from './partners.ts';

const aCount = z.number().int().min(0).max(1_000).default(0);
const mistakesBody = z.strictObject(
  Object.fromEntries(mistakeKinds.map((kind) => [kind, aCount])) as Record<
    (typeof mistakeKinds)[number],
    typeof aCount
  >,
);

interface Place {
  readonly partnerId: string;
  readonly date: string;
}

/** Days that are shown, today among them. */
const daysShown = 8;

export interface BookRoutesOptions {
  readonly store: BookStore;
  readonly desk: BookDesk;
  readonly clock: Clock;
}

/** Registers `/sandbox/partners` and all under `/sandbox/partners/:partnerId/books`. */
export function bookRoutes(
  server: FastifyInstance,
  { store, desk, clock }: BookRoutesOptions,
): void {
  server.get('/sandbox/partners', () => ({
    partners: sandboxPartners().map(({ id, name, role, market, currency }) => ({
      id,
      name,
      role,
      market,
      currency,
    })),
  }));

  server.get<{ Params: Pick<Place, 'partnerId'> }>(
    '/sandbox/partners/:partnerId/books',
    async (request, reply) => {
      const partner = partnerOf(request.params.partnerId);
      if (partner === undefined) return notFound(reply, true);
      const { id: partnerId, name, role, currency } = partner;
      const today = dateOfInstant(clock.now());
      const rows = store.rows(partner);
      const days = Array.from({ length: daysShown }, (_, back) => dateAfter(today, -back));
      return {
        partnerId,
        name,
        role,
        currency,
        days: days.map((date) => ({
          date,
          rows: rowsOfDay(rows, date).length,
          mistakes: store.mistakes(partnerId, date),
          comparison: view(store.comparison(partnerId, date)),
        })),
      };
    },
  );

  server.get<{ Params: Place }>(
    '/sandbox/partners/:partnerId/books/:date',
    async (request, reply) => {
      const { partnerId, date } = request.params;
      const partner = partnerOf(partnerId);
      if (partner === undefined || !isDate(date)) return notFound(reply, partner === undefined);
      const mistakesOf = (day: string) => store.mistakes(partnerId, day);
      const text = bookFile(store.rows(partner), date, partner.currency, mistakesOf);
      return reply.type('text/csv; charset=utf-8').send(text);
    },
  );

  server.put<{ Params: Place }>(
    '/sandbox/partners/:partnerId/books/:date/mistakes',
    async (request, reply) => {
      const { partnerId, date } = request.params;
      const partner = partnerOf(partnerId);
      if (partner === undefined || !isDate(date)) return notFound(reply, partner === undefined);
      const body = readBody(mistakesBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      store.setMistakes(partnerId, date, body.value);
      return body.value;
    },
  );

  server.post<{ Params: Place }>(
    '/sandbox/partners/:partnerId/books/:date/comparison',
    async (request, reply) => {
      const { partnerId, date } = request.params;
      const partner = partnerOf(partnerId);
      if (partner === undefined || !isDate(date)) return notFound(reply, partner === undefined);
      return view(await desk.compare(partner, date));
    },
  );
}

function view(comparison: Comparison | null) {
  return comparison && { ...comparison, at: new Date(comparison.at).toISOString() };
}

const partnerOf = (partnerId: string): SandboxPartner | undefined =>
  sandboxPartners().find(({ id }) => id === partnerId);

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function notFound(reply: FastifyReply, isPartner: boolean): FastifyReply {
  const { problem } = isPartner
    ? refused(404, 'PARTNER_NOT_FOUND', 'The sandbox plays no such partner.', 'partnerId')
    : refused(404, 'NOT_FOUND', 'The date must be as 2026-11-22.', 'date');
  return sendProblem(reply, problem);
}
