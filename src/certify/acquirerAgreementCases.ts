// Acceptance cases of auto debit at an acquirer: it binds a customer once, debits by the token,
// refreshes it, and ends the agreement.

import { type AcquirerHearing, isByAgreement } from './acquirerHearing.ts';
import type { HeardCall } from './hearing.ts';
import { type AcceptanceCase, type CaseOutcome, judge, skipped, wants } from './outcome.ts';

type Play = AcquirerHearing;
type Body = HeardCall['body'];

/** A case that needs the acquirer's `prepare`. */
const withPrepared =
  (work: (play: Play, prepared: Body) => Promise<CaseOutcome>) =>
  async (play: Play): Promise<CaseOutcome> => {
    const { call } = await play.bound();
    if (call === undefined) return skipped('The case bind-prepare has to pass first.');
    return work(play, call.body);
  };

/** A case that needs the token too. */
const withToken = (work: (play: Play, prepared: Body) => Promise<CaseOutcome>) =>
  withPrepared(async (play, prepared) =>
    play.token() === '' ? skipped('The case bind-token has to pass first.') : work(play, prepared),
  );

/** It is asked to debit, and does so by the newest token. */
async function debitsByTheToken(play: Play, prepared: Body): Promise<CaseOutcome> {
  const referenceAgreementId = String(prepared.referenceAgreementId);
  const task = { do: 'debit', referenceAgreementId, amount: play.amount } as const;
  const heard = await play.after(task, 'pay');
  if (heard.call === undefined) return judge(heard.problem);
  const { paymentMethodId } = heard.call.body.paymentMethod as {
    readonly paymentMethodId?: string;
  };
  const isIts = paymentMethodId === play.token();
  return judge(
    isByAgreement(heard.call.body) ? undefined : 'paymentFactor.isAgreementPayment is not true.',
    isIts ? undefined : 'paymentMethodId is not the access token that applyToken gave last.',
  );
}

/** In the order in which they are played: the last ones end the agreement. */
export const acquirerAgreementCases: readonly AcceptanceCase<Play>[] = [
  {
    id: 'bind-prepare',
    title: 'it asks for a consent to be debited, and says where the customer comes back to',
    source: 'protocol.md §1.7, §2.11',
    hint: 'prepare with scopes AGREEMENT_PAY, an authState nobody can guess and authRedirectUrl.',
    async run(play) {
      const { call, problem } = await play.bound();
      if (call === undefined) return judge(problem);
      const isToPay = (call.body.scopes as readonly string[]).includes('AGREEMENT_PAY');
      return judge(isToPay ? undefined : 'scopes lacks AGREEMENT_PAY.');
    },
  },
  {
    id: 'bind-token',
    title: 'told of the consent, it acknowledges and fetches the tokens with the code',
    source: 'protocol.md §1.7',
    hint: 'Answer authNotify with S, then applyToken with grantType AUTHORIZATION_CODE.',
    run: withPrepared(async (play, prepared) => {
      const mark = play.mark();
      const said = await play.authNotice(prepared, 'AUTHCODE_CREATED');
      const isIts = ({ authCode }: Body) => authCode === play.authCode;
      const heard = await play.heard(mark, 'applyToken', isIts);
      return judge(wants(said, 'S'), heard.problem);
    }),
  },
  {
    id: 'bind-notice-twice',
    title: 'the same notice of the consent again is acknowledged again',
    source: 'protocol.md §2.15',
    hint: 'An agreement that is bound already stays as it is, and the notice is answered with S.',
    run: withToken(async (play, prepared) =>
      judge(wants(await play.authNotice(prepared, 'AUTHCODE_CREATED'), 'S')),
    ),
  },
  {
    id: 'bind-notice-unknown',
    title: 'a notice about an agreement that it never asked for is refused',
    source: 'our rule',
    hint: 'Look referenceAgreementId up in your own agreements: F ORDER_NOT_EXIST.',
    run: withPrepared(async (play, prepared) =>
      judge(wants(await play.authNotice(prepared, 'AUTHCODE_CREATED', play.newId()), 'F')),
    ),
  },
  {
    id: 'token-pay',
    title: 'it debits by the token, as an agreement payment',
    source: 'protocol.md §1.7, §9.3 (auto debit)',
    hint: 'pay with isAgreementPayment true, and the access token as paymentMethodId.',
    run: withToken(debitsByTheToken),
  },
  {
    id: 'token-refresh',
    title: 'it has its tokens renewed before they end',
    source: 'protocol.md §1.7, §2.11',
    hint: 'applyToken with grantType REFRESH_TOKEN and the newest refreshToken that you have.',
    run: withToken(async (play, prepared) => {
      const wanted = play.refreshToken();
      const referenceAgreementId = String(prepared.referenceAgreementId);
      const isRefresh = ({ grantType }: Body) => grantType === 'REFRESH_TOKEN';
      const task = { do: 'refresh', referenceAgreementId } as const;
      const { call, problem } = await play.after(task, 'applyToken', isRefresh);
      if (call === undefined) return judge(problem);
      const isIts = call.body.refreshToken === wanted;
      return judge(isIts ? undefined : 'refreshToken is not the newest that applyToken gave.');
    }),
  },
  {
    id: 'token-refreshed',
    title: 'from then on it debits by the new token',
    source: 'protocol.md §1.7; that the older ones are good for nothing is our rule',
    hint: 'Keep the accessToken and the refreshToken of every applyToken in place of the older.',
    run: withToken((play, prepared) =>
      play.isRefreshed()
        ? debitsByTheToken(play, prepared)
        : Promise.resolve(skipped('The case token-refresh has to pass first.')),
    ),
  },
  {
    id: 'token-cancel',
    title: 'it ends the agreement at the network',
    source: 'protocol.md §1.7, §2.15',
    hint: 'cancelToken with the access token; until it is answered with S, send it again.',
    run: withToken(async (play, prepared) => {
      const referenceAgreementId = String(prepared.referenceAgreementId);
      const isIts = ({ accessToken }: Body) => accessToken === play.token();
      const heard = await play.after({ do: 'unbind', referenceAgreementId }, 'cancelToken', isIts);
      return judge(heard.problem);
    }),
  },
  {
    id: 'token-cancelled',
    title: 'told that the customer took the consent back, it acknowledges, also a second time',
    source: 'protocol.md §1.7, §2.15',
    hint: 'Forget the tokens at TOKEN_CANCELED and answer S, whoever ended it first.',
    run: withToken(async (play, prepared) => {
      const first = await play.authNotice(prepared, 'TOKEN_CANCELED');
      const again = await play.authNotice(prepared, 'TOKEN_CANCELED');
      return judge(wants(first, 'S'), wants(again, 'S'));
    }),
  },
];
