// The console API: what the network's own pages read. JSON, and events for what changes.

import type { FastifyInstance } from 'fastify';
import { laneOfSlot, readPublicId, slotOfNumber } from '../../base/id.ts';
import { limits } from '../../base/limits.ts';
import type { Database } from '../../base/world.ts';
import { messagesOfPayment } from '../../network/messageStore.ts';
import { findAftermathCommand, findByNumberCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Hub } from '../hub.ts';
import { refusal } from '../refusal.ts';
import { shared } from '../shared.ts';
import { bookRoutes } from './bookRoutes.ts';
import { calendarRoutes } from './calendarRoutes.ts';
import { capRoutes } from './capRoutes.ts';
import { certificationRoutes } from './certificationRoutes.ts';
import { clockRoutes } from './clockRoutes.ts';
import { rememberCounts, type StateCounts } from './counting.ts';
import { disputeRoutes } from './disputeRoutes.ts';
import { feeRoutes } from './feeRoutes.ts';
import { ledgerRoutes } from './ledgerRoutes.ts';
import { limitRoutes } from './limitRoutes.ts';
import { listRoutes, rowWith } from './listRoutes.ts';
import { merchantRoutes } from './merchantRoutes.ts';
import { noticeRoutes } from './noticeRoutes.ts';
import { rateRoutes } from './rateRoutes.ts';
import { reconciliationRoutes } from './reconciliationRoutes.ts';
import { paymentPage, paymentRow } from './rows.ts';
import { settlementRoutes } from './settlementRoutes.ts';
import { statementRoutes } from './statementRoutes.ts';
import { balances, postingsOfJournals, refundedOf } from './store.ts';
import { openStream } from './stream.ts';

const mostMessages = 200;
/** Pages that ask within this time share one count. */
const countedEveryMs = 2_000;

/** Registers the console's endpoints under /console/api. */
export function consoleRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const counting = rememberCounts({
    database,
    clock: hub.pace,
    lanes: () => hub.configuration.rules().lanes,
    failed: (error) => hub.failed('counting payments', error),
  });
  server.addHook('onClose', () => counting.stop());
  const counts = shared(countedEveryMs, (_: 'all') => counting.find());
  server.get('/console/api/overview', async () => overview(hub, await counts('all')));
  listRoutes(server, hub, database);

  server.get<{ Params: { paymentId: string } }>(
    '/console/api/payments/:paymentId',
    async (request, reply) => {
      const page = await onePayment(hub, database, request.params.paymentId);
      if (page !== undefined) return page;
      const message = 'There is no payment of this id.';
      return reply.code(404).send(refusal('ORDER_NOT_EXIST', message));
    },
  );

  server.get('/console/api/live', (request, reply) => {
    const stream = openStream(request, reply, limits.liveListeners);
    if (stream === undefined) return;
    const { directory, lanes } = hub.configuration.rules();
    let isOpen = true;
    stream.onClose(() => {
      isOpen = false;
    });
    /** A refund has ended well: the row says what was given back by now. */
    const sendRefunded = async (payment: Payment) => {
      const sums = await refundedOf(database, lanes, [payment.paymentNumber]);
      if (isOpen) stream.send('payment', rowWith(payment, sums, directory));
    };
    stream.onClose(
      hub.desk.listen((payment, refund) => {
        if (refund?.state !== 'SUCCESS') {
          stream.send('payment', paymentRow(payment, directory));
          return;
        }
        sendRefunded(payment).catch((error: unknown) => hub.failed('live view', error));
      }),
    );
  });

  server.get('/console/api/positions', async () => positions(hub, database));
  clockRoutes(server, hub.clock);
  noticeRoutes(server, hub, database);
  settlementRoutes(server, hub, database);
  statementRoutes(server, hub, database);
  reconciliationRoutes(server, hub, database);
  bookRoutes(server, hub, database);
  certificationRoutes(server, hub, database);
  merchantRoutes(server, hub, database);
  rateRoutes(server, hub, database);
  limitRoutes(server, hub, database);
  feeRoutes(server, hub, database);
  capRoutes(server, hub, database);
  calendarRoutes(server, hub, database);
  disputeRoutes(server, hub, database);
  ledgerRoutes(server, hub, database);
}

async function overview(hub: Hub, { countedTo, ...counts }: StateCounts) {
  const { directory, board, lanes } = hub.configuration.rules();
  return {
    participants: directory.participants.map((each) => ({
      id: each.participantId,
      clientId: each.clientId,
      role: each.role,
      name: each.name,
      market: each.market,
      currency: each.currency,
      algorithm: directory.credential(each.participantId, undefined)?.algorithm ?? null,
      enabled: each.enabled,
      codeIssuer: each.codeIssuer,
    })),
    counts: {
      ...counts,
      countedTo: countedTo === null ? null : new Date(countedTo).toISOString(),
    },
    ratesDate: board.date,
    ratesSource: board.source,
    lanes,
  };
}

async function onePayment(hub: Hub, database: Database, paymentId: string) {
  const rules = hub.configuration.rules();
  const number = readPublicId('payment', paymentId)?.number;
  if (number === undefined) return undefined;
  const payment = await hub.desk.run(findByNumberCommand(rules, number));
  if (payment === undefined) return undefined;
  const lane = laneOfSlot(slotOfNumber(number), rules.lanes);
  const aftermath = await hub.desk.run(findAftermathCommand(rules, number));
  const journals = [number, ...aftermath.refunds.map(({ refundNumber }) => refundNumber)];
  if (aftermath.cancellation?.paid != null) {
    journals.push(aftermath.cancellation.paid.journalNumber);
  }
  const [postings, messages] = await Promise.all([
    postingsOfJournals(database, rules.lanes, number, journals),
    messagesOfPayment(database, lane, number, mostMessages),
  ]);
  return paymentPage(payment, aftermath, postings, messages, rules.directory);
}

async function positions(hub: Hub, database: Database) {
  const { directory } = hub.configuration.rules();
  const rows = await balances(database);
  const trial = new Map<string, { debits: bigint; credits: bigint }>();
  const deposits = new Map<string | null, bigint>();
  for (const row of rows) {
    const account = directory.chart.byId(row.account_id);
    if (account?.kind !== 'deposit') continue;
    const deposit = BigInt(row.credits_posted) - BigInt(row.debits_posted);
    deposits.set(account.participantId, deposit);
  }
  const list = [];
  for (const row of rows) {
    const account = directory.chart.byId(row.account_id);
    if (account === undefined) continue;
    const sums = trial.get(account.currency) ?? { debits: 0n, credits: 0n };
    sums.debits += BigInt(row.debits_posted);
    sums.credits += BigInt(row.credits_posted);
    trial.set(account.currency, sums);
    const participant =
      account.participantId === null ? undefined : directory.byId(account.participantId);
    if (account.kind !== 'position' || participant === undefined) continue;
    const money = (value: string) => ({ currency: account.currency, value });
    list.push({
      participantId: participant.participantId,
      name: participant.name,
      role: participant.role,
      currency: account.currency,
      posted: { debits: money(row.debits_posted), credits: money(row.credits_posted) },
      pending: { debits: money(row.debits_pending), credits: money(row.credits_pending) },
      // What bounds it: its cap and its deposit together.
      cap:
        participant.cap === null
          ? null
          : money(String(participant.cap + (deposits.get(participant.participantId) ?? 0n))),
    });
  }
  const totals = [...trial].map(([currency, sums]) => ({
    currency,
    debits: { currency, value: String(sums.debits) },
    credits: { currency, value: String(sums.credits) },
  }));
  return { positions: list, trial: totals };
}
