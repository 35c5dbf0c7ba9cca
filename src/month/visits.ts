// The visits of a day: who pays what where and when, and what becomes of it afterwards.

import { beginningOf, type ClearingDay, nextDayAt } from '../calendar/clearingDay.ts';
import { codeBehind } from '../simulation/browser.ts';
import type { Chance } from '../simulation/chance.ts';
import type { SimulatedNetwork } from '../simulation/network.ts';
import type { VirtualTime } from '../simulation/time.ts';
import type { MonthAcquirer, Sale } from './acquirer.ts';
import { orderOf, type Person } from './people.ts';
import type { MonthWallet } from './wallet.ts';

/** What visits need of the world. */
export interface Street {
  readonly time: VirtualTime;
  readonly network: SimulatedNetwork;
  readonly chance: Chance;
  readonly wallets: readonly MonthWallet[];
  readonly acquirers: readonly MonthAcquirer[];
  readonly people: ReadonlyMap<string, Person>;
}

/** What customers and shops have done so far. */
export interface Happened {
  payments: number;
  readonly products: Map<string, number>;
  refunds: number;
  cancels: number;
  cancelsTooLate: number;
  disputes: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The last moment at which an acquirer may cancel is 00:15 of T+1 (protocol.md §1.9). */
const cancelWindowMs = 15 * minute;
const customers = 4_000;

/** When a visit of a day begins: mostly at shopping hours, often just around midnight. */
function timeIn(chance: Chance, of: ClearingDay): number {
  const part = chance.weighted({ shops: 84, night: 8, before: 5, after: 3 });
  const fromMidnight = {
    shops: () => chance.between(8 * hour, 23 * hour),
    night: () => chance.between(0, day - 1),
    before: () => chance.between(day - 8 * minute, day - 1),
    after: () => chance.between(0, 3 * minute),
  }[part]();
  return beginningOf(of) + fromMidnight;
}

/** Begins the visits of a day; they go on by themselves, some of them for days. */
export function beginDay(
  street: Street,
  happened: Happened,
  of: ClearingDay,
  payments: number,
  first: number,
): void {
  const { time, chance } = street;
  for (let index = 0; index < payments; index++) {
    const at = timeIn(chance, of);
    const name = `P${first + index}`;
    time.after(at - time.now(), () => void visit(street, happened, name));
  }
}

const products = {
  payment_code: 46,
  order_code: 30,
  entry_code: 6,
  cashier: 8,
  private_order_code: 5,
  push: 5,
} as const;

async function visit(street: Street, happened: Happened, name: string): Promise<void> {
  const { time, chance, network } = street;
  const wallet = chance.pick(street.wallets);
  const acquirer = chance.pick(street.acquirers);
  const person = street.people.get(acquirer.id) as Person;
  const product = chance.weighted(products);
  const customer = `u${chance.below(customers)}`;
  happened.payments++;
  happened.products.set(product, (happened.products.get(product) ?? 0) + 1);
  const isScanned = product === 'payment_code';
  const code = isScanned ? await wallet.code(customer) : undefined;
  if (isScanned && code === undefined) return;
  const order = {
    paymentRequestId: name,
    product,
    amount: orderOf(chance, person),
    merchantId: `M${chance.between(1, 20)}`,
    expiresAt: time.now() + (isScanned ? minute : 30 * minute),
    code,
    walletName: product === 'cashier' && chance.happens(0.5) ? wallet.id : undefined,
  };
  const isLate = chance.happens(0.08);
  const waits = {
    confirmMs: chance.between(2_000, 20_000),
    noticeMs: isLate ? chance.between(minute, 12 * minute) : chance.between(0, 1_000),
  };
  const scanAfterMs = chance.between(500, 8_000);
  const sale = await acquirer.take(order, (way) => {
    time.after(scanAfterMs, () => {
      void codeBehind({ time, network }, way).then((behind) =>
        behind === undefined ? undefined : wallet.scan(behind, customer, waits),
      );
    });
  });
  if (sale.word === 'S') await after(street, happened, sale, acquirer, wallet);
}

/** What shops and customers do about a payment that was made. */
async function after(
  street: Street,
  happened: Happened,
  sale: Sale,
  acquirer: MonthAcquirer,
  wallet: MonthWallet,
): Promise<void> {
  const { time, chance } = street;
  const fate = chance.weighted({
    kept: 85,
    refunded: 9,
    cancelled: 3,
    cancelled_at_the_edge: 1.2,
    cancelled_too_late: 0.6,
    disputed: 1.2,
  });
  const edge = nextDayAt(sale.paidAt, cancelWindowMs);
  const until = (at: number) => time.pause(Math.max(0, at - time.now()));
  switch (fate) {
    case 'refunded':
      return refundParts(street, happened, sale, acquirer);
    case 'disputed':
      await time.pause(chance.between(hour, 4 * day));
      happened.disputes++;
      return wallet.dispute(sale.paymentRequestId, chance.pick([100, 50, 20]));
    case 'cancelled':
      await time.pause(chance.between(1_000, 20 * minute));
      break;
    case 'cancelled_at_the_edge':
      // From midnight to a few seconds before the end: the message has a way to go.
      await until(edge - chance.pick([chance.between(2_000, 20_000), 14 * minute]));
      break;
    case 'cancelled_too_late':
      await until(edge + chance.between(1_000, 30_000));
      break;
    default:
      return;
  }
  if (await acquirer.cancel(sale)) {
    happened.cancels++;
    return;
  }
  // It was too late: the money goes back as a refund.
  happened.cancelsTooLate++;
  const whole = BigInt(sale.amount.value);
  if (await acquirer.refund(sale, `${sale.paymentRequestId}-R1`, whole)) happened.refunds++;
}

/** One refund of all or some of it, or several, at once, the same day or days later. */
async function refundParts(
  { time, chance }: Street,
  happened: Happened,
  sale: Sale,
  acquirer: MonthAcquirer,
): Promise<void> {
  const whole = BigInt(sale.amount.value);
  const parts = chance.weighted({ 1: 70, 2: 18, 3: 8, 7: 4 });
  let left = whole;
  for (let part = 1; part <= Number(parts) && left > 0n; part++) {
    const when = chance.weighted({ soon: 40, today: 30, days: part === 1 ? 30 : 0 });
    const waitMs = {
      soon: () => chance.between(1_000, 10 * minute),
      today: () => chance.between(10 * minute, 8 * hour),
      days: () => chance.between(day, 4 * day),
    }[when]();
    await time.pause(waitMs);
    const isLast = part === Number(parts) && chance.happens(0.6);
    const share = (whole * BigInt(chance.between(1, 999))) / BigInt(1_000 * Number(parts));
    const value = isLast ? left : share === 0n ? 1n : share;
    left -= value;
    if (await acquirer.refund(sale, `${sale.paymentRequestId}-R${part}`, value)) {
      happened.refunds++;
    }
  }
}
