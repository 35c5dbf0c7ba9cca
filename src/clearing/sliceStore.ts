// SQL of clearing slices: a tick adds to its lane's, a day's batches are the sums over all lanes.

import { numberArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { ClearingSlice } from './batch.ts';

/** Adds to a lane's slices; what is taken off again is negative. */
export function writeClearingSlices(lane: number, slices: readonly ClearingSlice[]): Statement {
  const list = (pick: (slice: ClearingSlice) => number | bigint) => numberArray(slices.map(pick));
  return {
    name: 'clearing.add',
    text:
      'insert into clearing_slices as s (lane, day, account_id, is_refund, item_count, gross, ' +
      'interchange, service_fee, checksum) select l.lane, u.day, u.account, u.is_refund, ' +
      'u.items, u.gross, u.interchange, u.fee, u.checksum ' +
      'from lanes l, unnest($2::text::integer[], ' +
      '$3::text::integer[], $4::text::boolean[], $5::text::bigint[], $6::text::bigint[], ' +
      '$7::text::bigint[], $8::text::bigint[], $9::text::numeric[]) ' +
      'u(day, account, is_refund, items, gross, interchange, fee, checksum) where l.lane = $1 ' +
      'on conflict (lane, day, account_id, is_refund) do update set ' +
      'item_count = s.item_count + excluded.item_count, gross = s.gross + excluded.gross, ' +
      'interchange = s.interchange + excluded.interchange, ' +
      'service_fee = s.service_fee + excluded.service_fee, ' +
      'checksum = s.checksum + excluded.checksum',
    values: [
      lane,
      list((slice) => slice.day),
      list((slice) => slice.accountId),
      `{${slices.map(({ isRefund }) => isRefund).join(',')}}`,
      list((slice) => slice.count),
      list((slice) => slice.gross),
      list((slice) => slice.interchange),
      list((slice) => slice.serviceFee),
      list((slice) => slice.checksum),
    ],
  };
}

/** What all lanes' slices of a day come to, a row an account and side. */
export function readClearingSlices(day: ClearingDay): Statement {
  return {
    name: 'clearing.slices',
    text:
      'select s.account_id, s.is_refund, sum(s.item_count), sum(s.gross), sum(s.interchange), ' +
      'sum(s.service_fee), sum(s.checksum) from lanes l join clearing_slices s using (lane) ' +
      'where s.day = $1 group by s.account_id, s.is_refund order by s.account_id, s.is_refund',
    values: [day],
  };
}

/** The rows of `readClearingSlices`. */
export function clearingSlicesFrom(day: ClearingDay, rows: readonly Row[]): ClearingSlice[] {
  return rows.map((row) => ({
    day,
    accountId: row[0] as number,
    isRefund: row[1] as boolean,
    count: Number(row[2]),
    gross: BigInt(row[3] as string),
    interchange: BigInt(row[4] as string),
    serviceFee: BigInt(row[5] as string),
    checksum: BigInt(row[6] as string),
  }));
}
