// One break: both sides beside each other, who looks after it, and how it ends with four eyes.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { usePerson } from '../session/session.ts';
import { Amount } from '../shared/Amount.tsx';
import { ApiProblem, postJson } from '../shared/api.ts';
import type { WireMoney } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import { useProblemWords } from '../shared/problem.ts';
import { type Break, breakQuery, causes } from '../shared/reconciliation-contract.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import lists from './NoticesPage.module.css';
import payment from './payment.module.css';
import { BreakTag, whoseText } from './ReconciliationPage.tsx';
import styles from './reconciliation.module.css';

export function BreakPage() {
  const { t } = useWords();
  const { breakId } = useParams({ from: '/network/reconciliation/$breakId' });
  usePageTitle(`${t('reconciliation.one')} ${breakId}`);
  const { data, error, refetch } = useQuery(breakQuery(breakId));
  return (
    <div className={lists.page}>
      <Link to="/network/reconciliation" className={payment.back}>
        <Icon name="back" size={18} /> {t('reconciliation.title')}
      </Link>
      {data === undefined ? (
        error !== null ? (
          <Trouble whole error={error} retry={() => void refetch()} />
        ) : (
          <Waiting lines={6} height={50} />
        )
      ) : (
        <Whole found={data} />
      )}
    </div>
  );
}

function Whole({ found }: { found: Break }) {
  const { t, locale } = useWords();
  const { difference, otherDay, problem, lineNumber } = found;
  const isLine = found.what === 'line';
  const at = lineNumber === null ? undefined : t('reconciliation.line', { number: lineNumber });
  return (
    <>
      <header>
        <p className={lists.what}>
          <BreakTag state={found.state} />
        </p>
        <h1>{t(`reconciliation.kind.${found.kind}`)}</h1>
        <p>
          {whoseText(found, t)} · {t('reconciliation.day', { day: dayText(found.day, locale) })}
        </p>
        {!isLine && (
          <p className="muted">
            {t(`reconciliation.what.${found.what}`)} <span className="mono">{found.id}</span>
          </p>
        )}
        <p className="muted small">
          {t('reconciliation.found', { time: momentText(found.foundAt, locale) })}
        </p>
      </header>
      <div className={styles.sides}>
        <Side title={t('reconciliation.ours')} money={found.ours} />
        <Side title={t('reconciliation.theirs')} money={found.theirs} note={at} />
      </div>
      {problem !== null && (
        <p className={`card mono ${styles.problemLine}`} lang="en">
          {problem}
        </p>
      )}
      {difference !== null && difference.value !== '0' && (
        <p>
          <span className="eyebrow">{t('reconciliation.difference')}</span>{' '}
          <Amount money={difference} size="medium" />
        </p>
      )}
      {otherDay !== null && (
        <p>{t('reconciliation.otherDay', { day: dayText(otherDay, locale) })}</p>
      )}
      {!isLine && <p className="muted small">{t('reconciliation.sign')}</p>}
      <End found={found} />
      {found.state !== 'RESOLVED' && <Work found={found} />}
    </>
  );
}

function Side(props: { title: string; money: WireMoney | null; note?: string | undefined }) {
  const { t } = useWords();
  return (
    <section className={`card ${styles.oneSide}`}>
      <h2>{props.title}</h2>
      {props.money === null ? (
        <p className="muted">{t('reconciliation.nothing')}</p>
      ) : (
        <Amount money={props.money} size="large" />
      )}
      {props.note !== undefined && <p className="muted small">{props.note}</p>}
    </section>
  );
}

/** Who looks after it, what was proposed, and how it ended. */
function End({ found }: { found: Break }) {
  const { t, locale } = useWords();
  const { owner, resolution, cause, note, proposedBy, proposedAt } = found;
  const { resolvedBy, resolvedAt, state } = found;
  return (
    <section className="card stack">
      {owner !== null ? (
        <p>{t('reconciliation.ownerIs', { person: owner })}</p>
      ) : (
        state !== 'RESOLVED' && <p>{t('reconciliation.noOwner')}</p>
      )}
      {resolution !== null && (
        <strong>
          {t(`reconciliation.resolution.${resolution}`, { batch: found.settlementBatchId ?? '' })}
        </strong>
      )}
      {cause !== null && (
        <p>
          {t('reconciliation.cause')}
          {locale.startsWith('zh') ? '：' : ': '}
          {t(`reconciliation.causes.${cause}`)}
        </p>
      )}
      {note !== null && <p>{note}</p>}
      {proposedBy !== null && proposedAt !== null && (
        <p className="muted small">
          {t('reconciliation.proposed', {
            person: proposedBy,
            time: momentText(proposedAt, locale),
          })}
        </p>
      )}
      {resolvedBy !== null && resolvedAt !== null && (
        <p className="muted small">
          {t('reconciliation.ended', { person: resolvedBy, time: momentText(resolvedAt, locale) })}
        </p>
      )}
    </section>
  );
}

type Verb = 'assign' | 'propose' | 'approve' | 'reject';

const known = ['WRONG_STATE', 'SAME_PERSON', 'NOTHING_TO_WRITE_OFF'] as const;

function Work({ found }: { found: Break }) {
  const { t } = useWords();
  const wordsOf = useProblemWords();
  const { breakId, state, difference } = found;
  const queries = useQueryClient();
  const isWorth = difference !== null && difference.value !== '0';
  const ways = isWorth ? (['write_off', 'explained'] as const) : (['explained'] as const);
  const { person: by, typed, setTyped, isSignedIn } = usePerson();
  const [how, setHow] = useState<string>(ways[0]);
  const [cause, setCause] = useState<string>('unknown');
  const [note, setNote] = useState('');
  const step = useMutation({
    mutationFn: (verb: Verb) => {
      const more =
        verb === 'assign' ? { owner: by } : verb === 'propose' ? { how, cause, note } : {};
      return postJson(`/console/api/reconciliation/breaks/${breakId}/${verb}`, { by, ...more });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['reconciliation'] }),
  });
  const code = step.error instanceof ApiProblem ? step.error.code : '';
  const problem = known.find((each) => each === code);
  return (
    <section className="card stack">
      <div className={styles.form}>
        {!isSignedIn && (
          <TextInput
            label={t('reconciliation.person')}
            value={typed}
            maxLength={64}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Button variant="default" disabled={by === ''} onClick={() => step.mutate('assign')}>
          {t('reconciliation.take')}
        </Button>
      </div>
      {state === 'OPEN' ? (
        <div className={styles.form}>
          <NativeSelect
            label={t('reconciliation.how')}
            value={how}
            data={ways.map((way) => ({ value: way, label: t(`reconciliation.resolution.${way}`) }))}
            onChange={(event) => setHow(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('reconciliation.cause')}
            value={cause}
            data={causes.map((each) => ({
              value: each,
              label: t(`reconciliation.causes.${each}`),
            }))}
            onChange={(event) => setCause(event.currentTarget.value)}
          />
          <TextInput
            label={t('reconciliation.note')}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            disabled={by === '' || note.trim() === ''}
            loading={step.isPending}
            onClick={() => step.mutate('propose')}
          >
            {t('reconciliation.propose')}
          </Button>
        </div>
      ) : (
        <div className={styles.form}>
          <Button disabled={by === ''} onClick={() => step.mutate('approve')}>
            {t('reconciliation.approve')}
          </Button>
          <Button variant="default" disabled={by === ''} onClick={() => step.mutate('reject')}>
            {t('reconciliation.reject')}
          </Button>
        </div>
      )}
      {step.isError && (
        <p className={styles.wrong} role="alert">
          {problem !== undefined ? t(`reconciliation.problem.${problem}`) : wordsOf(step.error)}
        </p>
      )}
    </section>
  );
}
