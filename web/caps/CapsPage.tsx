// Caps: what every wallet may owe and owes, its deposit, alerts, and changes by two persons.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PersonHead } from '../session/PersonHead.tsx';
import { usePerson } from '../session/session.ts';
import type { Caps } from '../shared/caps-contract.ts';
import { capsQuery } from '../shared/caps-queries.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { AlertsCard, OpenAlerts } from './AlertsCard.tsx';
import { ChangesCard } from './ChangesCard.tsx';
import styles from './caps.module.css';
import { HistoryCard } from './HistoryCard.tsx';
import { ProposalForm } from './ProposalForm.tsx';
import { WalletsCard } from './WalletsCard.tsx';

export function CapsPage() {
  const { t } = useWords();
  usePageTitle(t('caps.title'));
  const who = usePerson();
  const { data, error, refetch } = useQuery(capsQuery);
  return (
    <div className="page">
      <PersonHead title={t('caps.title')} about={t('caps.about')} who={who} />
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : (
        <Content caps={data} person={who.person} />
      )}
    </div>
  );
}

function Content({ caps, person }: { caps: Caps; person: string }) {
  const { t } = useWords();
  const [chosen, choose] = useState<string>();
  const wallets = [...caps.wallets].sort(
    (a, b) =>
      (b.usedBasisPoints ?? -1) - (a.usedBasisPoints ?? -1) ||
      Number(b.deposit.value !== '0') - Number(a.deposit.value !== '0') ||
      a.name.localeCompare(b.name),
  );
  const wallet = wallets.find(({ participantId }) => participantId === chosen) ?? wallets[0];
  if (wallet === undefined) {
    return (
      <div className="card">
        <Nothing title={t('caps.nobody')}>{t('caps.nobodyHelp')}</Nothing>
      </div>
    );
  }
  return (
    <>
      <OpenAlerts alerts={caps.alerts} />
      <WalletsCard wallets={wallets} chosen={wallet.participantId} choose={choose} />
      <div className={styles.columns}>
        <HistoryCard wallet={wallet} />
        <ProposalForm key={wallet.participantId} wallet={wallet} person={person} />
      </div>
      <ChangesCard changes={caps.changes} person={person} />
      <AlertsCard alerts={caps.alerts} />
    </>
  );
}
