// Acceptance cases of codes that an acquirer makes: what it says is behind one, and how it credits
// the shop of a national code. Played only where the acquirer names such a code.

import type { AcquirerPlay } from './acquirerPlay.ts';
import type { Said } from './line.ts';
import { type AcceptanceCase, type CaseOutcome, holds, judge, wants } from './outcome.ts';

type Case = AcceptanceCase<AcquirerPlay>;
type Play = (play: AcquirerPlay, first: Said) => Promise<CaseOutcome>;

/** The order of an answer, as far as it must be the same every time. */
function orderIn({ body }: Said): string {
  return JSON.stringify([body?.paymentRequestId ?? null, body?.paymentAmount ?? null]);
}

const sameOrder = (said: Said, first: Said): string | undefined =>
  wants(said, 'S') ??
  (orderIn(said) === orderIn(first)
    ? undefined
    : `${said.api}: ${orderIn(said)} is behind the code; it was ${orderIn(first)} before.`);

/** Whether the order is the one that the code was made for. */
function overTheAmount({ terms }: AcquirerPlay, { body, api }: Said): string | undefined {
  const wanted = JSON.stringify([terms.orderCurrency, String(terms.orderMinor)]);
  const { currency, value } = (body?.paymentAmount ?? {}) as Record<string, unknown>;
  const found = JSON.stringify([currency ?? null, value ?? null]);
  return found === wanted ? undefined : `${api}: paymentAmount is ${found}, not ${wanted}.`;
}

/** The cases of one code; `prefix` tells those of a private and a national one apart. */
function casesOfCode(
  prefix: 'private' | 'national',
  codeOf: (play: AcquirerPlay) => string,
): readonly Case[] {
  const withOrder = (work: Play) => async (play: AcquirerPlay) =>
    work(play, await play.behind(codeOf(play)));
  return [
    {
      id: `${prefix}-code`,
      title: 'asked what is behind its code, it names the order and the amount',
      source: 'protocol.md §2.4',
      hint: 'Answer S with paymentRequestId, order and paymentAmount.',
      run: withOrder(async (play, first) =>
        judge(wants(first, 'S'), holds(first, 'paymentRequestId'), overTheAmount(play, first)),
      ),
    },
    {
      id: `${prefix}-code-twice`,
      title: 'the same code has the same answer, to several wallets and at once',
      source: 'protocol.md §1.5',
      hint: 'Write down what you first said about a code, and say it again.',
      run: withOrder(async (play, first) => {
        const others = ['', 'X', '', 'Y'].map((other) => play.askAbout(codeOf(play), other));
        return judge(...(await Promise.all(others)).map((said) => sameOrder(said, first)));
      }),
    },
  ];
}

/** With a private order code. */
export const privateCodeCases: readonly Case[] = [
  {
    id: 'code-unknown',
    title: 'a code that it did not make is refused',
    source: 'our rule (INVALID_CODE is of protocol.md §2.3)',
    hint: 'Look the text up in your own codes: F INVALID_CODE.',
    async run(play) {
      const { privateCode = '' } = play.terms;
      const said = await play.askAbout(`${privateCode}9`, '');
      return judge(wants(said, 'F', 'INVALID_CODE', 'EXPIRED_CODE'));
    },
  },
  ...casesOfCode('private', ({ terms }) => terms.privateCode ?? ''),
];

const withPush = (work: Play) => async (play: AcquirerPlay) =>
  work(play, await play.behind(play.terms.nationalCode ?? ''));

/** With a national code; the order of the cases is that of one payment. */
export const nationalCodeCases: readonly Case[] = [
  ...casesOfCode('national', ({ terms }) => terms.nationalCode ?? ''),
  {
    id: 'push-unknown-order',
    title: 'a push for an order that it does not know is refused',
    source: 'our rule',
    hint: 'Look paymentRequestId up before you credit: F ORDER_NOT_EXIST.',
    async run(play) {
      return judge(wants(await play.push(play.newId()), 'F'));
    },
  },
  {
    id: 'push-unseen',
    title: 'asked about a push that it has never seen, it says so',
    source: 'our rule: then the push is sent once more',
    hint: 'result F ORDER_NOT_EXIST; never an S about something that did not arrive.',
    run: withPush(async (play, first) =>
      judge(wants(await play.askPush(play.idIn(first)), 'F', 'ORDER_NOT_EXIST')),
    ),
  },
  {
    id: 'push-credited',
    title: 'after a push the shop is credited: at once, or when it is asked again',
    source: 'protocol.md §1.5',
    hint: 'S when the shop is credited. U is allowed, but must have become S within seconds.',
    run: withPush(async (play, first) => judge(await play.credited(play.idIn(first)))),
  },
  {
    id: 'push-twice',
    title: 'the same push again, also several at once, has the same end',
    source: 'protocol.md §1.5 (idempotent on paymentId)',
    hint: 'Credit once for each paymentId, and answer S again.',
    run: withPush(async (play, first) => {
      const again = [1, 2, 3, 4].map(() => play.push(play.idIn(first)));
      return judge(...(await Promise.all(again)).map((said) => wants(said, 'S')));
    }),
  },
  {
    id: 'push-other-amount',
    title: 'a known push over another amount is refused',
    source: 'protocol.md §2.15',
    hint: 'Compare paymentAmount and settlementAmount: F REPEAT_REQ_INCONSISTENT.',
    run: withPush(async (play, first) => judge(wants(await play.push(play.idIn(first), 2n), 'F'))),
  },
  {
    id: 'push-inquired',
    title: 'asked about a push that it has credited, it says so',
    source: 'protocol.md §1.5',
    hint: 'result is about the question, paymentResult about the push: S and S.',
    run: withPush(async (play, first) => {
      const said = await play.askPush(play.idIn(first));
      const { paymentResult } = said;
      const isPaid = paymentResult?.resultStatus === 'S';
      return judge(wants(said, 'S'), isPaid ? undefined : 'paymentResult is no S.');
    }),
  },
];
