// A participant's first page: its day so far, its latest payments, its position and what is left.

import type { FastifyInstance } from 'fastify';
import { present } from '../../base/assert.ts';
import type { Database } from '../../base/world.ts';
import { dateOf } from '../../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../../calendar/clearingDay.ts';
import { mostOf } from '../../caps/caps.ts';
import { batchesOf } from '../../clearing/batch.ts';
import { clearingSlicesFrom, readClearingSlices } from '../../clearing/sliceStore.ts';
import { readAgreements } from '../../clearing/store.ts';
import { toWire } from '../../money/money.ts';
import type { Participant } from '../../network/participant.ts';
import { legIdOf, paymentIdOf } from '../../payments/bodies.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import { clearingBatchView } from '../../settlement/view.ts';
import { balances } from '../console/store.ts';
import type { Hub } from '../hub.ts';
import type { OwnContext } from './context.ts';
import { type LatestPayments, rememberLatest } from './latestStore.ts';

const shownPayments = 20;

/** `GET /participant/api/overview`. */
export function ownOverviewRoutes(
  server: FastifyInstance,
  { hub, database, own }: OwnContext,
): void {
  const lanes = () => hub.configuration.rules().lanes;
  const latest = rememberLatest(database, lanes, shownPayments);

  server.get('/participant/api/overview', async (request) => {
    const { participant } = own(request);
    const day = clearingDayOf(hub.now());
    const [totals, positions, payments] = await Promise.all([
      totalsOf(database, participant.participantId, day),
      positionsOf(hub, database, participant),
      latestPayments(hub, latest, participant),
    ]);
    const { participantId, name, role, currency, market, codeIssuer } = participant;
    return {
      participant: { id: participantId, name, role, currency, market, codeIssuer },
      today: { day: dateOf(day), totals },
      positions,
      payments,
    };
  });
}

/** The day so far as a participant's batches would be now, one an agreement. */
async function totalsOf(database: Database, participantId: string, day: ClearingDay) {
  const agreements = (await readAgreements(database)).filter(
    (agreement) => agreement.participantId === participantId && agreement.since <= day,
  );
  const [slices = []] = await database.session('own day').run([readClearingSlices(day)]);
  return batchesOf(day, agreements, clearingSlicesFrom(day, slices)).map((batch, at) => {
    const agreement = present(agreements[at], 'the agreement of a batch');
    const { payments, refunds, net } = clearingBatchView(batch, agreement);
    return { agreementId: agreement.agreementId, payments, refunds, net };
  });
}

/** Positions in each currency; a cap counts what is owed and what is held for running payments. */
async function positionsOf(hub: Hub, database: Database, participant: Participant) {
  const { directory } = hub.configuration.rules();
  const own = (await balances(database)).flatMap((row) => {
    const account = directory.chart.byId(row.account_id);
    return account?.participantId === participant.participantId ? [{ account, row }] : [];
  });
  const deposit = own
    .filter(({ account }) => account.kind === 'deposit')
    .reduce((sum, { row }) => sum + BigInt(row.credits_posted) - BigInt(row.debits_posted), 0n);
  return own.flatMap(({ account, row }) => {
    if (account.kind !== 'position') return [];
    const { currency } = account;
    const money = (minor: bigint) => ({ currency, value: String(minor) });
    const net = BigInt(row.credits_posted) - BigInt(row.debits_posted);
    const held = BigInt(row.debits_pending);
    const most = mostOf({ cap: participant.cap, deposit });
    const cap = currency === participant.currency ? most : null;
    return [
      {
        currency,
        /** Positive: the network owes the participant. */
        net: money(net),
        held: money(held),
        /** The most that it may owe: its cap and its deposit together. */
        cap: cap === null ? null : money(cap),
        left: cap === null ? null : money(cap + net - held),
      },
    ];
  });
}

async function latestPayments(hub: Hub, latest: LatestPayments, participant: Participant) {
  const { participantId, role } = participant;
  const numbers = await latest.find(participant);
  const rules = hub.configuration.rules();
  const found = await Promise.all(
    numbers.map((each) => hub.desk.run(findByNumberCommand(rules, each.paymentNumber))),
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
