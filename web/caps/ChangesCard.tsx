// Changes of deposits and caps: what waits for a second person, and what became of the others.
import { Decide } from '../session/Decide.tsx';
import { moneyText } from '../shared/amount.ts';
import type { CapChange } from '../shared/caps-contract.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { CapProblem } from './CapProblem.tsx';
import styles from './caps.module.css';

const tones = {
  PROPOSED: 'unknown',
  APPROVED: 'home',
  DONE: 'paid',
  REJECTED: 'plain',
} as const;

export function ChangesCard({
  changes,
  person,
}: {
  changes: readonly CapChange[];
  person: string;
}) {
  const { t } = useWords();
  return (
    <section className="card stack" aria-labelledby="changes">
      <h2 id="changes">{t('caps.changes')}</h2>
      {changes.length === 0 ? (
        <Nothing title={t('caps.noChanges')}>{t('caps.noChangesHelp')}</Nothing>
      ) : (
        <ol className={styles.changes}>
          {changes.map((change) => (
            <Change key={change.changeId} change={change} person={person} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Change({ change, person }: { change: CapChange; person: string }) {
  const { t, locale } = useWords();
  const { amount, state, bankReference, effectiveAt, decidedBy, decidedAt } = change;
  return (
    <li data-state={state} data-change={change.changeId}>
      <div className={styles.change}>
        <span>
          <strong>{change.name}</strong>
          <span className="mono small muted">{change.changeId}</span>
        </span>
        <span>{t(`caps.kind.${change.kind}`)}</span>
        <strong className="figure">
          {amount === null ? t('caps.unlimited') : moneyText(amount, locale)}
        </strong>
        <Tag tone={tones[state]}>
          {t(state === 'DONE' && change.kind === 'cap' ? 'caps.capDone' : `caps.state.${state}`)}
        </Tag>
      </div>
      <p className="small muted">
        {t('caps.proposedBy', {
          person: change.proposedBy,
          time: momentText(change.proposedAt, locale),
        })}
        {decidedBy !== null &&
          decidedAt !== null &&
          ` · ${t(state === 'REJECTED' ? 'caps.rejectedBy' : 'caps.approvedBy', {
            person: decidedBy,
            time: momentText(decidedAt, locale),
          })}`}
        {bankReference !== null && ` · ${t('caps.bank', { reference: bankReference })}`}
        {effectiveAt !== null &&
          ` · ${t('caps.inForce', { time: momentText(effectiveAt, locale) })}`}
        {change.note !== '' && ` · ${change.note}`}
      </p>
      {state === 'PROPOSED' && (
        <Decide
          path={`/console/api/caps/changes/${change.changeId}`}
          person={person}
          refusal={(error) => <CapProblem error={error} />}
        />
      )}
    </li>
  );
}
