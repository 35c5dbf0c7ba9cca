// A year as a strip: weekends pale, days off dark, weekend days that are worked in another colour.
import type { MarketYear } from '../shared/calendars-contract.ts';
import { marketName, useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import styles from './calendars.module.css';
import { dayName } from './day-names.ts';
import { daysOf, monthsOf, placeOf, runsOf, weekendsOf } from './draw.ts';

const height = 24;
/** A single day must be seen on a phone too. */
const leastWidth = 1.8;

export function YearStrip({ days, today }: { days: MarketYear; today: string }) {
  const { t, locale } = useWords();
  const { market, year, holidays, workingWeekendDays } = days;
  const length = daysOf(year);
  const now = placeOf(year, today);
  const label = t('calendars.stripLabel', {
    market: marketName(market, locale),
    year,
    off: holidays.length,
    worked: workingWeekendDays.length,
  });
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${length} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect width={length} height={height} fill="var(--paper)" />
      {weekendsOf(year).map(({ at, days: count }) => (
        <rect key={at} x={at} width={count} height={height} fill="var(--line)" />
      ))}
      {monthsOf(year).map(({ at }) => (
        <line
          key={at}
          x1={at}
          x2={at}
          y1="0"
          y2={height}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {runsOf(year, holidays).map((run) => (
        <rect
          key={run.from}
          x={run.at}
          width={Math.max(run.days, leastWidth)}
          height={height}
          fill="var(--indigo)"
        >
          <title>{`${dayText(run.from, locale)} · ${dayName(run.name, locale)}`}</title>
        </rect>
      ))}
      {workingWeekendDays.map((day) => (
        <rect
          key={day}
          x={placeOf(year, day)}
          y={height / 2}
          width={leastWidth}
          height={height / 2}
          fill="var(--unknown-bright)"
        >
          <title>{`${dayText(day, locale)} · ${t('calendars.worked')}`}</title>
        </rect>
      ))}
      {now !== undefined && (
        <line
          x1={now + 0.5}
          x2={now + 0.5}
          y1="0"
          y2={height}
          stroke="var(--not-paid)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

/** The months below strips of a year, as wide as they are. */
export function Months({ year }: { year: number }) {
  const { locale } = useWords();
  const months = monthsOf(year);
  return (
    <div className={styles.months} aria-hidden="true">
      {months.map(({ date, at }, month) => (
        <span key={date} style={{ flexGrow: (months[month + 1]?.at ?? daysOf(year)) - at }}>
          {new Date(date).toLocaleDateString(locale, { month: 'narrow', timeZone: 'UTC' })}
        </span>
      ))}
    </div>
  );
}
