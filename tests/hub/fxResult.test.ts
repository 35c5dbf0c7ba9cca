// 10,000 random payments at rates that move: spread and rounding explain the result to the minor
// unit, from the postings alone, and no account drifts.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertRows, numberArray, rowArray, textArray } from '../../src/base/sqlArray.ts';
import { pricedPair, RateBoard } from '../../src/fx/board.ts';
import { readCorridors, readCurrencyPositions } from '../../src/fx/positionStore.ts';
import { type CorridorSums, exposureOf, resultOf } from '../../src/fx/positions.ts';
import { publishedRates } from '../../src/fx/published.ts';
import type { Posting } from '../../src/ledger/posting.ts';
import { exponentOf } from '../../src/money/currency.ts';
import { type Money, money } from '../../src/money/money.ts';
import { convert, type Rate, rateFromDecimal } from '../../src/money/rate.ts';
import type { Participant } from '../../src/network/participant.ts';
import { writeParticipant } from '../../src/network/participantStore.ts';
import { createLanes, readDirectory } from '../../src/network/store.ts';
import { paymentPostings, payToOf, settlementOf } from '../../src/payments/amounts.ts';
import { agreedTerms } from '../../src/payments/fees.ts';
import type { Leg, Payment } from '../../src/payments/payment.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { generateKeys } from '../../src/wire/signature.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const count = 10_000;
const seed = 20_261_122;
/** How often rates move: that many payments share a board. */
const perBoard = 25;

const wallets = ['HKD', 'KZT', 'MOP', 'MYR', 'MNT', 'PKR', 'SGD', 'KRW', 'THB', 'PHP'].concat([
  'IDR',
  'KWD',
  'JPY',
  'CNY',
]);
/** The currency of an acquirer's orders, and the one it settles in. */
const acquirers = [
  ['CNY', 'CNY'],
  ['THB', 'USD'],
  ['JPY', 'JPY'],
  ['KWD', 'KWD'],
  ['IDR', 'SGD'],
] as const;

interface Made {
  readonly amount: Money;
  readonly payTo: Money;
  readonly settlement: Money;
  /** Both sides at their middle, rounded as they are posted. */
  readonly principal: bigint;
  readonly middle: bigint;
  readonly walletMid: Rate;
  readonly postings: readonly Posting[];
}

let fresh: FreshDatabase;
let made: Made[];
let last: RateBoard;

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, 1);
  const parties = await letAllIn();
  ({ made, last } = makePayments(parties));
  await writeJournals(made);
}, 120_000);
afterAll(() => fresh?.drop());

type Parties = Awaited<ReturnType<typeof letAllIn>>;

async function letAllIn() {
  const { publicKeyPem } = generateKeys('ES256');
  const keys = { algorithm: 'ES256', keyVersion: '1', publicKey: publicKeyPem } as const;
  const given = (participantId: string, over: Partial<Participant>): Participant => ({
    participantId,
    role: 'wallet',
    name: participantId,
    clientId: participantId,
    market: 'CN',
    currency: 'CNY',
    orderCurrencies: [],
    endpoint: 'http://x.test',
    enabled: true,
    serviceFeeBasisPoints: 10,
    interchangeBasisPoints: 0,
    spreadBasisPoints: 50,
    cap: null,
    codeIssuer: null,
    ...over,
  });
  const list = [
    ...wallets.map((currency) => given(`W_${currency}`, { currency })),
    ...acquirers.map(([order, currency]) =>
      given(`A_${order}`, {
        role: 'acquirer',
        currency,
        orderCurrencies: [order],
        serviceFeeBasisPoints: 20,
        interchangeBasisPoints: 30,
        spreadBasisPoints: 30,
      }),
    ),
  ];
  for (const each of list) await writeParticipant(fresh.database, { ...each, ...keys }, 0);
  return readDirectory(fresh.database);
}

function makePayments(directory: Parties): { made: Made[]; last: RateBoard } {
  const drawn = fc.sample(
    fc.record({
      wallet: fc.constantFrom(...wallets),
      order: fc.constantFrom(...acquirers.map(([order]) => order)),
      // Whole units up to some thousands, with every minor unit as likely as any other.
      minor: fc.integer({ min: 100, max: 5_000_000 }),
      /** How far every rate has moved by then, in millionths. */
      drift: fc.integer({ min: -40_000, max: 40_000 }),
      customer: fc.integer({ min: 0, max: 200 }),
    }),
    { numRuns: count, seed },
  );
  const usual = publishedRates().rates.filter(({ quote }) => [...wallets, 'USD'].includes(quote));
  const payments: Made[] = [];
  let board = new RateBoard([], 0);
  drawn.forEach((each, index) => {
    if (index % perBoard === 0) board = boardOf(usual, drawn.slice(index, index + usual.length));
    const wallet = directory.byId(`W_${each.wallet}`) as Participant;
    const acquirer = directory.byId(`A_${each.order}`) as Participant;
    const payment = makeOne(each.order, BigInt(each.minor), wallet, acquirer, board, directory);
    if (payment !== undefined) payments.push(payment);
  });
  return { made: payments, last: board };
}

/** Each currency moves on its own. */
function boardOf(
  usual: readonly { base: string; quote: string; price: string }[],
  drawn: readonly { drift: number }[],
): RateBoard {
  const rates = usual.map(({ base, quote, price }, index) => {
    const [whole = '0', decimals = ''] = price.split('.');
    const moved = BigInt(whole + decimals) * BigInt(1_000_000 + (drawn[index]?.drift ?? 0));
    const digits = moved.toString().padStart(decimals.length + 7, '0');
    const point = digits.length - decimals.length - 6;
    return {
      base,
      quote,
      price: `${digits.slice(0, point)}.${digits.slice(point)}`,
      source: 'test',
      date: '2026-11-22',
      realAt: 0,
      ageLimitMs: null,
    };
  });
  return new RateBoard(rates, 0);
}

function makeOne(
  order: string,
  minor: bigint,
  wallet: Participant,
  acquirer: Participant,
  board: RateBoard,
  { chart }: Parties,
): Made | undefined {
  // A rupiah order is in whole rupiah.
  const amount = money(order, order === 'IDR' ? (minor / 100n + 1n) * 100_000n : minor);
  const ours = board.price(order, wallet.currency, wallet, 0);
  const theirs = board.price(order, acquirer.currency, acquirer, 0);
  if (ours.kind !== 'priced' || theirs.kind !== 'priced') throw new Error('every pair has a rate');
  const payTo = payToOf(amount, ours.price);
  const settlement = settlementOf(amount, theirs.price);
  if (payTo === undefined || settlement === undefined) return undefined;
  const quoted = ({ midPrice, spreadBasisPoints }: typeof ours.price) => ({
    midPrice,
    spreadBasisPoints,
  });
  const leg = { walletId: wallet.participantId, payTo, ...quoted(ours.price) } as Leg;
  const payment = {
    acquirerId: acquirer.participantId,
    amount,
    settlement,
    settlementPrice: quoted(theirs.price),
  } as Payment;
  return {
    amount,
    payTo,
    settlement,
    principal: convert(amount, ours.price.mid).minor,
    middle: convert(amount, theirs.price.mid).minor,
    walletMid: ours.price.mid,
    postings: paymentPostings(payment, leg, agreedTerms(wallet, acquirer), chart),
  };
}

async function writeJournals(payments: readonly Made[]): Promise<void> {
  const columns = ['journal_number', 'posted_at', 'reasons', 'debit_accounts', 'credit_accounts'];
  const text = insertRows('journals', [...columns, 'amounts']);
  for (let from = 0; from < payments.length; from += 1_000) {
    const rows = payments
      .slice(from, from + 1_000)
      .map(({ postings }, index) => [
        0,
        (from + index + 1) * 4_096,
        1_000 + from + index,
        textArray(postings.map(({ reason }) => reason)),
        numberArray(postings.map(({ debitAccount }) => debitAccount)),
        numberArray(postings.map(({ creditAccount }) => creditAccount)),
        numberArray(postings.map(({ amount }) => amount)),
      ]);
    await fresh.database.query(text, [0, rowArray(rows)]);
  }
  await fresh.database.query(
    'update account_slices s set debits_posted = x.d, credits_posted = x.c from (' +
      'select account_id, sum(d) as d, sum(c) as c from (' +
      'select debit_account as account_id, amount as d, 0 as c from postings union all ' +
      'select credit_account, 0, amount from postings) e group by account_id) x ' +
      'where s.lane = 0 and s.account_id = x.account_id',
  );
}

const sum = (list: readonly bigint[]) => list.reduce((total, each) => total + each, 0n);
const unitOf = (currency: string) => (currency === 'IDR' ? 100n : 1n);
/** Six standard deviations of `n` independent errors of at most one unit. */
const widest = (n: number, currency: string) =>
  BigInt(Math.ceil(6 * Math.sqrt(n))) * unitOf(currency);

test('the books of the run hold', async () => {
  expect(made.length).toBeGreaterThan(count - 100);
  const { findings } = await prove(fresh.database);
  const byBooks = ['currencies_balance', 'postings_stay_in_one_currency', 'slices_equal_postings'];
  const checked = findings.filter(({ name }) => byBooks.includes(name));
  expect(checked.map((finding) => finding.count)).toEqual([0, 0, 0]);
});

test('spread and rounding are what was charged over the middle, to the minor unit', async () => {
  for (const position of await readCurrencyPositions(fresh.database)) {
    const { currency } = position;
    const paid = made.filter(({ payTo }) => payTo.currency === currency);
    const settled = made.filter(({ settlement }) => settlement.currency === currency);
    const earned =
      sum(paid.map(({ payTo, principal }) => payTo.minor - principal)) +
      sum(settled.map(({ middle, settlement }) => middle - settlement.minor));
    expect(position.spread + position.rounding, currency).toBe(earned);
    expect(exposureOf(position), currency).toBe(
      position.stock + position.spread + position.rounding + position.fees,
    );
  }
});

test('no account drifts: rounding is as often for the network as against it', async () => {
  for (const { currency, rounding } of await readCurrencyPositions(fresh.database)) {
    const paid = made.filter(({ payTo }) => payTo.currency === currency);
    const most = widest(paid.length, currency);
    expect(rounding <= most && rounding >= -most, `rounding:${currency} ${rounding}`).toBe(true);
    // What rounding the principal leaves in the stock, exactly: a fraction of a minor unit each.
    const scale = 10n ** 30n;
    const left = sum(
      paid.map(({ amount, principal, walletMid }) => {
        const { numerator, denominator } = walletMid;
        const up = 10n ** BigInt(exponentOf(currency));
        const down = 10n ** BigInt(exponentOf(amount.currency));
        return principal * scale - (amount.minor * numerator * up * scale) / (denominator * down);
      }),
    );
    const bound = most * scale;
    expect(left <= bound && left >= -bound, `fx:${currency} ${left}`).toBe(true);
  }
});

describe('the result of each corridor', () => {
  /** Credits less debits that the payments of a corridor made on accounts of a kind. */
  function expected(settling: string, paying: string) {
    const of = made.filter(
      (each) => each.settlement.currency === settling && each.payTo.currency === paying,
    );
    const charged = sum(of.map(({ payTo }) => payTo.minor));
    const owed = sum(of.map(({ settlement }) => settlement.minor));
    const amountOf = (reason: Posting['reason']) =>
      sum(
        of.flatMap(({ postings }) =>
          postings.filter((each) => each.reason === reason).map(({ amount }) => amount),
        ),
      );
    return {
      effects: of.length,
      // All that came in from wallets less what went to them, and the same for acquirers.
      ours: charged - amountOf('interchange_to_wallet'),
      theirs: amountOf('interchange_from_acquirer') - owed,
    };
  }

  test('is spread, rounding and market move, and nothing else', async () => {
    const corridors = await readCorridors(fresh.database, 0, Number.MAX_SAFE_INTEGER);
    expect(sum(corridors.map(({ effects }) => BigInt(effects)))).toBe(BigInt(made.length));
    expect(corridors.length).toBeGreaterThan(50);
    for (const corridor of corridors) {
      const { settling, paying, paid, settled } = corridor;
      const all = ({ stock, spread, rounding }: CorridorSums['paid']) => stock + spread + rounding;
      const { effects, ours, theirs } = expected(settling, paying);
      const what = `${settling}/${paying}`;
      expect(corridor.effects, what).toBe(effects);
      if (settling === paying) {
        expect(all(paid), what).toBe(ours + theirs);
        continue;
      }
      expect([all(paid), all(settled)], what).toEqual([ours, theirs]);
      const middle = rateFromDecimal(settling, paying, last.middle(settling, paying) as string);
      const result = resultOf(corridor, middle);
      expect(result.spread + result.rounding + result.market, what).toBe(result.total);
      const valued = convert(money(settling, theirs), middle).minor;
      expect(result.total, what).toBe(ours + valued);
    }
  });

  test('a time that ends before anything was posted has none', async () => {
    expect(await readCorridors(fresh.database, 0, 1_000)).toEqual([]);
  });
});

test('at rates that stand still the market has moved by nothing but rounding', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(...wallets.filter((each) => each !== 'CNY')),
      fc.integer({ min: 0, max: 500 }),
      (amounts, paying, spreadBasisPoints) => {
        const price = pricedPair('CNY', paying, last.middle('CNY', paying) as string, 0);
        const charged = pricedPair('CNY', paying, price.midPrice, spreadBasisPoints).charged;
        const sums = amounts.map((minor) => {
          const amount = money('CNY', minor);
          return {
            principal: convert(amount, price.mid).minor,
            payTo: convert(amount, charged).minor,
          };
        });
        const principal = sum(sums.map((each) => each.principal));
        const payTo = sum(sums.map((each) => each.payTo));
        const result = resultOf(
          {
            settling: 'CNY',
            paying,
            effects: amounts.length,
            paid: { stock: principal, spread: payTo - principal, rounding: 0n },
            settled: { stock: -sum(amounts), spread: 0n, rounding: 0n },
          },
          price.mid,
        );
        const halves = (BigInt(amounts.length + 1) * unitOf(paying) + 1n) / 2n;
        expect(result.market <= halves && result.market >= -halves).toBe(true);
        expect(result.total).toBe(payTo - principal + result.market);
      },
    ),
  );
});
