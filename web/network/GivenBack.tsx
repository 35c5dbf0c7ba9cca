// What went back of a payment: its cancellation, and its refunds with their numbers and postings.
import { moneyText } from '../shared/amount.ts';
import type { PaymentDetail, Refund } from '../shared/console-contract.ts';
import type { WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { PostingsTable } from './PostingsFlow.tsx';
import styles from './payment.module.css';

const tones: Record<Refund['state'], Tone> = {
  ASKED: 'unknown',
  SUCCESS: 'paid',
  FAILED: 'not-paid',
};

/** Nothing at all for a payment of which nothing went back. */
export function GivenBack({ detail }: { detail: PaymentDetail }) {
  const { t, locale } = useWords();
  const { payment, cancellation, refunds } = detail;
  const done = refunds.filter((refund) => refund.state === 'SUCCESS');
  const sum = done.reduce((all, refund) => all + BigInt(refund.amount.value), 0n);
  const back = moneyText({ ...payment.amount, value: String(sum) }, locale);
  return (
    <>
      {cancellation !== null && (
        <section className="card stack" aria-labelledby="cancelled">
          <h2 id="cancelled">{t('payment.cancelled')}</h2>
          <p>
            {t(cancellation.paidAt === null ? 'payment.cancelledOpen' : 'payment.cancelledPaid', {
              at: momentText(cancellation.at, locale),
            })}
          </p>
          {cancellation.postings.length > 0 && (
            <>
              <h3>{t('payment.takenBack')}</h3>
              <PostingsTable postings={cancellation.postings} />
            </>
          )}
        </section>
      )}
      {refunds.length > 0 && (
        <section className="card stack" aria-labelledby="refunds">
          <h2 id="refunds">{t('payment.refunds', { count: refunds.length })}</h2>
          <p className="muted">
            {t('payment.refundSum', { back, all: moneyText(payment.amount, locale) })}
          </p>
          {refunds.map((refund) => (
            <OneRefund key={refund.refundId} refund={refund} />
          ))}
        </section>
      )}
    </>
  );
}

function OneRefund({ refund }: { refund: Refund }) {
  const { t, locale } = useWords();
  // Of a refund that was refused nothing moved.
  const moved = (money: WireMoney) => (refund.state === 'FAILED' ? null : moneyText(money, locale));
  const lines: readonly (readonly [string, string | null])[] = [
    [t('payment.fromShop'), moved(refund.settlementAmount)],
    [t('payment.toVisitor'), moved(refund.refundFromAmount)],
    ['refundRequestId', refund.refundRequestId],
    ['refundId', refund.refundId],
    [`refundRequestId (${t('network.wallet')})`, refund.walletRequestId],
    [`refundId (${t('network.wallet')})`, refund.walletRefundId],
    [t('payment.reason'), refund.reason],
    [t('payment.finished'), refund.finishedAt && momentText(refund.finishedAt, locale)],
  ];
  return (
    <article className={styles.refund}>
      <h3 className="row">
        {moneyText(refund.amount, locale)}
        <Tag tone={tones[refund.state]}>{t(`payment.refundState.${refund.state}`)}</Tag>
        {refund.state === 'FAILED' && <span className="mono muted">{refund.resultCode}</span>}
      </h3>
      <div className={styles.numbers}>
        <dl>
          {lines.map(([name, value]) =>
            value ? (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="figure">{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </div>
      {refund.postings.length > 0 && <PostingsTable postings={refund.postings} />}
    </article>
  );
}
