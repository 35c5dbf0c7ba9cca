// One dispute of a participant: what happened, the files, the money, and the form of the answer.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Files, Money, Story } from '../network/DisputePage.tsx';
import { ClockLine, DisputeTag } from '../network/DisputesPage.tsx';
import { sessionQuery } from '../session/session.ts';
import { Amount } from '../shared/Amount.tsx';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { NotYet } from '../shared/states.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { ownDisputeQuery } from './own.ts';
import styles from './participant.module.css';

export function OwnDispute() {
  const { t } = useWords();
  const { disputeId } = useParams({ from: '/participant/disputes/$disputeId' });
  usePageTitle(`${t('disputes.one')} ${disputeId}`);
  const { data, error, refetch } = useQuery(ownDisputeQuery(disputeId));
  const session = useQuery(sessionQuery);
  return (
    <div className="page">
      <Link to="/participant/disputes" className="row">
        <Icon name="back" size={18} /> {t('participant.section.disputes')}
      </Link>
      {data === undefined ? (
        <NotYet whole error={error} retry={refetch} lines={8} height={50} />
      ) : (
        <>
          <header className={styles.top}>
            <div>
              <div className="row">
                <h1>{t(`disputes.kind.${data.kind}`)}</h1>
                <DisputeTag state={data.state} />
              </div>
              <p className="muted">
                {data.merchantName} · {data.walletName} · {data.acquirerName}
              </p>
              <p className="mono small muted">{data.disputeId}</p>
              <ClockLine dispute={data} />
            </div>
            <div className={styles.right}>
              <span className="eyebrow">
                {t(data.claimed === null ? 'disputes.paid' : 'disputes.claimed')}
              </span>
              <Amount money={data.claimed ?? data.paid} size="large" />
            </div>
          </header>
          {data.answeredAt === null && session.data?.participant?.id === data.acquirerId && (
            <AnswerForm dispute={data} />
          )}
          <section className="card stack" aria-labelledby="story">
            <h2 id="story">{t('disputes.story')}</h2>
            <Story detail={data} />
          </section>
          <Files detail={data} />
          {data.promised !== null && (
            <section className="card stack" aria-labelledby="money">
              <h2 id="money">{t('disputes.money')}</h2>
              <Money detail={data} />
            </section>
          )}
        </>
      )}
    </div>
  );
}
