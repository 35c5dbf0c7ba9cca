// The first page: what Wayfare is, a picture of a payment, what to do, and how the sandbox stands.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mayReadNetwork, sessionQuery } from '../session/session.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { marketName, usePageTitle, useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import { overviewQuery, ratesQuery, walletsQuery } from '../shared/queries.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { Journey } from './Journey.tsx';
import styles from './start.module.css';

export function StartPage() {
  const { t, locale } = useWords();
  usePageTitle('');
  const rates = useQuery(ratesQuery);
  return (
    <div className={styles.page}>
      <section className={styles.hero}>
        <h1>{t('start.title')}</h1>
        <p>{t('start.lead')}</p>
      </section>
      <Journey rates={rates.data} isUnread={rates.isError} />
      <section className={styles.doors} aria-label={t('start.tryIt')}>
        <h2>{t('start.tryIt')}</h2>
        <p className="muted">{t('start.tryHow')}</p>
        <div className={styles.doorRow}>
          <Door to="/visitor" icon="traveller" name="visitor" />
          <Door to="/till" icon="till" name="till" />
          <Door to="/network" icon="network" name="network" />
          <Door to="/participant" icon="bank" name="participant" />
        </div>
      </section>
      <p className={styles.developers}>
        <Link to="/docs">{t('start.developers')}</Link> {t('start.developersHelp')}
      </p>
      <p className={styles.developers}>
        <Link to="/shop">{t('start.shop')}</Link> {t('start.shopHelp')}
      </p>
      <p className={styles.developers}>
        <Link to="/books">{t('start.books')}</Link> {t('start.booksHelp')}
      </p>
      <section aria-labelledby="wallets">
        <div className={styles.sectionTop}>
          <h2 id="wallets">{t('start.wallets')}</h2>
          <HubState />
        </div>
        <WalletChips />
      </section>
      <footer className={styles.footer}>
        <p>{t('start.sandbox')}</p>
        {rates.data !== undefined && (
          <p>
            {t('start.rates', { day: dayText(rates.data.date, locale) })}{' '}
            <span className="muted">{rates.data.source}</span>
          </p>
        )}
      </footer>
    </div>
  );
}

function Door(props: {
  to: '/visitor' | '/till' | '/network' | '/participant';
  icon: IconName;
  name: 'visitor' | 'till' | 'network' | 'participant';
}) {
  const { t } = useWords();
  return (
    <Link to={props.to} target="_blank" className={styles.door} data-door={props.name}>
      <Icon name={props.icon} size={34} />
      <span>
        <strong>{t(`start.door.${props.name}.title`)}</strong>
        <span>{t(`start.door.${props.name}.help`)}</span>
      </span>
      <Icon name="forward" size={20} />
      <span className="visually-hidden">{t('start.newWindow')}</span>
    </Link>
  );
}

/** Whether the hub answers, and how many payments it has carried. */
function HubState() {
  const { t, locale } = useWords();
  const session = useQuery(sessionQuery);
  const isOpen = mayReadNetwork(session.data);
  const overview = { ...overviewQuery, refetchInterval: 10_000, enabled: isOpen };
  const { data, error } = useQuery(overview);
  if (session.data !== undefined && !isOpen) return <Tag tone="paid">{t('start.hubClosed')}</Tag>;
  if (error !== null || session.error !== null)
    return <Tag tone="not-paid">{t('start.hubDown')}</Tag>;
  if (data === undefined) return <Tag>{t('states.loading')}</Tag>;
  const count = data.counts.success.toLocaleString(locale);
  return <Tag tone="paid">{t('start.hubUp', { count })}</Tag>;
}

function WalletChips() {
  const { t, locale } = useWords();
  const { data, error, refetch } = useQuery(walletsQuery);
  if (data === undefined) {
    if (error !== null) return <Trouble error={error} retry={() => void refetch()} />;
    return <Waiting lines={2} height={42} />;
  }
  return (
    <ul className={styles.chips}>
      {data.wallets.map((wallet) => (
        <li key={wallet.id}>
          <Link
            to="/visitor/$walletId/$customerId"
            params={{ walletId: wallet.id, customerId: wallet.customers[0]?.id ?? '' }}
            aria-label={t('start.openWallet', { wallet: wallet.name })}
          >
            <strong>{wallet.name}</strong>
            <span>{marketName(wallet.market, locale)}</span>
            <span className={styles.currency}>{wallet.currency}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
