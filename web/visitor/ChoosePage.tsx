// A page on which one is chosen of many: what is chosen, a field to find it, and all that fit.
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import styles from './choose.module.css';

export function ChoosePage(props: {
  title: string;
  help: string;
  /** What the field asks for. */
  find: string;
  wanted: string;
  want: (wanted: string) => void;
  query: { data: unknown; error: unknown; refetch: () => unknown };
  /** Nothing fits what is wanted. */
  isEmpty: boolean;
  children: ReactNode;
}) {
  const { title, help, find, wanted, want, query, isEmpty, children } = props;
  const { t } = useWords();
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{title}</h1>
        <p className="muted">{help}</p>
        <TextInput
          aria-label={find}
          placeholder={find}
          leftSection={<Icon name="search" size={18} />}
          value={wanted}
          onChange={(event) => want(event.currentTarget.value)}
        />
      </header>
      {query.data === undefined ? (
        <NotYet inCard error={query.error} retry={query.refetch} lines={5} height={88} />
      ) : (
        isEmpty && <Nothing title={t('choose.none')} />
      )}
      {children}
    </div>
  );
}
