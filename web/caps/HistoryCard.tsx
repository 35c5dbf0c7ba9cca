// How one wallet stood over time, against what it might owe.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import { Choices } from '../shared/Choices.tsx';
import type { CapHistory, CappedWallet } from '../shared/caps-contract.ts';
import { capHistoryQuery } from '../shared/caps-queries.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import styles from './caps.module.css';
import { historyPlot } from './draw.ts';

const spans = { hour: 1, day: 24, week: 24 * 7, month: 24 * 30 } as const;
type Span = keyof typeof spans;
const box = { width: 600, height: 200 };

export function HistoryCard({ wallet }: { wallet: CappedWallet }) {
  const { t } = useWords();
  const [span, setSpan] = useState<Span>('day');
  const history = useQuery(capHistoryQuery(wallet.participantId, spans[span]));
  return (
    <section className="card stack" aria-labelledby="history">
      <div className={styles.cardHead}>
        <h2 id="history">{t('caps.history', { name: wallet.name })}</h2>
        <Choices
          size="small"
          label={t('fx.span')}
          all={Object.keys(spans) as Span[]}
          chosen={span}
          words={(each) => t(`fx.spans.${each}`)}
          choose={setSpan}
        />
      </div>
      {history.data !== undefined ? (
        <Picture history={history.data} />
      ) : (
        <NotYet inCard error={history.error} retry={history.refetch} lines={5} height={36} />
      )}
    </section>
  );
}

function Picture({ history }: { history: CapHistory }) {
  const { t, locale } = useWords();
  const { points, currency, name, from, to } = history;
  const plot = historyPlot(points, history, box);
  if (plot === undefined) return <Nothing title={t('caps.noHistory')} />;
  return (
    <div className={styles.plot}>
      <span className="figure muted small">
        {moneyText({ currency, value: plot.highest }, locale)}
      </span>
      <svg
        viewBox={`0 -3 ${box.width} ${box.height + 6}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('caps.plotLabel', { name })}
      >
        <path d={plot.owed} fill="var(--indigo)" fillOpacity="0.85" />
        <path
          d={plot.cap}
          fill="none"
          stroke="var(--teal)"
          strokeWidth="2"
          strokeDasharray="6 5"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={plot.most}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <p className="ends muted small">
        <span>{momentText(from, locale)}</span>
        <span>{momentText(to, locale)}</span>
      </p>
      <ul className={`legend ${styles.parts}`}>
        <li data-part="owed">{t('caps.plot.owed')}</li>
        <li data-part="most">{t('caps.plot.most')}</li>
        {plot.cap !== '' && <li data-part="capLine">{t('caps.plot.cap')}</li>}
      </ul>
    </div>
  );
}
