// The years of all markets as strips below each other, and every day of the one that is chosen.
import { useState } from 'react';
import { Choices } from '../shared/Choices.tsx';
import type { Calendars, KnownYear } from '../shared/calendars-contract.ts';
import { marketName, useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Tag } from '../shared/Tag.tsx';
import styles from './calendars.module.css';
import { dayName, leftOutText } from './day-names.ts';
import { comingRuns, runsOf } from './draw.ts';
import { Source } from './Source.tsx';
import { listText, spanText } from './spans.ts';
import { Months, YearStrip } from './YearStrip.tsx';

export function KnownCard({ calendars }: { calendars: Calendars }) {
  const { t, locale } = useWords();
  const { known, today } = calendars;
  const years = [...new Set(known.map(({ year }) => year))].sort((a, b) => a - b);
  const thisYear = Number(today.slice(0, 4));
  const [asked, askYear] = useState<number>();
  const [market, chooseMarket] = useState('CN');
  // The mainland first: its banks count for everybody.
  const nameOf = (each: KnownYear) => (each.market === 'CN' ? '' : marketName(each.market, locale));
  const year = asked ?? (years.includes(thisYear) ? thisYear : (years.at(-1) ?? thisYear));
  const ofYear = known
    .filter((each) => each.year === year)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale));
  const chosen = ofYear.find((each) => each.market === market) ?? ofYear[0];
  return (
    <section className="card stack" aria-labelledby="known">
      <div className={styles.cardHead}>
        <h2 id="known">{t('calendars.known')}</h2>
        <Choices
          label={t('calendars.year')}
          all={years.map(String)}
          chosen={String(year)}
          words={(each) => each}
          choose={(each) => askYear(Number(each))}
          size="small"
        />
      </div>
      <ul className={`legend ${styles.parts}`}>
        {(['off', 'worked', 'weekend', 'today'] as const).map((part) => (
          <li key={part} data-part={part}>
            {t(`calendars.part.${part}`)}
          </li>
        ))}
      </ul>
      <ul className={styles.markets}>
        {ofYear.map((each) => (
          <MarketRow
            key={each.market}
            known={each}
            today={today}
            isChosen={each === chosen}
            choose={() => chooseMarket(each.market)}
          />
        ))}
      </ul>
      <div className={styles.axis}>
        <Months year={year} />
      </div>
      {chosen !== undefined && <Days known={chosen} today={today} />}
    </section>
  );
}

function MarketRow(props: {
  known: KnownYear;
  today: string;
  isChosen: boolean;
  choose: () => void;
}) {
  const { known, today, isChosen, choose } = props;
  const { t, locale } = useWords();
  const [next] = comingRuns(runsOf(known.year, known.holidays), today);
  return (
    <li data-market={known.market} data-chosen={isChosen}>
      <button type="button" aria-pressed={isChosen} onClick={choose}>
        {marketName(known.market, locale)}
      </button>
      <YearStrip days={known} today={today} />
      <span className="small">
        {next === undefined
          ? t('calendars.noNext')
          : `${spanText(next, locale)} · ${dayName(next.name, locale)}`}
        <span className="muted">{known.source ?? t('calendars.withWayfare')}</span>
      </span>
    </li>
  );
}

function Days({ known, today }: { known: KnownYear; today: string }) {
  const { t, locale } = useWords();
  const { market, year, calendarId, proposedBy, proposedAt, approvedBy, approvedAt } = known;
  return (
    <section className={styles.days} aria-labelledby="days">
      <h3 id="days">{t('calendars.daysOf', { market: marketName(market, locale), year })}</h3>
      {calendarId === null ? (
        <p className="small muted">{t('calendars.ofProject')}</p>
      ) : (
        <p className="small muted">
          <span className="mono">{calendarId}</span> · <Source of={known} /> ·{' '}
          {t('calendars.loadedBy', {
            person: proposedBy ?? '',
            time: momentText(proposedAt ?? '', locale),
          })}{' '}
          ·{' '}
          {t('calendars.approvedBy', {
            person: approvedBy ?? '',
            time: momentText(approvedAt ?? '', locale),
          })}
        </p>
      )}
      {known.leftOut !== '' && (
        <p className="small">
          <Tag tone="unknown">{t('calendars.leftOut')}</Tag> {leftOutText(known.leftOut, locale)}
        </p>
      )}
      <ol className={styles.dayList}>
        {runsOf(year, known.holidays).map((run) => (
          <li key={run.from} data-over={run.to < today}>
            <strong className="figure">{spanText(run, locale)}</strong> {dayName(run.name, locale)}
          </li>
        ))}
      </ol>
      {known.workingWeekendDays.length > 0 && (
        <p className="small">
          {t('calendars.workedDays', {
            days: listText(
              known.workingWeekendDays.map((day) => spanText({ from: day, to: day }, locale)),
              locale,
            ),
          })}
        </p>
      )}
    </section>
  );
}
