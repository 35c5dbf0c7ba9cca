// A participant's statement: opening balance, every movement with the balance after it, closing.
import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing } from '../shared/states.tsx';
import { OwnPage } from './OwnPage.tsx';
import { ownStatementQuery, type OwnStatement as Statement } from './own.ts';
import styles from './participant.module.css';

export function OwnStatement() {
  const { t } = useWords();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const query = useQuery({ ...ownStatementQuery(from, to), placeholderData: keepPreviousData });
  const { data } = query;
  return (
    <OwnPage
      title={t('participant.section.statement')}
      about={t('participant.statementAbout')}
      tools={
        <div className={styles.tools}>
          <TextInput
            type="date"
            label={t('participant.from')}
            value={from === '' ? (data?.from ?? '') : from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('participant.to')}
            value={to === '' ? (data?.to ?? '') : to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
      }
      query={query}
    >
      {({ statements }) =>
        statements.map((each) => <One key={each.agreementId} statement={each} />)
      }
    </OwnPage>
  );
}

function One({ statement }: { statement: Statement }) {
  const { t, locale } = useWords();
  const { agreementId, opening, lines, closing } = statement;
  return (
    <section className="card stack" aria-label={agreementId}>
      <h2 className="mono">{agreementId}</h2>
      <p className="spread">
        <span>{t('participant.opening')}</span>
        <strong className="figure">{moneyText(opening, locale)}</strong>
      </p>
      {lines.length === 0 ? (
        <Nothing title={t('participant.noLines')} />
      ) : (
        <div className="sideways">
          <table className={`${figures.tall} ${styles.table} ${stacked.stacked}`}>
            <thead>
              <tr>
                <th scope="col">{t('participant.day')}</th>
                <th scope="col">{t('participant.amount')}</th>
                <th scope="col">{t('participant.balance')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={`${line.reference} ${line.bankReference} ${line.balance.value}`}>
                  <th scope="row">
                    {dayText(line.day, locale)} · {t(`participant.line.${line.kind}`)}
                    <span className="mono small muted">
                      {line.reference}
                      {line.bankReference !== null && ` · ${line.bankReference}`}
                    </span>
                    {line.kind === 'SETTLEMENT' && (
                      <span className="small muted">
                        {t('participant.value', { day: dayText(line.valueDay, locale) })}
                      </span>
                    )}
                  </th>
                  <td className="figure" data-label={t('participant.amount')}>
                    {moneyText(line.amount, locale)}
                  </td>
                  <td className="figure" data-label={t('participant.balance')}>
                    {moneyText(line.balance, locale)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="spread">
        <span>{t('participant.closing')}</span>
        <strong className="figure">{moneyText(closing, locale)}</strong>
      </p>
    </section>
  );
}
