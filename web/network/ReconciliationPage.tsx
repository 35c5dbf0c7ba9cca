// Partners' files against ours: open breaks by age as a picture, the breaks, and the files.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { PersonHead } from '../session/PersonHead.tsx';
import { usePerson } from '../session/session.ts';
import { moneyText } from '../shared/amount.ts';
import { Choices } from '../shared/Choices.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import {
  type Break,
  type BreakGroup,
  type BreakKind,
  breakKinds,
  type OneFile,
  type Reconciliation,
  type ReconciliationRun,
  reconciliationQuery,
} from '../shared/reconciliation-contract.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { BookCard } from './BookCard.tsx';
import { foundText } from './found.ts';
import lists from './NoticesPage.module.css';
import styles from './reconciliation.module.css';

const groups = ['open', 'resolved'] as const satisfies readonly BreakGroup[];

const tones: Readonly<Record<Break['state'], Tone>> = {
  OPEN: 'not-paid',
  PROPOSED: 'unknown',
  RESOLVED: 'paid',
};

export function BreakTag({ state }: { state: Break['state'] }) {
  const { t } = useWords();
  return <Tag tone={tones[state]}>{t(`reconciliation.state.${state}`)}</Tag>;
}

/** A participant's name, or the bank of a currency. */
export function whoseText(
  { isBank, participantName }: { readonly isBank: boolean; readonly participantName: string },
  t: ReturnType<typeof useWords>['t'],
): string {
  return isBank ? t('reconciliation.bank', { currency: participantName }) : participantName;
}

export function ReconciliationPage() {
  const { t } = useWords();
  usePageTitle(t('reconciliation.title'));
  const who = usePerson();
  const [group, setGroup] = useState<BreakGroup>('open');
  const { agreement, day } = useSearch({ from: '/network/reconciliation' });
  const of = agreement === undefined || day === undefined ? undefined : { agreement, day };
  const { data, error, refetch } = useQuery({
    ...reconciliationQuery(group, of),
    placeholderData: (before) => before,
  });
  return (
    <div className="page">
      <PersonHead title={t('reconciliation.title')} about={t('reconciliation.about')} who={who} />
      <BookCard person={who.person} />
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : (
        <>
          <Ages ages={data.ages} />
          <section className="stack" aria-labelledby="breaks">
            <h2 id="breaks">{t('reconciliation.breaks')}</h2>
            {of !== undefined && <Narrowed of={of} runs={data.runs} />}
            <Choices
              label={t('network.state')}
              all={groups}
              chosen={group}
              words={(each) => t(`reconciliation.group.${each}`)}
              choose={setGroup}
            />
            <Breaks breaks={data.breaks} group={group} />
          </section>
          <Runs runs={data.runs} />
        </>
      )}
    </div>
  );
}

/** Of which file the breaks are, and the way back to all of them. */
function Narrowed({ of, runs }: { of: OneFile; runs: readonly ReconciliationRun[] }) {
  const { t, locale } = useWords();
  const run = runs.find(({ agreementId }) => agreementId === of.agreement);
  const whose = run === undefined ? of.agreement : whoseText(run, t);
  return (
    <p>
      {t('reconciliation.file.only', { whose, day: dayText(of.day, locale) })}{' '}
      <Link to="/network/reconciliation" search={{}}>
        {t('reconciliation.file.all')}
      </Link>
    </p>
  );
}

/** A bar an age, divided by the kinds of its breaks; every figure is beside it in words. */
function Ages({ ages }: { ages: Reconciliation['ages'] }) {
  const { t, locale } = useWords();
  const most = Math.max(1, ...ages.map(({ count }) => count));
  const kinds = breakKinds.filter((kind) => ages.some((each) => each.kinds[kind] !== undefined));
  return (
    <section className="card stack" aria-labelledby="ages">
      <h2 id="ages">{t('reconciliation.ages')}</h2>
      <ol className={styles.ages}>
        {ages.map(({ age, count, kinds: own }) => (
          <li key={age}>
            <span>{t(`reconciliation.age.${age}`)}</span>
            <span className={`${styles.bar} ${styles.kinds}`} aria-hidden="true">
              {breakKinds.map((kind) => (
                <span
                  key={kind}
                  data-kind={kind}
                  style={{ width: `${((own[kind] ?? 0) / most) * 100}%` }}
                />
              ))}
            </span>
            <strong className="figure">{count.toLocaleString(locale)}</strong>
          </li>
        ))}
      </ol>
      {kinds.length > 0 && (
        <ul className={`legend ${styles.kinds}`}>
          {kinds.map((kind) => (
            <li key={kind} data-kind={kind}>
              {t(`reconciliation.kind.${kind}`)}{' '}
              <span className="figure">{sumOf(ages, kind).toLocaleString(locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const sumOf = (ages: Reconciliation['ages'], kind: BreakKind) =>
  ages.reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0);

function Breaks({ breaks, group }: { breaks: readonly Break[]; group: BreakGroup }) {
  const { t } = useWords();
  if (breaks.length === 0) {
    return (
      <div className="card">
        <Nothing title={t(`reconciliation.${group === 'open' ? 'none' : 'noneResolved'}`)}>
          {t('reconciliation.noneHelp')}
        </Nothing>
      </div>
    );
  }
  return (
    <ol className={lists.list}>
      {breaks.map((each) => (
        <Line key={each.breakId} found={each} />
      ))}
    </ol>
  );
}

function Line({ found }: { found: Break }) {
  const { t, locale } = useWords();
  const { breakId, difference, id, lineNumber } = found;
  const what = found.what === 'line' ? String(lineNumber) : id;
  return (
    <li className={`card ${styles.line}`} data-break={found.kind}>
      <div>
        <p className={lists.what}>
          <Link to="/network/reconciliation/$breakId" params={{ breakId }}>
            <strong>{t(`reconciliation.kind.${found.kind}`)}</strong>
          </Link>
          <BreakTag state={found.state} />
        </p>
        <p>
          {whoseText(found, t)} · {dayText(found.day, locale)}
        </p>
        <p className="muted small">
          {t(`reconciliation.what.${found.what}`)} <span className="mono">{what}</span>
        </p>
      </div>
      <div className={styles.side}>
        {difference !== null && difference.value !== '0' && (
          <strong className="figure">{moneyText(difference, locale)}</strong>
        )}
        <span className="muted small">
          {found.resolution === null
            ? t(`reconciliation.age.${found.age}`)
            : t(`reconciliation.resolution.${found.resolution}`, {
                batch: found.settlementBatchId ?? '',
              })}
        </span>
        {found.owner !== null && (
          <span className="muted small">
            {t('reconciliation.ownerIs', { person: found.owner })}
          </span>
        )}
      </div>
    </li>
  );
}

function Runs({ runs }: { runs: readonly ReconciliationRun[] }) {
  const { t, locale } = useWords();
  return (
    <section className="stack" aria-labelledby="runs">
      <h2 id="runs">{t('reconciliation.runs')}</h2>
      {runs.length === 0 ? (
        <div className="card">
          <Nothing title={t('reconciliation.noRuns')}>
            <span className="mono">{t('reconciliation.noRunsHelp')}</span>
          </Nothing>
        </div>
      ) : (
        <ol className={lists.list}>
          {runs.map((run) => (
            <li key={run.runId} className={`card ${styles.line}`}>
              <div>
                <strong>
                  {whoseText(run, t)} · {dayText(run.day, locale)}
                </strong>
                <p className="mono small">{run.fileName}</p>
                <p className="muted small">
                  {t('reconciliation.runBy', {
                    time: momentText(run.at, locale),
                    person: run.by,
                  })}
                </p>
              </div>
              <div className={styles.side}>
                <span>
                  {t('reconciliation.run', {
                    lines: run.lines.toLocaleString(locale),
                    items: run.items.toLocaleString(locale),
                    matched: run.matched.toLocaleString(locale),
                  })}
                </span>
                <FoundOf run={run} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** What a file came to; the way to its breaks, where it has any. */
function FoundOf({ run }: { run: ReconciliationRun }) {
  const { t } = useWords();
  const { agreementId: agreement, day, found } = run;
  const words = foundText(found, t);
  if (Object.keys(found).length === 0) return <span className="muted small">{words}</span>;
  return (
    <Link className="small" to="/network/reconciliation" search={{ agreement, day }} hash="breaks">
      {words}
    </Link>
  );
}
