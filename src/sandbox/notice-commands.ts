// The wallets' notices: each is told to the hub until the hub acknowledges it, and not for ever.

import type { Clock } from '../base/world.ts';
import { paths } from '../wire/messages.ts';
import { isResultCode } from '../wire/results.ts';
import { walletNotifyPaymentResponse } from '../wire/wallet.ts';
import { type HubLink, hubTimeoutMs } from './hub-link.ts';
import type { WalletPayment } from './wallet.ts';
import { noticeMessage } from './wallet-messages.ts';
import type { StoredNotice, WalletStore } from './wallet-store.ts';

/** Waits after the first, second, … failed attempt (our rule; the protocol names none, §11). */
const noticeDelaysMs: readonly number[] = [
  1_000, 2_000, 5_000, 10_000, 30_000, 30_000, 60_000, 60_000, 120_000, 300_000, 600_000,
];

/**
 * While an attempt is under way nobody else takes the notice; after a crash it is taken up again
 * then.
 */
const leaseMs = hubTimeoutMs + 3_000;

export interface NoticeSenderOptions {
  readonly store: WalletStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly hubUrl: string;
  readonly delaysMs?: readonly number[];
  /** Called when an attempt has ended, so that the next one is planned. */
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Sends the notices that are due; it returns before they have arrived. */
export function createNoticeSender(options: NoticeSenderOptions): (now: number) => void {
  const { store, link, clock } = options;
  const delaysMs = options.delaysMs ?? noticeDelaysMs;

  async function attempt(notice: StoredNotice, payment: WalletPayment): Promise<void> {
    // Only the first sending is signed wrongly, so that the hub is told the truth in the end.
    const wrongly = notice.signWrongly && notice.attempts === 0;
    const code = isResultCode(notice.code) ? notice.code : 'PROCESS_FAIL';
    const reply = await link.call(
      notice.walletId,
      noticePath(payment.notifyUrl, options.hubUrl),
      noticeMessage(payment, { outcome: notice.outcome, code }),
      walletNotifyPaymentResponse,
      wrongly,
    );
    const verdict = reply.kind === 'answered' ? reply.answer.result : null;
    const answer = reply.kind === 'answered' ? reply.answer.result.resultCode : reply.problem;
    // S: heard. F: the hub will never take it. Anything else, or a wrong signature of ours: again.
    const over = verdict !== null && verdict.resultStatus !== 'U' && !wrongly;
    const delay = delaysMs[notice.attempts];
    const nextAt = over || delay === undefined ? null : clock.now() + delay;
    store.noteAttempt(notice.noticeId, nextAt, answer);
    options.nudge();
  }

  return (now) => {
    for (const notice of store.dueNotices(now)) {
      const payment = store.payment(notice.walletId, notice.paymentRequestId);
      if (payment === null) throw new Error(`notice ${notice.noticeId} has no payment`);
      store.leaseNotice(notice.noticeId, now + leaseMs);
      attempt(notice, payment).catch(options.onFailure);
    }
  };
}

/**
 * Where a notice goes: the address that came with the order takes precedence (protocol.md §1.3),
 * if it is the hub's own; a wallet signs for nobody else.
 */
function noticePath(notifyUrl: string | null, hubUrl: string): `/${string}` {
  if (notifyUrl === null || !URL.canParse(notifyUrl)) return paths.notifyPayment;
  const url = new URL(notifyUrl);
  if (url.origin !== new URL(hubUrl).origin) return paths.notifyPayment;
  return `/${(url.pathname + url.search).slice(1)}`;
}
