// Looking up single items of the days before and after: by their ids, never by reading those days.

import { laneOfSlot, slotOf } from '../base/id.ts';
import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Database } from '../base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { findItems } from '../clearing/itemStore.ts';
import { byLane, type ItemView, journalOf, lineOfItem, partsOfKey } from './itemLines.ts';
import type { Line } from './line.ts';

/** An item of another day. */
export interface Neighbour {
  readonly line: Line;
  readonly day: ClearingDay;
}

export interface LookupPlace {
  readonly database: Database;
  readonly lanes: number;
  readonly accountId: number;
  readonly participantId: string;
  readonly view: ItemView;
}

/** The network's items of the days beside `day` that have one of these keys. */
export async function neighboursOf(
  place: LookupPlace,
  day: ClearingDay,
  keys: readonly string[],
): Promise<Map<string, Neighbour>> {
  const { database, lanes, accountId, view } = place;
  const numbers = new Set<number>();
  for (const key of keys) {
    const number = journalOf(key, view);
    if (number !== undefined) numbers.add(number);
  }
  if (view.role === 'acquirer' && view.ids === 'request') {
    for (const number of await journalsOfRequests(place, keys)) numbers.add(number);
  }
  const time = { from: beginningOf(day - 1), to: beginningOf(day + 2) };
  const found = new Map<string, Neighbour>();
  for (const [lane, journalNumbers] of byLane(numbers, lanes)) {
    for (const item of await findItems(database, accountId, time, { lane, journalNumbers })) {
      const own = clearingDayOf(item.completedAt);
      if (own === day) continue;
      const line = lineOfItem(item, view);
      found.set(line.key, { line, day: own });
    }
  }
  return found;
}

/** The journals of an acquirer's own ids: by the network's memory of those ids. */
async function journalsOfRequests(
  { database, lanes, participantId }: LookupPlace,
  keys: readonly string[],
): Promise<number[]> {
  const numbers: number[] = [];
  const refundKeys: string[] = [];
  const refunded: number[] = [];
  for (const isRefund of [false, true]) {
    for (const [lane, requests] of requestsByLane(keys, isRefund, participantId, lanes)) {
      const rows = await database.query<{ payment_number: string }>(
        `select payment_number from ${isRefund ? 'refund_claims' : 'payment_requests'} ` +
          'where lane = $1 and request_key = any($2::text[])',
        [lane, textArray(requests)],
      );
      const found = rows.map((row) => Number(row.payment_number));
      if (!isRefund) numbers.push(...found);
      else {
        refunded.push(...found);
        refundKeys.push(...requests);
      }
    }
  }
  for (const [lane, payments] of byLane(new Set(refunded), lanes)) {
    const rows = await database.query<{ refund_number: string }>(
      'select refund_number from refunds where lane = $1 ' +
        'and payment_number = any($2::bigint[]) and request_key = any($3::text[])',
      [lane, numberArray(payments), textArray(refundKeys)],
    );
    numbers.push(...rows.map((row) => Number(row.refund_number)));
  }
  return numbers;
}

function requestsByLane(
  keys: readonly string[],
  isRefund: boolean,
  participantId: string,
  lanes: number,
): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const key of keys) {
    const parts = partsOfKey(key);
    if (parts.isRefund !== isRefund) continue;
    const owner = isRefund ? ['refund', participantId] : [participantId];
    const lane = laneOfSlot(slotOf(...owner, parts.id), lanes);
    const group = groups.get(lane) ?? [];
    group.push(`${participantId}/${parts.id}`);
    groups.set(lane, group);
  }
  return groups;
}
