// The paid payments of past days as a stream, for a comparison of fees: read in small parts.

import type { Database, Row } from '../base/world.ts';
import type { Part } from '../clearing/pace.ts';
import { journalsOn, partsOf } from '../clearing/partStore.ts';
import { answerAt, countedJournals, readByIndex } from '../clearing/store.ts';
import { money } from '../money/money.ts';
import type { FeeProduct } from './feeRules.ts';
import type { PaidPayment } from './replay.ts';

/**
 * The payments that were paid from `from` (inclusive) to `to` (exclusive), in milliseconds, some
 * thousand at a time, with what was given back of them by now.
 */
export async function* readPaid(
  database: Database,
  from: number,
  to: number,
): AsyncGenerator<readonly PaidPayment[]> {
  const session = database.session('paid payments');
  for await (const part of partsOf(from, to, journalsOn(session))) {
    if (part.journals === 0) continue;
    const rows = await session.run(readByIndex(paidIn(part)));
    const paid = (rows[answerAt] ?? []).map(paidFrom);
    if (paid.length > 0) yield paid;
  }
}

const sumOf = (reason: string) =>
  `coalesce(sum(u.amount) filter (where u.reason = '${reason}'), 0)`;

function paidIn(part: Part) {
  return {
    text:
      "select split_part(p.request_key, '/', 1), g.wallet_id, p.product, p.currency, " +
      'p.settlement_currency, p.settlement_amount, g.pay_to_currency, g.pay_to_amount, ' +
      'x.principal, x.interchange, x.to_wallet, x.acquirer_fee, x.wallet_fee, ' +
      'r.settlement, r.refund_from ' +
      `from (select * from ${countedJournals} c where not c.is_refund offset 0) j ` +
      `cross join lateral (select ${sumOf('principal')} as principal, ` +
      `${sumOf('interchange_from_acquirer')} as interchange, ` +
      `${sumOf('interchange_to_wallet')} as to_wallet, ` +
      `${sumOf('acquirer_service_fee')} as acquirer_fee, ` +
      `${sumOf('wallet_service_fee')} as wallet_fee ` +
      'from unnest(j.reasons, j.amounts) u(reason, amount)) x ' +
      'cross join lateral (select * from payments a where a.lane = j.lane ' +
      'and a.payment_number = j.journal_number offset 0) p ' +
      'cross join lateral (select * from legs a where a.lane = j.lane ' +
      'and a.payment_number = p.payment_number and a.leg = p.paid_leg offset 0) g ' +
      'cross join lateral (select coalesce(sum(a.settlement_amount), 0) as settlement, ' +
      'coalesce(sum(a.refund_from_amount), 0) as refund_from from refunds a ' +
      'where a.lane = j.lane and a.payment_number = j.journal_number ' +
      "and a.state = 'SUCCESS' offset 0) r",
    values: [part.from, part.to],
  };
}

function paidFrom(row: Row): PaidPayment {
  const text = (at: number) => row[at] as string;
  const minor = (at: number) => BigInt(text(at));
  return {
    about: {
      acquirerId: text(0),
      walletId: text(1),
      product: text(2) as FeeProduct,
      orderCurrency: text(3),
      settlementCurrency: text(4),
      walletCurrency: text(6),
    },
    settlement: money(text(4), minor(5)),
    payTo: money(text(6), minor(7)),
    principal: minor(8),
    posted: {
      interchange: minor(9),
      interchangeToWallet: minor(10),
      acquirerServiceFee: minor(11),
      walletServiceFee: minor(12),
    },
    settlementBack: minor(13),
    payToBack: minor(14),
  };
}
