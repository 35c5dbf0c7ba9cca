// Where the visitor comes back to from the wallet: whether the tickets are paid, as the shop knows.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Amount } from '../shared/Amount.tsx';
import { address, getJson } from '../shared/api.ts';
import type { TillPayment } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { boats } from './boats.ts';
import styles from './shop.module.css';

const askAgainEveryMs = 1_500;

/** The shop goes by its own record, never by the visitor's having come back. */
export function Order() {
  const { t } = useWords();
  usePageTitle(t('shop.title'));
  const { paymentRequestId } = useParams({ from: '/shop/orders/$paymentRequestId' });
  const { data, error, refetch } = useQuery({
    queryKey: ['shop-order', paymentRequestId],
    queryFn: () => {
      const id = encodeURIComponent(paymentRequestId);
      const till = address.till(boats.acquirerId, boats.tillId);
      return getJson<TillPayment>(`${till}/payments/${id}`);
    },
    refetchInterval: ({ state }) => (isOver(state.data) ? false : askAgainEveryMs),
  });
  if (data === undefined) {
    return (
      <section className={styles.page}>
        {error === null ? (
          <Waiting lines={4} height={48} />
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
  const { status } = data;
  return (
    <section className={styles.page}>
      <div className={styles.end} data-status={status} role="status">
        <Icon
          name={status === 'SUCCESS' ? 'check' : isOver(data) ? 'cross' : 'question'}
          size={56}
        />
        <h1>{t(`shop.status.${status}`)}</h1>
        <Amount money={data.amount} size="large" side="shop" />
        {data.walletBrandName != null && <p>{t('shop.by', { wallet: data.walletBrandName })}</p>}
        <p className="mono muted">{data.paymentRequestId}</p>
      </div>
      <Link to="/shop">{t('shop.more')}</Link>
    </section>
  );
}

function isOver(payment: TillPayment | undefined): boolean {
  return payment !== undefined && !['PROCESSING', 'UNKNOWN'].includes(payment.status);
}
