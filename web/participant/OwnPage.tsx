// What every page of a participant has alike: a heading, and its list in each of its states.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePageTitle, useWords } from '../shared/language.ts';
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
    <div className={styles.page}>
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

/** A group of buttons of which one is pressed, with a count beside each word. */
export function Choices<K extends string>(props: {
  label: string;
  all: readonly K[];
  chosen: K;
  words: (key: K) => string;
  count?: (key: K) => number | undefined;
  choose: (key: K) => void;
}) {
  const { locale } = useWords();
  return (
    <fieldset className={styles.states}>
      <legend className="visually-hidden">{props.label}</legend>
      {props.all.map((each) => {
        const count = props.count?.(each);
        return (
          <button
            key={each}
            type="button"
            aria-pressed={each === props.chosen}
            onClick={() => props.choose(each)}
          >
            {props.words(each)}
            {count !== undefined && <span className="figure">{count.toLocaleString(locale)}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
