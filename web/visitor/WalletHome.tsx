// The wallet's first screen: the balance, the two ways to pay, and what was paid before.

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { WalletPayment } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { dayText, shortClockText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { refundOf } from './flow.ts';
import { LimitsLeft } from './LimitsLeft.tsx';
import { StatusWord } from './StatusWord.tsx';
import { Balance } from './TopUp.tsx';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

const firstShown = 8;

export function WalletHome() {
  const { t } = useWords();
  const { walletId, customerId, state } = useWallet();
  const [shown, setShown] = useState(firstShown);
  const params = { walletId, customerId };
  const { payments, pending } = state;
  return (
    <div className="stack">
      <Balance />
      {pending !== null && <PendingCard payment={pending} />}
      <div className={styles.actions}>
        <Link to="/visitor/$walletId/$customerId/pay" params={params}>
          <Icon name="code" size={30} />
          {t('visitor.pay')}
          <span>{t('visitor.payHelp')}</span>
        </Link>
        <Link to="/visitor/$walletId/$customerId/scan" params={params}>
          <Icon name="scan" size={30} />
          {t('visitor.scan')}
          <span>{t('visitor.scanHelp')}</span>
        </Link>
      </div>
      <Link to="/visitor/$walletId/$customerId/permissions" params={params}>
        {t('permissions.open')}
      </Link>
      <LimitsLeft />
      <section className="stack" aria-labelledby="history">
        <h2 id="history">{t('visitor.history')}</h2>
        {payments.length === 0 ? (
          <Nothing title={t('visitor.noHistory')}>{t('visitor.noHistoryHelp')}</Nothing>
        ) : (
          <ul className={styles.history}>
            {payments.slice(0, shown).map((payment) => (
              <HistoryLine key={payment.paymentRequestId} payment={payment} />
            ))}
          </ul>
        )}
        {payments.length > shown && (
          <Button variant="default" onClick={() => setShown(shown + 20)}>
            {t('states.more')}
          </Button>
        )}
      </section>
    </div>
  );
}

function PendingCard({ payment }: { payment: WalletPayment }) {
  const { t } = useWords();
  const { walletId, customerId } = useWallet();
  return (
    <Link
      className={styles.pending}
      to="/visitor/$walletId/$customerId/payments/$paymentRequestId"
      params={{ walletId, customerId, paymentRequestId: payment.paymentRequestId }}
    >
      <Icon name="clock" />
      <span>
        <strong>{t('visitor.waitsForYou')}</strong>
        <br />
        {payment.merchantName}
      </span>
      <Amount money={payment.amount} side="shop" />
    </Link>
  );
}

function HistoryState({ payment }: { payment: WalletPayment }) {
  const { t } = useWords();
  if (payment.status !== 'SUCCESS') return <StatusWord status={payment.status} />;
  const refund = refundOf(payment);
  if (refund === 'none') return <Amount money={payment.amount} />;
  return (
    <Tag tone="plain">{t(refund === 'all' ? 'visitor.refunded' : 'visitor.partRefunded')}</Tag>
  );
}

function HistoryLine({ payment }: { payment: WalletPayment }) {
  const { locale } = useWords();
  const { walletId, customerId } = useWallet();
  return (
    <li>
      <Link
        to="/visitor/$walletId/$customerId/payments/$paymentRequestId"
        params={{ walletId, customerId, paymentRequestId: payment.paymentRequestId }}
      >
        <span className={styles.historyName}>
          <strong>{payment.merchantName}</strong>
          <span className="muted small">
            {dayText(payment.createdAt, locale)} {shortClockText(payment.createdAt, locale)}
          </span>
        </span>
        <span
          className={styles.historyFigures}
          data-void={
            payment.status === 'FAILED' ||
            payment.status === 'REVERSED' ||
            refundOf(payment) === 'all'
          }
        >
          <Amount money={payment.payToAmount} side="home" />
          <span className="small">
            <HistoryState payment={payment} />
          </span>
        </span>
      </Link>
    </li>
  );
}
