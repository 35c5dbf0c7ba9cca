// The money of a payment, for any amount, currency, spread and fee: balanced, and charged as
// quoted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeeTerms } from '../fees/reckon.ts';
import { type PricedPair, pricedPair } from '../fx/board.ts';
import { type Account, Chart, networkAccounts, positionName } from '../ledger/account.ts';
import type { Posting } from '../ledger/posting.ts';
import { type Money, money } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import { holdOf, paymentPostings, payToOf, settlementOf } from './amounts.ts';
import { agreedTerms } from './fees.ts';
import type { Leg, Payment } from './payment.ts';

/** Currencies with 0, 2 and 3 decimals, and rupiah, whose last two are always zero. */
const currencies = ['KRW', 'CNY', 'KWD', 'IDR'] as const;

function chartOf(wallet: Participant, acquirer: Participant): Chart {
  const accounts: Account[] = [];
  const add = (account: Omit<Account, 'accountId'>) =>
    accounts.push({ accountId: accounts.length + 1, ...account });
  for (const { participantId, currency } of [wallet, acquirer]) {
    add({
      name: positionName(participantId, currency),
      currency,
      kind: 'position',
      participantId,
    });
  }
  for (const currency of new Set([wallet.currency, acquirer.currency])) {
    for (const { name, kind } of networkAccounts(currency)) {
      add({ name, currency, kind, participantId: null });
    }
  }
  return new Chart(accounts);
}

function participant(
  participantId: string,
  role: 'wallet' | 'acquirer',
  currency: string,
  terms: { serviceFee: number; interchange: number; spread: number },
): Participant {
  return {
    participantId,
    role,
    name: participantId,
    clientId: participantId,
    market: 'CN',
    currency,
    orderCurrencies: [],
    endpoint: 'http://partner.test',
    enabled: true,
    serviceFeeBasisPoints: terms.serviceFee,
    interchangeBasisPoints: terms.interchange,
    spreadBasisPoints: terms.spread,
    cap: null,
    codeIssuer: null,
  };
}

const payment: Payment = {
  paymentNumber: 1,
  acquirerId: 'CHENGDU',
  paymentRequestId: 'P1',
  product: 'order_code',
  keyTerms: '',
  state: 'PROCESSING',
  resultCode: 'PAYMENT_IN_PROCESS',
  amount: money('CNY', 1n),
  settlement: money('CNY', 1n),
  settlementPrice: { midPrice: '1', spreadBasisPoints: 0 },
  merchantName: 'Ramen',
  storeName: null,
  city: null,
  order: null,
  notifyUrl: null,
  page: null,
  nonce: null,
  paidLeg: null,
  createdAt: 0,
  expiresAt: 1,
  finishedAt: null,
  refusal: null,
  legs: [],
};

const leg: Leg = {
  leg: 1,
  walletId: 'TNG',
  customerId: 'ANNA',
  state: 'SCANNED',
  resultCode: 'PAYMENT_IN_PROCESS',
  payTo: money('CNY', 1n),
  held: 0n,
  walletPaymentId: null,
  counted: null,
  createdAt: 0,
  finishedAt: null,
  midPrice: '1',
  spreadBasisPoints: 0,
};

const points = fc.integer({ min: 0, max: 1_000 });
const terms = fc.record({ serviceFee: points, interchange: points, spread: points });
/** What a rule may say beside its rate: nothing, or bounds that rupiah can be paid in too. */
const bounds = fc.option(
  fc.record({
    minimum: fc.bigInt({ min: 0n, max: 50n }).map((units) => units * 100n),
    above: fc.option(fc.bigInt({ min: 0n, max: 500n }).map((units) => units * 100n)),
  }),
  { nil: undefined },
);
/** Ten significant digits between a hundred-thousandth and a hundred thousand. */
const price = fc
  .tuple(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: -5, max: 4 }))
  .map(([digits, power]) => (digits / 10 ** 9) * 10 ** power)
  .map((value) => value.toFixed(9))
  .filter((text) => /[1-9]/.test(text));

const cases = fc
  .record({
    order: fc.constantFrom(...currencies),
    paying: fc.constantFrom(...currencies),
    settling: fc.constantFrom(...currencies),
    minor: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    walletTerms: terms,
    acquirerTerms: terms,
    walletPrice: price,
    acquirerPrice: price,
    bounds,
  })
  .map((drawn) => {
    const wallet = participant('TNG', 'wallet', drawn.paying, drawn.walletTerms);
    const acquirer = participant('CHENGDU', 'acquirer', drawn.settling, drawn.acquirerTerms);
    const amount = money(drawn.order, drawn.minor);
    return {
      wallet,
      acquirer,
      amount,
      chart: chartOf(wallet, acquirer),
      bounds: drawn.bounds,
      priceOfWallet: priceOf(drawn.order, wallet, drawn.walletPrice),
      priceOfAcquirer: priceOf(drawn.order, acquirer, drawn.acquirerPrice),
    };
  });
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function priceOf(from: string, party: Participant, mid: string): PricedPair {
  return from === party.currency
    ? pricedPair(from, from, '1', 0)
    : pricedPair(from, party.currency, mid, party.spreadBasisPoints);
}

/** The agreements' rates, with the bounds of the case on each fee. */
function termsOfCase(each: Case): FeeTerms {
  const agreed = agreedTerms(each.wallet, each.acquirer);
  if (each.bounds === undefined) return agreed;
  const { minimum, above } = each.bounds;
  const maximum = above === null ? null : minimum + above;
  const bounded = (fee: keyof FeeTerms) => ({ ...agreed[fee], minimum, maximum });
  return {
    interchange: bounded('interchange'),
    acquirer_service_fee: bounded('acquirer_service_fee'),
    wallet_service_fee: bounded('wallet_service_fee'),
  };
}

/** The postings of a case, or undefined when one side rounds to nothing and is refused. */
function post(each: Case): { postings: Posting[]; payTo: Money; settlement: Money } | undefined {
  const payTo = payToOf(each.amount, each.priceOfWallet);
  const settlement = settlementOf(each.amount, each.priceOfAcquirer);
  if (payTo === undefined || settlement === undefined) return undefined;
  const { midPrice, spreadBasisPoints } = each.priceOfWallet;
  const paid = { ...leg, payTo, midPrice, spreadBasisPoints };
  const { midPrice: settledAt, spreadBasisPoints: settledWith } = each.priceOfAcquirer;
  const settled = {
    ...payment,
    amount: each.amount,
    settlement,
    settlementPrice: { midPrice: settledAt, spreadBasisPoints: settledWith },
  };
  const postings = paymentPostings(settled, paid, termsOfCase(each), each.chart);
  return { postings, payTo, settlement };
}

/** Debits less credits of an account. */
function net(postings: readonly Posting[], accountId: number | undefined): bigint {
  return postings.reduce((sum, posting) => {
    if (posting.debitAccount === accountId) return sum + posting.amount;
    return posting.creditAccount === accountId ? sum - posting.amount : sum;
  }, 0n);
}

const runs = { numRuns: 500 };

describe('for any payment', () => {
  test('every posting is positive, of one currency, and between two accounts', () => {
    fc.assert(
      fc.property(cases, (each) => {
        for (const posting of post(each)?.postings ?? []) {
          expect(posting.amount > 0n).toBe(true);
          expect(posting.debitAccount).not.toBe(posting.creditAccount);
          const [debit, credit] = [posting.debitAccount, posting.creditAccount].map((account) =>
            each.chart.byId(account),
          );
          expect(debit?.currency).toBeDefined();
          expect(debit?.currency).toBe(credit?.currency);
        }
      }),
      runs,
    );
  });

  test('the wallet is charged exactly what it was quoted, the acquirer settled exactly', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const done = post(each);
        if (done === undefined) return;
        const { wallet, acquirer, chart } = each;
        const position = chart.position(wallet.participantId, wallet.currency)?.accountId;
        const quoted = done.postings.filter(({ reason, debitAccount, creditAccount }) => {
          const mine = debitAccount === position || creditAccount === position;
          return mine && ['principal', 'spread', 'rounding'].includes(reason);
        });
        expect(net(quoted, position)).toBe(done.payTo.minor);
        const theirs = chart.position(acquirer.participantId, acquirer.currency)?.accountId;
        const settled = done.postings.filter(({ reason }) => reason === 'settlement');
        expect(net(settled, theirs)).toBe(-done.settlement.minor);
      }),
      runs,
    );
  });

  test('what is held is at least what the wallet comes to owe', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const done = post(each);
        if (done === undefined) return;
        const { wallet, chart } = each;
        const position = chart.position(wallet.participantId, wallet.currency)?.accountId;
        expect(
          net(done.postings, position) <= holdOf(done.payTo, termsOfCase(each).wallet_service_fee),
        ).toBe(true);
      }),
      runs,
    );
  });

  test('fees leave nobody with less than nothing', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const done = post(each);
        if (done === undefined) return;
        const { acquirer, wallet, chart } = each;
        const theirs = chart.position(acquirer.participantId, acquirer.currency)?.accountId;
        expect(net(done.postings, theirs) <= 0n).toBe(true);
        const position = chart.position(wallet.participantId, wallet.currency)?.accountId;
        const shared = done.postings.find(({ reason }) => reason === 'interchange_to_wallet');
        const principal = done.postings.find(({ reason }) => reason === 'principal');
        expect((shared?.amount ?? 0n) <= (principal?.amount ?? 0n)).toBe(true);
        expect(net(done.postings, position) >= -1n).toBe(true);
      }),
      runs,
    );
  });

  test('spread and rounding are what their names say', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const done = post(each);
        if (done === undefined) return;
        const { wallet, chart } = each;
        const rounding = chart.network('rounding', wallet.currency)?.accountId;
        const off = net(done.postings, rounding);
        // Three numbers are rounded once each: at most one and a half units of the smallest coin.
        const coin = wallet.currency === 'IDR' ? 100n : 1n;
        expect((off < 0n ? -off : off) <= coin + coin / 2n).toBe(true);
        if (each.amount.currency === wallet.currency) expect(off).toBe(0n);
      }),
      runs,
    );
  });

  test('rupiah are whole', () => {
    fc.assert(
      fc.property(cases, (each) => {
        for (const posting of post(each)?.postings ?? []) {
          const account = each.chart.byId(posting.debitAccount);
          const whole = each.amount.currency === 'IDR' && each.amount.minor % 100n !== 0n;
          // An order in broken rupiah is the acquirer's word, and is settled as it says.
          if (account?.currency === 'IDR' && !whole) expect(posting.amount % 100n).toBe(0n);
        }
      }),
      runs,
    );
  });
});

test('120.00 yuan from a wallet in ringgit, as an operator reads it', () => {
  const wallet = participant('TNG', 'wallet', 'MYR', {
    serviceFee: 10,
    interchange: 0,
    spread: 50,
  });
  const acquirer = participant('CHENGDU', 'acquirer', 'CNY', {
    serviceFee: 20,
    interchange: 30,
    spread: 0,
  });
  const chart = chartOf(wallet, acquirer);
  const done = post({
    wallet,
    acquirer,
    chart,
    amount: money('CNY', 12_000n),
    bounds: undefined,
    priceOfWallet: pricedPair('CNY', 'MYR', '0.625', 50),
    priceOfAcquirer: pricedPair('CNY', 'CNY', '1', 0),
  });
  const read = done?.postings.map(({ reason, debitAccount, creditAccount, amount }) =>
    [reason, chart.byId(debitAccount)?.name, chart.byId(creditAccount)?.name, amount].join(' '),
  );
  expect(read).toEqual([
    'principal position:TNG:MYR fx:MYR 7500',
    'spread position:TNG:MYR spread:MYR 38',
    'settlement fx:CNY position:CHENGDU:CNY 12000',
    'acquirer_service_fee position:CHENGDU:CNY fees:CNY 24',
    'wallet_service_fee position:TNG:MYR fees:MYR 8',
    'interchange_from_acquirer position:CHENGDU:CNY fx:CNY 36',
    'interchange_to_wallet fx:MYR position:TNG:MYR 22',
  ]);
});
