// One break: both sides beside each other, who looks after it, and how it ends with four eyes.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Amount } from '../shared/Amount.tsx';
import type { WireMoney } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import { useReasonWords } from '../shared/reasons.ts';
import { type Break, breakQuery, type OneBreak } from '../shared/reconciliation-contract.ts';
import { NotYet } from '../shared/states.tsx';
import { BreakWork } from './BreakWork.tsx';
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
    <div className="page">
      <Link to="/network/reconciliation" className={payment.back}>
        <Icon name="back" size={18} /> {t('reconciliation.title')}
      </Link>
      {data === undefined ? (
        <NotYet whole error={error} retry={refetch} height={50} />
      ) : (
        <Whole found={data} />
      )}
    </div>
  );
}

function Whole({ found }: { found: OneBreak }) {
  const { t, locale } = useWords();
  const { difference, otherDay, lineNumber } = found;
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
          {whoseText(found, t)} ·{' '}
          {t(found.isBank ? 'reconciliation.statementDay' : 'reconciliation.day', {
            day: dayText(found.day, locale),
          })}
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
      <Why found={found} />
      {difference !== null && difference.value !== '0' && (
        <p>
          <span className="eyebrow">{t('reconciliation.difference')}</span>{' '}
          <Amount money={difference} size="medium" />
        </p>
      )}
      {otherDay !== null && (
        <p>
          {t(found.isBank ? 'reconciliation.valueDay' : 'reconciliation.otherDay', {
            day: dayText(otherDay, locale),
          })}
        </p>
      )}
      {!isLine && (
        <p className="muted small">
          {t(found.isBank ? 'reconciliation.bankSign' : 'reconciliation.sign')}
        </p>
      )}
      <End found={found} />
      {found.state !== 'RESOLVED' && <BreakWork found={found} />}
    </>
  );
}

/** Why it is one, in the reader's language; what is no known sentence as it was written down. */
function Why({ found }: { found: OneBreak }) {
  const wordsOf = useReasonWords();
  const { problem, reasons, theirs, ours } = found;
  if (problem === null) return null;
  const words = wordsOf(reasons, (theirs ?? ours)?.currency);
  return words === undefined ? (
    <p className={`card mono ${styles.problemLine}`} lang="en">
      {problem}
    </p>
  ) : (
    <p className={`card ${styles.problemLine}`}>{words}</p>
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
  const { resolvedBy, resolvedAt, contraBreakId, state } = found;
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
      {contraBreakId !== null && (
        <>
          <p>{t('reconciliation.contra')}</p>
          <Link to="/network/reconciliation/$breakId" params={{ breakId: contraBreakId }}>
            {t('reconciliation.otherHalf')}
          </Link>
        </>
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
