// What is not known yet, and loading the file of a market and year for a second person.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { postJson } from '../shared/api.ts';
import type { Calendars } from '../shared/calendars-contract.ts';
import { marketName, useWords } from '../shared/language.ts';
import { CalendarProblem } from './CalendarProblem.tsx';
import styles from './calendars.module.css';
import { listText } from './spans.ts';

export function LoadCard({ calendars, person }: { calendars: Calendars; person: string }) {
  const { t, locale } = useWords();
  const queries = useQueryClient();
  const chosen = useRef<HTMLInputElement>(null);
  const load = useMutation({
    mutationFn: async (file: File) =>
      postJson<{ calendarId: string }>('/console/api/calendars/changes', {
        by: person,
        text: await file.text(),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['calendars'] }),
  });
  const { missing } = calendars;
  const years = [...new Set(missing.map(({ year }) => year))];
  return (
    <section className="card stack" aria-labelledby="load">
      <h2 id="load">{t('calendars.load')}</h2>
      {years.map((year) => (
        <p key={year} className={styles.missing}>
          {t('calendars.missing', {
            year,
            markets: listText(
              missing
                .filter((each) => each.year === year)
                .map(({ market }) => marketName(market, locale)),
              locale,
            ),
          })}
        </p>
      ))}
      <div className={styles.cardHead}>
        <p className="small muted">
          {t('calendars.loadHelp')} <span className="mono">wayfare calendar load</span>
        </p>
        <Button
          variant="default"
          disabled={person === ''}
          loading={load.isPending}
          onClick={() => chosen.current?.click()}
        >
          {t('calendars.pick')}
        </Button>
      </div>
      <input
        ref={chosen}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label={t('calendars.pick')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) load.mutate(file);
        }}
      />
      {person === '' && <p className="small muted">{t('settlement.namePlease')}</p>}
      {load.isError && <CalendarProblem error={load.error} />}
      {load.isSuccess && (
        <p className="small" role="status">
          {t('calendars.loaded', { calendarId: load.data.calendarId })}
        </p>
      )}
    </section>
  );
}
