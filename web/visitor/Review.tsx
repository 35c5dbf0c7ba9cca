// The question before the money moves: to whom, how much in both currencies, at which rate.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { ApiProblem, address, postJson } from '../shared/api.ts';
import { Countdown } from '../shared/Countdown.tsx';
import type { WalletPayment } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { placeOf } from '../shared/place.ts';
import { useProblemWords } from '../shared/problem.ts';
import { PinPad } from './PinPad.tsx';
import { RateLines } from './RateLines.tsx';
import { ScreenTop } from './ScreenTop.tsx';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

export function Review({ payment }: { payment: WalletPayment }) {
  const { t } = useWords();
  const wordsOf = useProblemWords();
  const [agreed, setAgreed] = useState(false);
  const { confirm, decline } = useAnswers(payment);
  const scanned = payment.product === 'payment_code';
  const place = placeOf(payment);

  if (agreed) {
    return (
      <div className="stack">
        <ScreenTop title={t('pin.title')} />
        <p className={styles.pinFor}>
          {payment.merchantName} · <Amount money={payment.payToAmount} size="medium" side="home" />
        </p>
        <PinPad
          busy={confirm.isPending}
          problem={
            confirm.error === null
              ? undefined
              : isWrongPin(confirm.error)
                ? t('pin.wrong')
                : wordsOf(confirm.error)
          }
          onPin={(pin) => confirm.mutate(pin)}
        />
        <Button variant="subtle" onClick={() => setAgreed(false)} disabled={confirm.isPending}>
          {t('visitor.back')}
        </Button>
      </div>
    );
  }
  return (
    <div className="stack">
      <ScreenTop title={t('review.title')} />
      {scanned && (
        <p className={styles.asked} role="alert">
          {t('review.scanned', { merchant: payment.merchantName })}
        </p>
      )}
      <section className={styles.ticket}>
        <div>
          <p className={styles.merchant}>{payment.merchantName}</p>
          <p className="muted small">{place}</p>
          <p className="muted small">{payment.orderDescription}</p>
        </div>
        <div>
          <p className="eyebrow">{t('review.shopGets')}</p>
          <Amount money={payment.amount} size="large" side="shop" />
        </div>
        <div className={styles.tear} aria-hidden="true" />
        <div>
          <p className="eyebrow">{t('review.youPay')}</p>
          <Amount money={payment.payToAmount} size="large" side="home" />
        </div>
        <RateLines payment={payment} exact />
      </section>
      {payment.expiresAt != null && (
        <Countdown
          from={payment.createdAt}
          until={payment.expiresAt}
          label={t('review.rateHeld')}
        />
      )}
      {decline.error !== null && <p role="alert">{wordsOf(decline.error)}</p>}
      <Button size="lg" onClick={() => setAgreed(true)} disabled={decline.isPending}>
        {t('review.agree')}
      </Button>
      <Button
        size="md"
        variant="subtle"
        color="gray"
        loading={decline.isPending}
        onClick={() => decline.mutate()}
      >
        {t('review.decline')}
      </Button>
    </div>
  );
}

/** Yes with a PIN, or no; either way the wallet's own answer decides what is shown next. */
function useAnswers(payment: WalletPayment) {
  const { walletId, customerId, keep } = useWallet();
  const path = `${address.customer(walletId, customerId)}/payments/${encodeURIComponent(
    payment.paymentRequestId,
  )}`;
  const confirm = useMutation({
    mutationFn: (pin: string) => postJson<WalletPayment>(`${path}/confirm`, { pin }),
    onSuccess: keep,
    onError: (error) => {
      // Nobody knows whether the confirmation arrived: show that, and keep asking.
      if (error instanceof ApiProblem && error.code === 'UNREACHABLE') {
        keep({ ...payment, status: 'UNKNOWN' });
      }
    },
  });
  const decline = useMutation({
    mutationFn: () => postJson<WalletPayment>(`${path}/decline`, {}),
    onSuccess: keep,
  });
  return { confirm, decline };
}

function isWrongPin(error: Error): boolean {
  return error instanceof ApiProblem && error.code === 'WRONG_PIN';
}
