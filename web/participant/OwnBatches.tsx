// A participant's batches: what is settled when, and each clearing batch that it pays.
import { useQuery } from '@tanstack/react-query';
import { moneyText } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { OwnPage } from './OwnPage.tsx';
import { type OwnClearing, type OwnSettlement, ownBatchesQuery } from './own.ts';
import styles from './participant.module.css';

const places = ['open', 'cleared', 'settling', 'underWay'] as const;

export function OwnBatches() {
  const { t, locale } = useWords();
  const query = useQuery(ownBatchesQuery);
  return (
    <OwnPage
      title={t('participant.section.batches')}
      about={t('participant.batchesAbout')}
      query={query}
    >
      {({ agreements, settlements, clearing }) => (
        <>
          {agreements.map((each) => (
            <section key={each.agreementId} className="card stack">
              <h2 className="mono">{each.agreementId}</h2>
              <dl className={styles.facts}>
                {places.map((place) => (
                  <div key={place}>
                    <dt>{t(`settlement.place.${place}`)}</dt>
                    <dd className="figure">{moneyText(each[place], locale)}</dd>
                  </div>
                ))}
                {each.nextDay !== null && (
                  <div>
                    <dt>{t('settlement.next')}</dt>
                    <dd>{dayText(each.nextDay, locale)}</dd>
                  </div>
                )}
              </dl>
              <p className="small muted">
                {t('participant.terms', {
                  days: each.daysAfter,
                  minimum: moneyText(each.minimumAmount, locale),
                })}
              </p>
            </section>
          ))}
          <section className="card stack" aria-labelledby="settlements">
            <h2 id="settlements">{t('participant.settlements')}</h2>
            {settlements.length === 0 ? (
              <Nothing title={t('settlement.noBatches')}>{t('settlement.noBatchesHelp')}</Nothing>
            ) : (
              <ul className={styles.rows}>
                {settlements.map((batch) => (
                  <Settlement key={batch.settlementBatchId} batch={batch} />
                ))}
              </ul>
            )}
          </section>
          <section className="card stack" aria-labelledby="clearing">
            <h2 id="clearing">{t('participant.clearing')}</h2>
            {clearing.length === 0 ? (
              <Nothing title={t('participant.noClearing')}>
                {t('participant.noClearingHelp')}
              </Nothing>
            ) : (
              <Clearing batches={clearing} />
            )}
          </section>
        </>
      )}
    </OwnPage>
  );
}

function Settlement({ batch }: { batch: OwnSettlement }) {
  const { t, locale } = useWords();
  const { amount, state, steps, entries } = batch;
  const last = steps.at(-1);
  const isDone = state === 'CONFIRMED' || state === 'FINISHED';
  return (
    <li>
      <div>
        <strong className="mono">{batch.settlementBatchId}</strong>
        <span className="small">
          {t('settlement.valueDay', { day: dayText(batch.valueDay, locale) })}
        </span>
        {entries.map((entry) => (
          <span key={entry.bankReference} className="small muted">
            {t('settlement.entry', {
              reference: entry.bankReference,
              amount: moneyText(entry.amount, locale),
              day: dayText(entry.valueDay, locale),
            })}
          </span>
        ))}
      </div>
      <div className={styles.right}>
        <strong className="figure">
          {moneyText({ ...amount, value: amount.value.replace('-', '') }, locale)}
        </strong>
        <span className="small muted">
          {t(batch.direction === 'C' ? 'settlement.wePay' : 'participant.youPay')}
        </span>
        <span className="row">
          {batch.break !== null && (
            <Tag tone="not-paid">{t(`settlement.break.${batch.break.kind}`)}</Tag>
          )}
          <Tag tone={isDone ? 'paid' : 'unknown'}>{t(`settlement.state.${state}`)}</Tag>
        </span>
        {last !== undefined && <span className="small muted">{momentText(last.at, locale)}</span>}
      </div>
    </li>
  );
}

function Clearing({ batches }: { batches: readonly OwnClearing[] }) {
  const { t, locale } = useWords();
  return (
    <div className="sideways">
      <table className={`${figures.tall} ${styles.table} ${stacked.stacked}`}>
        <thead>
          <tr>
            <th scope="col">{t('participant.day')}</th>
            <th scope="col">{t('participant.net')}</th>
            <th scope="col">{t('participant.payments')}</th>
            <th scope="col">{t('participant.refunds')}</th>
            <th scope="col">{t('participant.paidBy')}</th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr key={batch.clearingBatchId}>
              <th scope="row">
                {dayText(batch.day, locale)}
                <span className="mono small muted">{batch.clearingBatchId}</span>
              </th>
              <td className="figure" data-label={t('participant.net')}>
                <strong>{moneyText(batch.net, locale)}</strong>
              </td>
              {(['payments', 'refunds'] as const).map((side) => (
                <td key={side} data-label={t(`participant.${side}`)}>
                  <span className="figure">{moneyText(batch[side].gross, locale)}</span>
                  <span className="small muted">
                    {t('settlement.items', { count: batch[side].count })}
                  </span>
                </td>
              ))}
              <td className="mono small" data-label={t('participant.paidBy')}>
                {batch.settlementBatchId ?? t('participant.notYet')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
