// What every page of a participant has alike: a heading, and its list in each of its states.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePageTitle } from '../shared/language.ts';
import { NotYet } from '../shared/states.tsx';
import styles from './participant.module.css';

/** A page with what `query` answers; while it has not, why. */
export function OwnPage<T>(props: {
  title: string;
  about: string;
  /** Beside the heading. */
  tools?: ReactNode;
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  children: (data: T) => ReactNode;
}) {
  const { title, about, tools, query, children } = props;
  usePageTitle(title);
  return (
    <div className="page">
      <header className={styles.top}>
        <div>
          <h1>{title}</h1>
          <p className="muted">{about}</p>
        </div>
        {tools}
      </header>
      {query.data !== undefined ? (
        children(query.data)
      ) : (
        <NotYet error={query.error} retry={query.refetch} />
      )}
    </div>
  );
}
