// What the visitor may still pay, before a limit is met: a line each, and a warning from 80 % on.
import { useQuery } from '@tanstack/react-query';
import { moneyText } from '../shared/amount.ts';
import type { UserLimit } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import { userLimitsQuery } from '../shared/queries.ts';
import styles from './limits.module.css';
import { useWallet } from './wallet-context.ts';

/** All limits on a window; with `nearOnly` those that the visitor should be warned of. */
export function LimitsLeft({ nearOnly = false }: { nearOnly?: boolean }) {
  const { t } = useWords();
  const { walletId, customerId, state } = useWallet();
  const ended = state.payments.filter(({ status }) => status === 'SUCCESS').length;
  const { data } = useQuery(userLimitsQuery(walletId, customerId, ended));
  const shown = (data?.limits ?? []).filter(
    (limit) => limit.limitPeriod !== 'PAYMENT' && (!nearOnly || limit.isNear === 'true'),
  );
  // The wallet works without it: where the network does not say, nothing is shown.
  if (shown.length === 0) return null;
  return (
    <section className={styles.limits} aria-label={t('limits.mine')} data-near={nearOnly}>
      <h2>{nearOnly ? t('limits.near') : t('limits.mine')}</h2>
      <ul>
        {shown.map((limit) => (
          <LimitLine key={`${limit.limitName} ${limit.limitPeriod}`} limit={limit} />
        ))}
      </ul>
    </section>
  );
}

function LimitLine({ limit }: { limit: UserLimit }) {
  const { t, locale } = useWords();
  const { limitAmount, remainingAmount, resetTime } = limit;
  const title = locale.startsWith('zh') ? limit.titleZh : limit.titleEn;
  const [most, left] =
    limitAmount !== undefined && remainingAmount !== undefined
      ? [moneyText(limitAmount, locale), moneyText(remainingAmount, locale)]
      : [limit.limitCount, limit.remainingCount].map((count) =>
          t('limits.payments', { count: Number(count ?? 0) }),
        );
  const whole = Number(limitAmount?.value ?? limit.limitCount ?? 1);
  const rest = Number(remainingAmount?.value ?? limit.remainingCount ?? 0);
  return (
    <li data-near={limit.isNear === 'true'}>
      <span>{title}</span>
      <meter
        min={0}
        max={whole}
        low={whole * 0.8}
        high={whole * 0.999}
        optimum={0}
        value={whole - rest}
        aria-label={title}
      />
      <span className="small">
        {resetTime === undefined
          ? t('limits.leftOf', { left, most })
          : t('limits.leftUntil', { left, most, day: dayText(lastDay(resetTime), locale) })}
      </span>
    </li>
  );
}

/** The day of UTC+8 before a window's end: the last one that it counts for. */
function lastDay(resetTime: string): string {
  const end = Date.parse(resetTime) - 1;
  return new Date(end + 8 * 3_600_000).toISOString().slice(0, 10);
}
