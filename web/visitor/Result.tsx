// The end of a payment in the wallet: paid, refunded, not paid, given back, or not known yet.
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { Amount } from '../shared/Amount.tsx';
import { moneyText } from '../shared/amount.ts';
import type { WalletPayment } from '../shared/contract.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { useSentenceLanguage, useWords } from '../shared/language.ts';
import { momentText, shortClockText, useNow } from '../shared/moment.ts';
import { placeOf } from '../shared/place.ts';
import { BackToShop } from './BackToShop.tsx';
import { Complain } from './Complain.tsx';
import { creditedUntil, type WalletScreen } from './flow.ts';
import { RateLines } from './RateLines.tsx';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

type Ended = Exclude<WalletScreen, 'review'>;

const signs: Record<Ended, IconName> = {
  paid: 'check',
  refunded: 'undo',
  not_paid: 'cross',
  expired: 'cross',
  reversed: 'undo',
  unknown: 'question',
};

export function Result({ payment, screen }: { payment: WalletPayment; screen: Ended }) {
  const { t, locale } = useWords();
  const { walletId, customerId } = useWallet();
  const navigate = useNavigate();
  const now = useNow();
  const language = useSentenceLanguage();
  const { visitor } = sentenceFor(payment.failureCode);
  const place = placeOf(payment);
  return (
    <div className="stack">
      <section className={styles.verdict} data-screen={screen} role="status">
        <Icon name={signs[screen]} size={64} />
        <h1>{t(`result.${screen}`)}</h1>
        {screen === 'paid' && <Amount money={payment.payToAmount} size="large" />}
        <p>{helpOf(t, payment, screen, now, locale)}</p>
      </section>
      {screen === 'not_paid' && (
        <section className={styles.cause}>
          <p>
            <strong>{visitor.what[language]}</strong>
          </p>
          <p>{visitor.next[language]}</p>
          {payment.failureCode != null && <p className="mono muted">{payment.failureCode}</p>}
        </section>
      )}
      <section className={styles.ticket}>
        <div>
          <p className={styles.merchant}>{payment.merchantName}</p>
          <p className="muted small">{place}</p>
          <p className="muted small">{payment.orderDescription}</p>
        </div>
        <div className="spread">
          <span>{screen === 'paid' ? t('review.shopGets') : t('result.asking')}</span>
          <Amount money={payment.amount} size="medium" side="shop" />
        </div>
        <div className="spread">
          <span>{t(`result.amount.${screen}`)}</span>
          <Amount money={payment.payToAmount} size="medium" side="home" />
        </div>
        <div className={styles.tear} aria-hidden="true" />
        <RefundLines payment={payment} />
        <RateLines payment={payment} exact={screen === 'paid'} />
        <Proof payment={payment} />
      </section>
      {screen === 'paid' && <BackToShop payment={payment} />}
      {(screen === 'paid' || screen === 'refunded') && <Complain payment={payment} />}
      <Button
        size="md"
        variant={screen === 'paid' && payment.returnUrl == null ? 'filled' : 'light'}
        onClick={() =>
          void navigate({ to: '/visitor/$walletId/$customerId', params: { walletId, customerId } })
        }
      >
        {t('result.done')}
      </Button>
      {(screen === 'not_paid' || screen === 'expired') && (
        <Link
          className={styles.again}
          to="/visitor/$walletId/$customerId/scan"
          params={{ walletId, customerId }}
        >
          {t('result.again')}
        </Link>
      )}
    </div>
  );
}

/** What it means for the visitor; with a national code the shop has its money only later. */
function helpOf(
  t: ReturnType<typeof useWords>['t'],
  payment: WalletPayment,
  screen: Ended,
  now: number,
  locale: string,
): string {
  if (payment.product === 'push' && screen === 'reversed') return t('push.reversedHelp');
  const until = creditedUntil(payment);
  if (screen === 'paid' && until !== undefined && now < until) {
    return t('push.paidHelp', { time: shortClockText(new Date(until).toISOString(), locale) });
  }
  if (screen === 'paid' && payment.creditedAt != null) return t('push.creditedHelp');
  return t(`result.${screen}Help`);
}

/** What the shop gave back, part by part, and what the visitor has paid in the end. */
function RefundLines({ payment }: { payment: WalletPayment }) {
  const { t, locale } = useWords();
  const { refunds, refundedAmount, payToAmount } = payment;
  if (refunds == null || refundedAmount == null) return null;
  const kept = BigInt(payToAmount.value) - BigInt(refundedAmount.value);
  return (
    <section className="stack" aria-labelledby="refunds">
      <h2 id="refunds">{t('result.refunds')}</h2>
      {refunds.map((refund) => (
        <div className="spread" key={refund.refundRequestId}>
          <span>
            {t('result.refundOf', { amount: moneyText(refund.amount, locale) })}
            <br />
            <span className="muted small">
              {t(`result.refundStatus.${refund.status}`)} · {momentText(refund.at, locale)}
            </span>
          </span>
          <Amount money={refund.refundFromAmount} size="medium" side="home" />
        </div>
      ))}
      <div className="spread">
        <strong>{t('result.keeps')}</strong>
        <Amount money={{ ...payToAmount, value: String(kept) }} size="medium" side="home" />
      </div>
    </section>
  );
}

/** What a dispute needs: the times and both numbers of this payment. */
function Proof({ payment }: { payment: WalletPayment }) {
  const { t, locale } = useWords();
  return (
    <dl className={styles.rates}>
      <div>
        <dt>{t('result.asked')}</dt>
        <dd className="figure">{momentText(payment.createdAt, locale)}</dd>
      </div>
      {payment.finishedAt != null && (
        <div>
          <dt>{t('result.finished')}</dt>
          <dd className="figure">{momentText(payment.finishedAt, locale)}</dd>
        </div>
      )}
      <div>
        <dt>{t('result.walletNumber')}</dt>
        <dd className="mono">{payment.walletPaymentId}</dd>
      </div>
      <div>
        <dt>{t('result.networkNumber')}</dt>
        <dd className="mono">{payment.paymentRequestId}</dd>
      </div>
    </dl>
  );
}
