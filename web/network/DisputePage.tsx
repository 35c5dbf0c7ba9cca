// One dispute, whole: its clock, what was asked and answered, the files, and the money.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { moneyText } from '../shared/amount.ts';
import { type DisputeDetail, disputeQuery, type Evidence } from '../shared/dispute-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Said } from '../shared/Said.tsx';
import { NotYet } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import dispute from './DisputePage.module.css';
import { ClockLine, DisputeTag } from './DisputesPage.tsx';
import styles from './payment.module.css';

export function DisputePage() {
  const { t } = useWords();
  const { disputeId } = useParams({ from: '/network/disputes/$disputeId' });
  usePageTitle(`${t('disputes.one')} ${disputeId}`);
  const { data, error, refetch } = useQuery(disputeQuery(disputeId));
  return (
    <div className="page">
      <Link to="/network/disputes" className={styles.back}>
        <Icon name="back" size={18} /> {t('disputes.title')}
      </Link>
      {data === undefined ? (
        <NotYet whole error={error} retry={refetch} lines={8} height={60} />
      ) : (
        <Whole detail={data} />
      )}
    </div>
  );
}

function Whole({ detail }: { detail: DisputeDetail }) {
  const { t } = useWords();
  const { paymentId } = detail;
  return (
    <>
      <header className={styles.head}>
        <div>
          <div className="row">
            <h1>{t(`disputes.kind.${detail.kind}`)}</h1>
            <DisputeTag state={detail.state} />
          </div>
          <p className="muted">
            {detail.merchantName} · {detail.walletName} · {detail.acquirerName}
          </p>
          <ClockLine dispute={detail} />
        </div>
        <div className={styles.sums}>
          <Sum name={t('disputes.paid')} money={detail.paid} />
          {detail.claimed !== null && <Sum name={t('disputes.claimed')} money={detail.claimed} />}
          {detail.promised !== null && (
            <Sum name={t('disputes.promised')} money={detail.promised} />
          )}
        </div>
      </header>
      <section className="card stack" aria-labelledby="story">
        <h2 id="story">{t('disputes.story')}</h2>
        <Story detail={detail} />
      </section>
      <Files detail={detail} />
      {detail.promised !== null && (
        <section className="card stack" aria-labelledby="money">
          <h2 id="money">{t('disputes.money')}</h2>
          <Money detail={detail} />
        </section>
      )}
      <section className="card stack" aria-labelledby="numbers">
        <h2 id="numbers">{t('payment.numbers')}</h2>
        <dl className={dispute.facts}>
          <Fact name="disputeRequestId" value={detail.disputeRequestId} by={detail.walletName} />
          <Fact name="disputeRequestId" value={detail.disputeId} by={detail.acquirerName} />
        </dl>
        <Link to="/network/payments/$paymentId" params={{ paymentId }}>
          {t('ledger.toPayment', { id: paymentId })}
        </Link>
      </section>
    </>
  );
}

function Sum({ name, money }: { name: string; money: DisputeDetail['paid'] }) {
  return (
    <span>
      <span className="eyebrow">{name}</span>
      <Amount money={money} size="large" />
    </span>
  );
}

function Fact({ name, value, by }: { name: string; value: string; by: string }) {
  return (
    <div>
      <dt>
        {name} ({by})
      </dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}

/** What happened, in its order, with the times that are still to come or went by. */
export function Story({ detail }: { detail: DisputeDetail }) {
  const { t } = useWords();
  const { answeredAt, refundType, refundDueAt, refundedAt, state } = detail;
  const wasLate = state === 'OVERDUE' || (answeredAt ?? '') >= detail.answerDueAt;
  return (
    <ol className={dispute.story}>
      <Step at={detail.paidAt} what={t('disputes.step.paid')} />
      <Step at={detail.createdAt} what={t(`disputes.step.${detail.kind}`)}>
        {detail.reasonCode !== null && <Tag>{detail.reasonCode}</Tag>}
        {detail.reason !== null && <Said words={detail.reason} />}
      </Step>
      {wasLate && <Step at={detail.answerDueAt} what={t('disputes.step.overdue')} />}
      {answeredAt !== null && (
        <Step at={answeredAt} what={t(`disputes.step.${refundType ?? 'EVIDENCE'}`)}>
          {detail.answerMessage !== null && <Said words={detail.answerMessage} />}
        </Step>
      )}
      {state === 'REFUND_OVERDUE' && (
        <Step at={refundDueAt} what={t('disputes.step.refundOverdue')} />
      )}
      {refundedAt !== null && <Step at={refundedAt} what={t('disputes.step.refunded')} />}
    </ol>
  );
}

function Step(props: { at: string | null; what: string; children?: ReactNode }) {
  const { locale } = useWords();
  return (
    <li>
      <span className="figure muted small">
        {props.at === null ? '' : momentText(props.at, locale)}
      </span>
      <span>{props.what}</span>
      {props.children}
    </li>
  );
}

const refundTones = { ASKED: 'unknown', SUCCESS: 'paid', FAILED: 'not-paid' } as const;

export function Money({ detail }: { detail: DisputeDetail }) {
  const { t, locale } = useWords();
  const { promised, refunded, refunds } = detail;
  if (promised === null) return null;
  return (
    <>
      <p>
        {t('disputes.refundedOf', {
          back: moneyText(refunded, locale),
          all: moneyText(promised, locale),
        })}
      </p>
      {refunds.map((refund) => (
        <p key={refund.refundId} className="row">
          <Amount money={refund.amount} />
          <Tag tone={refundTones[refund.state]}>{t(`payment.refundState.${refund.state}`)}</Tag>
          <span className="figure muted small">{momentText(refund.at, locale)}</span>
        </p>
      ))}
    </>
  );
}

/** The files of both sides, each under its own heading. */
export function Files({ detail }: { detail: DisputeDetail }) {
  const { t } = useWords();
  const sides = [
    ['questionFiles', detail.questionFiles],
    ['files', detail.evidences],
  ] as const;
  return sides
    .filter(([, files]) => files.length > 0)
    .map(([side, files]) => (
      <section key={side} className="card stack" aria-labelledby={side}>
        <h2 id={side}>{t(`disputes.${side}`)}</h2>
        {files.map((file) => (
          <File key={file.fileHash + file.fileName} file={file} />
        ))}
      </section>
    ));
}

/** A picture or a text as it is; anything can be saved. */
function File({ file }: { file: Evidence }) {
  const { t } = useWords();
  const { fileName, contentType, bytes, fileHash, contentBase64 } = file;
  const address = `data:${contentType};base64,${contentBase64}`;
  return (
    <article className={dispute.file}>
      <h3 className="row">
        {fileName}
        <span className="muted small">{t('disputes.bytes', { count: bytes })}</span>
      </h3>
      {contentType.startsWith('image/') && <img src={address} alt={fileName} />}
      {contentType === 'text/plain' && <pre>{textOf(contentBase64)}</pre>}
      <p className="mono muted small">SHA-256 {fileHash}</p>
      <a href={address} download={fileName}>
        {t('disputes.save')}
      </a>
    </article>
  );
}

function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
}
