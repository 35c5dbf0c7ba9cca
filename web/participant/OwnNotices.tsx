// An acquirer's notices: what its system was told and has not acknowledged, and telling it again.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { VerdictTag } from '../network/Timeline.tsx';
import { sessionQuery } from '../session/session.ts';
import { postJson } from '../shared/api.ts';
import buttons from '../shared/buttons.module.css';
import { Choices } from '../shared/Choices.tsx';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { type Notice, type NoticeState, nameOf } from '../shared/notices-contract.ts';
import { Refusal } from '../shared/Refusal.tsx';
import { Nothing } from '../shared/states.tsx';
import { OwnPage } from './OwnPage.tsx';
import { ownNoticesQuery, ownReplayAddress } from './own.ts';
import styles from './participant.module.css';

const states = ['waiting', 'given_up', 'taken'] as const satisfies readonly NoticeState[];

export function OwnNotices() {
  const { t } = useWords();
  const [state, setState] = useState<NoticeState>('waiting');
  const query = useQuery(ownNoticesQuery(state));
  const session = useQuery(sessionQuery);
  const isWallet = session.data?.participant?.role === 'wallet';
  const counts = query.data?.counts;
  const count = (each: NoticeState) =>
    each === 'waiting' ? counts?.waiting : each === 'given_up' ? counts?.givenUp : undefined;
  return (
    <OwnPage
      title={t('participant.section.notices')}
      about={t('participant.noticesAbout')}
      tools={
        !isWallet && (
          <Choices
            label={t('network.state')}
            all={states}
            chosen={state}
            words={(each) => t(`notices.state.${each}`)}
            count={count}
            choose={setState}
          />
        )
      }
      query={query}
    >
      {({ notices }) => (
        <section className="card stack" aria-label={t('participant.section.notices')}>
          {state === 'given_up' && notices.length > 0 && (
            <Replay
              what={{ all: true }}
              words={t('notices.replayAll', { count: notices.length })}
            />
          )}
          {isWallet ? (
            <Nothing title={t('participant.walletNotices')}>
              {t('participant.walletNoticesHelp')}
            </Nothing>
          ) : notices.length === 0 ? (
            <Nothing title={t(`notices.none.${state}`)}>{t(`notices.noneHelp.${state}`)}</Nothing>
          ) : (
            <ul className={styles.rows}>
              {notices.map((notice) => (
                <Line key={nameOf(notice).id} notice={notice} />
              ))}
            </ul>
          )}
        </section>
      )}
    </OwnPage>
  );
}

function Line({ notice }: { notice: Notice }) {
  const { t, locale } = useWords();
  const { paymentRequestId, attempts, nextAttemptAt } = notice;
  const { api, id, named } = nameOf(notice);
  const last = attempts.at(-1);
  return (
    <li>
      <div>
        <strong className="mono">{api}</strong>
        <span className="mono small">{paymentRequestId}</span>
        <span className="mono small muted">{id}</span>
        {last !== undefined && (
          <span className="row small muted">
            {momentText(last.at, locale)}
            <VerdictTag words={t('notices.ack')} verdict={last.verdict} />
          </span>
        )}
        {nextAttemptAt !== null && (
          <span className="small">
            {t('notices.next', { time: momentText(nextAttemptAt, locale) })}
          </span>
        )}
      </div>
      <div className={styles.right}>
        <span className="mono small">{notice.resultCode}</span>
        <Replay what={named} words={t('notices.replay')} />
      </div>
    </li>
  );
}

function Replay({ what, words }: { what: object; words: string }) {
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () => postJson(ownReplayAddress, what),
    onSettled: () => queries.invalidateQueries({ queryKey: ['own', 'notices'] }),
  });
  return (
    <div>
      <button
        type="button"
        className={buttons.action}
        disabled={replay.isPending}
        onClick={() => replay.mutate()}
      >
        {words}
      </button>
      {replay.isError && <Refusal error={replay.error} />}
    </div>
  );
}
