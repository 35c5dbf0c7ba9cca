// Who owes whom: each agreement's money by how far it is on its way, with the sums of a currency.
import { Link } from '@tanstack/react-router';
import { moneyText } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import type { SettlementAgreement } from '../shared/settlement-contract.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing } from '../shared/states.tsx';
import styles from './settlement.module.css';

const places = ['open', 'cleared', 'settling', 'underWay'] as const;

export function SettlementMatrix({ agreements }: { agreements: readonly SettlementAgreement[] }) {
  const { t } = useWords();
  const currencies = [...new Set(agreements.map(({ currency }) => currency))].sort();
  return (
    <section className="card stack" aria-labelledby="matrix">
      <h2 id="matrix">{t('settlement.matrix')}</h2>
      {agreements.length === 0 ? (
        <Nothing title={t('settlement.nobody')} />
      ) : (
        <>
          <p className="small muted">{t('settlement.matrixHelp')}</p>
          <div className="sideways">
            <table className={`${figures.tall} ${styles.table} ${stacked.stacked}`}>
              <thead>
                <tr>
                  <th scope="col">{t('settlement.participant')}</th>
                  {places.map((place) => (
                    <th scope="col" key={place}>
                      {t(`settlement.place.${place}`)}
                    </th>
                  ))}
                  <th scope="col">{t('settlement.next')}</th>
                </tr>
              </thead>
              {currencies.map((currency) => (
                <Currency
                  key={currency}
                  currency={currency}
                  agreements={agreements.filter((each) => each.currency === currency)}
                />
              ))}
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Currency(props: { currency: string; agreements: readonly SettlementAgreement[] }) {
  const { currency, agreements } = props;
  const { t, locale } = useWords();
  const sum = (place: (typeof places)[number]) =>
    String(agreements.reduce((all, each) => all + BigInt(each[place].value), 0n));
  return (
    <tbody>
      {agreements.map((each) => (
        <tr key={each.agreementId}>
          <th scope="row">
            {each.participantName}
            <span className="small muted">
              {currency} · T+{each.daysAfter}
              {each.minimumAmount.value !== '0' &&
                ` · ${t('settlement.minimum', { amount: moneyText(each.minimumAmount, locale) })}`}
            </span>
          </th>
          {places.map((place) => (
            <td
              key={place}
              data-label={t(`settlement.place.${place}`)}
              data-empty={each[place].value === '0' || undefined}
            >
              <Owed currency={currency} value={each[place].value} />
            </td>
          ))}
          <td
            data-label={t('settlement.next')}
            data-empty={(each.nextDay === null && each.isCalendarKnown) || undefined}
          >
            {each.nextDay === null ? '–' : dayText(each.nextDay, locale)}
            {!each.isCalendarKnown && (
              <span className={`small ${styles.warning}`}>
                <Link to="/network/calendars">{t('settlement.noCalendar')}</Link>
              </span>
            )}
          </td>
        </tr>
      ))}
      {agreements.length > 1 && (
        <tr className={styles.sum}>
          <th scope="row">{t('settlement.sum', { currency })}</th>
          {places.map((place) => (
            <td
              key={place}
              data-label={t(`settlement.place.${place}`)}
              data-empty={sum(place) === '0' || undefined}
            >
              <Owed currency={currency} value={sum(place)} />
            </td>
          ))}
          <td />
        </tr>
      )}
    </tbody>
  );
}

/** An amount with who owes it: colour alone would not tell everybody. */
function Owed({ currency, value }: { currency: string; value: string }) {
  const { t, locale } = useWords();
  const minor = BigInt(value);
  if (minor === 0n) return <span className="muted">–</span>;
  const weOwe = minor > 0n;
  const size = String(weOwe ? minor : -minor);
  return (
    <span className={styles.owed} data-owes={weOwe ? 'network' : 'participant'}>
      <span className="figure">{moneyText({ currency, value: size }, locale)}</span>
      <span className="small">{t(weOwe ? 'settlement.weOwe' : 'settlement.theyOwe')}</span>
    </span>
  );
}
