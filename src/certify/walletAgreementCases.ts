// Acceptance cases of auto debit at a wallet: bound once by a real consent, debited, revoked.

import { type AcceptanceCase, type CaseOutcome, holds, judge, skipped, wants } from './outcome.ts';
import type { Bound, WalletPlay } from './walletPlay.ts';

type Play = (play: WalletPlay, bound: Bound) => Promise<CaseOutcome>;

/** A case that needs an agreement with tokens; all of them share one. */
const withBound = (work: Play) => async (play: WalletPlay) => {
  const bound = await play.bound();
  return bound.problem === undefined ? work(play, bound) : judge(bound.problem);
};

/** Times an ordinary payment: more than the poor customer has. */
const tooMuch = 99n;

/** In the order in which they are played: the last one ends the agreement. */
export const walletAgreementCases: readonly AcceptanceCase<WalletPlay>[] = [
  {
    id: 'bind',
    title: 'a customer consents, and the code gives tokens with their expiry',
    source: 'protocol.md §1.7, §2.11',
    hint: 'Send the customer back with authCode and authState, and answer applyToken with tokens.',
    run: withBound(async (_play, { applied }) =>
      judge(
        holds(applied, 'accessToken'),
        holds(applied, 'accessTokenExpiryTime'),
        holds(applied, 'refreshToken'),
        holds(applied, 'refreshTokenExpiryTime'),
      ),
    ),
  },
  {
    id: 'prepare-twice',
    title: 'the same prepare again has the same answer',
    source: 'protocol.md §2.15',
    hint: 'Look the ids up first; the address of the consent page stays the same.',
    run: withBound(async (play, { prepared }) => {
      const again = await play.send('prepare', JSON.parse(prepared.sent) as object);
      return judge(wants(again, 'S'), holds(again, 'authUrl', String(prepared.body?.authUrl)));
    }),
  },
  {
    id: 'code-twice',
    title: 'the same code again gives the same tokens',
    source: 'our rule (an answer may be lost)',
    hint: 'Remember which tokens a code gave, and give them again.',
    run: withBound(async (play, { applied, accessToken }) => {
      const again = await play.send('applyToken', JSON.parse(applied.sent) as object);
      return judge(wants(again, 'S'), holds(again, 'accessToken', accessToken));
    }),
  },
  {
    id: 'debit',
    title: 'a debit by the token is paid at once',
    source: 'protocol.md §1.7, §9.3 (auto debit)',
    hint: 'The customer has agreed before: ask for nothing, and answer S with your paymentId.',
    run: withBound(async (play, { accessToken }) => {
      const said = await play.pay(play.debitMessage(accessToken));
      return judge(wants(said, 'S'), holds(said, 'paymentId'));
    }),
  },
  {
    id: 'debit-refund',
    title: 'a debit is refunded like any other payment',
    source: 'protocol.md §9.3 (auto debit)',
    hint: 'Refunds know nothing of how a payment was agreed to.',
    run: withBound(async (play, { accessToken }) => {
      const message = play.debitMessage(accessToken);
      const said = await play.pay(message);
      const paymentId = String(said.body?.paymentId ?? '');
      const id = message.paymentRequestId;
      const payment = { id, message, said, paymentId, problem: undefined };
      const refund = await play.refund(payment, play.newId(), play.part(1n, 1n));
      return judge(wants(said, 'S'), wants(refund, 'S'));
    }),
  },
  {
    id: 'debit-unknown-token',
    title: 'a debit by a token that you did not give is refused',
    source: 'protocol.md §1.7',
    hint: 'The token alone says whose debit it is: F INVALID_TOKEN.',
    run: withBound(async (play) =>
      judge(wants(await play.pay(play.debitMessage(play.newId())), 'F', 'INVALID_TOKEN')),
    ),
  },
  {
    id: 'evaluate',
    title: 'an evaluation takes nothing',
    source: 'protocol.md §1.1 (evaluation)',
    hint: 'With isPaymentEvaluation say whether you would pay, and write nothing down.',
    run: withBound(async (play, { accessToken }) => {
      const message = play.debitMessage(accessToken, true);
      const said = await play.pay(message);
      return judge(wants(said, 'S'), await play.paidAfterAll(message.paymentRequestId));
    }),
  },
  {
    id: 'debit-too-much',
    title: 'a debit over the balance is refused',
    source: 'protocol.md §2.2, §9.3 (auto debit)',
    hint: 'F USER_BALANCE_NOT_ENOUGH, and nothing is taken.',
    run: withBound(async (play, { accessToken }) => {
      if (play.terms.poorCustomerId === undefined) {
        return skipped('The one who consents must be --poor-customer.');
      }
      const said = await play.pay(play.debitMessage(accessToken, false, tooMuch));
      return judge(wants(said, 'F', 'USER_BALANCE_NOT_ENOUGH'));
    }),
  },
  {
    id: 'refresh',
    title: 'a refresh gives new tokens, and the old one is void',
    source: 'protocol.md §1.7',
    hint: 'Newer tokens replace the old ones at once: F INVALID_TOKEN for the old.',
    run: withBound(async (play, { accessToken, refreshToken }) => {
      const fresh = await play.refresh(refreshToken);
      const old = await play.pay(play.debitMessage(accessToken));
      const paid = await play.pay(play.debitMessage(String(fresh.body?.accessToken)));
      return judge(wants(fresh, 'S'), wants(old, 'F', 'INVALID_TOKEN'), wants(paid, 'S'));
    }),
  },
  {
    id: 'revoke',
    title: 'after cancelToken nothing is debited; the same again is answered as before',
    source: 'protocol.md §1.7, §2.15',
    hint: 'End the whole agreement before you answer: every debit is F INVALID_TOKEN.',
    run: withBound(async (play) => {
      const token = play.newestToken();
      const first = await play.revoke(token);
      const again = await play.revoke(token);
      const debit = await play.pay(play.debitMessage(token));
      const isOver = again.result?.resultCode === 'INVALID_TOKEN' ? undefined : wants(again, 'S');
      return judge(wants(first, 'S'), isOver, wants(debit, 'F', 'INVALID_TOKEN'));
    }),
  },
];
