// Calendars: on which days banks work, from which source, and changes by two persons.
import { useQuery } from '@tanstack/react-query';
import { PersonHead } from '../session/PersonHead.tsx';
import { usePerson } from '../session/session.ts';
import { calendarsQuery } from '../shared/calendars-queries.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { NotYet } from '../shared/states.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import { KnownCard } from './KnownCard.tsx';
import { LoadCard } from './LoadCard.tsx';

export function CalendarsPage() {
  const { t } = useWords();
  usePageTitle(t('calendars.title'));
  const who = usePerson();
  const { data, error, refetch } = useQuery(calendarsQuery);
  return (
    <div className="page">
      <PersonHead title={t('calendars.title')} about={t('calendars.about')} who={who} />
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : (
        <>
          <KnownCard calendars={data} />
          <LoadCard calendars={data} person={who.person} />
          <ChangesCard changes={data.changes} person={who.person} today={data.today} />
        </>
      )}
    </div>
  );
}
