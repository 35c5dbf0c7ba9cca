// The sandbox's partners at their desks: each compares the network's files with its own book.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import { BookDayCard } from './BookDayCard.tsx';
import styles from './books.module.css';
import { partnerBooksQuery, partnersQuery } from './books-contract.ts';

const route = getRouteApi('/books');

export function BooksPage() {
  const { t } = useWords();
  usePageTitle(t('books.title'));
  const { partner } = route.useSearch();
  const navigate = route.useNavigate();
  const partners = useQuery(partnersQuery);
  const known = partners.data?.partners ?? [];
  const chosen = known.find(({ id }) => id === partner)?.id ?? known[0]?.id;
  return (
    <div className={`page ${styles.narrow}`}>
      <header>
        <h1>{t('books.title')}</h1>
        <p className="muted">{t('books.about')}</p>
      </header>
      {partners.error !== null && known.length === 0 ? (
        <Trouble error={partners.error} retry={() => void partners.refetch()} />
      ) : chosen === undefined ? (
        <Waiting lines={4} height={60} />
      ) : (
        <>
          <NativeSelect
            label={t('books.partner')}
            value={chosen}
            data={known.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) =>
              void navigate({ search: { partner: event.currentTarget.value }, replace: true })
            }
          />
          <Days key={chosen} partnerId={chosen} />
        </>
      )}
    </div>
  );
}

/** The days of which there is something in the book, today too. */
function Days({ partnerId }: { partnerId: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(partnerBooksQuery(partnerId));
  if (data === undefined) {
    if (error !== null) return <Trouble error={error} retry={() => void refetch()} />;
    return <Waiting lines={4} height={60} />;
  }
  const [today] = data.days;
  const shown = data.days.filter((day) => day.rows > 0 || day.comparison !== null);
  if (shown.length === 0) {
    return (
      <div className="card">
        <Nothing title={t('books.nothing')} />
      </div>
    );
  }
  return (
    <ol className={styles.days}>
      {shown.map((day) => (
        <BookDayCard key={day.date} partnerId={partnerId} day={day} isToday={day === today} />
      ))}
    </ol>
  );
}
