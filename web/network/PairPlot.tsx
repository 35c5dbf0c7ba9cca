// How the middle price of one pair moved: a line, its highest and lowest, and the change.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { percentText, rateLine, readablePrice } from '../shared/amount.ts';
import { Choices } from '../shared/Choices.tsx';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { pairHistoryQuery } from '../shared/queries.ts';
import type { PairHistory } from '../shared/rates-contract.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { movedPercent, plotOf } from './plot.ts';
import styles from './rates.module.css';

const spans = { hour: 1, day: 24, week: 24 * 7, month: 24 * 30 } as const;
type Span = keyof typeof spans;
const box = { width: 600, height: 200 };

export function PairPlot({ pair }: { pair: string }) {
  const { t } = useWords();
  const [span, setSpan] = useState<Span>('day');
  const history = useQuery(pairHistoryQuery(pair, spans[span]));
  const { data } = history;
  return (
    <section className="card stack" aria-labelledby="plot">
      <div className={styles.plotHead}>
        <h2 id="plot">{t('fx.history', { pair })}</h2>
        <Choices
          size="small"
          label={t('fx.span')}
          all={Object.keys(spans) as Span[]}
          chosen={span}
          words={(each) => t(`fx.spans.${each}`)}
          choose={setSpan}
        />
      </div>
      {data !== undefined ? (
        <Line history={data} />
      ) : (
        <NotYet inCard error={history.error} retry={history.refetch} lines={5} height={36} />
      )}
    </section>
  );
}

function Line({ history }: { history: PairHistory }) {
  const { t, locale } = useWords();
  const { pair, points, mid } = history;
  const plot = plotOf(points, history, box);
  if (plot === undefined) return <Nothing title={t('fx.noHistory')} />;
  const moved = movedPercent(points);
  return (
    <>
      <p className={styles.now}>
        <strong className="figure">{mid === null ? t('fx.noMid') : rateLine(pair, mid)}</strong>
        {moved !== undefined && <span className="figure muted">{percentText(moved, locale)}</span>}
      </p>
      <div className={styles.plot}>
        <span className="figure muted small">{readablePrice(pair, plot.highest)}</span>
        <svg
          viewBox={`-8 -8 ${box.width + 16} ${box.height + 16}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('fx.plotLabel', {
            pair,
            lowest: readablePrice(pair, plot.lowest),
            highest: readablePrice(pair, plot.highest),
          })}
        >
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              x1="0"
              x2={box.width}
              y1={part * box.height}
              y2={part * box.height}
              stroke="var(--line)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <path
            d={plot.dots}
            stroke="var(--indigo)"
            strokeWidth="7"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={plot.line}
            fill="none"
            stroke="var(--indigo)"
            strokeWidth="2"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {plot.lowest !== plot.highest && (
          <span className="figure muted small">{readablePrice(pair, plot.lowest)}</span>
        )}
      </div>
      <p className="ends muted small">
        <span>{momentText(history.from, locale)}</span>
        <span>{momentText(history.to, locale)}</span>
      </p>
    </>
  );
}
