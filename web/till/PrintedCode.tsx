// The printed code of a till: one code for ever on the counter; the visitor types the amount.
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import '../shared/han-font.ts';
import { QrCode } from '../shared/codes.tsx';
import { useWords } from '../shared/language.ts';
import { Waiting } from '../shared/states.tsx';
import { Today } from './Today.tsx';
import styles from './till.module.css';
import { useTill } from './till-context.ts';

export function PrintedCode() {
  const { t } = useWords();
  const { acquirerId, tillId, acquirer, shop } = useTill();
  useFollowPayments();
  const till = shop?.tills.find(({ id }) => id === tillId);
  return (
    <div className={styles.entry}>
      <section className={styles.printed} aria-labelledby="printed">
        <h1 id="printed">{t('till.printed')}</h1>
        <p className="muted">
          {t(acquirer?.ownCodes === 'national' ? 'push.printedHelp' : 'till.printedHelp')}
        </p>
        {till === undefined || shop === undefined ? (
          <Waiting lines={1} height={320} />
        ) : (
          <figure className={styles.sticker}>
            <QrCode text={till.entryCode} label={t('till.qr')} />
            <figcaption>
              <strong>{shop.name}</strong>
              <strong lang="zh-CN">{shop.nameZh}</strong>
              <span className="muted small">
                Scan to pay · <span lang="zh-CN">扫码付款</span>
              </span>
              <span className={`mono muted small ${styles.codeText}`}>{till.entryCode}</span>
            </figcaption>
          </figure>
        )}
        <div className={`row ${styles.unprinted}`}>
          <Button variant="default" onClick={() => window.print()}>
            {t('till.print')}
          </Button>
          <Link to="/till/$acquirerId/$tillId" params={{ acquirerId, tillId }} search={{}}>
            {t('till.backToAmount')}
          </Link>
        </div>
      </section>
      <Today />
    </div>
  );
}

/** A visitor who has scanned the national code on the counter: the till shows how it goes. */
function useFollowPayments(): void {
  const { acquirerId, tillId, payments } = useTill();
  const navigate = useNavigate();
  const [known] = useState(() => new Set(payments.map((one) => one.paymentRequestId)));
  const fresh = payments.find(
    (one) => one.product === 'push' && one.orderCode == null && !known.has(one.paymentRequestId),
  );
  const paymentRequestId = fresh?.paymentRequestId;
  useEffect(() => {
    if (paymentRequestId === undefined) return;
    void navigate({
      to: '/till/$acquirerId/$tillId/payments/$paymentRequestId',
      params: { acquirerId, tillId, paymentRequestId },
    });
  }, [navigate, acquirerId, tillId, paymentRequestId]);
}
