// Partners' files against ours: open breaks by age as a picture, the breaks, and the files.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import { Choices } from '../shared/Choices.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import {
  type Break,
  type BreakGroup,
  type BreakKind,
  breakKinds,
  type Reconciliation,
  type ReconciliationRun,
  reconciliationQuery,
} from '../shared/reconciliation-contract.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
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
  const [group, setGroup] = useState<BreakGroup>('open');
  const { data, error, refetch } = useQuery({
    ...reconciliationQuery(group),
    placeholderData: (before) => before,
  });
  return (
    <div className={lists.page}>
      <header>
        <h1>{t('reconciliation.title')}</h1>
        <p className="muted">{t('reconciliation.about')}</p>
      </header>
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : (
        <>
          <Ages ages={data.ages} />
          <section className="stack" aria-labelledby="breaks">
            <h2 id="breaks">{t('reconciliation.breaks')}</h2>
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
            <span className={styles.bar} aria-hidden="true">
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
        <ul className={styles.legend}>
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
                <span className="muted small">{foundText(run, t)}</span>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function foundText({ found }: ReconciliationRun, t: ReturnType<typeof useWords>['t']): string {
  const words = breakKinds
    .filter((kind) => found[kind] !== undefined)
    .map((kind) => `${t(`reconciliation.kind.${kind}`)} ${found[kind]}`);
  return words.length === 0 ? t('reconciliation.allMatched') : words.join(' · ');
}
