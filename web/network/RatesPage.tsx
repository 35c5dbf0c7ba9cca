// Rates for the operator: what needs a person, how a pair moved, every corridor, and who did what.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { percentOfBasisPoints, percentText, readablePrice } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { usePageTitle, useWords } from '../shared/language.ts';
import { ratesDeskQuery } from '../shared/queries.ts';
import type { Corridor, RatesDesk } from '../shared/rates-contract.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { PairPlot } from './PairPlot.tsx';
import { Attention, LastActs, Sources, Spreads } from './RatesLists.tsx';
import styles from './rates.module.css';

export function RatesPage() {
  const { t } = useWords();
  usePageTitle(t('fx.title'));
  const desk = useQuery(ratesDeskQuery);
  return (
    <div className="page">
      <header className={styles.head}>
        <div>
          <h1>{t('fx.title')}</h1>
          <p className="muted">{t('fx.about')}</p>
        </div>
        <Link to="/network/positions">{t('fx.toPositions')}</Link>
      </header>
      {desk.data === undefined ? (
        <NotYet error={desk.error} retry={desk.refetch} />
      ) : (
        <Desk desk={desk.data} />
      )}
    </div>
  );
}

function Desk({ desk }: { desk: RatesDesk }) {
  const { t } = useWords();
  const [chosen, choose] = useState<string>();
  const pair = chosen ?? desk.corridors[0]?.pair;
  return (
    <>
      <Attention desk={desk} />
      {pair === undefined ? (
        <div className="card">
          <Nothing title={t('fx.noCorridors')}>{t('fx.noCorridorsHelp')}</Nothing>
        </div>
      ) : (
        <div className={styles.columns}>
          <PairPlot pair={pair} />
          <Corridors corridors={desk.corridors} pair={pair} choose={choose} />
        </div>
      )}
      <div className={styles.columns}>
        <Sources sources={desk.sources} />
        <Spreads spreads={desk.spreads} />
      </div>
      <LastActs events={desk.events} />
    </>
  );
}

const tones = {
  live: 'paid',
  frozen: 'not-paid',
  too_old: 'unknown',
  no_rate: 'unknown',
} as const satisfies Record<Corridor['state'], Tone>;

function Corridors(props: {
  corridors: readonly Corridor[];
  pair: string;
  choose: (pair: string) => void;
}) {
  const { t } = useWords();
  return (
    <section className="card stack sideways" aria-labelledby="corridors">
      <h2 id="corridors">{t('fx.corridors')}</h2>
      <table className={`${figures.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('fx.pair')}</th>
            <th scope="col">{t('fx.mid')}</th>
            <th scope="col">{t('fx.spread')}</th>
            <th scope="col">{t('fx.customer')}</th>
          </tr>
        </thead>
        <tbody className="figure">
          {props.corridors.map((corridor) => (
            <tr key={corridor.pair} data-chosen={corridor.pair === props.pair}>
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={corridor.pair === props.pair}
                  onClick={() => props.choose(corridor.pair)}
                >
                  {corridor.pair}
                </button>
              </th>
              <td title={corridor.mid ?? undefined}>
                {corridor.mid === null ? '–' : readablePrice(corridor.pair, corridor.mid)}
              </td>
              <Prices corridor={corridor} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One price where all wallets have the same spread; a line each where they differ. */
function Prices({ corridor }: { corridor: Corridor }) {
  const { t, locale } = useWords();
  if (corridor.state !== 'live') {
    return (
      <td colSpan={2}>
        <Tag tone={tones[corridor.state]}>{t(`fx.state.${corridor.state}`)}</Tag>
      </td>
    );
  }
  const spreads = new Set(corridor.wallets.map(({ spreadBasisPoints }) => spreadBasisPoints));
  const shown = spreads.size > 1 ? corridor.wallets : corridor.wallets.slice(0, 1);
  return (
    <>
      <td>
        {shown.map(({ id, name, spreadBasisPoints }) => (
          <div key={id} title={name}>
            {spreads.size > 1 && <span className="muted small">{name} </span>}
            {percentText(percentOfBasisPoints(spreadBasisPoints ?? 0), locale)}
          </div>
        ))}
      </td>
      <td>
        {shown.map(({ id, customer }) => (
          <div key={id} title={customer ?? undefined}>
            {customer === null ? '–' : readablePrice(corridor.pair, customer)}
          </div>
        ))}
      </td>
    </>
  );
}
