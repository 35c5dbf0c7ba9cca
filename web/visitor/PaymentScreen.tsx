// One payment in the wallet: the question before it, the wait during it, the proof after it.
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiProblem } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { useNow } from '../shared/moment.ts';
import { Trouble } from '../shared/states.tsx';
import { findPayment, screenOf } from './flow.ts';
import { Result } from './Result.tsx';
import { Review } from './Review.tsx';
import { ScreenTop } from './ScreenTop.tsx';
import { useWallet } from './wallet-context.ts';

const askAgainEveryMs = 3_000;

export function PaymentScreen() {
  const { t } = useWords();
  const { paymentRequestId } = useParams({
    from: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
  });
  const { walletId, customerId, state } = useWallet();
  const now = useNow();
  const payment = findPayment(state, paymentRequestId);
  const screen = payment === undefined ? undefined : screenOf(payment, now);
  useAskAgain(walletId, customerId, screen === 'unknown' || screen === 'expired');

  if (payment === undefined || screen === undefined) {
    return (
      <>
        <ScreenTop title={t('visitor.payment')} />
        <Trouble error={new ApiProblem('NOT_FOUND', 404, '')} />
      </>
    );
  }
  if (screen === 'review') return <Review payment={payment} />;
  return <Result payment={payment} screen={screen} />;
}

/** An unknown result is not left alone: the wallet is asked until it knows. */
function useAskAgain(walletId: string, customerId: string, ask: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!ask) return;
    const timer = window.setInterval(
      () => void queries.invalidateQueries({ queryKey: ['customer', walletId, customerId] }),
      askAgainEveryMs,
    );
    return () => window.clearInterval(timer);
  }, [queries, walletId, customerId, ask]);
}
