// What a page shows before it has something to show: waiting, nothing there, out of order.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from './api.ts';
import { Icon } from './Icon.tsx';
import { usePageTitle, useWords } from './language.ts';
import { isPartGone } from './part-gone.ts';
import styles from './states.module.css';

/** Grey lines in the place of words that are on their way. */
export function Waiting({ lines = 4, height = 22 }: { lines?: number; height?: number }) {
  const { t } = useWords();
  return (
    <div className="stack" aria-busy="true">
      <p className="visually-hidden" role="status">
        {t('states.loading')}
      </p>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <div key={line} className={styles.bone} style={{ height }} />
      ))}
    </div>
  );
}

/** Nothing to list yet, and what would put something here; `whole` as for `Trouble`. */
export function Nothing(props: { title: string; children?: ReactNode; whole?: boolean }) {
  const { title, children, whole = false } = props;
  return (
    <div className={styles.nothing}>
      <svg width="88" height="40" viewBox="0 0 88 40" aria-hidden="true">
        <path
          d="M8 10 26 32 44 14 62 32 80 8"
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth="3"
          strokeDasharray="1 7"
          strokeLinecap="round"
        />
        <circle
          cx="8"
          cy="10"
          r="4"
          fill="var(--paper)"
          stroke="var(--line-strong)"
          strokeWidth="3"
        />
        <circle cx="80" cy="8" r="5" fill="var(--line-strong)" />
      </svg>
      {whole ? (
        <h1>{title}</h1>
      ) : (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children !== undefined && <p className="muted small">{children}</p>}
    </div>
  );
}

/**
 * A call that failed: in plain words, with a way to try again. `whole` when it stands for the whole
 * page, whose heading it then is; `way` leads on from what is not there, else to the first page.
 */
export function Trouble(props: {
  error: unknown;
  retry?: () => void;
  whole?: boolean;
  way?: ReactNode;
}) {
  const { t } = useWords();
  const { error, retry, whole = false, way } = props;
  const problem = error instanceof ApiProblem ? error : undefined;
  const missing = problem?.status === 404;
  const unreachable = problem?.code === 'UNREACHABLE';
  if (isPartGone(error)) return <NewVersion whole={whole} />;
  // What broke inside the server is English and for its log; a refusal says what is wrong.
  const isSaid = problem !== undefined && problem.status < 500;
  const title = missing
    ? t('states.missing')
    : unreachable
      ? t('states.unreachable')
      : t('states.failed');
  const detail = missing
    ? t('states.missingHelp')
    : unreachable
      ? t('states.unreachableHelp')
      : isSaid
        ? problem?.message
        : t('states.failedHelp');
  return (
    <div className={styles.trouble} role="alert">
      <Icon name={missing ? 'search' : 'question'} size={34} />
      {whole ? (
        <h1>{title}</h1>
      ) : (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      <p className="muted small" lang={isSaid && !missing ? 'en' : undefined}>
        {detail}
      </p>
      {missing && whole && (way ?? <Link to="/">{t('states.home')}</Link>)}
      {retry !== undefined && !missing && (
        <button type="button" className={styles.again} onClick={retry}>
          {t('states.again')}
        </button>
      )}
    </div>
  );
}

/**
 * Stands for data until they are there: on their way, or why they did not come. A card of its own;
 * with `inCard` a part of one, or the `whole` page.
 */
export function NotYet(props: {
  error: unknown;
  retry: () => unknown;
  whole?: boolean;
  inCard?: boolean;
  lines?: number;
  height?: number;
}) {
  const { error, retry, whole = false, inCard = whole, lines = 6, height = 40 } = props;
  const stands =
    error !== null ? (
      <Trouble whole={whole} error={error} retry={() => void retry()} />
    ) : (
      <Waiting lines={lines} height={height} />
    );
  return inCard ? stands : <div className="card">{stands}</div>;
}

/** The page is of an older version than the parts that are there now. */
function NewVersion({ whole }: { whole: boolean }) {
  const { t } = useWords();
  const title = t('states.newVersion');
  return (
    <div className={styles.trouble} role="alert">
      {whole ? <h1>{title}</h1> : <strong>{title}</strong>}
      <p className="muted small">{t('states.newVersionHelp')}</p>
      <button type="button" className={styles.again} onClick={() => window.location.reload()}>
        {t('states.reload')}
      </button>
    </div>
  );
}

/** The same in one line, for a card beside others that say it at length. */
export function TroubleLine() {
  const { t } = useWords();
  return (
    <p className="muted small" role="status">
      {t('states.unread')}
    </p>
  );
}

/** An address that leads nowhere. */
export function NoSuchPage() {
  const { t } = useWords();
  usePageTitle(t('states.noPage'));
  return (
    <div className={styles.noPage}>
      <Nothing whole title={t('states.noPage')}>
        {t('states.noPageHelp')}
      </Nothing>
      <Link to="/">{t('states.home')}</Link>
    </div>
  );
}
