// The numbers of both sides next to each other: the network translates, it never passes them
// through.

import { moneyText, percentOfBasisPoints, percentText } from '../shared/amount.ts';
import type { Leg, PaymentDetail } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import styles from './payment.module.css';

type Line = readonly [name: string, value: string | null, mono?: 'mono'];

export function Numbers(props: { payment: PaymentDetail['payment']; legs: readonly Leg[] }) {
  const { t, locale } = useWords();
  const { payment, legs } = props;
  const shop: Line[] = [
    ['paymentRequestId', payment.paymentRequestId, 'mono'],
    ['paymentId', payment.paymentId, 'mono'],
    [t('network.acquirer'), `${payment.acquirerName} (${payment.acquirerId})`],
    [t('network.shopGets'), moneyText(payment.amount, locale)],
    [
      t('payment.settles'),
      payment.settlementAmount === null ? null : moneyText(payment.settlementAmount, locale),
    ],
    [t('payment.expires'), momentText(payment.expiresAt, locale)],
    [t('payment.finished'), payment.finishedAt && momentText(payment.finishedAt, locale)],
    [t('payment.orderCode'), payment.orderCode, 'mono'],
  ];
  return (
    <div className={styles.numbers}>
      <Side side="shop" title={t('payment.acquirerLeg')} lines={shop} />
      {legs.map((leg) => (
        <Side
          key={leg.legId}
          side="home"
          title={t('payment.walletLeg')}
          lines={walletLines(t, locale, leg)}
        />
      ))}
    </div>
  );
}

function walletLines(t: ReturnType<typeof useWords>['t'], locale: string, leg: Leg): Line[] {
  const { quote } = leg;
  const [base, counter] = quote?.pair.split('/') ?? [];
  const spread = quote?.spreadBasisPoints;
  return [
    ['paymentRequestId', leg.legId, 'mono'],
    ['paymentId', leg.walletPaymentId, 'mono'],
    [t('network.wallet'), `${leg.walletName} (${leg.walletId})`],
    [t('network.visitorPays'), leg.payToAmount && moneyText(leg.payToAmount, locale)],
    [t('network.customer'), quote && `1 ${base} = ${quote.price} ${counter}`],
    [t('network.mid'), quote?.midPrice ? `1 ${base} = ${quote.midPrice} ${counter}` : null],
    [
      t('network.spread'),
      spread == null ? null : percentText(percentOfBasisPoints(spread), locale),
    ],
    [t('payment.finished'), leg.finishedAt && momentText(leg.finishedAt, locale)],
  ];
}

/** Lines without a value are left out: they are not known, or not yet. */
function Side(props: { side: 'home' | 'shop'; title: string; lines: readonly Line[] }) {
  return (
    <div data-side={props.side}>
      <h3>{props.title}</h3>
      <dl>
        {props.lines.map(([name, value, mono]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={mono ?? 'figure'}>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  );
}
