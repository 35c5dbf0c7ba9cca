// Closing clearing days: the day that is open, until when, and what closed days came to.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import { postJson } from '../shared/api.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { dayText, momentText, networkMomentText, useNow } from '../shared/moment.ts';
import { networkNow } from '../shared/network-time.ts';
import type { ClearingBatch, Settlement } from '../shared/settlement-contract.ts';
import { closedDayQuery } from '../shared/settlement-queries.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing, TroubleLine, Waiting } from '../shared/states.tsx';
import { SettlementProblem } from './SettlementProblem.tsx';
import styles from './settlement.module.css';

interface Closed {
  readonly days: readonly string[];
  readonly batches: readonly string[];
}

const firstShown = 5;

export function ClosingCard({ settlement, person }: { settlement: Settlement; person: string }) {
  const { t, locale } = useWords();
  const { openDay, closesAt, closesItselfAt, days } = settlement;
  const [shown, setShown] = useState(firstShown);
  const queries = useQueryClient();
  // Drawn again as the time goes on: the button waits for it.
  useNow();
  const close = useMutation({
    mutationFn: () => postJson<Closed>('/console/api/settlement/close', { by: person }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settlement'] }),
  });
  const isOver = closesAt !== null && networkNow() >= Date.parse(closesAt);
  return (
    <section className="card stack" aria-labelledby="closing">
      <h2 id="closing">{t('settlement.closing')}</h2>
      {openDay === null || closesAt === null ? (
        <Nothing title={t('settlement.nobody')} />
      ) : (
        <div className={styles.closing}>
          <p>
            {t('settlement.openDay', {
              day: dayText(openDay, locale),
              time: networkMomentText(closesAt, locale),
            })}
          </p>
          <Button
            disabled={!isOver || person === ''}
            loading={close.isPending}
            onClick={() => close.mutate()}
          >
            {t('settlement.close')}
          </Button>
        </div>
      )}
      {closesItselfAt !== null && (
        <p className="small muted">
          {t('settlement.closesItself', {
            time: networkMomentText(closesItselfAt, locale),
          })}
        </p>
      )}
      {isOver && person === '' && <p className="small muted">{t('settlement.namePlease')}</p>}
      {close.isError && <SettlementProblem error={close.error} />}
      {close.isSuccess && (
        <p className="small" role="status">
          {t('settlement.closedNow', {
            days: close.data.days.length,
            batches: close.data.batches.length,
          })}
        </p>
      )}
      {days.length > 0 && (
        <ul className={styles.days}>
          {days.slice(0, shown).map((each) => (
            <Day
              key={each.day}
              day={each.day}
              words={t('settlement.closedBy', {
                time: momentText(each.closedAt, locale),
                person: each.closedBy === 'timer' ? t('settlement.timer') : each.closedBy,
              })}
            />
          ))}
        </ul>
      )}
      {days.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + 14)}>
          {t('states.more')}
        </Button>
      )}
    </section>
  );
}

function Day({ day, words }: { day: string; words: string }) {
  const { locale } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <strong>{dayText(day, locale)}</strong> <span className="muted small">{words}</span>
        </summary>
        {open && <DayBatches day={day} />}
      </details>
    </li>
  );
}

function DayBatches({ day }: { day: string }) {
  const { t, locale } = useWords();
  const { data, error } = useQuery(closedDayQuery(day));
  if (data === undefined) return error !== null ? <TroubleLine /> : <Waiting lines={3} />;
  const fee = (batch: ClearingBatch, name: 'interchange' | 'serviceFee') => {
    const { currency } = batch.net;
    const value = BigInt(batch.payments[name].value) + BigInt(batch.refunds[name].value);
    return moneyText({ currency, value: String(value) }, locale);
  };
  return (
    <div className="sideways">
      <table className={`${figures.tall} ${styles.table} ${stacked.stacked}`}>
        <thead>
          <tr>
            <th scope="col">{t('settlement.participant')}</th>
            <th scope="col">{t('settlement.payments')}</th>
            <th scope="col">{t('settlement.refunds')}</th>
            <th scope="col">{t('settlement.interchange')}</th>
            <th scope="col">{t('settlement.serviceFee')}</th>
            <th scope="col">{t('settlement.net')}</th>
          </tr>
        </thead>
        <tbody>
          {data.batches.map((batch) => (
            <tr key={batch.clearingBatchId}>
              <th scope="row">
                {batch.participantName}
                <span className="mono small muted">{batch.clearingBatchId}</span>
              </th>
              {(['payments', 'refunds'] as const).map((side) => (
                <td key={side} data-label={t(`settlement.${side}`)}>
                  <span className="figure">{moneyText(batch[side].gross, locale)}</span>
                  <span className="small muted">
                    {t('settlement.items', { count: batch[side].count })}
                  </span>
                </td>
              ))}
              {(['interchange', 'serviceFee'] as const).map((name) => (
                <td key={name} className="figure" data-label={t(`settlement.${name}`)}>
                  {fee(batch, name)}
                </td>
              ))}
              <td className="figure" data-label={t('settlement.net')}>
                <strong>{moneyText(batch.net, locale)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
