// The picture of one payment: five parties on one road, and the money that changes on the way.
import { convertedAt, moneyText, rateLine } from '../shared/amount.ts';
import type { Rates } from '../shared/console-contract.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { Mark } from '../shared/Mark.tsx';
import styles from './Journey.module.css';

const parties = ['visitor', 'wallet', 'wayfare', 'acquirer', 'shop'] as const;
const icons: Record<(typeof parties)[number], IconName> = {
  visitor: 'traveller',
  wallet: 'phone',
  wayfare: 'network',
  acquirer: 'bank',
  shop: 'shop',
};

// A bowl of noodles for three in Chengdu, paid by a visitor from Malaysia.
const bill = { currency: 'CNY', value: '12000' };
const home = 'MYR';

/** Without rates `isUnread` says whether they are still on their way. */
export function Journey(props: { rates: Rates | undefined; isUnread: boolean }) {
  const { rates, isUnread } = props;
  const { t, locale } = useWords();
  const quoted = rates?.rates.find((rate) => rate.pair === `${bill.currency}/${home}`);
  const unknown = isUnread ? '–' : '…';
  const paid = quoted && convertedAt(bill, home, quoted.customer);
  return (
    <section className={styles.journey} aria-label={t('journey.label')}>
      <ol className={styles.road}>
        {parties.map((party) => (
          <li key={party} data-party={party}>
            <span className={styles.stop}>
              {party === 'wayfare' ? <Mark size={40} /> : <Icon name={icons[party]} size={34} />}
            </span>
            <strong>{t(`journey.${party}.name`)}</strong>
            <span className={styles.does}>{t(`journey.${party}.does`)}</span>
          </li>
        ))}
      </ol>
      <Road />
      <div className={styles.money}>
        <p data-side="home">
          <span className="eyebrow">{t('journey.leaves')}</span>
          <strong className="figure">
            {paid ? moneyText(paid, locale) : `${unknown} ${home}`}
          </strong>
        </p>
        <p data-side="rate">
          <span className="eyebrow">{t('journey.rate')}</span>
          <span className="figure">
            {quoted ? rateLine(quoted.pair, quoted.customer) : unknown}
          </span>
        </p>
        <p data-side="shop">
          <span className="eyebrow">{t('journey.arrives')}</span>
          <strong className="figure">{moneyText(bill, locale)}</strong>
        </p>
      </div>
    </section>
  );
}

/** The road behind the stops; home money is indigo, the shop's money is teal. */
function Road() {
  return (
    <svg
      className={styles.line}
      viewBox="0 0 1000 40"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d="M100 20H500" stroke="var(--indigo)" />
      <path d="M500 20H900" stroke="var(--teal)" />
    </svg>
  );
}
