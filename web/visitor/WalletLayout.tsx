// One customer's wallet: a phone in the middle, live; beside it what the reader can try.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useMatchRoute, useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { address } from '../shared/api.ts';
import type { CustomerState, WalletPayment } from '../shared/contract.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { useLive } from '../shared/live.ts';
import { customerQuery, fallbackEveryMs } from '../shared/queries.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { Beside } from './Beside.tsx';
import { withPayment } from './flow.ts';
import styles from './visitor.module.css';
import { WalletBadge } from './WalletBadge.tsx';
import { WalletContext } from './wallet-context.ts';

/** Loads the wallet, listens to its events, and brings a waiting question to the front. */
export function WalletLayout() {
  const { t } = useWords();
  const { walletId, customerId } = useParams({ from: '/visitor/$walletId/$customerId' });
  const queries = useQueryClient();
  const atHome = useMatchRoute()({ to: '/visitor/$walletId/$customerId' }) !== false;
  const query = customerQuery(walletId, customerId);
  const key = query.queryKey;

  const live = useLive(`${address.customer(walletId, customerId)}/events`, {
    payment: (data) => {
      queries.setQueryData<CustomerState>(key, (state) =>
        state === undefined ? state : withPayment(state, data as WalletPayment),
      );
      void queries.invalidateQueries({ queryKey: key });
    },
    balance: () => void queries.invalidateQueries({ queryKey: key }),
  });
  const { data, error, refetch } = useQuery({
    ...query,
    refetchInterval: live === 'open' ? false : fallbackEveryMs,
  });
  usePageTitle(data?.wallet.name ?? t('visitor.title'));
  useQuestionToFront(walletId, customerId, data?.pending ?? null);

  const keep = useCallback(
    (payment: WalletPayment) => {
      queries.setQueryData<CustomerState>(['customer', walletId, customerId], (state) =>
        state === undefined ? state : withPayment(state, payment),
      );
      void queries.invalidateQueries({ queryKey: ['customer', walletId, customerId] });
    },
    [queries, walletId, customerId],
  );
  const context = useMemo(
    () => (data === undefined ? undefined : { walletId, customerId, state: data, keep }),
    [data, walletId, customerId, keep],
  );

  return (
    <div className={styles.stage} data-home={atHome}>
      <section className={styles.phone} aria-label={data?.wallet.name ?? t('visitor.title')}>
        <header className={styles.phoneTop}>
          <WalletBadge id={walletId} name={data?.wallet.name ?? walletId} onDark />
          <span className={styles.who}>
            <strong>{data?.wallet.name ?? ' '}</strong>
            <span>{data?.customer.name ?? ' '}</span>
          </span>
          <Link to="/visitor">{t('visitor.change')}</Link>
        </header>
        {live === 'down' && data !== undefined && (
          <p className={styles.offline} role="status">
            {t('states.lineDown')}
          </p>
        )}
        <div className={styles.phoneBody}>
          {context !== undefined ? (
            <WalletContext value={context}>
              <Outlet />
            </WalletContext>
          ) : error !== null ? (
            <Trouble whole error={error} retry={() => void refetch()} />
          ) : (
            <Waiting lines={6} height={40} />
          )}
        </div>
      </section>
      {data !== undefined && <Beside walletId={walletId} />}
    </div>
  );
}

/**
 * After the shop scanned the customer's code, the question for the PIN must not be missed
 * (programme.md §7, pain 8): it comes to the front by itself, once.
 */
function useQuestionToFront(
  walletId: string,
  customerId: string,
  pending: WalletPayment | null,
): void {
  const navigate = useNavigate();
  const shown = useRef(new Set<string>());
  useEffect(() => {
    if (pending === null || pending.product !== 'payment_code') return;
    if (shown.current.has(pending.paymentRequestId)) return;
    shown.current.add(pending.paymentRequestId);
    void navigate({
      to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
      params: { walletId, customerId, paymentRequestId: pending.paymentRequestId },
    });
  }, [navigate, walletId, customerId, pending]);
}
