// Today's rates: the mid rate, the spread by its name, and what a visitor pays.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { percentOfBasisPoints, percentText, readablePrice } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import { ratesQuery } from '../shared/queries.ts';
import { Nothing, TroubleLine, Waiting } from '../shared/states.tsx';
import styles from './network.module.css';

/** The pairs of the first acquirer's currency; the others are a press away. */
const firstShown = 10;

export function RatesCard({ poll }: { poll: number | false }) {
  const { t, locale } = useWords();
  const { data, error } = useQuery({ ...ratesQuery, refetchInterval: poll });
  const [all, setAll] = useState(false);
  const rates = data?.rates ?? [];
  return (
    <section className="card stack" aria-labelledby="rates">
      <div>
        <div className="spread">
          <h2 id="rates">{t('network.rates')}</h2>
          <Link to="/network/rates">{t('fx.open')}</Link>
        </div>
        {data !== undefined && (
          <p className="muted small">
            {t('start.rates', { day: dayText(data.date, locale) })} {data.source}
          </p>
        )}
      </div>
      {data === undefined && (error !== null ? <TroubleLine /> : <Waiting lines={4} />)}
      {data?.rates.length === 0 && <Nothing title={t('network.noRates')} />}
      {rates.length > 0 && (
        <table className={`${figures.table} ${styles.rates}`}>
          <thead>
            <tr>
              <th scope="col">{t('network.pair')}</th>
              <th scope="col">{t('network.mid')}</th>
              <th scope="col">{t('network.spread')}</th>
              <th scope="col">{t('network.customer')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {(all ? rates : rates.slice(0, firstShown)).map((rate) => (
              <tr key={`${rate.pair} ${rate.spreadBasisPoints}`}>
                <th scope="row">{rate.pair}</th>
                <td title={rate.mid}>{readablePrice(rate.pair, rate.mid)}</td>
                <td>{percentText(percentOfBasisPoints(rate.spreadBasisPoints), locale)}</td>
                <td title={rate.customer}>{readablePrice(rate.pair, rate.customer)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!all && rates.length > firstShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('network.allRates', { count: rates.length })}
        </Button>
      )}
    </section>
  );
}
