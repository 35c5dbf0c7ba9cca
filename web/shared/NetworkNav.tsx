// The sections of the network's own pages, below the header of each of them.
import { Link, useRouterState } from '@tanstack/react-router';
import { useWords } from './language.ts';
import styles from './NetworkNav.module.css';
import { useOpenSectionInView } from './open-section.ts';

const sections = [
  ['payments', '/network'],
  ['settlement', '/network/settlement'],
  ['calendars', '/network/calendars'],
  ['reconciliation', '/network/reconciliation'],
  ['ledger', '/network/ledger'],
  ['caps', '/network/caps'],
  ['positions', '/network/positions'],
  ['rates', '/network/rates'],
  ['fees', '/network/fees'],
  ['limits', '/network/limits'],
  ['merchants', '/network/merchants'],
  ['disputes', '/network/disputes'],
  ['notices', '/network/notices'],
  ['certification', '/network/certification'],
] as const;

/** On a phone the row is pushed sideways; the section that is open is marked, and in view. */
export function NetworkNav() {
  const { t } = useWords();
  const row = useOpenSectionInView();
  const ofPayment = useRouterState({
    select: ({ location }) => location.pathname.startsWith('/network/payments/'),
  });
  return (
    <nav ref={row} className={styles.bar} aria-label={t('sections.label')}>
      {sections.map(([name, to]) => (
        <Link
          key={name}
          to={to}
          activeOptions={{ exact: name === 'payments' }}
          activeProps={{ 'aria-current': 'page' }}
          {...(name === 'payments' && ofPayment ? { 'aria-current': 'page' } : {})}
        >
          {t(`sections.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
