// An acquirer's page inside the wallet: the visitor types the amount there, and the wallet takes
// over as soon as the page hands on.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { address } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { ScreenTop } from './ScreenTop.tsx';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

export function OpenPage() {
  const { t } = useWords();
  const { walletId, customerId, state } = useWallet();
  const { host, rest } = useSearch({ from: '/visitor/$walletId/$customerId/page' });
  const navigate = useNavigate();
  const before = useRef(new Set(state.payments.map((payment) => payment.paymentRequestId)));
  const fresh = state.payments.find(
    (payment) =>
      payment.product === 'entry_code' &&
      payment.status === 'AWAITING_CONFIRMATION' &&
      !before.current.has(payment.paymentRequestId),
  );
  const next = fresh?.paymentRequestId;
  useEffect(() => {
    if (next === undefined) return;
    void navigate({
      to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
      params: { walletId, customerId, paymentRequestId: next },
      replace: true,
    });
  }, [navigate, walletId, customerId, next]);
  return (
    <div className={styles.web}>
      <ScreenTop title={t('page.title')} />
      <p className="muted small">
        {t('page.from')} <span className="mono">{host}</span>
      </p>
      <iframe
        title={t('page.frame')}
        className={styles.webPage}
        sandbox="allow-forms allow-scripts"
        src={`${address.customer(walletId, customerId)}/web/${encodeURIComponent(host)}${rest}`}
      />
    </div>
  );
}
