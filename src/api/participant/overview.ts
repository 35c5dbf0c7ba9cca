// A participant's first page: its day so far, its latest payments, its position and what is left.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../../base/world.ts';
import { dateOf } from '../../calendar/businessDay.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../../calendar/clearingDay.ts';
import { batchesOf, type PartialSum } from '../../clearing/batch.ts';
import { pauseAfter } from '../../clearing/pace.ts';
import { journalsOn, partsOf } from '../../clearing/partStore.ts';
import { readAgreements } from '../../clearing/store.ts';
import { partialSumsFrom, sumPart } from '../../clearing/sumStore.ts';
import { toWire } from '../../money/money.ts';
import type { Participant } from '../../network/participant.ts';
import { legIdOf, paymentIdOf } from '../../payments/bodies.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import { clearingBatchView } from '../../settlement/view.ts';
import { balances, findPaymentNumbers } from '../console/store.ts';
import type { Hub } from '../hub.ts';
import type { OwnContext } from './context.ts';

const shownPayments = 20;
/** A day is summed up beside the payments: those who ask within this time share one sum. */
const sharedForMs = 10_000;

/** `GET /participant/api/overview`. */
export function ownOverviewRoutes(
  server: FastifyInstance,
  { hub, database, own }: OwnContext,
): void {
  const today = sharedDays(hub, database);

  server.get('/participant/api/overview', async (request) => {
    const { participant } = own(request);
    const day = clearingDayOf(hub.now());
    const [totals, positions, payments] = await Promise.all([
      today(participant.participantId, day),
      positionsOf(hub, database, participant),
      latestPayments(hub, database, participant),
    ]);
    const { participantId, name, role, currency, market } = participant;
    return {
      participant: { id: participantId, name, role, currency, market },
      today: { day: dateOf(day), totals },
      positions,
      payments,
    };
  });
}

/** The day so far as its batch would be now, by agreement; what was read is shared for a while. */
function sharedDays(hub: Hub, database: Database) {
  type Totals = Awaited<ReturnType<typeof totalsOf>>;
  const shared = new Map<string, { readonly at: number; readonly totals: Promise<Totals> }>();
  return (participantId: string, day: ClearingDay): Promise<Totals> => {
    const at = performance.now();
    for (const [each, known] of shared) if (at - known.at > sharedForMs) shared.delete(each);
    const key = `${participantId} ${day}`;
    const known = shared.get(key);
    if (known !== undefined) return known.totals;
    const totals = totalsOf(hub, database, participantId, day);
    shared.set(key, { at, totals });
    totals.catch(() => shared.delete(key));
    return totals;
  };
}

async function totalsOf(hub: Hub, database: Database, participantId: string, day: ClearingDay) {
  const agreements = (await readAgreements(database)).filter(
    (each) => each.participantId === participantId && each.since <= day,
  );
  const accounts = agreements.map(({ accountId }) => accountId);
  const end = Math.min(hub.now() + 1, beginningOf(day + 1));
  const session = database.session('background:own day');
  const sums: PartialSum[] = [];
  const from = accounts.length === 0 ? end : beginningOf(day);
  for await (const part of partsOf(from, end, journalsOn(session))) {
    if (part.journals === 0) continue;
    const began = hub.pace.elapsed();
    sums.push(...partialSumsFrom(await session.run(sumPart(part, accounts))));
    await hub.pace.pause(pauseAfter(hub.pace.elapsed() - began));
  }
  return batchesOf(day, agreements, sums).flatMap((batch) => {
    const agreement = agreements.find(({ accountId }) => accountId === batch.accountId);
    if (agreement === undefined) return [];
    const { payments, refunds, net } = clearingBatchView(batch, agreement);
    return [{ agreementId: agreement.agreementId, payments, refunds, net }];
  });
}

/** Positions in each currency; a cap counts what is owed and what is held for running payments. */
async function positionsOf(hub: Hub, database: Database, participant: Participant) {
  const { directory } = hub.configuration.rules();
  const rows = await balances(database);
  return rows.flatMap((row) => {
    const account = directory.chart.byId(row.account_id);
    if (account?.kind !== 'position' || account.participantId !== participant.participantId) {
      return [];
    }
    const { currency } = account;
    const money = (minor: bigint) => ({ currency, value: String(minor) });
    const net = BigInt(row.credits_posted) - BigInt(row.debits_posted);
    const held = BigInt(row.debits_pending);
    const cap = currency === participant.currency ? participant.cap : null;
    return [
      {
        currency,
        /** Positive: the network owes the participant. */
        net: money(net),
        held: money(held),
        cap: cap === null ? null : money(cap),
        left: cap === null ? null : money(cap + net - held),
      },
    ];
  });
}

async function latestPayments(hub: Hub, database: Database, participant: Participant) {
  const { participantId, role } = participant;
  const own = role === 'wallet' ? { walletId: participantId } : { acquirerId: participantId };
  const numbers = await findPaymentNumbers(database, { ...own, limit: shownPayments });
  const rules = hub.configuration.rules();
  const found = await Promise.all(
    numbers.map((number) => hub.desk.run(findByNumberCommand(rules, number))),
  );
  return found
    .filter((payment) => payment !== undefined)
    .map((payment) => (role === 'wallet' ? asWallet(payment, participantId) : asAcquirer(payment)));
}

const isoTime = (at: number) => new Date(at).toISOString();

/** A payment by the acquirer's own numbers and amounts. */
function asAcquirer(payment: Payment) {
  return {
    id: paymentIdOf(payment),
    requestId: payment.paymentRequestId,
    state: payment.state,
    resultCode: payment.resultCode,
    merchantName: payment.merchantName,
    amount: toWire(payment.amount),
    createdAt: isoTime(payment.createdAt),
  };
}

/** A payment by the wallet's own leg of it: what other wallets did with the order is not its. */
function asWallet(payment: Payment, walletId: string) {
  const leg = payment.legs.findLast((each) => each.walletId === walletId);
  return {
    id: leg === undefined ? paymentIdOf(payment) : legIdOf(payment, leg),
    requestId: leg?.walletPaymentId ?? null,
    state: leg?.state ?? payment.state,
    resultCode: leg?.resultCode ?? payment.resultCode,
    merchantName: payment.merchantName,
    amount: toWire(leg?.payTo ?? payment.amount),
    createdAt: isoTime(leg?.createdAt ?? payment.createdAt),
  };
}
