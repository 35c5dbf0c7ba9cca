// The visitors of a simulation: each payment is one of them at one till, with codes shown or
// scanned.

import type { SimulatedAcquirer } from './acquirer.ts';
import type { Chance } from './chance.ts';
import type { Order } from './scenario.ts';
import type { VirtualTime } from './time.ts';
import type { SimulatedWallet } from './wallet.ts';

export interface Shopping {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly wallets: readonly SimulatedWallet[];
}

/** Codes that were used before, to be shown again at another till. */
const oldCodes = new WeakMap<Chance, string[]>();

/** How long a payment code is good for, and how long the tills let an order stand. */
const codeLifeMs = 60_000;
const codeOrderLivesMs = [60_000, 60_000, 45_000];
const orderLivesMs = [180_000, 60_000, 30_000];

/** One payment from the visitor's side; ends when the till has its last word. */
export async function shop(
  shopping: Shopping,
  acquirer: SimulatedAcquirer,
  paymentRequestId: string,
  amount: Order,
): Promise<void> {
  if (shopping.chance.happens(0.55)) await showCode(shopping, acquirer, paymentRequestId, amount);
  else await scanOrder(shopping, acquirer, paymentRequestId, amount);
}

/** The wallet's code is scanned by the till (protocol.md §1.2). */
async function showCode(
  shopping: Shopping,
  acquirer: SimulatedAcquirer,
  paymentRequestId: string,
  amount: Order,
): Promise<void> {
  const { time, chance, wallets } = shopping;
  const known = oldCodes.get(chance) ?? [];
  oldCodes.set(chance, known);
  const trick = chance.weighted({ none: 92, late: 3, reused: 4, invented: 1 });
  let code: string | undefined;
  if (trick === 'invented') code = `28180802${chance.digits(16)}`;
  else if (trick === 'reused' && known.length > 0) code = known[known.length - 1];
  else code = await chance.pick(wallets).code(`u${chance.below(40)}`);
  if (code === undefined) return;
  known.push(code);
  if (trick === 'late') await time.pause(codeLifeMs + chance.between(0, 5_000));
  const lifeMs = chance.pick(codeOrderLivesMs);
  const taken = acquirer.take({ paymentRequestId, amount, code, lifeMs });
  // The same code at the same moment for a second order: only one of them may have it.
  if (chance.happens(0.03)) {
    const second = { paymentRequestId: `${paymentRequestId}b`, amount, code, lifeMs };
    await Promise.all([taken, acquirer.take(second)]);
  } else await taken;
}

/** The till's code is scanned by one wallet, or by several that race (protocol.md §1.3). */
async function scanOrder(
  shopping: Shopping,
  acquirer: SimulatedAcquirer,
  paymentRequestId: string,
  amount: Order,
): Promise<void> {
  const { chance } = shopping;
  const lifeMs = chance.pick(orderLivesMs);
  await acquirer.take({
    paymentRequestId,
    amount,
    code: undefined,
    lifeMs,
    shown: (orderCode) => {
      const crowd = chance.weighted({ one: 74, two: 16, twice: 5, none: 2, late: 3 });
      const visitors = { one: 1, two: 2, twice: 2, none: 0, late: 1 }[crowd];
      const first = chance.below(shopping.wallets.length);
      for (let index = 0; index < visitors; index++) {
        // Twice: two customers of one wallet, or one who scans again.
        const step = crowd === 'twice' ? 0 : index;
        const wallet = shopping.wallets[(first + step) % shopping.wallets.length];
        const waitMs = crowd === 'late' ? lifeMs + 1_000 : chance.between(300, 8_000);
        const customer = `u${chance.below(crowd === 'twice' ? 2 : 40)}`;
        if (wallet !== undefined) void visit(shopping.time, wallet, waitMs, orderCode, customer);
      }
    },
  });
}

async function visit(
  time: VirtualTime,
  wallet: SimulatedWallet,
  waitMs: number,
  orderCode: string,
  customer: string,
): Promise<void> {
  await time.pause(waitMs);
  await wallet.scan(orderCode, customer);
}
