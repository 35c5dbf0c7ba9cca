// SQL of contra pairs: halves that may belong together, what the network knows of their legs, and
// the end of both.

import { publicId } from '../base/id.ts';
import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Database, Row, Session, Statement } from '../base/world.ts';
import { type ContraPair, type KnownLeg, legOfKey, provedPairs } from './contra.ts';
import { byLane, partsOfKey } from './itemLines.ts';
import type { Run } from './reconciliation.ts';

/** Whose breaks they are, and where the legs are read. */
export interface ContraPlace {
  readonly database: Database;
  readonly lanes: number;
  readonly walletId: string;
}

/**
 * A file that no longer has one half has told that the pair was none: both are open again, before
 * `endCorrected` ends what is gone.
 */
export function reopenContra({ accountId, day, runId }: Run): Statement {
  return {
    text:
      "update reconciliation_breaks n set state = 'OPEN', resolution = null, cause = null, " +
      'note = null, proposed_by = null, proposed_at = null, resolved_by = null, ' +
      'resolved_at = null, contra_break_id = null ' +
      'from (select unnest(array[x.break_id, x.contra_break_id]) as break_id ' +
      'from reconciliation_breaks x where x.account_id = $1 and x.day = $2 ' +
      "and x.last_run_id <> $3 and x.resolution = 'contra' offset 0) f " +
      'where n.break_id = f.break_id',
    values: [accountId, day, runId],
  };
}

/** Ends the pairs of a wallet that its own books and the network's prove; `session` writes. */
export async function endContra(session: Session, place: ContraPlace, run: Run): Promise<void> {
  const [rows = []] = await session.run([possiblePairs(run.accountId)]);
  if (rows.length === 0) return;
  const pairs = rows.map(pairFrom);
  const proved = provedPairs(pairs, await knownLegs(place, pairs), place.walletId);
  if (proved.length === 0) return;
  // A person may have ended one half since it was read: then the other is none of a pair.
  const [locked = []] = await session.run([
    lockOpen(
      proved.flatMap(({ paymentBreakId, refundBreakId }) => [paymentBreakId, refundBreakId]),
    ),
  ]);
  const open = new Set(locked.map((row) => row[0] as string));
  const whole = proved.filter(
    ({ paymentBreakId, refundBreakId }) => open.has(paymentBreakId) && open.has(refundBreakId),
  );
  if (whole.length > 0) await session.run([writeEnds(whole, run)]);
}

/**
 * An open refund whose id is a payment's that is open too, of the same amount, on any days: each
 * payment is looked up by its key.
 */
function possiblePairs(accountId: number): Statement {
  return {
    text:
      'select p.break_id, r.break_id, p.item_key, r.their_currency, r.their_amount ' +
      'from reconciliation_breaks r cross join lateral (select b.break_id, b.item_key ' +
      'from reconciliation_breaks b where b.account_id = $1 ' +
      "and b.item_key = 'payment/' || substr(r.item_key, length('refund/') + 1) " +
      "and b.kind = 'missing_here' and b.state <> 'RESOLVED' " +
      'and b.their_currency = r.their_currency and b.their_amount = -r.their_amount offset 0) p ' +
      "where r.account_id = $1 and r.kind = 'missing_here' and r.state <> 'RESOLVED' " +
      "and r.item_key like 'refund/________20_________________' and r.their_amount > 0",
    values: [accountId],
  };
}

/** Nobody ends a half meanwhile; those that are still open. */
function lockOpen(breakIds: readonly string[]): Statement {
  return {
    text:
      'select b.break_id from unnest($1::text[]) u(break_id) ' +
      'join reconciliation_breaks b on b.break_id = u.break_id ' +
      "where b.state <> 'RESOLVED' order by b.break_id for update of b",
    values: [textArray(breakIds)],
  };
}

function pairFrom(row: Row): ContraPair {
  return {
    paymentBreakId: row[0] as string,
    refundBreakId: row[1] as string,
    legId: partsOfKey(row[2] as string).id,
    currency: row[3] as string,
    amount: BigInt(row[4] as string),
  };
}

/** The legs of some pairs, by their ids. */
async function knownLegs(
  { database, lanes }: ContraPlace,
  pairs: readonly ContraPair[],
): Promise<Map<string, KnownLeg>> {
  const named = pairs.flatMap(({ legId }) => legOfKey(`payment/${legId}`) ?? []);
  const legs = new Map<string, KnownLeg>();
  for (const [lane, numbers] of byLane(new Set(named.map(({ number }) => number)), lanes)) {
    const rows = await database.query<{
      payment_number: string;
      created_at: string;
      leg: number;
      wallet_id: string;
      state: string;
      pay_to_currency: string;
      pay_to_amount: string;
    }>(
      'select p.payment_number, p.created_at, g.leg, g.wallet_id, g.state, g.pay_to_currency, ' +
        'g.pay_to_amount from unnest($2::bigint[]) u(number) ' +
        'cross join lateral (select * from payments a where a.lane = $1 ' +
        'and a.payment_number = u.number offset 0) p ' +
        'cross join lateral (select * from legs a where a.lane = $1 ' +
        'and a.payment_number = u.number offset 0) g',
      [lane, numberArray(numbers)],
    );
    for (const row of rows) {
      const legId = publicId('leg', Number(row.created_at), Number(row.payment_number), row.leg);
      legs.set(legId, {
        legId,
        walletId: row.wallet_id,
        state: row.state,
        currency: row.pay_to_currency,
        amount: BigInt(row.pay_to_amount),
      });
    }
  }
  return legs;
}

/** Nobody made a mistake: it was too late to cancel on the wallet's own day. */
function writeEnds(pairs: readonly ContraPair[], { by, at }: Run): Statement {
  const [payments, refunds] = [
    pairs.map(({ paymentBreakId }) => paymentBreakId),
    pairs.map(({ refundBreakId }) => refundBreakId),
  ];
  return {
    text:
      "update reconciliation_breaks b set state = 'RESOLVED', resolution = 'contra', " +
      "cause = coalesce(b.cause, 'timing'), resolved_by = $3, resolved_at = $4, " +
      'contra_break_id = u.other from unnest($1::text[], $2::text[]) u(own, other) ' +
      'where b.break_id = u.own',
    values: [textArray([...payments, ...refunds]), textArray([...refunds, ...payments]), by, at],
  };
}
