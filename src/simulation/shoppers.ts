// The visitors of a simulation: each payment is one of them at one till, with codes shown or
// scanned.

import type { OfferedProduct } from '../payments/products.ts';
import type { SimulatedAcquirer } from './acquirer.ts';
import type { Permission } from './agreementAudit.ts';
import type { Chance } from './chance.ts';
import type { AcquirerPlan, Order } from './scenario.ts';
import type { VirtualTime } from './time.ts';
import type { SimulatedWallet } from './wallet.ts';

export interface Shopping {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly wallets: readonly SimulatedWallet[];
  currencyOf(walletId: string): string;
  /** Opens a way to pay: the code that it leads to. */
  open(way: string): Promise<string | undefined>;
  /** Tells the auditor whose permission a payment uses. */
  debits(permission: Permission, paymentRequestId: string): void;
}

/** Codes that were used before, to be shown again at another till. */
const oldCodes = new WeakMap<Chance, string[]>();

/** How long a payment code is good for, and how long the tills let an order stand. */
const codeLifeMs = 60_000;
const codeOrderLivesMs = [60_000, 60_000, 45_000];
const orderLivesMs = [180_000, 60_000, 30_000];

/** What the visitor buys, where. */
export interface Purchase {
  readonly acquirer: SimulatedAcquirer;
  readonly plan: AcquirerPlan;
  readonly paymentRequestId: string;
  readonly product: OfferedProduct;
  readonly amount: Order;
  readonly merchantId: string;
}

/** One payment from the visitor's side; ends when the till has its last word. */
export async function shop(shopping: Shopping, purchase: Purchase): Promise<void> {
  const { chance, wallets } = shopping;
  if (chance.happens(0.05)) {
    const { currency } = purchase.amount;
    const wallet = chance.pick(wallets);
    const own = shopping.currencyOf(wallet.id);
    void wallet.lookAround(`u${chance.below(40)}`, own, currency);
  }
  switch (purchase.product) {
    case 'payment_code':
      return showCode(shopping, purchase);
    case 'auto_debit':
      return debit(shopping, purchase);
    case 'cashier':
      return chooseWallet(shopping, purchase);
    default:
      await scanOrder(shopping, purchase, undefined);
  }
}

/**
 * A visitor of a shop on the web: the page may ask who can pay; they choose one of these, or choose
 * on the network's own page (protocol.md §1.6).
 */
async function chooseWallet(shopping: Shopping, purchase: Purchase): Promise<void> {
  const { chance } = shopping;
  const { acquirer, plan, amount } = purchase;
  const offered = chance.happens(0.7) ? await acquirer.consult(amount, plan.currency) : undefined;
  const chosen =
    offered !== undefined && offered.length > 0 && chance.happens(0.7)
      ? chance.pick(offered)
      : undefined;
  await scanOrder(shopping, purchase, chosen);
}

/** A shop charges a customer who allowed it before, or asks for the permission first (§1.7). */
async function debit(shopping: Shopping, purchase: Purchase): Promise<void> {
  const { chance, wallets } = shopping;
  const { acquirer, paymentRequestId, product, amount, merchantId } = purchase;
  const { bindings } = acquirer;
  const known = bindings.withToken;
  const binding =
    known.length > 0 && chance.happens(0.65)
      ? chance.pick(known)
      : await bindings.bind(chance.pick(wallets), `u${chance.below(40)}`);
  if (binding?.accessToken === undefined) return;
  if (chance.happens(0.2)) await bindings.evaluate(binding, `${paymentRequestId}E`, amount);
  if (chance.happens(0.15) && !binding.isOver) await bindings.refresh(binding);
  const code = binding.accessToken;
  shopping.debits(binding, paymentRequestId);
  const lifeMs = chance.pick(codeOrderLivesMs);
  const order = { paymentRequestId, product, amount, merchantId, code, lifeMs };
  const taking = acquirer.take(order);
  // While the debit is under way, or after it: the end of the permission, from either side.
  const end = chance.weighted({ none: 82, shop: 8, customer: 8, both: 2 });
  if (end !== 'none') await shopping.time.pause(chance.between(0, 4_000));
  if (end === 'customer' || end === 'both') binding.wallet.grants.takeBack(binding.name);
  if (end === 'shop' || end === 'both') await bindings.end(binding);
  await taking;
}

/** The wallet's code is scanned by the till (protocol.md §1.2). */
async function showCode(shopping: Shopping, purchase: Purchase): Promise<void> {
  const { time, chance, wallets } = shopping;
  const { acquirer, paymentRequestId, product, amount, merchantId } = purchase;
  const known = oldCodes.get(chance) ?? [];
  oldCodes.set(chance, known);
  const trick = chance.weighted({ none: 92, late: 3, reused: 4, invented: 1 });
  let code: string | undefined;
  // Invented under the number of a wallet, or under one that is nobody's.
  if (trick === 'invented') code = `${known[0]?.slice(0, 8) ?? '28180802'}${chance.digits(16)}`;
  else if (trick === 'reused' && known.length > 0) code = known[known.length - 1];
  else code = await chance.pick(wallets).code(`u${chance.below(40)}`);
  if (code === undefined) return;
  known.push(code);
  if (trick === 'late') await time.pause(codeLifeMs + chance.between(0, 5_000));
  const lifeMs = chance.pick(codeOrderLivesMs);
  const taken = acquirer.take({ paymentRequestId, product, amount, merchantId, code, lifeMs });
  // The same code at the same moment for a second order: only one of them may have it.
  if (chance.happens(0.03)) {
    const other = { paymentRequestId: `${paymentRequestId}b`, product, merchantId };
    const second = { ...other, amount, code, lifeMs };
    await Promise.all([taken, acquirer.take(second)]);
  } else await taken;
}

/** A code leads one wallet to the order, or several that race (protocol.md §1.3 to §1.6). */
async function scanOrder(
  shopping: Shopping,
  purchase: Purchase,
  chosen: string | undefined,
): Promise<void> {
  const { chance } = shopping;
  const { acquirer, paymentRequestId, product, amount, merchantId } = purchase;
  const lifeMs = chance.pick(orderLivesMs);
  await acquirer.take({
    paymentRequestId,
    product,
    amount,
    merchantId,
    lifeMs,
    ...(chosen === undefined ? {} : { walletName: chosen }),
    shown: (way) => {
      const crowd = chance.weighted({ one: 74, two: 16, twice: 5, none: 2, late: 3 });
      const visitors = { one: 1, two: 2, twice: 2, none: 0, late: 1 }[crowd];
      const wanted = shopping.wallets.findIndex(({ id }) => id === chosen);
      const first = wanted < 0 ? chance.below(shopping.wallets.length) : wanted;
      for (let index = 0; index < visitors; index++) {
        // Twice: two customers of one wallet, or one who scans again.
        const step = crowd === 'twice' ? 0 : index;
        const wallet = shopping.wallets[(first + step) % shopping.wallets.length];
        const waitMs = crowd === 'late' ? lifeMs + 1_000 : chance.between(300, 8_000);
        const customer = `u${chance.below(crowd === 'twice' ? 2 : 40)}`;
        if (wallet !== undefined) void visit(shopping, wallet, waitMs, way, customer);
      }
    },
  });
}

async function visit(
  shopping: Shopping,
  wallet: SimulatedWallet,
  waitMs: number,
  way: string,
  customer: string,
): Promise<void> {
  await shopping.time.pause(waitMs);
  const code = await shopping.open(way);
  if (code !== undefined) await wallet.scan(code, customer);
}
