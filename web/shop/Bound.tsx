// Where the visitor comes back to from the wallet's consent page: the shop gets its token.

import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { address, postJson } from '../shared/api.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { boats } from './boats.ts';
import type { Binding } from './OneTap.tsx';
import styles from './shop.module.css';

const till = address.till(boats.acquirerId, boats.tillId);

/** The shop goes by what the network gives it for the code, never by the address alone. */
export function Bound() {
  const { t } = useWords();
  usePageTitle(t('shop.title'));
  const { authState, authCode } = useSearch({ from: '/shop/bound' });
  const { data, error, refetch } = useQuery({
    queryKey: ['shop-bound', authState],
    queryFn: () =>
      postJson<Binding>(`${till}/bindings/finish`, {
        authState,
        ...(authCode === '' ? {} : { authCode }),
      }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) {
    return (
      <section className={styles.page}>
        {error === null ? (
          <Waiting lines={3} height={56} />
        ) : (
          <Trouble
            whole
            error={error}
            retry={() => void refetch()}
            way={<Link to="/shop">{t('oneTap.back')}</Link>}
          />
        )}
      </section>
    );
  }
  const bound = data.status === 'BOUND';
  return (
    <section className={styles.page}>
      <div className={styles.end} data-status={bound ? 'SUCCESS' : 'FAILED'} role="status">
        <Icon name={bound ? 'check' : 'cross'} size={56} />
        <h1>{t(bound ? 'oneTap.bound' : 'oneTap.notBound', { wallet: data.walletName })}</h1>
        <p className="muted">{t(bound ? 'oneTap.boundHelp' : 'oneTap.notBoundHelp')}</p>
      </div>
      <Link to="/shop">{t('oneTap.back')}</Link>
    </section>
  );
}
