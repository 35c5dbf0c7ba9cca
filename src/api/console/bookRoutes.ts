// A partner's own file over HTTP from the operator's page: of which agreement and day, and the
// comparison itself, as the command line and the partner's own way in do it.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { limits } from '../../base/limits.ts';
import type { Database } from '../../base/world.ts';
import { dateOf, dayOfDate } from '../../calendar/businessDay.ts';
import { readAgreements, readClosedDays } from '../../clearing/store.ts';
import { type ReconcileReply, reconcile } from '../../reconciliation/commands.ts';
import { type MappingRead, readMapping, usualMapping } from '../../reconciliation/mapping.ts';
import { readReasons } from '../../reconciliation/reasons.ts';
import { bookFileOf, bookWorld, mostOfBook } from '../bookFile.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

const longestMapping = 16 * 1024;

const fileBody = z.strictObject({
  by: z.string().trim().min(1).max(64),
  agreementId: z.string().max(64),
  date: z.string().refine((text) => dayOfDate(text) !== undefined, 'must be a day, as 2026-11-22'),
  fileName: z.string().min(1).max(200),
  /** The file itself, in base64: its very bytes decide whether it was compared before. */
  contentBase64: z.string(),
  /** JSON that says which columns are theirs; without it they are ours. */
  mapping: z.string().max(longestMapping).optional(),
});

/** Of a body: the file in base64, and room for all else. */
const bodyLimit = Math.ceil(limits.ownBookBytes / 3) * 4 + 4 * longestMapping;

/** Closed days that the page offers; the command line takes any. */
const daysOffered = 92;

/** Everything under `/console/api/reconciliation/files`. */
export function bookRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const path = '/console/api/reconciliation/files';

  server.get(path, async () => {
    const [agreements, days] = await Promise.all([
      readAgreements(database),
      readClosedDays(database, daysOffered),
    ]);
    return {
      agreements: agreements.map(({ agreementId, participantName, currency, since }) => ({
        agreementId,
        participantName,
        currency,
        since: dateOf(since),
      })),
      days: days.map(({ day }) => dateOf(day)),
      mostBytes: limits.ownBookBytes,
    };
  });

  server.post(path, { bodyLimit, errorHandler: tooLong }, async (request, reply) => {
    const body = fileBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { by, agreementId, date, fileName, contentBase64, mapping: written } = body.data;
    const bytes = Buffer.from(contentBase64, 'base64');
    if (bytes.toString('base64') !== contentBase64) {
      return reply.code(400).send(wrongField('contentBase64', 'must be base64'));
    }
    if (bytes.length > limits.ownBookBytes) return reply.code(413).send(tooLarge);
    const mapping = mappingOf(written);
    if (!mapping.ok) return reply.code(400).send(unusable('UNUSABLE_MAPPING', mapping.problem));
    const file = bookFileOf(fileName, bytes, mapping.mapping);
    const day = dayOfDate(date) ?? 0;
    const wanted = { agreementId, day, file, mapping: mapping.mapping, by };
    const { status, answer } = answerTo(await reconcile(bookWorld(hub, database), wanted), date);
    return reply.code(status).send(answer);
  });
}

/** A body that was not even read to its end is refused in the same words as a file too long. */
function tooLong(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (error.statusCode === 413) reply.code(413).send(tooLarge);
  else reply.send(error);
}

const tooLarge = refusal(
  'TOO_LARGE',
  `A file is ${mostOfBook} here; wayfare reconcile run compares longer ones.`,
);

function mappingOf(text: string | undefined): MappingRead {
  if (text === undefined) return { ok: true, mapping: usualMapping };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'the mapping is no JSON' };
  }
  return readMapping(json);
}

const wrongField = (field: string, problem: string) => ({
  error: { code: 'PARAM_ILLEGAL', message: `${field}: ${problem}`, field },
});

/** Why a file says nothing at all, for whoever reads the answer and for pages. */
function unusable(code: string, problem: string) {
  return { error: { code, message: problem, reasons: readReasons(problem) } };
}

/** Every reply with its HTTP status; a refusal has a code that pages put into words. */
function answerTo(reply: ReconcileReply, date: string): { status: number; answer: object } {
  switch (reply.kind) {
    case 'no_such_agreement':
      return { status: 404, answer: refusal('NO_SUCH_AGREEMENT', 'There is no such agreement.') };
    case 'not_closed': {
      const message = `${date} is not closed for this agreement.`;
      return { status: 409, answer: refusal('NOT_CLOSED', message) };
    }
    case 'unusable':
      return { status: 400, answer: unusable('UNUSABLE_FILE', reply.problem) };
    default: {
      const { runId, lines, items, matched, found } = reply.run;
      const isNew = reply.kind === 'compared';
      return { status: 200, answer: { runId, isNew, lines, items, matched, found } };
    }
  }
}
