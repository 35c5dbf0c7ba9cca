// Scenes of closing days: a network at a given time, its batches by name, its whole proof.

import { expect } from 'vitest';
import { defaultTiming } from '../../src/base/limits.ts';
import type { Database } from '../../src/base/world.ts';
import { dayOfDate, presetCalendars } from '../../src/calendar/businessDay.ts';
import { beginningOf } from '../../src/calendar/clearingDay.ts';
import type { ClearingBatch } from '../../src/clearing/batch.ts';
import { batchesOfDay, type ClosedDay, readAgreements } from '../../src/clearing/store.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { reconciliationChecks } from '../../src/reconciliation/checks.ts';
import { settlementChecks } from '../../src/settlement/checks.ts';
import type { SettlementWorld } from '../../src/settlement/commands.ts';
import type { Rig } from './rig.ts';

/** A day by its date. */
export function day(date: string): ClosedDay['day'] {
  const found = dayOfDate(date);
  if (found === undefined) throw new Error(`there is no ${date}`);
  return found;
}

/** An instant of the network's own time, UTC+8, as `2026-09-28 23:59:59.999`. */
export function instant(text: string): number {
  const at = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(at)) throw new Error(`there is no ${text}`);
  return at;
}

/** Puts the clock on to an instant, without running what would have happened meanwhile. */
export function skipTo(rig: Rig, text: string): void {
  const ahead = instant(text) - rig.clock.now();
  if (ahead < 0) throw new Error(`it is past ${text} already`);
  rig.clock.skip(ahead);
}

/** Puts the clock on to when a day may be closed. */
export function skipPast(rig: Rig, date: string): void {
  const at = beginningOf(day(date) + 1) + defaultTiming.acquirerCancelMs;
  if (at > rig.clock.now()) rig.clock.skip(at - rig.clock.now());
}

export function closingWorld(rig: Rig, database: Database = rig.fresh.database): SettlementWorld {
  return {
    database,
    clock: rig.clock,
    lanes: rig.hubs[0]?.configuration.rules().lanes ?? 0,
    acquirerCancelMs: defaultTiming.acquirerCancelMs,
    calendars: presetCalendars,
  };
}

/** A refund as the acquirer asks for it. */
export const refundOf = (paymentRequestId: string, refundRequestId: string, fen: number) => ({
  paymentRequestId,
  refundRequestId,
  refundAmount: { currency: 'CNY', value: String(fen) },
});

/** A day's batches by the participant's id. */
export async function batchesBy(rig: Rig, date: string): Promise<Map<string, ClearingBatch>> {
  const { database } = rig.fresh;
  const names = new Map(
    (await readAgreements(database)).map((each) => [each.accountId, each.participantId]),
  );
  const batches = await batchesOfDay(database, day(date));
  return new Map(batches.map((batch) => [names.get(batch.accountId) ?? '', batch]));
}

/** Counts and net of each batch of a day, as `payments/refunds net`. */
export async function dayInWords(rig: Rig, date: string): Promise<Record<string, string>> {
  const words = [...(await batchesBy(rig, date))].map(([name, { payments, refunds, net }]) => [
    name,
    `${payments.count}/${refunds.count} ${net}`,
  ]);
  return Object.fromEntries(words);
}

/** Fails with the violations in the message unless everything is proved, settlement too. */
export async function expectProved(database: Database): Promise<void> {
  const proof = await prove(database, [...settlementChecks, ...reconciliationChecks]);
  expect(proof.findings.filter((finding) => finding.count > 0)).toEqual([]);
}
