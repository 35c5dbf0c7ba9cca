// SQL of what persons do to rates: approve, freeze and thaw, price pairs; each written down.

import { nameKey } from '../base/name.ts';
import type { Database, Statement } from '../base/world.ts';
import type { PublishedRate } from './board.ts';
import { movement } from './offer.ts';
import { changeRates, markRates, putInForce, type Times } from './store.ts';

/** A rate that waits for a person. */
export interface WaitingRate {
  readonly base: string;
  readonly quote: string;
  readonly price: string;
  /** The price in force, which it is too far from. */
  readonly inForce: string;
  readonly source: string;
  readonly proposedBy: string | null;
  readonly movedBasisPoints: number;
  readonly proposedAt: number;
}

export interface Freeze {
  readonly scope: string;
  readonly reason: string;
  readonly byWhom: string;
  readonly frozenAt: number;
}

/** What a person did, as it is kept. */
export interface RateEvent {
  readonly at: number;
  readonly byWhom: string;
  readonly kind: 'set' | 'load' | 'approve' | 'freeze' | 'thaw' | 'spread' | 'source';
  /** The pair, scope, file or source. */
  readonly subject: string;
  readonly detail: string;
}

export type ApproveOutcome =
  | { readonly kind: 'approved'; readonly price: string }
  | { readonly kind: 'nothing_waits' }
  /** Another price waits by now than the one that was seen. */
  | { readonly kind: 'other_price'; readonly price: string }
  /** Four eyes: whoever proposed it cannot approve it. */
  | { readonly kind: 'own_proposal' }
  /** It has waited for longer than it would count. */
  | { readonly kind: 'too_old' };

/** The statement that keeps what a person did. */
function keepEvent(event: RateEvent): Statement {
  return {
    text:
      'insert into rate_events (event_number, at, by_whom, kind, subject, detail) ' +
      'select coalesce(max(event_number), 0) + 1, $1::bigint, $2::text, $3::text, $4::text, ' +
      '$5::text from rate_events',
    values: [event.at, event.byWhom, event.kind, event.subject, event.detail],
  };
}

/** Writes down what a person did to rates where nothing else is changed with it. */
export async function writeRateEvent(database: Database, event: RateEvent): Promise<void> {
  await changeRates(database, [], () => ({ statements: [keepEvent(event)], outcome: undefined }));
}

/** The price that somebody saw waiting, and approves. */
export interface SeenRate extends PublishedRate {
  /** How far it may have moved since; 0 if not said: that price and no other. */
  readonly withinBasisPoints?: number;
}

/** Puts the rate that waits into force, as of the time of its source, if it is what was seen. */
export async function approveRate(
  database: Database,
  seen: SeenRate,
  byWhom: string,
  times: Times,
): Promise<ApproveOutcome> {
  const { base, quote, withinBasisPoints = 0 } = seen;
  const read = {
    text:
      'select price, source, proposed_by, real_at, age_limit_ms, rank from rate_proposals ' +
      'where base = $1 and quote = $2',
    values: [base, quote],
  };
  return changeRates<ApproveOutcome>(database, [read], ([found = []]) => {
    const row = found[0] as readonly (string | null)[] | undefined;
    if (row === undefined) return { statements: [], outcome: { kind: 'nothing_waits' } };
    const [price = '', source = '', proposedBy = null, realAt, ageLimitMs, rank] = row;
    if (movement(seen, { base, quote, price: String(price) }) > withinBasisPoints) {
      return { statements: [], outcome: { kind: 'other_price', price: String(price) } };
    }
    if (proposedBy !== null && nameKey(proposedBy) === nameKey(byWhom)) {
      return { statements: [], outcome: { kind: 'own_proposal' } };
    }
    if (Number(realAt) + Number(ageLimitMs) <= times.realNow) {
      return { statements: [], outcome: { kind: 'too_old' } };
    }
    const taken = [{ base, quote, price: String(price) }];
    const offerer = {
      source: String(source),
      byWhom,
      rank: Number(rank),
      ageLimitMs: Number(ageLimitMs),
    };
    const subject = `${base}/${quote}`;
    const event = { at: times.now, byWhom, kind: 'approve', subject, detail: price ?? '' } as const;
    return {
      statements: [...putInForce(taken, taken, Number(realAt), offerer, times), keepEvent(event)],
      outcome: { kind: 'approved', price: String(price) },
    };
  });
}

/** Stops new payments of a scope; to freeze it again changes the reason. */
export async function freezeRates(database: Database, freeze: Freeze): Promise<void> {
  const { scope, reason, byWhom, frozenAt } = freeze;
  await changeRates(database, [], () => ({
    statements: [
      {
        text:
          'insert into rate_freezes (scope, reason, by_whom, frozen_at) values ($1, $2, $3, $4) ' +
          'on conflict (scope) do update set reason = excluded.reason, ' +
          'by_whom = excluded.by_whom, frozen_at = excluded.frozen_at',
        values: [scope, reason, byWhom, frozenAt],
      },
      keepEvent({ at: frozenAt, byWhom, kind: 'freeze', subject: scope, detail: reason }),
      markRates,
    ],
    outcome: undefined,
  }));
}

/** Lets new payments of a scope go on; false where it was not frozen under this name. */
export async function thawRates(
  database: Database,
  scope: string,
  byWhom: string,
  now: number,
): Promise<boolean> {
  const read = { text: 'select reason from rate_freezes where scope = $1', values: [scope] };
  return changeRates(database, [read], ([found = []]) => {
    const [row] = found;
    if (row === undefined) return { statements: [], outcome: false };
    return {
      statements: [
        { text: 'delete from rate_freezes where scope = $1', values: [scope] },
        keepEvent({ at: now, byWhom, kind: 'thaw', subject: scope, detail: String(row[0]) }),
        markRates,
      ],
      outcome: true,
    };
  });
}

/** Writes down a spread that holds from `validFrom` on; the same date again replaces it. */
export async function writeSpread(
  database: Database,
  spread: {
    readonly pair: string;
    readonly participantId: string;
    readonly validFrom: number;
    readonly basisPoints: number;
  },
  byWhom: string,
  now: number,
): Promise<void> {
  const { pair, participantId, validFrom, basisPoints } = spread;
  const subject = `${pair} ${participantId}`;
  const detail = `${basisPoints} bp from ${new Date(validFrom).toISOString()}`;
  await changeRates(database, [], () => ({
    statements: [
      {
        text:
          'insert into rate_spreads (pair, participant_id, valid_from, basis_points, by_whom, ' +
          'set_at) values ($1, $2, $3, $4, $5, $6) ' +
          'on conflict (pair, participant_id, valid_from) do update set ' +
          'basis_points = excluded.basis_points, by_whom = excluded.by_whom, ' +
          'set_at = excluded.set_at',
        values: [pair, participantId, validFrom, basisPoints, byWhom, now],
      },
      keepEvent({ at: now, byWhom, kind: 'spread', subject, detail }),
      markRates,
    ],
    outcome: undefined,
  }));
}

export async function readFreezes(database: Database): Promise<Freeze[]> {
  const rows = await database.query<{
    scope: string;
    reason: string;
    by_whom: string;
    frozen_at: string;
  }>('select scope, reason, by_whom, frozen_at from rate_freezes order by frozen_at, scope');
  return rows.map((row) => ({
    scope: row.scope,
    reason: row.reason,
    byWhom: row.by_whom,
    frozenAt: Number(row.frozen_at),
  }));
}

export async function readWaiting(database: Database): Promise<WaitingRate[]> {
  const rows = await database.query<Record<string, string | null>>(
    'select p.base, p.quote, p.price, r.price as in_force, p.source, p.proposed_by, ' +
      'p.moved_basis_points, p.proposed_at from rate_proposals p ' +
      'join rates r on r.base = p.base and r.quote = p.quote order by p.proposed_at, p.quote',
  );
  return rows.map((row) => ({
    base: row.base ?? '',
    quote: row.quote ?? '',
    price: row.price ?? '',
    inForce: row.in_force ?? '',
    source: row.source ?? '',
    proposedBy: row.proposed_by ?? null,
    movedBasisPoints: Number(row.moved_basis_points),
    proposedAt: Number(row.proposed_at),
  }));
}

/** The newest first. */
export async function readRateEvents(database: Database, most: number): Promise<RateEvent[]> {
  const rows = await database.query<{
    at: string;
    by_whom: string;
    kind: RateEvent['kind'];
    subject: string;
    detail: string;
  }>(
    'select at, by_whom, kind, subject, detail from rate_events ' +
      'order by event_number desc limit $1',
    [most],
  );
  return rows.map(({ at, by_whom: byWhom, kind, subject, detail }) => ({
    at: Number(at),
    byWhom,
    kind,
    subject,
    detail,
  }));
}
