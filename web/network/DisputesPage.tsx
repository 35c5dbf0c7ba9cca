// The disputes of the network: those that somebody must act on, those too late, those at rest.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { Choices } from '../shared/Choices.tsx';
import type { DisputeGroup, DisputeRow, DisputeState } from '../shared/dispute-contract.ts';
import { disputesQuery } from '../shared/dispute-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { momentText, useNow } from '../shared/moment.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import clock from './DisputePage.module.css';
import styles from './NoticesPage.module.css';

const groups = ['open', 'overdue', 'closed'] as const satisfies readonly DisputeGroup[];

const tones: Readonly<Record<DisputeState, Tone>> = {
  REFUSED: 'plain',
  ASKED: 'unknown',
  OVERDUE: 'not-paid',
  ANSWERED: 'plain',
  DECLINED: 'not-paid',
  ACCEPTED: 'unknown',
  REFUND_OVERDUE: 'not-paid',
  REFUNDED: 'paid',
};

/** What a clock goes by; only a dispute by itself says when it was answered. */
type DisputeClock = Pick<DisputeRow, 'state' | 'createdAt' | 'dueAt'> & {
  readonly answeredAt?: string | null;
};

export function DisputeTag({ state }: { state: DisputeState }) {
  const { t } = useWords();
  return <Tag tone={tones[state]}>{t(`disputes.state.${state}`)}</Tag>;
}

/** The clock of a dispute in words and as a bar: how much is left, or since when it is over. */
export function ClockLine({ dispute }: { dispute: DisputeClock }) {
  const { state, createdAt, answeredAt, dueAt } = dispute;
  const { t, locale } = useWords();
  const now = useNow(10_000);
  const isAnswer = state === 'ASKED' || state === 'OVERDUE';
  const isRefund = state === 'ACCEPTED' || state === 'REFUND_OVERDUE';
  if (!isAnswer && !isRefund) return null;
  const left = Date.parse(dueAt) - now;
  const what = isAnswer ? 'answer' : 'refund';
  const time = momentText(dueAt, locale);
  const days = Math.floor(Math.abs(left) / 86_400_000);
  const hours = Math.floor(Math.abs(left) / 3_600_000) % 24;
  const length = t('disputes.length', { days, hours });
  const begunAt = isAnswer ? createdAt : answeredAt;
  const whole = Date.parse(dueAt) - Date.parse(begunAt ?? dueAt);
  return (
    <div className={`small ${clock.clock}`} data-over={left <= 0}>
      <Icon name="clock" size={16} />
      <p>{t(left > 0 ? `disputes.left.${what}` : `disputes.over.${what}`, { length, time })}</p>
      {whole > 0 && (
        <span className={clock.bar} aria-hidden="true">
          <span style={{ width: `${Math.min(100, Math.max(0, 100 - (left / whole) * 100))}%` }} />
        </span>
      )}
    </div>
  );
}

export function DisputesPage() {
  const { t } = useWords();
  usePageTitle(t('disputes.title'));
  const [group, setGroup] = useState<DisputeGroup>('open');
  const { data, error, refetch } = useQuery(disputesQuery(group));
  return (
    <div className="page">
      <header>
        <h1>{t('disputes.title')}</h1>
        <p className="muted">{t('disputes.about')}</p>
      </header>
      <Choices
        label={t('network.state')}
        all={groups}
        chosen={group}
        words={(each) => t(`disputes.group.${each}`)}
        count={(each) => data?.counts[each]}
        choose={setGroup}
      />
      {data === undefined ? (
        <NotYet error={error} retry={refetch} />
      ) : data.disputes.length === 0 ? (
        <div className="card">
          <Nothing title={t(`disputes.none.${group}`)}>{t('disputes.noneHelp')}</Nothing>
        </div>
      ) : (
        <ol className={styles.list}>
          {data.disputes.map((dispute) => (
            <Line key={dispute.disputeId} dispute={dispute} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Line({ dispute }: { dispute: DisputeRow }) {
  const { t, locale } = useWords();
  const { disputeId } = dispute;
  return (
    <li className={`card ${styles.notice}`}>
      <div className={styles.head}>
        <div>
          <p className={styles.what}>
            <Link to="/network/disputes/$disputeId" params={{ disputeId }}>
              <strong>{t(`disputes.kind.${dispute.kind}`)}</strong>
            </Link>
            <DisputeTag state={dispute.state} />
          </p>
          <p>
            {dispute.merchantName} · {dispute.walletName} · {dispute.acquirerName}
          </p>
          <p className="muted small">{momentText(dispute.createdAt, locale)}</p>
          <ClockLine dispute={dispute} />
        </div>
        <p>
          <span className="eyebrow">
            {t(dispute.claimed === null ? 'disputes.paid' : 'disputes.claimed')}
          </span>{' '}
          <Amount money={dispute.claimed ?? dispute.paid} size="medium" />
        </p>
      </div>
    </li>
  );
}
