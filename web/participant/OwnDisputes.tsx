// A participant's disputes: what a wallet has asked, what an acquirer has to answer, until when.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ClockLine, DisputeTag } from '../network/DisputesPage.tsx';
import { Amount } from '../shared/Amount.tsx';
import { Choices } from '../shared/Choices.tsx';
import type { DisputeGroup } from '../shared/dispute-contract.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { OwnPage } from './OwnPage.tsx';
import { ownDisputesQuery } from './own.ts';
import styles from './participant.module.css';

const groups = ['open', 'overdue', 'closed'] as const satisfies readonly DisputeGroup[];

export function OwnDisputes() {
  const { t, locale } = useWords();
  const [group, setGroup] = useState<DisputeGroup>('open');
  const query = useQuery(ownDisputesQuery(group));
  const counts = query.data?.counts;
  return (
    <OwnPage
      title={t('participant.section.disputes')}
      about={t('participant.disputesAbout')}
      tools={
        <Choices
          label={t('network.state')}
          all={groups}
          chosen={group}
          words={(each) => t(`disputes.group.${each}`)}
          count={(each) => counts?.[each]}
          choose={setGroup}
        />
      }
      query={query}
    >
      {({ disputes }) => (
        <section className="card" aria-label={t('participant.section.disputes')}>
          {disputes.length === 0 ? (
            <Nothing title={t(`disputes.none.${group}`)}>{t('disputes.noneHelp')}</Nothing>
          ) : (
            <ul className={styles.rows}>
              {disputes.map((dispute) => (
                <li key={dispute.disputeId}>
                  <div>
                    <span className="row">
                      <Link
                        to="/participant/disputes/$disputeId"
                        params={{ disputeId: dispute.disputeId }}
                      >
                        <strong>{t(`disputes.kind.${dispute.kind}`)}</strong>
                      </Link>
                      <DisputeTag state={dispute.state} />
                    </span>
                    <span>
                      {dispute.merchantName} · {dispute.walletName} · {dispute.acquirerName}
                    </span>
                    <span className="small muted">{momentText(dispute.createdAt, locale)}</span>
                    <ClockLine dispute={dispute} />
                  </div>
                  <div className={styles.right}>
                    <span className="eyebrow">
                      {t(dispute.claimed === null ? 'disputes.paid' : 'disputes.claimed')}
                    </span>
                    <Amount money={dispute.claimed ?? dispute.paid} size="medium" />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </OwnPage>
  );
}
