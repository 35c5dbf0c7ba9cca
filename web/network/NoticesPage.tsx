// The webhook inspector: what acquirers were told, how each attempt ended, and telling them again.
import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../shared/api.ts';
import buttons from '../shared/buttons.module.css';
import { Choices } from '../shared/Choices.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { type NoticeState, type Notices, nameOf } from '../shared/notices-contract.ts';
import { noticesQuery, overviewQuery } from '../shared/queries.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { NoticeCard } from './NoticeCard.tsx';
import styles from './NoticesPage.module.css';

const states = ['taken', 'waiting', 'given_up'] as const satisfies readonly NoticeState[];

export function NoticesPage() {
  const { t } = useWords();
  usePageTitle(t('notices.title'));
  const [partner, setPartner] = useState('');
  const [state, setState] = useState<NoticeState>('taken');
  const overview = useQuery(overviewQuery);
  const notices = useQuery(noticesQuery(partner, state));
  const acquirers = (overview.data?.participants ?? [])
    .filter((one) => one.role === 'acquirer')
    .map(({ id, name }) => ({ value: id, label: name }));
  const counts = notices.data?.counts;
  const count = (each: NoticeState) =>
    each === 'waiting' ? counts?.waiting : each === 'given_up' ? counts?.givenUp : undefined;
  return (
    <div className="page">
      <header>
        <h1>{t('notices.title')}</h1>
        <p className="muted">{t('notices.about')}</p>
      </header>
      <div className={styles.tools}>
        <NativeSelect
          aria-label={t('network.acquirer')}
          value={partner}
          onChange={(event) => setPartner(event.currentTarget.value)}
          data={[{ value: '', label: t('network.anyAcquirer') }, ...acquirers]}
        />
        <Choices
          label={t('network.state')}
          all={states}
          chosen={state}
          words={(each) => t(`notices.state.${each}`)}
          count={count}
          choose={setState}
        />
      </div>
      {state === 'given_up' && <ReplayAll partner={partner} notices={notices.data} />}
      <List notices={notices.data} error={notices.error} state={state} retry={notices.refetch} />
    </div>
  );
}

function List(props: {
  notices: Notices | undefined;
  error: unknown;
  state: NoticeState;
  retry: () => unknown;
}) {
  const { notices, error, state, retry } = props;
  const { t } = useWords();
  if (notices === undefined) {
    return <NotYet error={error} retry={retry} />;
  }
  if (notices.notices.length === 0) {
    return (
      <div className="card">
        <Nothing title={t(`notices.none.${state}`)}>{t(`notices.noneHelp.${state}`)}</Nothing>
      </div>
    );
  }
  return (
    <ol className={styles.list}>
      {notices.notices.map((notice) => (
        <NoticeCard key={nameOf(notice).id} notice={notice} />
      ))}
    </ol>
  );
}

/** All of one acquirer that were given up; for all acquirers at once there is no button. */
function ReplayAll(props: { partner: string; notices: Notices | undefined }) {
  const { partner, notices } = props;
  const { t } = useWords();
  const queries = useQueryClient();
  const count = notices?.counts.givenUp ?? 0;
  const replay = useMutation({
    mutationFn: () =>
      postJson<{ replayed: number }>('/console/api/notices/replay', { partnerId: partner }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  if (partner === '') {
    return count === 0 ? null : <p className="muted small">{t('notices.choosePartner')}</p>;
  }
  return (
    <div className="row">
      {count > 0 && (
        <button
          type="button"
          className={buttons.action}
          disabled={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {t('notices.replayAll', { count })}
        </button>
      )}
      <span role="status" className="muted small">
        {replay.isSuccess && t('notices.replayed', { count: replay.data.replayed })}
        {replay.isError && t('notices.notReplayed')}
      </span>
    </div>
  );
}
