// `GET /console/api/payments`: the network's list of payments, narrowed down and further back.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readPublicId } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import type { Directory } from '../../network/directory.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';
import { shared } from '../shared.ts';
import { type Look, lookFor, newest } from './listing.ts';
import { findByNumbers, numbersOfRequest, type PaymentFilter } from './listStore.ts';
import { paymentRow } from './rows.ts';
import { refundedOf } from './store.ts';

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z.enum(['PROCESSING', 'SUCCESS', 'FAILED', 'CLOSED']).or(z.literal('')).optional(),
  wallet: z.string().max(64).optional(),
  acquirer: z.string().max(64).optional(),
  search: z.string().max(64).optional(),
  /** `further` of the look before this one: a number a lane. */
  from: z
    .string()
    .max(2_000)
    .regex(/^(\d{1,16}(\.\d{1,16})*)?$/)
    .optional(),
});

type ListQuery = z.infer<typeof listQuery>;

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);

/** The list; pages that ask for the same while it is looked for share one look. */
export function listRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const looks = shared(0, (key: string) => {
    const { query, below } = JSON.parse(key) as { query: ListQuery; below: number[] };
    return look(hub, database, query, below);
  });
  server.get('/console/api/payments', async (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { lanes } = hub.configuration.rules();
    const below = orNull(query.data.from)?.split('.').map(Number) ?? newest(lanes);
    if (below.length !== lanes) {
      return reply.code(400).send(refusal('PARAM_ILLEGAL', 'from: is of another network.'));
    }
    const { found, further, lookedTo } = await looks(JSON.stringify({ query: query.data, below }));
    return {
      payments: await rowsOf(
        hub,
        database,
        found.map(({ paymentNumber }) => paymentNumber),
      ),
      further: further?.join('.') ?? null,
      lookedTo: lookedTo === null ? null : new Date(lookedTo).toISOString(),
    };
  });
}

/**
 * A payment's id and a whole paymentRequestId are looked up, however old they are; the beginning of
 * one is looked for like everything else.
 */
async function look(
  hub: Hub,
  database: Database,
  query: ListQuery,
  below: readonly number[],
): Promise<Look> {
  const { lanes, directory } = hub.configuration.rules();
  const filter: PaymentFilter = {
    state: orNull(query.status),
    walletId: orNull(query.wallet),
    acquirerId: orNull(query.acquirer),
    requestId: null,
  };
  const search = orNull(query.search);
  if (search === null) return lookFor(database, filter, below, query.limit);
  const number = readPublicId('payment', search)?.number;
  if (number !== undefined) {
    const found = await findByNumbers(database, lanes, [number], filter);
    return { found, further: null, lookedTo: null };
  }
  const beginning = { ...filter, requestId: search };
  const looked = await lookFor(database, beginning, below, query.limit);
  if (orNull(query.from) !== null) return looked;
  const acquirers = directory.participants.filter(({ role }) => role === 'acquirer');
  const ids = acquirers.map(({ participantId }) => participantId);
  const exact = await numbersOfRequest(database, lanes, ids, search);
  const known = new Set(looked.found.map(({ paymentNumber }) => paymentNumber));
  const others = exact.filter((each) => !known.has(each));
  const older = await findByNumbers(database, lanes, others, filter);
  // They stand at the end, where the oldest are, also beyond what was looked through.
  return { ...looked, found: [...looked.found, ...older] };
}

async function rowsOf(hub: Hub, database: Database, numbers: readonly number[]) {
  const rules = hub.configuration.rules();
  const [payments, refunded] = await Promise.all([
    Promise.all(numbers.map((each) => hub.desk.run(findByNumberCommand(rules, each)))),
    refundedOf(database, rules.lanes, numbers),
  ]);
  return payments
    .filter((payment) => payment !== undefined)
    .map((payment) => rowWith(payment, refunded, rules.directory));
}

/** A row of the list, with what was given back of the payment. */
export function rowWith(
  payment: Payment,
  refunded: ReadonlyMap<number, string>,
  directory: Directory,
) {
  const { currency } = payment.amount;
  const value = refunded.get(payment.paymentNumber);
  const refundedAmount = value === undefined ? null : { currency, value };
  return { ...paymentRow(payment, directory), refundedAmount };
}
