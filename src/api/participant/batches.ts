// A participant's batches, and its statement: what it was, what moved, what it is.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dateOf, dayOfDate } from '../../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../../calendar/clearingDay.ts';
import type { Agreement, ClearingBatch } from '../../clearing/batch.ts';
import { batchesOfAccounts, readAgreements } from '../../clearing/store.ts';
import { type Movement, readAccountSpan } from '../../files/movementStore.ts';
import { clearingBatchView } from '../../settlement/view.ts';
import { readSettlement } from '../../settlement/viewStore.ts';
import { illegal, refusal } from '../refusal.ts';
import { settlementWorldOf } from '../settling.ts';
import type { OwnContext } from './context.ts';

/** Clearing batches of the last weeks; older ones are in the statement and in files. */
const shownDays = 35;
const mostBatches = 200;
/** The longest statement, so that one answer stays small: a day has one line or a few. */
const mostDays = 366;

const aDate = z
  .string()
  .refine((text) => dayOfDate(text) !== undefined, 'must be a date, as 2026-11-22');

const spanQuery = z.object({ from: aDate.optional(), to: aDate.optional() });

/** `GET /participant/api/batches` and `…/statement`. */
export function ownBatchRoutes(server: FastifyInstance, { hub, database, own }: OwnContext): void {
  const agreementsOf = async (participantId: string) =>
    (await readAgreements(database)).filter((each) => each.participantId === participantId);

  server.get('/participant/api/batches', async (request) => {
    const { participantId } = own(request);
    const today = clearingDayOf(hub.now());
    const [settling, agreements] = await Promise.all([
      readSettlement(settlementWorldOf(hub, database), participantId),
      agreementsOf(participantId),
    ]);
    const batches = await batchesOfAccounts(
      database,
      agreements.map(({ accountId }) => accountId),
      { from: today - shownDays, to: today, most: mostBatches },
    );
    return {
      today: settling.today,
      openDay: settling.openDay,
      closesAt: settling.closesAt,
      agreements: settling.agreements,
      // Who of the network took a step is the network's own matter.
      settlements: settling.batches.map((batch) => ({
        ...batch,
        steps: batch.steps.map(({ state, at }) => ({ state, at })),
      })),
      clearing: batches.flatMap((batch) => {
        const agreement = agreements.find(({ accountId }) => accountId === batch.accountId);
        if (agreement === undefined) return [];
        return [{ day: dateOf(batch.day), ...clearingBatchView(batch, agreement) }];
      }),
    };
  });

  server.get('/participant/api/statement', async (request, reply) => {
    const { participantId } = own(request);
    const query = spanQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const today = clearingDayOf(hub.now());
    const to = dayOfDate(query.data.to ?? '') ?? today;
    const from = dayOfDate(query.data.from ?? '') ?? to - 30;
    if (from > to || to - from >= mostDays) {
      const message = `from: must be at most ${mostDays - 1} days before to, and not after it`;
      return reply.code(400).send(refusal('PARAM_ILLEGAL', message));
    }
    const { lanes } = hub.configuration.rules();
    const statements = await Promise.all(
      (await agreementsOf(participantId)).map(async (agreement) => {
        const { accountId } = agreement;
        const [batches, span] = await Promise.all([
          batchesOfAccounts(database, [accountId], { from, to, most: mostDays }),
          readAccountSpan(database, accountId, { from, to }, lanes),
        ]);
        return statementOf(agreement, batches, span);
      }),
    );
    return { from: dateOf(from), to: dateOf(to), statements };
  });
}

interface Line {
  readonly day: ClearingDay;
  readonly kind: 'CLEARING' | 'SETTLEMENT' | 'WRITE_OFF';
  readonly reference: string;
  readonly bankReference: string | null;
  readonly valueDay: ClearingDay;
  readonly amount: bigint;
}

/** Opening, every line with the balance after it, and the closing that they come to. */
function statementOf(
  { agreementId, currency }: Pick<Agreement, 'agreementId' | 'currency'>,
  batches: readonly Pick<ClearingBatch, 'clearingBatchId' | 'day' | 'net'>[],
  { opening, movements }: { readonly opening: bigint; readonly movements: readonly Movement[] },
) {
  const cleared: Line[] = batches
    .filter(({ net }) => net !== 0n)
    .map(({ clearingBatchId, day, net }) => ({
      day,
      kind: 'CLEARING',
      reference: clearingBatchId,
      bankReference: null,
      valueDay: day,
      amount: net,
    }));
  const settled: Line[] = movements.map((movement) => ({
    day: clearingDayOf(movement.at),
    kind: movement.code,
    reference: movement.reference,
    bankReference: movement.bankReference,
    valueDay: movement.valueDay,
    amount: movement.amount,
  }));
  // What was settled on a day was owed before that day ended.
  const lines = [...settled, ...cleared].sort((a, b) => a.day - b.day);
  const amount = (value: bigint) => ({ currency, value: String(value) });
  let balance = opening;
  return {
    agreementId,
    currency,
    opening: amount(opening),
    lines: lines.map((line) => {
      balance += line.amount;
      return {
        ...line,
        day: dateOf(line.day),
        valueDay: dateOf(line.valueDay),
        amount: amount(line.amount),
        balance: amount(balance),
      };
    }),
    closing: amount(balance),
  };
}
