// A participant's first page: its day so far, its position against its cap, its latest payments.
import { useQuery } from '@tanstack/react-query';
import type { StateName } from '../network/states.ts';
import { Amount } from '../shared/Amount.tsx';
import { moneyText } from '../shared/amount.ts';
import { useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { OwnPage } from './OwnPage.tsx';
import { type OwnOverview, type OwnPayment, type OwnPosition, ownOverviewQuery } from './own.ts';
import styles from './participant.module.css';

export function OwnToday() {
  const { t } = useWords();
  const query = useQuery(ownOverviewQuery);
  const { data } = query;
  const issuer = data?.participant.codeIssuer ?? null;
  const codes = issuer === null ? [] : [t('network.codesBegin', { ...issuer })];
  const kind = data === undefined ? '' : t(`participant.${data.participant.role}`);
  return (
    <OwnPage
      title={data?.participant.name ?? t('participant.place')}
      about={data === undefined ? '' : [kind, data.participant.id, ...codes].join(' · ')}
      query={query}
    >
      {(overview) => (
        <>
          <div className={styles.two}>
            <Today overview={overview} />
            <section className="card stack" aria-labelledby="position">
              <h2 id="position">{t('participant.position')}</h2>
              {overview.positions.map((each) => (
                <Position key={each.currency} position={each} />
              ))}
            </section>
          </div>
          <section className="card stack" aria-labelledby="latest">
            <h2 id="latest">{t('participant.latest')}</h2>
            {overview.payments.length === 0 ? (
              <Nothing title={t('participant.noPayments')}>
                {t('participant.noPaymentsHelp')}
              </Nothing>
            ) : (
              <ul className={styles.rows}>
                {overview.payments.map((payment) => (
                  <Payment key={payment.id} payment={payment} />
                ))}
              </ul>
            )}
          </section>
        </>
      )}
    </OwnPage>
  );
}

function Today({ overview }: { overview: OwnOverview }) {
  const { t, locale } = useWords();
  const { day, totals } = overview.today;
  return (
    <section className="card stack" aria-labelledby="today">
      <div>
        <h2 id="today">{t('participant.today')}</h2>
        <p className="small muted">{t('participant.todayHelp', { day: dayText(day, locale) })}</p>
      </div>
      {totals.map(({ agreementId, payments, refunds, net }) => {
        const fees = [payments, refunds].flatMap(({ interchange, serviceFee }) => [
          BigInt(interchange.value),
          BigInt(serviceFee.value),
        ]);
        const value = String(fees.reduce((sum, fee) => sum + fee, 0n));
        return (
          <dl key={agreementId} className={styles.facts}>
            <Fact name={t('participant.payments')} count={payments.count} money={payments.gross} />
            <Fact name={t('participant.refunds')} count={refunds.count} money={refunds.gross} />
            <Fact name={t('participant.fees')} money={{ ...net, value }} />
            <Fact name={t('participant.net')} money={net} strong />
          </dl>
        );
      })}
    </section>
  );
}

function Fact(props: { name: string; count?: number; money: OwnPayment['amount']; strong?: true }) {
  const { locale } = useWords();
  const { name, count, money, strong } = props;
  return (
    <div>
      <dt>
        {name}
        {count !== undefined && <span className="muted"> · {count.toLocaleString(locale)}</span>}
      </dt>
      <dd>
        <Amount money={money} size={strong ? 'medium' : 'small'} />
      </dd>
    </div>
  );
}

/** How full a cap is, in whole per cent; what is owed and what is held count. */
function percentUsed({ cap, left }: OwnPosition): number | undefined {
  if (cap === null || left === null || BigInt(cap.value) <= 0n) return undefined;
  const used = BigInt(cap.value) - BigInt(left.value);
  return used <= 0n ? 0 : Number((used * 100n) / BigInt(cap.value));
}

function Position({ position }: { position: OwnPosition }) {
  const { t } = useWords();
  const { net, held, cap, left } = position;
  const isOwed = !net.value.startsWith('-');
  const used = percentUsed(position);
  return (
    <div className="stack">
      <dl className={styles.facts}>
        <Fact
          name={t(isOwed ? 'participant.weOweYou' : 'participant.youOwe')}
          money={{ ...net, value: net.value.replace('-', '') }}
          strong
        />
        <Fact name={t('participant.held')} money={held} />
        {cap !== null && <Fact name={t('participant.cap')} money={cap} />}
        {left !== null && <Fact name={t('participant.left')} money={left} />}
      </dl>
      {used === undefined ? (
        <p className="small muted">{t('participant.noCap')}</p>
      ) : (
        <div>
          <meter
            className={styles.meter}
            min={0}
            max={100}
            high={80}
            value={Math.min(used, 100)}
            aria-label={t('participant.cap')}
          />
          <p className="small">{t('participant.used', { percent: used })}</p>
        </div>
      )}
    </div>
  );
}

const tones: Readonly<Record<StateName, Tone>> = {
  PROCESSING: 'unknown',
  ASKED: 'unknown',
  SCANNED: 'unknown',
  SUCCESS: 'paid',
  PAID: 'paid',
  FAILED: 'not-paid',
  CLOSED: 'plain',
  REVERSING: 'not-paid',
  REVERSED: 'not-paid',
};

function Payment({ payment }: { payment: OwnPayment }) {
  const { t, locale } = useWords();
  return (
    <li>
      <div>
        <strong>{payment.merchantName}</strong>
        <span className="mono small muted">{payment.requestId ?? payment.id}</span>
        <span className="small muted">{momentText(payment.createdAt, locale)}</span>
      </div>
      <div className={styles.right}>
        <strong className="figure">{moneyText(payment.amount, locale)}</strong>
        <Tag tone={tones[payment.state]}>{t(`network.stateName.${payment.state}`)}</Tag>
      </div>
    </li>
  );
}
