// What a visitor sees whose payment is over a limit: why, how much is left, and what to do now.
import { Button } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Nothing } from '../shared/states.tsx';
import { boundText, type RefusedLimit, refusedLimitFrom } from './limit-words.ts';
import styles from './limits.module.css';

export function RefusedPage() {
  const { t } = useWords();
  const limit = refusedLimitFrom(useSearch({ from: '/limit' }));
  usePageTitle(t('limits.refusedTitle'));
  return (
    <section className={styles.refused}>
      {limit === undefined ? (
        <Nothing whole title={t('limits.wrongAddress')}>
          {t('limits.wrongAddressHelp')} <Link to="/visitor">{t('limits.backToWallet')}</Link>
        </Nothing>
      ) : (
        <Refusal limit={limit} />
      )}
    </section>
  );
}

function Refusal({ limit }: { limit: RefusedLimit }) {
  const { t, locale } = useWords();
  const { per, of, currency } = limit;
  const say = (minor: string) =>
    of === 'count'
      ? t('limits.payments', { count: Number(minor) })
      : boundText(currency, minor, locale);
  const most = say(limit.most);
  return (
    <>
      <h1>{t('limits.refusedTitle')}</h1>
      <p className={styles.why}>
        {per === 'payment'
          ? t('limits.refusedPayment', { most })
          : t('limits.refusedWindow', { most, per: t(`limits.your.${per}`) })}
      </p>
      {per !== 'payment' && (
        <meter
          className={styles.meter}
          min={0}
          max={Number(limit.most)}
          low={Number(limit.most) * 0.8}
          high={Number(limit.most) * 0.999}
          optimum={0}
          value={Number(limit.most) - Number(limit.left)}
          aria-label={t('limits.counted')}
        />
      )}
      <dl className={styles.facts}>
        <div>
          <dt>{t('limits.asked')}</dt>
          <dd className="figure">{say(limit.asked)}</dd>
        </div>
        <div>
          <dt>{per === 'payment' ? t('limits.perPayment') : t('limits.left')}</dt>
          <dd className="figure">{say(limit.left)}</dd>
        </div>
        <div>
          <dt>{t('limits.rule')}</dt>
          <dd>
            <code>{limit.rule}</code>
          </dd>
        </div>
      </dl>
      <p>{t('limits.nothingTaken')}</p>
      <p className={styles.next}>{t(nextOf(limit))}</p>
      <Button variant="default" onClick={() => window.history.back()}>
        {t('limits.backToWallet')}
      </Button>
    </>
  );
}

function nextOf({ per, rule }: RefusedLimit) {
  if (rule.endsWith('.static')) return 'limits.next.static';
  return per === 'payment' ? 'limits.next.payment' : 'limits.next.window';
}
