// Corridors as the operator's pages read them: the middle, who pays which spread, what stops them.

import type { Rules } from '../../payments/rules.ts';

/** Pairs of an order's currency and a wallet's, each once. */
function pairsOf(rules: Rules): { from: string; to: string }[] {
  const { participants } = rules.directory;
  const from = new Set(participants.flatMap((each) => each.orderCurrencies));
  const to = new Set(participants.flatMap((each) => (each.role === 'wallet' ? each.currency : [])));
  return [...from].flatMap((order) =>
    [...to].filter((home) => home !== order).map((home) => ({ from: order, to: home })),
  );
}

/** Every corridor with its state and the price of each wallet. */
export function corridorView(rules: Rules, now: number) {
  const { board, directory } = rules;
  return pairsOf(rules).map(({ from, to }) => {
    const wallets = directory.participants.filter(
      ({ role, currency }) => role === 'wallet' && currency === to,
    );
    const priced = wallets.map((wallet) => ({
      wallet,
      outcome: board.price(from, to, wallet, now),
    }));
    const [first] = priced;
    return {
      pair: `${from}/${to}`,
      mid: board.middle(from, to) ?? null,
      state: first?.outcome.kind === 'unpriced' ? first.outcome.why : ('live' as const),
      wallets: priced.map(({ wallet, outcome }) => ({
        id: wallet.participantId,
        name: wallet.name,
        spreadBasisPoints: outcome.kind === 'priced' ? outcome.price.spreadBasisPoints : null,
        customer: outcome.kind === 'priced' ? outcome.price.chargedPrice : null,
      })),
    };
  });
}

/** The prices of all corridors that can be paid now, one line a spread. */
export function ratesView(rules: Rules, now: number) {
  const list = new Map<string, object>();
  for (const { pair, mid, wallets } of corridorView(rules, now)) {
    for (const { spreadBasisPoints, customer } of wallets) {
      if (mid === null || customer === null) continue;
      list.set(`${pair} ${spreadBasisPoints}`, { pair, mid, spreadBasisPoints, customer });
    }
  }
  const { date, source } = rules.board;
  return { date, source, rates: [...list.values()] };
}
