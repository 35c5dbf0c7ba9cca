// A day's close step by step: closing days, who owes whom, and each batch on its way to the bank.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PersonHead } from '../session/PersonHead.tsx';
import { usePerson } from '../session/session.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import type { SettlementBatch } from '../shared/settlement-contract.ts';
import { settlementQuery } from '../shared/settlement-queries.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { ClosingCard } from './ClosingCard.tsx';
import { FilesCard } from './FilesCard.tsx';
import { SettlementBatchCard } from './SettlementBatchCard.tsx';
import { SettlementMatrix } from './SettlementMatrix.tsx';
import { StatementCard } from './StatementCard.tsx';
import styles from './settlement.module.css';

export function SettlementPage() {
  const { t } = useWords();
  usePageTitle(t('settlement.title'));
  const who = usePerson();
  const { data, error, refetch } = useQuery(settlementQuery);
  return (
    <div className="page">
      <PersonHead title={t('settlement.title')} about={t('settlement.about')} who={who} />
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : (
        <>
          <ClosingCard settlement={data} person={who.person} />
          <SettlementMatrix agreements={data.agreements} />
          <Batches batches={data.batches} person={who.person} today={data.today} />
          <StatementCard person={who.person} />
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
