// The sandbox API of the partners' own files: a day's CSV, and the mistakes that it is to have.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { BookStore } from './book-store.ts';
import { bookFile } from './books.ts';
import { readBody, sendProblem } from './http.ts';
import { refused } from './outcome.ts';
import { sandboxAcquirers, sandboxWallets } from './partners.ts';

const aCount = z.number().int().min(0).max(1_000).default(0);
const mistakesBody = z.strictObject({
  drop: aCount,
  double: aCount,
  changeAmount: aCount,
  dayLate: aCount,
});

interface Place {
  readonly partnerId: string;
  readonly date: string;
}

/** Registers `/sandbox/partners/:partnerId/books/:date` and its mistakes. */
export function bookRoutes(server: FastifyInstance, store: BookStore): void {
  server.get<{ Params: Place }>(
    '/sandbox/partners/:partnerId/books/:date',
    async (request, reply) => {
      const { partnerId, date } = request.params;
      const rows = rowsOf(store, partnerId);
      if (rows === undefined || !isDate(date)) return notFound(reply, rows === undefined);
      const text = bookFile(rows, date, (day) => store.mistakes(partnerId, day));
      return reply.type('text/csv; charset=utf-8').send(text);
    },
  );

  server.put<{ Params: Place }>(
    '/sandbox/partners/:partnerId/books/:date/mistakes',
    async (request, reply) => {
      const { partnerId, date } = request.params;
      const isKnown = [...sandboxWallets, ...sandboxAcquirers].some(({ id }) => id === partnerId);
      if (!isKnown || !isDate(date)) return notFound(reply, !isKnown);
      const body = readBody(mistakesBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      store.setMistakes(partnerId, date, body.value);
      return body.value;
    },
  );
}

function rowsOf(store: BookStore, partnerId: string) {
  if (sandboxWallets.some(({ id }) => id === partnerId)) return store.walletRows(partnerId);
  if (sandboxAcquirers.some(({ id }) => id === partnerId)) return store.acquirerRows(partnerId);
  return undefined;
}

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
