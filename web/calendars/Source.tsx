// Where a calendar comes from: its source, linked where it is published, and the day of that.
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';

export function Source(props: {
  of: { source: string | null; address: string | null; published: string | null };
}) {
  const { t, locale } = useWords();
  const { source, address, published } = props.of;
  return (
    <>
      {address === null ? (
        source
      ) : (
        <a href={address} target="_blank" rel="noreferrer">
          {source}
        </a>
      )}
      {published !== null && ` · ${t('calendars.published', { day: dayText(published, locale) })}`}
    </>
  );
}
