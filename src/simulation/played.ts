// What a run has played: how often each product and each verb, so that nobody believes in a path
// that never ran.

import type { OfferedProduct } from '../payments/products.ts';
import { askedApis, servedApis } from '../wire/apis.ts';

/** How often each product is begun, beside the others; nothing is not at all. */
export type ProductWeights = Readonly<Record<OfferedProduct, number>>;

export const usualWeights: ProductWeights = {
  payment_code: 34,
  order_code: 24,
  entry_code: 7,
  cashier: 9,
  private_order_code: 8,
  push: 9,
  auto_debit: 9,
};

export interface Played {
  /** Payments that were begun and that succeeded. */
  readonly products: Readonly<Record<OfferedProduct, { begun: number; succeeded: number }>>;
  /** Answers of the hub to what partners asked, and how many of them were S. */
  readonly served: Readonly<Record<string, { answers: number; done: number }>>;
  /** Calls of the hub to partners. */
  readonly asked: Readonly<Record<string, number>>;
  /** Other things that happened: closed days, settled batches, revocations. */
  readonly beside: Readonly<Record<string, number>>;
}

/** Counts while a run goes on. */
export class Tally implements Played {
  readonly products: Record<OfferedProduct, { begun: number; succeeded: number }>;
  readonly served: Record<string, { answers: number; done: number }>;
  readonly asked: Record<string, number>;
  readonly beside: Record<string, number> = {};

  constructor() {
    const names = Object.keys(usualWeights) as OfferedProduct[];
    this.products = Object.fromEntries(
      names.map((name) => [name, { begun: 0, succeeded: 0 }]),
    ) as Tally['products'];
    this.served = Object.fromEntries(
      Object.keys(servedApis).map((name) => [name, { answers: 0, done: 0 }]),
    );
    this.asked = Object.fromEntries(Object.keys(askedApis).map((name) => [name, 0]));
  }

  answered(api: string, resultStatus: string | undefined): void {
    const count = this.served[api];
    if (count === undefined) return;
    count.answers++;
    if (resultStatus === 'S') count.done++;
  }

  called(role: 'acquirer' | 'wallet', api: string): void {
    const name = `${role}.${api}`;
    if (name in this.asked) this.asked[name] = (this.asked[name] ?? 0) + 1;
  }

  happened(what: string, times = 1): void {
    this.beside[what] = (this.beside[what] ?? 0) + times;
  }
}

/** The sum of what several runs have played. */
export function together(runs: readonly Played[]): Played {
  const sum = new Tally();
  for (const run of runs) {
    for (const [name, { begun, succeeded }] of Object.entries(run.products)) {
      const product = sum.products[name as OfferedProduct];
      product.begun += begun;
      product.succeeded += succeeded;
    }
    for (const [name, { answers, done }] of Object.entries(run.served)) {
      const served = sum.served[name] ?? { answers: 0, done: 0 };
      sum.served[name] = { answers: served.answers + answers, done: served.done + done };
    }
    for (const [name, calls] of Object.entries(run.asked)) {
      sum.asked[name] = (sum.asked[name] ?? 0) + calls;
    }
    for (const [name, times] of Object.entries(run.beside)) sum.happened(name, times);
  }
  return sum;
}

/** What of it was never played: a product without a success, a verb without a call. */
export function neverPlayed(played: Played): string[] {
  return [
    ...Object.entries(played.products)
      .filter(([, { succeeded }]) => succeeded === 0)
      .map(([name]) => `product ${name}`),
    ...Object.entries(played.served)
      .filter(([, { done }]) => done === 0)
      .map(([name]) => `served ${name}`),
    ...Object.entries(played.asked)
      .filter(([, calls]) => calls === 0)
      .map(([name]) => `asked ${name}`),
  ];
}

/** Lines for people. */
export function playedLines({ products, served, asked, beside }: Played): string[] {
  const list = (entries: readonly (readonly [string, string | number])[]) =>
    entries.map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `products (succeeded of begun): ${list(
      Object.entries(products).map(([name, { begun, succeeded }]) => [
        name,
        `${succeeded}/${begun}`,
      ]),
    )}`,
    `asked by partners (S of answers): ${list(
      Object.entries(served).map(([name, { answers, done }]) => [name, `${done}/${answers}`]),
    )}`,
    `asked of partners: ${list(Object.entries(asked))}`,
    `beside: ${list(Object.entries(beside))}`,
  ];
}
