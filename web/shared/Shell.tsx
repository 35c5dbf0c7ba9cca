// The frame of every page: mark, four places, language, and a skip link for the keyboard.
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SessionGate } from '../session/SessionGate.tsx';
import { speak } from './i18n.ts';
import { useWords } from './language.ts';
import { Mark } from './Mark.tsx';
import { NetworkNav } from './NetworkNav.tsx';
import { clockQuery } from './queries.ts';
import styles from './Shell.module.css';

/** Header, the page itself, footer. After a change of page the keyboard starts at its heading. */
export function Shell() {
  const { t } = useWords();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const isNetwork = /^\/network(\/|$)/.test(pathname);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // Whatever the page is about counts down in the network's time.
  useQuery(clockQuery);

  useEffect(() => {
    if (first.current) first.current = false;
    else if (pathname) main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('shell.skip')}
      </a>
      <header className={styles.header}>
        <Link to="/" className={styles.brand}>
          <Mark />
          <span>Wayfare</span>
        </Link>
        <nav className={styles.nav} aria-label={t('shell.places')}>
          <Link to="/visitor" activeProps={{ 'aria-current': 'page' }}>
            {t('shell.visitor')}
          </Link>
          <Link to="/till" activeProps={{ 'aria-current': 'page' }}>
            {t('shell.till')}
          </Link>
          <Link to="/network" activeProps={{ 'aria-current': 'page' }}>
            {t('shell.network')}
          </Link>
        </nav>
        <LanguageSwitch />
      </header>
      {isNetwork && <NetworkNav />}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {isNetwork ? (
          <SessionGate place="network">
            <Outlet />
          </SessionGate>
        ) : (
          <Outlet />
        )}
      </main>
    </div>
  );
}

/** Both languages named in themselves; the Chinese name is drawn, so that it needs no font. */
function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const chinese = i18n.language === 'zh';
  return (
    <fieldset className={styles.languages}>
      <legend className="visually-hidden">{t('shell.language')}</legend>
      <button
        type="button"
        lang="en"
        aria-pressed={!chinese}
        aria-label="English"
        onClick={() => void speak('en')}
      >
        EN
      </button>
      <button
        type="button"
        lang="zh-CN"
        aria-pressed={chinese}
        aria-label={'\u7b80\u4f53\u4e2d\u6587'}
        onClick={() => void speak('zh')}
      >
        <svg width="29" height="14" viewBox="0 0 29 14" aria-hidden="true">
          <path
            d={
              'M1.5 3.500h10v5h-10zM6.5 .8v12.400M22.5 .800v2.200M16.5 3.800h12' +
              'M19 4.200c1.5 4 4.5 7.5 9.3 8.800M26 4.200c-1.5 4-4.5 7.5-9.5 8.8'
            }
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
          />
        </svg>
      </button>
    </fieldset>
  );
}
