// The payment code on the visitor's screen: bars, square, digits, the seconds left, a new one in
// time.
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { address, postJson } from '../shared/api.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { BarCode, QrCode } from '../shared/codes.tsx';
import type { PaymentCode } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import styles from './codes.module.css';
import { groupedDigits } from './flow.ts';
import { LimitsLeft } from './LimitsLeft.tsx';
import { ScreenTop } from './ScreenTop.tsx';
import { useWallet } from './wallet-context.ts';

export function ShowCode() {
  const { t } = useWords();
  const { walletId, customerId } = useWallet();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      postJson<{ codes: PaymentCode[] }>(`${address.customer(walletId, customerId)}/codes`, {
        quantity: 1,
      }),
  });
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  useGoToCharge();

  const code = data?.codes[0];
  return (
    <div className="stack">
      <ScreenTop title={t('pay.title')} />
      {code === undefined && error === null && <Waiting lines={3} height={90} />}
      {error !== null && <Trouble error={error} retry={() => mutate()} />}
      {code !== undefined && error === null && (
        <>
          <p className="hint">{t('pay.help')}</p>
          <div className={styles.codeCard} data-renewing={isPending}>
            <div className={styles.bars}>
              <BarCode digits={code.code} label={t('pay.barcode')} />
            </div>
            <p className={styles.digits}>{groupedDigits(code.code)}</p>
            <div className={styles.square}>
              <QrCode text={code.code} label={t('pay.qr')} />
            </div>
            <Countdown
              from={code.issuedAt}
              until={code.expiresAt}
              label={t('pay.renews')}
              onEnd={() => mutate()}
            />
          </div>
          <LimitsLeft nearOnly />
          <p className={styles.listening} role="status">
            <span aria-hidden="true" />
            {t('pay.listening')}
          </p>
        </>
      )}
    </div>
  );
}

/** When the shop has charged the code, the screen moves on to that payment. */
function useGoToCharge(): void {
  const { walletId, customerId, state } = useWallet();
  const navigate = useNavigate();
  const before = useRef<Set<string> | undefined>(undefined);
  useEffect(() => {
    const ids = state.payments.map((payment) => payment.paymentRequestId);
    before.current ??= new Set(ids);
    const fresh = state.payments.find(
      (payment) =>
        payment.product === 'payment_code' &&
        before.current?.has(payment.paymentRequestId) === false,
    );
    if (fresh === undefined) return;
    void navigate({
      to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
      params: { walletId, customerId, paymentRequestId: fresh.paymentRequestId },
      replace: true,
    });
  }, [navigate, walletId, customerId, state.payments]);
}
