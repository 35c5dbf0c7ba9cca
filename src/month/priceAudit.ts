// The auditor's own prices: what each payment's principal and spread must be, by the market's word.

import { clearingDayOf } from '../calendar/clearingDay.ts';
import type { PublishedRate } from '../fx/board.ts';
import { exponentOf } from '../money/currency.ts';
import type { Sale } from './acquirer.ts';
import type { Journal, LedgerAudit } from './ledgerAudit.ts';
import type { Person } from './people.ts';

/** A price is fixed when an order is scanned; it may be paid half an hour later. */
const quotedBeforeMs = 45 * 60_000;
const digits = 10;

/** A table of the market with the time from which it was in force. */
export interface SaidRates {
  readonly at: number;
  readonly rates: readonly PublishedRate[];
}

/** Blames every payment of some journals whose price is of no rate that could be in force. */
export function auditPrices(
  ledger: LedgerAudit,
  journals: readonly Journal[],
  sales: ReadonlyMap<string, Sale>,
  people: ReadonlyMap<string, Person>,
  said: readonly SaidRates[],
  blame: (violation: string) => void,
): number {
  let priced = 0;
  for (const { number, at, lines } of journals) {
    const sale = sales.get(number);
    const principal = lines.find(({ reason }) => reason === 'principal');
    if (sale === undefined || principal === undefined) continue;
    const wallet = ledger.accounts.get(principal.debit);
    if (wallet?.kind !== 'position') continue;
    priced++;
    const about = `${sale.paymentRequestId} of day ${clearingDayOf(at)}`;
    const order = BigInt(sale.amount.value);
    const first = said.findLastIndex((each) => each.at <= at - quotedBeforeMs);
    const possible = said
      .slice(Math.max(0, first))
      .filter((each) => each.at <= at)
      .map(({ rates }) => converted(order, sale.amount.currency, wallet.currency, rates));
    if (!possible.some((each) => isNear(each, principal.amount))) {
      const range = possible.join(' or ');
      blame(`${about}: the principal is ${principal.amount} ${wallet.currency}, not ${range}`);
    }
    const { amount: spread } = lines.find(
      ({ reason, debit }) => reason === 'spread' && debit === wallet.id,
    ) ?? { amount: 0n };
    const basisPoints = people.get(wallet.participantId ?? '')?.spreadBasisPoints ?? 0;
    const agreed = (principal.amount * BigInt(basisPoints)) / 10_000n;
    if (sale.amount.currency !== wallet.currency && !isNear(spread, agreed)) {
      blame(`${about}: the spread is ${spread} ${wallet.currency}, ${agreed} were agreed`);
    }
  }
  return priced;
}

/** Minor units of one currency in another at the middle of a table, rounded down. */
function converted(
  minor: bigint,
  from: string,
  to: string,
  rates: readonly PublishedRate[],
): bigint {
  const dividend = minor * priceOf(to, rates) * 10n ** BigInt(exponentOf(to));
  return dividend / (priceOf(from, rates) * 10n ** BigInt(exponentOf(from)));
}

/** Of one dollar, in ten-thousand-millionths. */
function priceOf(currency: string, rates: readonly PublishedRate[]): bigint {
  const price = rates.find(({ quote }) => quote === currency)?.price ?? '1';
  const [whole = '0', decimals = ''] = price.split('.');
  return BigInt(whole + decimals.padEnd(digits, '0').slice(0, digits));
}

function isNear(one: bigint, other: bigint): boolean {
  const difference = one > other ? one - other : other - one;
  return difference <= 1n;
}
