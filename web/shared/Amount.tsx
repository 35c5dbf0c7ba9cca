// One amount on the screen: the figure large, the currency code beside it, always readable aloud.

import styles from './Amount.module.css';
import { amountText } from './amount.ts';
import type { WireMoney } from './contract.ts';
import { useWords } from './language.ts';

/** `side` colours it: home is what the visitor pays, shop is what the merchant gets. */
export function Amount(props: {
  money: WireMoney;
  size?: 'small' | 'medium' | 'large' | 'huge';
  side?: 'home' | 'shop';
}) {
  const { locale } = useWords();
  const { money, size = 'small', side } = props;
  const tone = side === undefined ? '' : (styles[side] ?? '');
  return (
    <span className={`${styles.amount} ${styles[size]} ${tone}`}>
      <span className="figure">{amountText(money, locale)}</span>{' '}
      <span className={styles.currency}>{money.currency}</span>
    </span>
  );
}
