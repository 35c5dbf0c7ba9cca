// Currency positions: how exposed the network is in each currency, and what each corridor earned.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { amountText, moneyText } from '../shared/amount.ts';
import { Choices } from '../shared/Choices.tsx';
import type { WireMoney } from '../shared/contract.ts';
import figures from '../shared/figures.module.css';
import { usePageTitle, useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { exposureQuery } from '../shared/queries.ts';
import type { Exposure } from '../shared/rates-contract.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing, NotYet } from '../shared/states.tsx';
import { barPart } from './plot.ts';
import styles from './rates.module.css';

const spans = { day: 1, week: 7, month: 30 } as const;
type Span = keyof typeof spans;

export function PositionsPage() {
  const { t } = useWords();
  usePageTitle(t('exposure.title'));
  const [span, setSpan] = useState<Span>('day');
  const exposure = useQuery(exposureQuery(spans[span]));
  const { data } = exposure;
  return (
    <div className="page">
      <header className={styles.head}>
        <div>
          <h1>{t('exposure.title')}</h1>
          <p className="muted">{t('exposure.about')}</p>
        </div>
        <Link to="/network/rates">{t('exposure.toRates')}</Link>
      </header>
      {data === undefined ? (
        <NotYet error={exposure.error} retry={exposure.refetch} />
      ) : (
        <>
          <Currencies exposure={data} />
          <Results exposure={data} span={span} setSpan={setSpan} />
        </>
      )}
    </div>
  );
}

/** A bar to the right is what the network is long, to the left what it is short. */
function Bar({ value, all }: { value: WireMoney | null; all: readonly string[] }) {
  const part = value === null ? 0 : barPart(value.value, all);
  return (
    <svg
      className={styles.bar}
      viewBox="-50 0 100 10"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect x="-50" width="100" height="10" fill="var(--paper)" />
      <rect
        x={part < 0 ? part * 50 : 0}
        width={Math.abs(part) * 50}
        height="10"
        fill={part < 0 ? 'var(--unknown-bright)' : 'var(--indigo)'}
      />
      <line y1="0" y2="10" stroke="var(--ink-3)" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function Currencies({ exposure }: { exposure: Exposure }) {
  const { t, locale } = useWords();
  const moved = exposure.currencies.filter(
    ({ owedToUs, owedByUs, fees }) =>
      ![owedToUs, owedByUs, fees].every(({ value }) => value === '0'),
  );
  const all = moved.map(({ valued }) => valued?.value ?? '0');
  return (
    <section className="card stack sideways" aria-labelledby="currencies">
      <div>
        <h2 id="currencies">{t('exposure.currencies')}</h2>
        <p className="muted small">
          {t('exposure.currenciesHelp', { currency: exposure.currency })}
        </p>
      </div>
      {moved.length === 0 ? (
        <Nothing title={t('exposure.none')}>{t('exposure.noneHelp')}</Nothing>
      ) : (
        <table className={`${figures.table} ${styles.table} ${stacked.stacked}`}>
          <thead>
            <tr>
              <th scope="col">{t('exposure.currency')}</th>
              <th scope="col" className={styles.barColumn}>
                {t('exposure.shortLong')}
              </th>
              <th scope="col">{t('exposure.exposure')}</th>
              <th scope="col">{t('exposure.in', { currency: exposure.currency })}</th>
              <th scope="col">{t('exposure.owedToUs')}</th>
              <th scope="col">{t('exposure.owedByUs')}</th>
              <th scope="col">{t('exposure.stock')}</th>
              <th scope="col">{t('exposure.earned')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {moved.map((each) => (
              <tr key={each.currency}>
                <th scope="row">{each.currency}</th>
                <td data-whole data-label={t('exposure.shortLong')}>
                  <Bar value={each.valued} all={all} />
                </td>
                <td data-label={t('exposure.exposure')}>
                  <strong>{amountText(each.exposure, locale)}</strong>
                </td>
                <td data-label={t('exposure.in', { currency: exposure.currency })}>
                  {each.valued === null ? '–' : amountText(each.valued, locale)}
                </td>
                <td data-label={t('exposure.owedToUs')}>{amountText(each.owedToUs, locale)}</td>
                <td data-label={t('exposure.owedByUs')}>{amountText(each.owedByUs, locale)}</td>
                <td data-label={t('exposure.stock')}>{amountText(each.stock, locale)}</td>
                <td data-label={t('exposure.earned')}>{amountText(earned(each), locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function earned(each: Exposure['currencies'][number]): WireMoney {
  const { currency, spread, rounding, fees } = each;
  const value = BigInt(spread.value) + BigInt(rounding.value) + BigInt(fees.value);
  return { currency, value: value.toString() };
}

function Results(props: { exposure: Exposure; span: Span; setSpan: (span: Span) => void }) {
  const { exposure, span, setSpan } = props;
  const { t, locale } = useWords();
  const all = exposure.corridors.map(({ valued }) => valued?.value ?? '0');
  return (
    <section className="card stack sideways" aria-labelledby="results">
      <div className={styles.plotHead}>
        <div>
          <h2 id="results">{t('exposure.results')}</h2>
          <p className="muted small">
            {t('exposure.resultsHelp', { from: momentText(exposure.from, locale) })}
          </p>
        </div>
        <Choices
          size="small"
          label={t('fx.span')}
          all={Object.keys(spans) as Span[]}
          chosen={span}
          words={(each) => t(`exposure.spans.${each}`)}
          choose={setSpan}
        />
      </div>
      {exposure.corridors.length === 0 ? (
        <Nothing title={t('exposure.noResults')}>{t('exposure.noneHelp')}</Nothing>
      ) : (
        <table className={`${figures.table} ${styles.table} ${stacked.stacked}`}>
          <thead>
            <tr>
              <th scope="col">{t('fx.pair')}</th>
              <th scope="col" className={styles.barColumn}>
                {t('exposure.in', { currency: exposure.currency })}
              </th>
              <th scope="col">{t('exposure.total')}</th>
              <th scope="col">{t('fx.spread')}</th>
              <th scope="col">{t('exposure.rounding')}</th>
              <th scope="col">{t('exposure.market')}</th>
              <th scope="col">{t('exposure.effects')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {exposure.corridors.map(({ pair, result, valued, effects }) => (
              <tr key={pair}>
                <th scope="row">{pair}</th>
                <td data-whole data-label={t('exposure.in', { currency: exposure.currency })}>
                  <div className={styles.barred}>
                    <Bar value={valued} all={all} />
                    <span>{valued === null ? t('fx.noMid') : amountText(valued, locale)}</span>
                  </div>
                </td>
                <td data-label={t('exposure.total')}>
                  <strong>{result === null ? '–' : moneyText(result.total, locale)}</strong>
                </td>
                <td data-label={t('fx.spread')}>
                  {result === null ? '–' : amountText(result.spread, locale)}
                </td>
                <td data-label={t('exposure.rounding')}>
                  {result === null ? '–' : amountText(result.rounding, locale)}
                </td>
                <td data-label={t('exposure.market')}>
                  {result === null ? '–' : amountText(result.market, locale)}
                </td>
                <td data-label={t('exposure.effects')}>{effects.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
