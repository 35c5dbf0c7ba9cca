// The limits on persons: every dated set of rules, and how near people get to each limit.
import { useQuery } from '@tanstack/react-query';
import { percentText } from '../shared/amount.ts';
import { marketName, usePageTitle, useWords } from '../shared/language.ts';
import type { LimitRow, LimitSetRow } from '../shared/limits-contract.ts';
import { dayText } from '../shared/moment.ts';
import { limitsQuery } from '../shared/queries.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { boundText, nearnessOf } from './limit-words.ts';
import styles from './limits.module.css';

const tones = { in_force: 'paid', coming: 'unknown', past: 'plain' } as const;

export function LimitsPage() {
  const { t } = useWords();
  usePageTitle(t('limits.title'));
  const { data, error, refetch } = useQuery(limitsQuery);
  return (
    <div className="page">
      <header>
        <h1>{t('limits.title')}</h1>
        <p className="muted">{t('limits.about')}</p>
        {data !== undefined && (
          <p className="muted small">{t('limits.version', { version: data.version })}</p>
        )}
      </header>
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : data.sets.length === 0 ? (
        <div className="card">
          <Nothing title={t('limits.none')}>{t('limits.noneHelp')}</Nothing>
        </div>
      ) : (
        <ul className={styles.sets}>
          {data.sets.map((set) => (
            <SetCard key={`${set.counter} ${set.effectiveFrom} ${set.wallets}`} set={set} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SetCard({ set }: { set: LimitSetRow }) {
  const { t, locale } = useWords();
  const comma = locale.startsWith('zh') ? '、' : ', ';
  const day = (time: string) => dayText(time.slice(0, 10), locale);
  const from = t('limits.from', { day: day(set.effectiveFrom) });
  return (
    <li className={`card ${styles.set}`} data-state={set.state}>
      <div className={styles.head}>
        <h2>{locale.startsWith('zh') ? set.title.zh : set.title.en}</h2>
        <Tag tone={tones[set.state]}>{t(`limits.state.${set.state}`)}</Tag>
      </div>
      <p className="muted small">
        <code>{set.counter}</code>{' '}
        {set.effectiveUntil === null
          ? from
          : t('limits.span', { from, until: day(set.effectiveUntil) })}
      </p>
      <dl className={styles.scope}>
        <div>
          <dt>{t('limits.where')}</dt>
          <dd>{set.region === null ? t('limits.everywhere') : marketName(set.region, locale)}</dd>
        </div>
        <div>
          <dt>{t('limits.codes')}</dt>
          <dd>
            {set.codeKinds?.map((kind) => t(`limits.code.${kind}`)).join(comma) ??
              t('limits.anyCode')}
          </dd>
        </div>
        <div>
          <dt>{t('limits.who')}</dt>
          <dd>{set.wallets?.join(comma) ?? t('limits.anyWallet')}</dd>
        </div>
      </dl>
      <ul className={styles.limits}>
        {set.limits.map((limit) => (
          <LimitLine key={`${limit.per} ${limit.of}`} limit={limit} currency={set.currency} />
        ))}
      </ul>
    </li>
  );
}

function LimitLine({ limit, currency }: { limit: LimitRow; currency: string }) {
  const { t, locale } = useWords();
  const most =
    limit.of === 'count'
      ? t('limits.payments', { count: Number(limit.most) })
      : boundText(currency, limit.most, locale);
  return (
    <li>
      <p>
        <strong className="figure">{most}</strong> {t(`limits.per.${limit.per}`)}
      </p>
      {limit.people !== null && <Histogram people={limit.people} />}
    </li>
  );
}

/** People by tenth of the limit; from 80 % on the bars are amber, at the limit red. */
function Histogram({ people }: { people: readonly number[] }) {
  const { t, locale } = useWords();
  const { all, near, full, highest } = nearnessOf(people);
  if (all === 0) return <p className="muted small">{t('limits.nobody')}</p>;
  const count = (number: number) => number.toLocaleString(locale);
  const words = t('limits.chart', { people: count(all), near: count(near), full: count(full) });
  return (
    <figure className={styles.chart}>
      <svg viewBox="0 0 220 56" role="img" aria-label={words} preserveAspectRatio="none">
        {people.map((number, tenth) => {
          const height = number === 0 ? 1 : Math.max(3, (number / highest) * 52);
          const name = tenth === 10 ? 'full' : tenth >= 8 ? 'near' : 'far';
          const key = `${tenth * 10}%`;
          return (
            <rect
              key={key}
              data-name={name}
              x={tenth * 20 + 2}
              y={56 - height}
              width={16}
              height={height}
              rx={2}
            >
              <title>{`${key}: ${count(number)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        {['0', '80', '100'].map((each) => (
          <span key={each}>{percentText(each, locale)}</span>
        ))}
      </div>
      <figcaption className="small">{words}</figcaption>
    </figure>
  );
}
