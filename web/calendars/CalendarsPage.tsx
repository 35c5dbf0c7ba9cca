// Calendars: on which days banks work, from which source, and changes by two persons.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { usePerson } from '../session/session.ts';
import { calendarsQuery } from '../shared/calendars-queries.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import styles from './calendars.module.css';
import { KnownCard } from './KnownCard.tsx';
import { LoadCard } from './LoadCard.tsx';

export function CalendarsPage() {
  const { t } = useWords();
  usePageTitle(t('calendars.title'));
  const { person, typed, setTyped, isSignedIn } = usePerson();
  const { data, error, refetch } = useQuery(calendarsQuery);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <div>
          <h1>{t('calendars.title')}</h1>
          <p className="muted">{t('calendars.about')}</p>
        </div>
        {!isSignedIn && (
          <TextInput
            className={styles.person ?? ''}
            label={t('settlement.person')}
            description={t('settlement.personHelp')}
            value={typed}
            maxLength={64}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </header>
      {data === undefined ? (
        <div className="card">
          {error !== null ? (
            <Trouble error={error} retry={() => void refetch()} />
          ) : (
            <Waiting lines={6} height={40} />
          )}
        </div>
      ) : (
        <>
          <KnownCard calendars={data} />
          <LoadCard calendars={data} person={person} />
          <ChangesCard changes={data.changes} person={person} today={data.today} />
        </>
      )}
    </div>
  );
}
