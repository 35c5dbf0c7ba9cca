// The price of the exchange in plain lines: the mid rate, the margin on it, the rate that is paid.
import { useQuery } from '@tanstack/react-query';
import { convertedAt, moneyOf, moneyText, rateLine, spreadBetween } from '../shared/amount.ts';
import type { WalletPayment, WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { ratesQuery } from '../shared/queries.ts';
import styles from './visitor.module.css';

/** `exact` adds the sum that is or was really paid; a payment that failed has none. */
export function RateLines({ payment, exact }: { payment: WalletPayment; exact: boolean }) {
  const { t, locale } = useWords();
  const { data: rates } = useQuery(ratesQuery);
  const quote = payment.rate;
  if (quote == null) return null;
  const counter = quote.pair.split('/')[1] ?? '';
  // A wallet may not pass the mid rate on; then today's published one is shown beside the quote.
  const mid = quote.midPrice ?? rates?.rates.find((rate) => rate.pair === quote.pair)?.mid;
  const percent = quote.spreadPercent ?? (mid && spreadBetween(mid, quote.price));
  const margin = mid ? marginOf(payment, counter, mid) : undefined;
  return (
    <dl className={styles.rates}>
      {mid && (
        <div>
          <dt>{t('review.midRate')}</dt>
          <dd className="figure">{rateLine(quote.pair, mid)}</dd>
        </div>
      )}
      {percent && (
        <div>
          <dt>{t('review.margin', { percent })}</dt>
          <dd className="figure">{margin === undefined ? '' : moneyText(margin, locale)}</dd>
        </div>
      )}
      <div>
        <dt>{t('review.yourRate')}</dt>
        <dd className="figure">{rateLine(quote.pair, quote.price)}</dd>
      </div>
      {exact && (
        <div className={styles.exact}>
          <dt>{t('review.exactly')}</dt>
          <dd className="figure">{moneyText(payment.payToAmount, locale)}</dd>
        </div>
      )}
    </dl>
  );
}

/** What the margin costs: the amount that is paid less the same amount at the mid rate. */
function marginOf(payment: WalletPayment, counter: string, mid: string): WireMoney | undefined {
  if (counter !== payment.payToAmount.currency) return undefined;
  const atMid = convertedAt(payment.amount, counter, mid);
  const paid = moneyOf(payment.payToAmount);
  if (atMid === undefined || paid === undefined) return undefined;
  const margin = paid.minor - BigInt(atMid.value);
  return margin < 0n ? undefined : { currency: counter, value: margin.toString() };
}
