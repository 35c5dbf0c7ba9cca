// Levels that wallets reached: those that stand at the top of the page, all of them in a list.
import { moneyText } from '../shared/amount.ts';
import type { CapAlert } from '../shared/caps-contract.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './caps.module.css';

/** Of each wallet the highest level that stands. */
export function OpenAlerts({ alerts }: { alerts: readonly CapAlert[] }) {
  const { t, locale } = useWords();
  const highest = new Map<string, CapAlert>();
  for (const alert of alerts) {
    const known = highest.get(alert.participantId);
    if (alert.easedAt === null && alert.level > (known?.level ?? 0)) {
      highest.set(alert.participantId, alert);
    }
  }
  if (highest.size === 0) return null;
  return (
    <ul className={styles.open} aria-label={t('caps.openAlerts')}>
      {[...highest.values()].map(({ participantId, name, level, raisedAt }) => (
        <li key={participantId} data-high={level >= 95}>
          <strong>{name}</strong> {t('caps.since', { level, time: momentText(raisedAt, locale) })}
        </li>
      ))}
    </ul>
  );
}

export function AlertsCard({ alerts }: { alerts: readonly CapAlert[] }) {
  const { t, locale } = useWords();
  return (
    <section className="card stack" aria-labelledby="alerts">
      <h2 id="alerts">{t('caps.alerts')}</h2>
      {alerts.length === 0 ? (
        <Nothing title={t('caps.noAlerts')}>{t('caps.noAlertsHelp')}</Nothing>
      ) : (
        <ol className={styles.changes}>
          {alerts.map((alert) => (
            <li key={`${alert.participantId} ${alert.level} ${alert.raisedAt}`}>
              <div className={styles.change}>
                <strong>{alert.name}</strong>
                <span>{t('caps.level', { level: alert.level })}</span>
                <span className="figure">
                  {t('caps.ofMost', {
                    owed: moneyText(alert.raisedOwed, locale),
                    most: moneyText(alert.raisedMost, locale),
                  })}
                </span>
                <Tag tone={alert.easedAt === null ? 'unknown' : 'plain'}>
                  {t(alert.easedAt === null ? 'caps.stands' : 'caps.isOver')}
                </Tag>
              </div>
              <p className="small muted">
                {t('caps.reachedAt', { time: momentText(alert.raisedAt, locale) })}
                {alert.easedAt !== null &&
                  alert.easedOwed !== null &&
                  ` · ${t('caps.easedAt', {
                    time: momentText(alert.easedAt, locale),
                    owed: moneyText(alert.easedOwed, locale),
                    most:
                      alert.easedMost === null
                        ? t('caps.unlimited')
                        : moneyText(alert.easedMost, locale),
                  })}`}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
