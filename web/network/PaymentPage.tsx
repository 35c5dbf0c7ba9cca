// One payment, whole: its states, its money, its numbers on both sides, and every message.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Amount } from '../shared/Amount.tsx';
import type { Leg, PaymentDetail, PaymentRow } from '../shared/console-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { useLive } from '../shared/live.ts';
import { momentText } from '../shared/moment.ts';
import { placeOf } from '../shared/place.ts';
import { fallbackEveryMs, paymentQuery } from '../shared/queries.ts';
import { NotYet } from '../shared/states.tsx';
import { GivenBack } from './GivenBack.tsx';
import { Numbers } from './Numbers.tsx';
import { PostingsFlow } from './PostingsFlow.tsx';
import styles from './payment.module.css';
import { StateDiagram } from './StateDiagram.tsx';
import { StateTag } from './StateTag.tsx';
import { acquirerMap, legMap } from './states.ts';
import { Timeline } from './Timeline.tsx';

export function PaymentPage() {
  const { t } = useWords();
  const { paymentId } = useParams({ from: '/network/payments/$paymentId' });
  usePageTitle(`${t('payment.title')} ${paymentId}`);
  const query = paymentQuery(paymentId);
  const { data, error, refetch } = useQuery({
    ...query,
    // Messages go on after the last state (notices, reversals), so an open payment is asked again.
    refetchInterval: ({ state }) => (isOpen(state.data) ? fallbackEveryMs : false),
  });
  useLive('/console/api/live', {
    payment: (changed) => {
      if ((changed as PaymentRow).paymentId === paymentId) void refetch();
    },
  });
  return (
    <div className="page">
      <Link to="/network" className={styles.back}>
        <Icon name="back" size={18} /> {t('payment.back')}
      </Link>
      {data === undefined ? (
        <NotYet whole error={error} retry={refetch} lines={8} height={60} />
      ) : (
        <Whole detail={data} />
      )}
    </div>
  );
}

function isOpen(detail: PaymentDetail | undefined): boolean {
  if (detail === undefined) return false;
  const moves = ['ASKED', 'SCANNED', 'PAID', 'REVERSING'];
  return (
    detail.payment.state === 'PROCESSING' ||
    detail.legs.some((leg) => moves.includes(leg.state)) ||
    detail.refunds.some((refund) => refund.state === 'ASKED')
  );
}

function Whole({ detail }: { detail: PaymentDetail }) {
  const { t } = useWords();
  const { payment, legs, postings, messages } = detail;
  const paidLeg = legs.find((leg) => leg.state === 'SUCCESS') ?? legs[0];
  return (
    <>
      <Head payment={payment} />
      <section className="card stack" aria-labelledby="states">
        <h2 id="states">{t('payment.states')}</h2>
        <States detail={detail} />
      </section>
      <section className="card stack" aria-labelledby="money">
        <h2 id="money">{t('payment.money')}</h2>
        <PostingsFlow
          postings={postings}
          quote={paidLeg?.quote}
          shopCurrency={(payment.settlementAmount ?? payment.amount).currency}
        />
      </section>
      <GivenBack detail={detail} />
      <section className="card stack" aria-labelledby="numbers">
        <h2 id="numbers">{t('payment.numbers')}</h2>
        <p className="muted small">{t('payment.numbersHelp')}</p>
        <Numbers payment={payment} legs={legs} />
      </section>
      <section className="card" aria-labelledby="messages">
        <h2 id="messages">{t('payment.messages', { count: messages.length })}</h2>
        <Timeline messages={messages} />
      </section>
    </>
  );
}

function Head({ payment }: { payment: PaymentDetail['payment'] }) {
  const { t, locale } = useWords();
  const place = placeOf(payment);
  return (
    <header className={styles.head}>
      <div>
        <div className="row">
          <h1>{payment.merchantName}</h1>
          <StateTag state={payment.state} />
        </div>
        <p className="muted">
          {place} · {t(`product.${payment.product}`)} · {momentText(payment.createdAt, locale)}
        </p>
        {payment.resultCode !== null && payment.state !== 'SUCCESS' && (
          <p className="mono muted">{payment.resultCode}</p>
        )}
      </div>
      <div className={styles.sums}>
        {payment.payToAmount !== null && (
          <span>
            <span className="eyebrow">{t('network.visitorPays')}</span>
            <Amount money={payment.payToAmount} size="large" side="home" />
          </span>
        )}
        <span>
          <span className="eyebrow">{t('network.shopGets')}</span>
          <Amount money={payment.amount} size="large" side="shop" />
        </span>
      </div>
    </header>
  );
}

function States({ detail }: { detail: PaymentDetail }) {
  const { t } = useWords();
  const { payment, legs } = detail;
  return (
    <div className={styles.legs}>
      <div>
        <p className={styles.legName} data-side="shop">
          {t('payment.acquirerLeg')} · {payment.acquirerName}
        </p>
        <StateDiagram
          map={acquirerMap(payment.state, detail.cancellation?.paidAt != null)}
          label={t('payment.diagram', { state: t(`network.stateName.${payment.state}`) })}
        />
      </div>
      {legs.map((leg: Leg) => (
        <div key={leg.legId}>
          <p className={styles.legName} data-side="home">
            {t('payment.walletLeg')} · {leg.walletName}
          </p>
          <StateDiagram
            map={legMap(leg.state, payment.product, detail.cancellation?.paidLegId === leg.legId)}
            label={t('payment.diagram', { state: t(`network.stateName.${leg.state}`) })}
          />
          {leg.resultCode !== null && leg.resultCode !== 'SUCCESS' && (
            <p className="mono muted">{leg.resultCode}</p>
          )}
        </div>
      ))}
      {legs.length === 0 && <p className="muted">{t('payment.noLeg')}</p>}
    </div>
  );
}
