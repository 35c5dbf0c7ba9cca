// The order code on the till's screen: large enough to scan across a counter, with the time left.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { Countdown } from '../shared/Countdown.tsx';
import { QrCode } from '../shared/codes.tsx';
import type { TillPayment } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Withdraw } from './GiveBack.tsx';
import styles from './till.module.css';
import { useTill } from './till-context.ts';

export function OrderCode({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const { acquirerId, tillId } = useTill();
  const navigate = useNavigate();
  const [copied, setCopied] = useState(false);
  const code = payment.orderCode;
  if (code == null) return null;
  return (
    <section className={styles.orderCode}>
      <div className={styles.bigCode}>
        <QrCode text={code.text} label={t('till.qr')} />
      </div>
      <div className={styles.orderWords}>
        <h1>{t('till.letScan')}</h1>
        <Amount money={payment.amount} size="huge" side="shop" />
        <Countdown from={payment.createdAt} until={code.expiresAt} label={t('till.codeLives')} />
        <p className={styles.listening} role="status">
          <span aria-hidden="true" />
          {t('till.waitingForScan')}
        </p>
        <p className={`mono muted ${styles.codeText}`}>{code.text}</p>
        <div className="row">
          <Button
            variant="default"
            onClick={async () => {
              await navigator.clipboard.writeText(code.text);
              setCopied(true);
            }}
          >
            {copied ? t('till.copied') : t('till.copy')}
          </Button>
          <Withdraw payment={payment} />
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              void navigate({
                to: '/till/$acquirerId/$tillId',
                params: { acquirerId, tillId },
                search: {},
              })
            }
          >
            {t('till.backToAmount')}
          </Button>
        </div>
      </div>
    </section>
  );
}
