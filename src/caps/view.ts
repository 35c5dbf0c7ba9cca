// What people see of caps: each wallet's position against its bound, changes, and alerts.

import { type CapAlert, usedBasisPoints } from './alerts.ts';
import {
  type CapChange,
  leftOf,
  mostOf,
  owedOf,
  type Standing,
  usedDepositOf,
  withdrawableOf,
} from './caps.ts';
import type { CapSample, Levels } from './watchStore.ts';

/** An amount on a page: minor units as text. */
const amountOf = (currency: string, value: bigint) => ({ currency, value: String(value) });
const orNull = (currency: string, value: bigint | null) =>
  value === null ? null : amountOf(currency, value);
const isoTime = (at: number) => new Date(at).toISOString();
const timeOrNull = (at: number | null) => (at === null ? null : isoTime(at));

/** All that is read of a network for it. */
export interface CapFacts {
  readonly standings: readonly Standing[];
  readonly levels: Levels;
  /** The levels that stand, by account. */
  readonly open: ReadonlyMap<number, readonly number[]>;
  readonly changes: readonly CapChange[];
  readonly alerts: readonly CapAlert[];
}

/** The view that `wayfare caps list` prints and the page of caps shows. */
export function capsView({ standings, levels, open, changes, alerts }: CapFacts) {
  return {
    usualLevels: levels.usual,
    wallets: standings.map((standing) =>
      walletView(
        standing,
        levels.own.get(standing.participantId) ?? levels.usual,
        open.get(standing.accountId) ?? [],
      ),
    ),
    changes: changes.map((change) => changeView(change, standings)),
    alerts: alerts.flatMap((alert) => {
      const standing = standings.find(({ accountId }) => accountId === alert.accountId);
      return standing === undefined ? [] : [alertView(alert, standing)];
    }),
  };
}

/** A wallet against its bound; `left` and `mayOwe` are null without one. */
export function walletView(
  standing: Standing,
  levels: readonly number[],
  reached: readonly number[],
) {
  const { currency } = standing;
  return {
    participantId: standing.participantId,
    name: standing.name,
    currency,
    cap: orNull(currency, standing.cap),
    deposit: amountOf(currency, standing.deposit),
    mayOwe: orNull(currency, mostOf(standing)),
    posted: amountOf(currency, standing.posted),
    held: amountOf(currency, standing.held),
    owed: amountOf(currency, owedOf(standing)),
    left: orNull(currency, leftOf(standing)),
    usedDeposit: amountOf(currency, usedDepositOf(standing)),
    withdrawable: amountOf(currency, withdrawableOf(standing)),
    usedBasisPoints: usedBasisPoints(standing),
    levels: [...levels],
    reached: [...reached].sort((a, b) => a - b),
  };
}

export function changeView(change: CapChange, standings: readonly Standing[]) {
  const { participantId, currency } = change;
  const wallet = standings.find((each) => each.participantId === participantId);
  return {
    changeId: change.changeId,
    participantId,
    name: wallet?.name ?? participantId,
    kind: change.kind,
    currency,
    /** Null is a cap without a limit. */
    amount: orNull(currency, change.amount),
    bankReference: change.bankReference,
    effectiveAt: timeOrNull(change.effectiveAt),
    note: change.note,
    state: change.state,
    proposedBy: change.proposedBy,
    proposedAt: isoTime(change.proposedAt),
    decidedBy: change.decidedBy,
    decidedAt: timeOrNull(change.decidedAt),
    doneAt: timeOrNull(change.doneAt),
    journalNumber: change.journalNumber,
  };
}

export function alertView(alert: CapAlert, { participantId, name, currency }: Standing) {
  return {
    participantId,
    name,
    level: alert.level,
    raisedAt: isoTime(alert.raisedAt),
    raisedOwed: amountOf(currency, alert.raisedOwed),
    raisedMost: amountOf(currency, alert.raisedMost),
    easedAt: timeOrNull(alert.easedAt),
    easedOwed: orNull(currency, alert.easedOwed),
    easedMost: orNull(currency, alert.easedMost),
  };
}

/** How a wallet stood over time; amounts in minor units of its currency. */
export function historyView(
  { participantId, name, currency }: Standing,
  samples: readonly CapSample[],
  span: { readonly from: number; readonly to: number },
) {
  return {
    participantId,
    name,
    currency,
    from: isoTime(span.from),
    to: isoTime(span.to),
    points: samples.map(({ at, owed, cap, deposit }) => ({
      at: isoTime(Math.max(at, span.from)),
      owed: String(owed),
      mayOwe: cap === null ? null : String(cap + deposit),
      deposit: String(deposit),
    })),
  };
}
