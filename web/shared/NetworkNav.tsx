// The sections of the network's own pages, below the header of each of them.
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useWords } from './language.ts';
import styles from './NetworkNav.module.css';

const sections = [
  ['payments', '/network'],
  ['settlement', '/network/settlement'],
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
  const { t, locale } = useWords();
  const bar = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or language moves the row
  useEffect(() => {
    const row = bar.current;
    const open = row?.querySelector<HTMLElement>('[aria-current="page"]');
    if (!row || !open) return;
    // Only the row is pushed, never the page.
    const middle = open.offsetLeft - row.offsetLeft + open.offsetWidth / 2;
    row.scrollLeft = middle - row.clientWidth / 2;
  }, [pathname, locale]);
  return (
    <nav ref={bar} className={styles.bar} aria-label={t('sections.label')}>
      {sections.map(([name, to]) => (
        <Link
          key={name}
          to={to}
          activeOptions={{ exact: name === 'payments' }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`sections.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
