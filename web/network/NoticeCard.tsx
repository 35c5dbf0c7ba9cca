// One notice: about which payment, how it stands, every attempt with what was said both ways.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { postJson } from '../shared/api.ts';
import buttons from '../shared/buttons.module.css';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { type Notice, type NoticeAttempt, nameOf } from '../shared/notices-contract.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';
import styles from './NoticesPage.module.css';
import { Part, VerdictTag } from './Timeline.tsx';

const tones: Readonly<Record<Notice['state'], Tone>> = {
  taken: 'paid',
  waiting: 'unknown',
  given_up: 'not-paid',
};

export function NoticeCard({ notice }: { notice: Notice }) {
  const { t, locale } = useWords();
  const { paymentId, state, nextAttemptAt, attempts } = notice;
  const { api, id, named } = nameOf(notice);
  return (
    <li className={`card ${styles.notice}`}>
      <div className={styles.head}>
        <div>
          <div className={styles.what}>
            <h2>{api}</h2>
            <Tag tone={tones[state]}>{t(`notices.state.${state}`)}</Tag>
          </div>
          <p className="small">
            <Link to="/network/payments/$paymentId" params={{ paymentId }} className="mono">
              {paymentId}
            </Link>
            {id !== paymentId && <span className="mono muted"> · {id}</span>}
          </p>
          <p className="muted small">
            {notice.partnerName} · <span className="mono">{notice.resultCode}</span>
          </p>
          {nextAttemptAt !== null && (
            <p className="small">
              {t('notices.next', { time: momentText(nextAttemptAt, locale) })}
            </p>
          )}
        </div>
        <Replay named={named} />
      </div>
      {attempts.length === 0 ? (
        <p className="muted small">{t('notices.noAttempt')}</p>
      ) : (
        <ol className={styles.attempts}>
          {attempts.map((attempt) => (
            <Attempt key={`${attempt.at} ${attempt.durationMs}`} attempt={attempt} />
          ))}
        </ol>
      )}
    </li>
  );
}

function Attempt({ attempt }: { attempt: NoticeAttempt }) {
  const { t, locale } = useWords();
  const { acknowledged, verdict, resultCode, responseStatus } = attempt;
  return (
    <li>
      <details>
        <summary>
          <span className={`figure ${styles.when}`}>{momentText(attempt.at, locale)}</span>
          <span className={styles.said}>
            <VerdictTag words={t('notices.ack')} verdict={verdict} />
            {verdict === 'valid' && !acknowledged && <Tag tone="not-paid">{resultCode ?? '?'}</Tag>}
          </span>
          <span className="figure muted small">{attempt.durationMs} ms</span>
          <Icon name="down" size={18} />
        </summary>
        <div className={styles.bodies}>
          <Part
            title={`${t('payment.request')} · POST ${attempt.path}`}
            headers={attempt.requestHeaders}
            body={attempt.requestBody}
          />
          {responseStatus === null ? (
            <p className="muted">{t('payment.noResponse')}</p>
          ) : (
            <Part
              title={`${t('payment.response')} · HTTP ${responseStatus}`}
              headers={attempt.responseHeaders}
              body={attempt.responseBody}
            />
          )}
        </div>
      </details>
    </li>
  );
}

function Replay({ named }: { named: object }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () => postJson('/console/api/notices/replay', named),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <div className={styles.replay}>
      <button
        type="button"
        className={buttons.action}
        disabled={replay.isPending}
        onClick={() => replay.mutate()}
      >
        <Icon name="undo" size={18} />
        {t('notices.replay')}
      </button>
      <span role="status" className="muted small">
        {replay.isSuccess && t('notices.replayedOne')}
        {replay.isError && t('notices.notReplayed')}
      </span>
    </div>
  );
}
