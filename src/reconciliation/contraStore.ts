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
      'resolved_at = null, contra_break_id = null from reconciliation_breaks x ' +
      'where x.account_id = $1 and x.day = $2 and x.last_run_id <> $3 ' +
      "and x.resolution = 'contra' and n.break_id in (x.break_id, x.contra_break_id)",
    values: [accountId, day, runId],
  };
}

/** Ends the pairs of a wallet that its own books and the network's prove; `session` writes. */
export async function endContra(session: Session, place: ContraPlace, run: Run): Promise<void> {
  const [rows = []] = await session.run([possiblePairs(run.accountId)]);
  if (rows.length === 0) return;
  const pairs = rows.map(pairFrom);
  const proved = provedPairs(pairs, await knownLegs(place, pairs), place.walletId);
  if (proved.length > 0) await session.run([writeEnds(proved, run)]);
}

/** An open refund whose id is a payment's that is open too, of the same amount, on any days. */
function possiblePairs(accountId: number): Statement {
  return {
    text:
      'select p.break_id, r.break_id, p.item_key, r.their_currency, r.their_amount ' +
      'from reconciliation_breaks r join reconciliation_breaks p on p.account_id = $1 ' +
      "and p.item_key = 'payment/' || substr(r.item_key, length('refund/') + 1) " +
      "and p.kind = 'missing_here' and p.state <> 'RESOLVED' " +
      'and p.their_currency = r.their_currency and p.their_amount = -r.their_amount ' +
      "where r.account_id = $1 and r.kind = 'missing_here' and r.state <> 'RESOLVED' " +
      "and r.item_key like 'refund/________20_________________' and r.their_amount > 0",
    values: [accountId],
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
      "where b.break_id = u.own and b.state <> 'RESOLVED'",
    values: [textArray([...payments, ...refunds]), textArray([...refunds, ...payments]), by, at],
  };
}
