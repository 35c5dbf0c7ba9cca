// One journal: its postings as a picture, and the command that it is the effect of.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { type Journal, type JournalCause, journalQuery } from '../shared/ledger-contract.ts';
import { networkClockText } from '../shared/moment.ts';
import { NotYet } from '../shared/states.tsx';
import styles from './ledger.module.css';
import { PostingsFlow } from './PostingsFlow.tsx';
import payment from './payment.module.css';

export function JournalPage() {
  const { t } = useWords();
  const { journalNumber } = useParams({ from: '/network/ledger/journals/$journalNumber' });
  usePageTitle(t('ledger.journalOf', { number: journalNumber }));
  const { data, error, refetch } = useQuery(journalQuery(journalNumber));
  return (
    <div className="page">
      <Link to="/network/ledger" className={payment.back}>
        <Icon name="back" size={18} /> {t('ledger.back')}
      </Link>
      {data === undefined ? (
        <NotYet whole error={error} retry={refetch} height={50} />
      ) : (
        <Whole journal={data} />
      )}
    </div>
  );
}

function Whole({ journal }: { journal: Journal }) {
  const { t } = useWords();
  const { journalNumber, lane, at, cause, postings } = journal;
  return (
    <>
      <header>
        <h1>{t('ledger.journalOf', { number: journalNumber })}</h1>
        <p className="muted figure">
          {networkClockText(Date.parse(at))} (UTC+8) · {t('ledger.lane', { lane })}
        </p>
      </header>
      <section className="card stack" aria-labelledby="cause">
        <h2 id="cause">{t('ledger.cause')}</h2>
        <Cause cause={cause} />
      </section>
      <section className="card stack" aria-labelledby="money">
        <h2 id="money">{t('ledger.money')}</h2>
        <PostingsFlow
          postings={postings}
          quote={undefined}
          shopCurrency={shopCurrencyOf(postings)}
          linked={false}
        />
      </section>
    </>
  );
}

/** The same colours as on the payment's page: what the shop is settled in is the shop's. */
function shopCurrencyOf(postings: Journal['postings']): string {
  return postings.find(({ reason }) => reason === 'settlement')?.amount.currency ?? '';
}

function Cause({ cause }: { cause: JournalCause }) {
  const { t } = useWords();
  switch (cause.kind) {
    case 'payment':
    case 'cancellation':
    case 'refund': {
      const { paymentId } = cause;
      return (
        <div>
          <p>{t(`ledger.causes.${cause.kind}`)}</p>
          <p className={styles.anywhere}>
            <Link to="/network/payments/$paymentId" params={{ paymentId }}>
              {t('ledger.toPayment', { id: paymentId })}
            </Link>
          </p>
          {cause.kind === 'refund' && <p className="mono muted">refundId {cause.refundId}</p>}
          <p className="mono muted">
            {t('ledger.request')} {cause.requestKey}
          </p>
        </div>
      );
    }
    case 'settlement':
    case 'bank_line': {
      const id = cause.settlementBatchId;
      const state = cause.kind === 'settlement' ? t(`settlement.state.${cause.state}`) : '';
      return (
        <div>
          <p>{t(`ledger.causes.${cause.kind}`, { by: cause.by, state })}</p>
          <p className={styles.anywhere}>
            <Link to="/network/settlement">{t('ledger.toSettlement', { id })}</Link>
          </p>
          {cause.kind === 'bank_line' && (
            <p className="mono muted">
              {t('ledger.reference')} {cause.bankReference}
            </p>
          )}
        </div>
      );
    }
    case 'write_off': {
      const { breakId, by } = cause;
      return (
        <div>
          <p>{t('ledger.causes.write_off', { by })}</p>
          <p className={styles.anywhere}>
            <Link to="/network/reconciliation/$breakId" params={{ breakId }}>
              {t('ledger.toBreak', { id: breakId })}
            </Link>
          </p>
        </div>
      );
    }
    case 'top_up':
    case 'withdrawal': {
      const { changeId, bankReference, by } = cause;
      return (
        <div>
          <p>{t(`ledger.causes.${cause.kind}`, { by })}</p>
          <p className={styles.anywhere}>
            <Link to="/network/caps">{t('ledger.toCaps', { id: changeId })}</Link>
          </p>
          <p className="mono muted">
            {t('ledger.reference')} {bankReference}
          </p>
        </div>
      );
    }
    case 'unknown':
      return <p>{t('ledger.causes.unknown')}</p>;
  }
}
