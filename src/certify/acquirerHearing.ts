// The network's part against an acquirer that begins: orders it places, what it asks, cancels and
// gives back, and its agreements, each answered as the network would.

import type { Clock } from '../base/world.ts';
import { type ResultCode, result } from '../wire/results.ts';
import { formatTime, parseIsoTime } from '../wire/time.ts';
import type { AcquirerPlay } from './acquirerPlay.ts';
import type { HeardCall } from './hearing.ts';
import type { Ears, Heard } from './listening.ts';
import { wants } from './outcome.ts';
import { minuteMs, nextMidnight } from './windows.ts';

type Body = HeardCall['body'];

/** An order as the acquirer placed it. */
export interface PlacedOrder {
  readonly id: string;
  readonly expiresAt: number;
}

/** An order that was placed, and told as paid where that was asked for. */
export type Placed =
  | { readonly order: PlacedOrder; readonly problem: undefined }
  | { readonly order: undefined; readonly problem: string };

interface Order extends PlacedOrder {
  ended: ResultCode | undefined;
  /** Until when a paid one may be cancelled (protocol.md §1.9). */
  cancelUntil: number;
}

/** How long an order lives whose message does not say it: an order code's life (§1.9). */
const orderLifeMs = 3 * minuteMs;
const cancelMs = 15 * minuteMs;
const tokenDays = 30;
const dayMs = 1_440 * minuteMs;

export type AcquirerHearing = ReturnType<typeof createAcquirerHearing>;

/** An acquirer's play in which it begins; `ears` answer from now on. */
export function createAcquirerHearing(play: AcquirerPlay, ears: Ears, clock: Clock) {
  const agreements = answerAgreements(play, ears, clock);
  const orders = answerOrders(play, ears, { clock, token: agreements.token });
  const { orderCurrency: currency, orderMinor } = play.terms;
  const amount = { currency, value: String(orderMinor) };

  async function placed(): Promise<Placed> {
    const isIts = (body: Body) => {
      const asked = body.paymentAmount as typeof amount;
      const fits = asked.currency === currency && asked.value === amount.value;
      return fits && !isByAgreement(body);
    };
    const heard = await ears.after({ do: 'place_order', amount }, 'pay', isIts);
    if (heard.call === undefined) return { order: undefined, problem: heard.problem };
    const order = orders.get(String(heard.call.body.paymentRequestId));
    if (order === undefined) throw new Error('an order was heard and not kept');
    return { order, problem: undefined };
  }

  return {
    ...play,
    ...agreements,
    amount,
    clock,
    heard: ears.heard,
    after: ears.after,
    mark: ears.hearing.mark,
    patienceMs: ears.hearing.patienceMs,
    placed,
    /** A new order that is told as paid. */
    async paid(): Promise<Placed> {
      const made = await placed();
      if (made.order === undefined) return made;
      const order = orders.get(made.order.id);
      if (order !== undefined) {
        order.ended = 'SUCCESS';
        order.cancelUntil = nextMidnight(clock.now()) + cancelMs;
      }
      const said = await play.tell(play.notice(made.order.id, 'SUCCESS'));
      const problem = wants(said, 'S');
      return problem === undefined ? made : { order: undefined, problem };
    },
  };
}

/** Whether a `pay` debits by a token. */
export function isByAgreement({ paymentFactor }: Body): boolean {
  const { isAgreementPayment } = paymentFactor as { readonly isAgreementPayment?: unknown };
  return String(isAgreementPayment) === 'true';
}

/** Answers orders, and keeps what the next answers hang on. */
function answerOrders(
  play: AcquirerPlay,
  { hearing }: Ears,
  { clock, token }: { readonly clock: Clock; readonly token: () => string },
): Map<string, Order> {
  const orders = new Map<string, Order>();
  const failed = (code: ResultCode) => ({ result: result(code) });
  const orderOf = ({ paymentRequestId, paymentId }: Body): Order | undefined =>
    [...orders.values()].find(
      ({ id }) => id === paymentRequestId || play.paymentIdOf(id) === paymentId,
    );

  const debited = (body: Body): object => {
    const id = String(body.paymentRequestId);
    const order = orders.get(id);
    const { paymentMethodId } = body.paymentMethod as { readonly paymentMethodId?: string };
    if (order === undefined || paymentMethodId !== token()) return failed('INVALID_TOKEN');
    order.ended = 'SUCCESS';
    order.cancelUntil = nextMidnight(clock.now()) + cancelMs;
    const { paymentAmount } = body;
    const paid = { paymentTime: formatTime(clock.now()), paymentAmount };
    const paymentId = play.paymentIdOf(id);
    return { result: result('SUCCESS'), paymentId, ...paid, settlementAmount: paymentAmount };
  };

  hearing.answer('pay', (body) => {
    const id = String(body.paymentRequestId);
    const expiresAt =
      parseIsoTime(String(body.paymentExpiryTime ?? '')) ?? clock.now() + orderLifeMs;
    if (!orders.has(id)) orders.set(id, { id, expiresAt, ended: undefined, cancelUntil: 0 });
    if (isByAgreement(body)) return debited(body);
    const codeValue = `https://certify.example/${id}`;
    return {
      result: result('PAYMENT_IN_PROCESS'),
      paymentId: play.paymentIdOf(id),
      orderCodeForm: {
        expireTime: formatTime(expiresAt),
        codeDetails: [{ codeValueType: 'QRCODE', codeValue, displayType: 'TEXT' }],
      },
    };
  });
  hearing.answer('inquiryPayment', (body) => {
    const order = orderOf(body);
    if (order === undefined) return failed('ORDER_NOT_EXIST');
    const isOver = clock.now() >= order.expiresAt;
    const code = order.ended ?? (isOver ? 'ORDER_IS_CLOSED' : 'PAYMENT_IN_PROCESS');
    const paymentId = play.paymentIdOf(order.id);
    const ids = { paymentRequestId: order.id, paymentId };
    return { result: result('SUCCESS'), paymentResult: result(code), ...ids };
  });
  hearing.answer('cancelPayment', (body) => {
    const order = orderOf(body);
    if (order?.ended === 'SUCCESS' && clock.now() > order.cancelUntil) {
      return failed('CANCEL_WINDOW_EXCEED');
    }
    if (order !== undefined) order.ended = 'ORDER_IS_CLOSED';
    return { result: result('SUCCESS') };
  });
  hearing.answer('refund', (body) => {
    const order = orderOf(body);
    if (order?.ended !== 'SUCCESS') return failed('ORDER_NOT_EXIST');
    const refundId = `R${String(body.refundRequestId)}`.slice(0, 64);
    const { refundAmount } = body;
    return {
      result: result('SUCCESS'),
      refundId,
      refundTime: formatTime(clock.now()),
      refundAmount,
    };
  });
  return orders;
}

const refreshTokenOf = (accessToken: string) => `${accessToken}R`;

/** Answers what is about agreements: one is bound, and all its cases go by it. */
function answerAgreements(play: AcquirerPlay, ears: Ears, clock: Clock) {
  const { hearing } = ears;
  const authCode = play.newId();
  /** What each code and refresh token was exchanged for: an answer may have been lost. */
  const exchanged = new Map<string, string>();
  let newest = '';
  let bound: Promise<Heard> | undefined;
  const inDays = (days: number) => formatTime(clock.now() + days * dayMs);

  hearing.answer('prepare', ({ referenceAgreementId }) => ({
    result: result('SUCCESS'),
    authUrl: `https://certify.example/consent/${String(referenceAgreementId)}`,
  }));
  hearing.answer('applyToken', ({ grantType, ...body }) => {
    const isRefresh = grantType === 'REFRESH_TOKEN';
    const grant = String(isRefresh ? body.refreshToken : body.authCode);
    const isGood = grant === (isRefresh ? refreshTokenOf(newest) : authCode);
    const before = exchanged.get(grant);
    if (before === undefined && !isGood) {
      return { result: result(isRefresh ? 'INVALID_TOKEN' : 'INVALID_CODE') };
    }
    const accessToken = before ?? play.newId();
    if (before === undefined) newest = accessToken;
    exchanged.set(grant, accessToken);
    const refreshToken = refreshTokenOf(accessToken);
    const accessTokenExpiryTime = inDays(tokenDays);
    const refreshTokenExpiryTime = inDays(tokenDays * 2);
    const times = { accessTokenExpiryTime, refreshTokenExpiryTime };
    return { result: result('SUCCESS'), accessToken, refreshToken, ...times };
  });

  return {
    authCode,
    token: () => newest,
    refreshToken: () => refreshTokenOf(newest),
    isRefreshed: () => exchanged.size > 1,
    /** The acquirer's `prepare`, asked for once. */
    bound(): Promise<Heard> {
      bound ??= ears.after({ do: 'bind' }, 'prepare');
      return bound;
    },
    /** A notice about the agreement that `prepared` asked for. */
    authNotice(prepared: Body, type: 'AUTHCODE_CREATED' | 'TOKEN_CANCELED', agreement?: string) {
      const { authClientId, authState, referenceAgreementId } = prepared;
      return play.send('authNotify', {
        authorizationNotifyType: type,
        authClientId,
        referenceAgreementId: agreement ?? referenceAgreementId,
        ...(type === 'AUTHCODE_CREATED' ? { authState, authCode } : { accessToken: newest }),
      });
    },
  };
}
