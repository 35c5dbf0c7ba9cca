// A partner hands in its own file of a day: a signed POST, compared at once with our items.

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../base/limits.ts';
import type { Database } from '../base/world.ts';
import { dateOf, dayOfDate } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { batchesOfDay, readAgreements } from '../clearing/store.ts';
import type { Participant } from '../network/participant.ts';
import { type PartnerFile, type ReconcileReply, reconcile } from '../reconciliation/commands.ts';
import { usualMapping } from '../reconciliation/mapping.ts';
import { runFrom, runsOfDay } from '../reconciliation/store.ts';
import { result } from '../wire/results.ts';
import { requestUri } from '../wire/signature.ts';
import { type TakenBody, takeBody } from './body.ts';
import { bookFileOf, bookWorld, mostOfBook } from './bookFile.ts';
import type { Hub } from './hub.ts';
import { callerOf, sendSigned } from './signedGet.ts';

const root = '/files/books';

interface Place {
  readonly agreementId: string;
  readonly date: string;
}

/**
 * `POST /files/books/<agreementId>/<date>` (docs/guides/reconciliation.md): the body is the file
 * with our columns, signed as every message is. What is wrong with it is said in a signed result,
 * and changes nothing; the same file again is the same run. It is our own: the protocol has no
 * message about partners' books (GAP).
 */
export function ownBookRoutes(scope: FastifyInstance, hub: Hub, database: Database): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
    takeBody(payload, { bytes: limits.ownBookBytes, ms: limits.requestArrivalMs }),
  );
  // Files wait for each other in memory: of each participant there is one.
  const underWay = new Set<string>();
  scope.post<{ Params: Place }>(`${root}/:agreementId/:date`, async (request, reply) => {
    const uri = requestUri(request.originalUrl);
    const taken = (request.body ?? noBody) as TakenBody;
    if (taken.kind !== 'whole') return notTaken(reply, taken.kind);
    const caller = await callerOf(hub, request, uri, taken.bytes);
    if ('problem' in caller) {
      return reply.code(401).send({ error: { code: caller.code, message: caller.problem } });
    }
    const { participantId } = caller;
    const isBusy = underWay.has(participantId);
    underWay.add(participantId);
    try {
      const answer = isBusy
        ? busy
        : await handIn(hub, database, caller, request.params, taken.bytes);
      return await sendSigned(reply, hub, caller, uri, JSON.stringify(answer));
    } finally {
      if (!isBusy) underWay.delete(participantId);
    }
  });
}

const busy = {
  result: result('REQUEST_TRAFFIC_EXCEED_LIMIT', 'Your last file is still being compared.'),
};

async function handIn(
  hub: Hub,
  database: Database,
  { participantId }: Participant,
  { agreementId, date }: Place,
  bytes: Buffer,
): Promise<object> {
  const day = dayOfDate(date);
  if (day === undefined) return wrong('date', 'must be a day, as 2026-11-22');
  // Somebody else's agreement is as absent as one that never was.
  const agreements = await readAgreements(database);
  const own = agreements.find(
    (each) => each.agreementId === agreementId && each.participantId === participantId,
  );
  if (own === undefined) return wrong('agreementId', 'is no agreement of yours');
  const file = bookFileOf(`${agreementId}_${date}.csv`, bytes, usualMapping);
  const tooMuch = await tooMuchOf(database, own.accountId, day, file, bytes);
  if (tooMuch !== undefined) return tooMuch;
  const request = { agreementId, day, file, mapping: usualMapping, by: participantId };
  return answerTo(await reconcile(bookWorld(hub, database), request), day);
}

/** What a file would cost is bounded: whoever writes it decides how many breaks it has. */
async function tooMuchOf(
  database: Database,
  accountId: number,
  day: ClearingDay,
  { digest }: PartnerFile,
  bytes: Buffer,
): Promise<object | undefined> {
  const { ownBookLines, ownBooksOfDay } = limits;
  if (linesIn(bytes) > ownBookLines) {
    return wrong('body', `has more than ${ownBookLines} lines; the operator compares longer ones`);
  }
  const batches = await batchesOfDay(database, day);
  const batch = batches.find((each) => each.accountId === accountId);
  if (batch !== undefined && batch.payments.count + batch.refunds.count > ownBookLines) {
    const message = `has more than ${ownBookLines} items; the operator compares such days`;
    return wrong('date', message);
  }
  const reads = database.session('reconciliation reads');
  const [rows = []] = await reads.run([runsOfDay(accountId, day)]);
  const isKnown = rows.some((row) => runFrom(row).digest === digest);
  return rows.length < ownBooksOfDay || isKnown
    ? undefined
    : wrong(
        'body',
        `is beyond ${ownBooksOfDay} files of a day; the operator compares further ones`,
      );
}

function linesIn(bytes: Buffer): number {
  const lineFeed = 0x0a;
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

function answerTo(reply: ReconcileReply, day: ClearingDay): object {
  switch (reply.kind) {
    case 'no_such_agreement':
      return wrong('agreementId', 'is no agreement of yours');
    case 'not_closed':
      return wrong('date', `${dateOf(day)} is not closed`);
    case 'unusable':
      return wrong('body', reply.problem);
    default: {
      const { runId, lines, items, matched, found } = reply.run;
      const isNew = reply.kind === 'compared';
      const counts = { lineCount: lines, itemCount: items, matchedCount: matched };
      return { result: result('SUCCESS'), runId, isNew, ...counts, breaks: found };
    }
  }
}

const wrong = (field: string, problem: string) => ({
  result: result('PARAM_ILLEGAL', `${field}: ${problem}`),
});

const noBody = { kind: 'whole', bytes: Buffer.alloc(0) } as const;

function notTaken(reply: FastifyReply, kind: 'too_large' | 'too_slow'): FastifyReply {
  // What was not read to its end would be taken for the next request.
  reply.header('connection', 'close');
  const large = `A file is ${mostOfBook} here; the operator compares longer ones.`;
  const message = kind === 'too_large' ? large : 'The file took too long to arrive.';
  const code = kind === 'too_large' ? 'TOO_LARGE' : 'TOO_SLOW';
  return reply.code(kind === 'too_large' ? 413 : 408).send({ error: { code, message } });
}
