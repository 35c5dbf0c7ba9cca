// What people loaded: proposals with what they would change, for a second person; and the history.
import { useQuery } from '@tanstack/react-query';
import { Decide } from '../session/Decide.tsx';
import type { LoadedCalendar } from '../shared/calendars-contract.ts';
import { otherDaysQuery } from '../shared/calendars-queries.ts';
import { marketName, useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { CalendarProblem } from './CalendarProblem.tsx';
import styles from './calendars.module.css';
import { dayName } from './day-names.ts';
import { runsOf } from './draw.ts';
import { Source } from './Source.tsx';
import { listText, spanText } from './spans.ts';
import { Months, YearStrip } from './YearStrip.tsx';

const tones = {
  PROPOSED: 'unknown',
  IN_FORCE: 'paid',
  REPLACED: 'plain',
  REJECTED: 'plain',
} as const;

export function ChangesCard(props: {
  changes: readonly LoadedCalendar[];
  person: string;
  today: string;
}) {
  const { changes, person, today } = props;
  const { t } = useWords();
  const isWaiting = ({ state }: LoadedCalendar) => state === 'PROPOSED';
  const ordered = [...changes.filter(isWaiting), ...changes.filter((each) => !isWaiting(each))];
  return (
    <section className="card stack" aria-labelledby="changes">
      <h2 id="changes">{t('calendars.changes')}</h2>
      {ordered.length === 0 ? (
        <Nothing title={t('calendars.noChanges')}>{t('calendars.noChangesHelp')}</Nothing>
      ) : (
        <ol className={styles.changes}>
          {ordered.map((change) => (
            <Change key={change.calendarId} change={change} person={person} today={today} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Change(props: { change: LoadedCalendar; person: string; today: string }) {
  const { change, person, today } = props;
  const { t, locale } = useWords();
  const { state, market, year, decidedBy, decidedAt } = change;
  return (
    <li data-state={state} data-change={change.calendarId}>
      <div className={styles.change}>
        <strong>
          {marketName(market, locale)} {year}
        </strong>
        <span className="mono small muted">{change.calendarId}</span>
        <Tag tone={tones[state]}>{t(`calendars.state.${state}`)}</Tag>
      </div>
      <p className="small muted">
        <Source of={change} /> ·{' '}
        {t('calendars.loadedBy', {
          person: change.proposedBy,
          time: momentText(change.proposedAt, locale),
        })}
        {decidedBy !== null &&
          decidedAt !== null &&
          ` · ${t(state === 'REJECTED' ? 'calendars.rejectedBy' : 'calendars.approvedBy', {
            person: decidedBy,
            time: momentText(decidedAt, locale),
          })}`}
      </p>
      {state === 'PROPOSED' && <Proposal change={change} person={person} today={today} />}
    </li>
  );
}

/** What would be: the strip, the days that change, and what settlement would do on other days. */
function Proposal(props: { change: LoadedCalendar; person: string; today: string }) {
  const { change, person, today } = props;
  const { t, locale } = useWords();
  const { closes, opens, holidays } = change;
  const { data } = useQuery(otherDaysQuery(change.calendarId));
  const nameOf = (date: string) => holidays.find(({ day }) => day === date)?.name ?? '';
  const listOf = (dates: readonly string[]) => {
    const named = dates.map((day) => ({ day, name: nameOf(day) }));
    const runs = runsOf(change.year, named);
    return listText(
      runs.map((run) => `${spanText(run, locale)} ${dayName(run.name, locale)}`.trim()),
      locale,
    );
  };
  return (
    <>
      <div>
        <YearStrip days={change} today={today} />
        <Months year={change.year} />
      </div>
      <ul className={styles.effects}>
        {closes.length > 0 && <li>{t('calendars.closes', { days: listOf(closes) })}</li>}
        {opens.length > 0 && <li>{t('calendars.opens', { days: listOf(opens) })}</li>}
        {closes.length + opens.length === 0 && <li>{t('calendars.changesNothing')}</li>}
        {data?.agreements.map((each) => (
          <li key={each.agreementId}>
            {t('calendars.otherNext', {
              name: each.participantName,
              before: each.nextDay === null ? '–' : dayText(each.nextDay, locale),
              after: each.otherDay === null ? '–' : dayText(each.otherDay, locale),
            })}
          </li>
        ))}
        {data?.batches.map((each) => (
          <li key={each.settlementBatchId} className={styles.warning}>
            {t('calendars.keepsDay', {
              batch: each.settlementBatchId,
              name: each.participantName,
              day: dayText(each.valueDay, locale),
              other: dayText(each.otherDay, locale),
            })}
          </li>
        ))}
      </ul>
      {change.isOutdated && <p className={styles.warning}>{t('calendars.problem.OUTDATED')}</p>}
      <Decide
        path={`/console/api/calendars/changes/${change.calendarId}`}
        person={person}
        isOutdated={change.isOutdated}
        refusal={(error) => <CalendarProblem error={error} />}
      />
    </>
  );
}
