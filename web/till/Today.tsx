// What this till took today: the sum, and every payment with its state.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { TillPayment, TillStatus } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { shortClockText, useNow } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { givenBackOf, keptOf, ofToday, takings } from './flow.ts';
import styles from './till.module.css';
import { useTill } from './till-context.ts';

const tones: Record<TillStatus, Tone> = {
  PROCESSING: 'unknown',
  SUCCESS: 'paid',
  FAILED: 'not-paid',
  CLOSED: 'plain',
  UNKNOWN: 'unknown',
};
const firstShown = 8;

export function Today() {
  const { t } = useWords();
  const { payments, acquirer } = useTill();
  const [shown, setShown] = useState(firstShown);
  const today = ofToday(payments, useNow(60_000));
  const { count, minor } = takings(today);
  const currency = acquirer?.settlementCurrency ?? today[0]?.amount.currency ?? 'CNY';
  return (
    <section className={`card ${styles.today}`} aria-labelledby="today">
      <div className="spread">
        <h2 id="today">{t('till.today')}</h2>
        <span className={styles.sum}>
          <Amount money={{ currency, value: minor.toString() }} size="medium" side="shop" />
          <span className="muted small">{t('till.paidCount', { count })}</span>
        </span>
      </div>
      {today.length === 0 ? (
        <Nothing title={t('till.nothingToday')}>{t('till.nothingTodayHelp')}</Nothing>
      ) : (
        <ul className={styles.list}>
          {today.slice(0, shown).map((payment) => (
            <Line key={payment.paymentRequestId} payment={payment} />
          ))}
        </ul>
      )}
      {today.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + 20)}>
          {t('states.more')}
        </Button>
      )}
    </section>
  );
}

/** Whether it was paid, and whether it was given back since. */
function PaymentTag({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  if (payment.cancel?.status === 'SUCCESS') return <Tag tone="plain">{t('till.undone')}</Tag>;
  if (givenBackOf(payment) > 0n) {
    return <Tag tone="plain">{t(keptOf(payment) === 0n ? 'till.all' : 'till.part')}</Tag>;
  }
  const tone = tones[payment.status] ?? 'plain';
  return <Tag tone={tone}>{t(`till.status.${payment.status}`)}</Tag>;
}

function Line({ payment }: { payment: TillPayment }) {
  const { t, locale } = useWords();
  const { acquirerId, tillId } = useTill();
  return (
    <li>
      <Link
        to="/till/$acquirerId/$tillId/payments/$paymentRequestId"
        params={{ acquirerId, tillId, paymentRequestId: payment.paymentRequestId }}
      >
        <span className="figure muted small">{shortClockText(payment.createdAt, locale)}</span>
        <span className={styles.brand}>
          {payment.walletBrandName ?? t(`product.${payment.product}`)}
        </span>
        <PaymentTag payment={payment} />
        <Amount money={payment.amount} />
      </Link>
    </li>
  );
}
