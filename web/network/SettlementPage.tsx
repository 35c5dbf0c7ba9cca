// A day's close step by step: closing days, who owes whom, and each batch on its way to the bank.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePerson } from '../session/session.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import type { SettlementBatch } from '../shared/settlement-contract.ts';
import { settlementQuery } from '../shared/settlement-queries.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import { ClosingCard } from './ClosingCard.tsx';
import { FilesCard } from './FilesCard.tsx';
import { SettlementBatchCard } from './SettlementBatchCard.tsx';
import { SettlementMatrix } from './SettlementMatrix.tsx';
import { StatementCard } from './StatementCard.tsx';
import styles from './settlement.module.css';

export function SettlementPage() {
  const { t } = useWords();
  usePageTitle(t('settlement.title'));
  const { person, typed, setTyped, isSignedIn } = usePerson();
  const { data, error, refetch } = useQuery(settlementQuery);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <div>
          <h1>{t('settlement.title')}</h1>
          <p className="muted">{t('settlement.about')}</p>
        </div>
        {!isSignedIn && (
          <TextInput
            className={styles.person ?? ''}
            label={t('settlement.person')}
            description={t('settlement.personHelp')}
            value={typed}
            maxLength={64}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </header>
      {data === undefined ? (
        <div className="card">
          {error !== null ? (
            <Trouble error={error} retry={() => void refetch()} />
          ) : (
            <Waiting lines={6} height={40} />
          )}
        </div>
      ) : (
        <>
          <ClosingCard settlement={data} person={person} />
          <SettlementMatrix agreements={data.agreements} />
          <Batches batches={data.batches} person={person} today={data.today} />
          <StatementCard person={person} />
          <FilesCard agreements={data.agreements} />
        </>
      )}
    </div>
  );
}

const firstShown = 10;

function Batches(props: { batches: readonly SettlementBatch[]; person: string; today: string }) {
  const { batches, person, today } = props;
  const { t } = useWords();
  const [shown, setShown] = useState(firstShown);
  // What still waits for a step comes before what is finished.
  const sorted = [...batches].sort(
    (a, b) => Number(a.state === 'FINISHED') - Number(b.state === 'FINISHED'),
  );
  return (
    <section className="stack" aria-labelledby="batches">
      <h2 id="batches">{t('settlement.batches')}</h2>
      {batches.length === 0 ? (
        <div className="card">
          <Nothing title={t('settlement.noBatches')}>{t('settlement.noBatchesHelp')}</Nothing>
        </div>
      ) : (
        <ol className={styles.batches}>
          {sorted.slice(0, shown).map((batch) => (
            <SettlementBatchCard
              key={batch.settlementBatchId}
              batch={batch}
              person={person}
              today={today}
            />
          ))}
        </ol>
      )}
      {batches.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + 20)}>
          {t('states.more')}
        </Button>
      )}
    </section>
  );
}
