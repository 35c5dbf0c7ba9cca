// One till of one shop: its name on top, its payments kept fresh by events.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { address } from '../shared/api.ts';
import type { TillPayment } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { useLive } from '../shared/live.ts';
import { acquirersQuery, fallbackEveryMs, tillQuery } from '../shared/queries.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { withTillPayment } from './flow.ts';
import styles from './till.module.css';
import { TillContext } from './till-context.ts';

export function TillLayout() {
  const { t, locale } = useWords();
  const { acquirerId, tillId } = useParams({ from: '/till/$acquirerId/$tillId' });
  const queries = useQueryClient();
  const keep = useCallback(
    (payment: TillPayment) => {
      const key = tillQuery(acquirerId, tillId).queryKey;
      queries.setQueryData(key, (known) => ({
        payments: [...withTillPayment(known?.payments ?? [], payment)],
      }));
    },
    [queries, acquirerId, tillId],
  );
  const live = useLive(`${address.till(acquirerId, tillId)}/events`, {
    payment: (data) => keep(data as TillPayment),
  });
  const acquirers = useQuery(acquirersQuery);
  const { data, error, refetch } = useQuery({
    ...tillQuery(acquirerId, tillId),
    refetchInterval: live === 'open' ? false : fallbackEveryMs,
  });
  const acquirer = acquirers.data?.acquirers.find((one) => one.id === acquirerId);
  const shop = acquirer?.shops.find((one) => one.tills.some((till) => till.id === tillId));
  const chinese = locale.startsWith('zh');
  const name = chinese ? shop?.nameZh : shop?.name;
  usePageTitle(name ?? t('till.title'));

  const context = useMemo(
    () => data && { acquirerId, tillId, acquirer, shop, payments: data.payments, keep },
    [data, acquirerId, tillId, acquirer, shop, keep],
  );
  return (
    <div className={styles.till}>
      <header className={styles.top}>
        <Icon name="shop" size={28} />
        <span className={styles.where}>
          <strong>{name ?? ' '}</strong>
          <span>{[chinese ? shop?.cityZh : shop?.city, tillId].filter(Boolean).join(' · ')}</span>
        </span>
        <Link to="/till">{t('till.change')}</Link>
      </header>
      {live === 'down' && data !== undefined && (
        <p className={styles.offline} role="status">
          {t('states.lineDown')}
        </p>
      )}
      {context !== undefined ? (
        <TillContext value={context}>
          <Outlet />
        </TillContext>
      ) : (
        <div className={styles.body}>
          {error !== null ? (
            <Trouble whole error={error} retry={() => void refetch()} />
          ) : (
            <Waiting lines={6} height={54} />
          )}
        </div>
      )}
    </div>
  );
}
