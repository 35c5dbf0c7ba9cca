// Reading what people see of settling: outside every lane, and beside the money's way.

import type { Calendars } from '../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { closesAt, firstOpenDay } from '../clearing/commands.ts';
import {
  batchesOfDay,
  readAgreements,
  readClosedDays,
  unsettledBatches,
} from '../clearing/store.ts';
import { closesItselfAt } from './clerkCommands.ts';
import type { SettlementWorld } from './commands.ts';
import { readAdjustments, readBalances, readHistories, readTerms } from './store.ts';
import { dayView, settlementView } from './view.ts';

const daysShown = 14;
const batchesShown = 100;

/** Everything that `settlementView` shows, as it is now; of one participant where it is named. */
export async function readSettlement(world: SettlementWorld, participantId?: string) {
  const { database, clock, calendars } = world;
  const agreements = (await readAgreements(database)).filter(
    (each) => participantId === undefined || each.participantId === participantId,
  );
  const accounts =
    participantId === undefined ? undefined : agreements.map(({ accountId }) => accountId);
  const [openDay, days, terms, unsettled, adjustments, histories, balances] = await Promise.all([
    firstOpenDay(database),
    readClosedDays(database, daysShown),
    readTerms(database),
    unsettledBatches(database),
    readAdjustments(database, null),
    readHistories(database, batchesShown, accounts),
    readBalances(database),
  ]);
  return settlementView({
    today: clearingDayOf(clock.now()),
    calendars,
    openDay,
    closesAt: openDay === undefined ? undefined : closesAt(world, openDay),
    closesItself:
      openDay === undefined || world.closesItselfMs == null
        ? undefined
        : closesItselfAt(openDay, world.closesItselfMs),
    days,
    agreements,
    terms,
    unsettled,
    adjustments,
    histories,
    balances,
  });
}

/**
 * What settlement would do on another day under other calendars: agreements whose cleared money
 * would be settled on another one, and unsent batches, which keep theirs all the same.
 */
export async function readOtherDays(world: SettlementWorld, calendars: Calendars) {
  const now = await readSettlement(world);
  const then = await readSettlement({ ...world, calendars });
  return {
    agreements: now.agreements.flatMap(({ agreementId, participantName, nextDay }) => {
      const other = then.agreements.find((each) => each.agreementId === agreementId)?.nextDay;
      const isSame = other === undefined || other === nextDay;
      return isSame ? [] : [{ agreementId, participantName, nextDay, otherDay: other }];
    }),
    batches: then.batches.flatMap(({ settlementBatchId, participantName, valueDay, otherDay }) =>
      otherDay === null ? [] : [{ settlementBatchId, participantName, valueDay, otherDay }],
    ),
  };
}

/** The batches of a closed day; undefined while it is not closed. */
export async function readDay(world: SettlementWorld, day: ClearingDay) {
  const [batches, agreements] = await Promise.all([
    batchesOfDay(world.database, day),
    readAgreements(world.database),
  ]);
  return batches.length === 0 ? undefined : dayView(day, batches, agreements);
}
