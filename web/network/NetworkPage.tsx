// The operator's view: what moves now, what was counted, who owes how much, at which rates.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Overview, PaymentRow } from '../shared/console-contract.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { type LiveState, useLive } from '../shared/live.ts';
import { momentText } from '../shared/moment.ts';
import {
  fallbackEveryMs,
  overviewQuery,
  type PaymentFilter,
  paymentsQuery,
} from '../shared/queries.ts';
import { Tag } from '../shared/Tag.tsx';
import { ClockCard } from './ClockCard.tsx';
import { Filters } from './Filters.tsx';
import { pageSize, withRow } from './filter.ts';
import styles from './network.module.css';
import { Participants } from './Participants.tsx';
import { PaymentsTable } from './PaymentsTable.tsx';
import { PositionsCard } from './PositionsCard.tsx';
import { RatesCard } from './RatesCard.tsx';

const noFilter: PaymentFilter = {
  status: '',
  wallet: '',
  acquirer: '',
  search: '',
  limit: pageSize,
  from: '',
};

/** While payments are still to be counted the counts are asked for at this pace. */
const countedEveryMs = 2_000;

export function NetworkPage() {
  const { t } = useWords();
  usePageTitle(t('network.title'));
  const [filter, setFilter] = useState(noFilter);
  const live = useLivePayments(filter);
  const poll = live === 'open' ? (false as const) : fallbackEveryMs;
  const overview = useQuery({
    ...overviewQuery,
    refetchInterval: ({ state }) => (state.data?.counts.countedTo == null ? poll : countedEveryMs),
  });
  const payments = useQuery({
    ...paymentsQuery(filter),
    refetchInterval: poll,
    placeholderData: (before) => before,
  });
  return (
    <div className="page">
      <header className={styles.top}>
        <h1>{t('network.title')}</h1>
        <LiveTag state={live} />
      </header>
      <Counters overview={overview.data} />
      <div className={styles.columns}>
        <section className={`card ${styles.payments}`} aria-labelledby="payments">
          <h2 id="payments">{t('network.payments')}</h2>
          <Filters filter={filter} onChange={setFilter} overview={overview.data} />
          <PaymentsTable
            list={payments.data}
            error={payments.error}
            retry={() => void payments.refetch()}
            filter={filter}
            onMore={() => setFilter({ ...filter, limit: filter.limit + pageSize })}
            onLook={(from) => setFilter({ ...filter, limit: pageSize, from })}
            stale={payments.isPlaceholderData}
          />
        </section>
        <aside className={styles.side}>
          <ClockCard />
          <PositionsCard poll={poll} />
          <RatesCard poll={poll} />
          <Participants overview={overview.data} error={overview.error} />
        </aside>
      </div>
    </div>
  );
}

function LiveTag({ state }: { state: LiveState }) {
  const { t } = useWords();
  const tone = state === 'open' ? 'paid' : state === 'down' ? 'not-paid' : 'plain';
  return (
    <span role="status">
      <Tag tone={tone}>{t(`network.live.${state}`)}</Tag>
    </span>
  );
}

function Counters({ overview }: { overview: Overview | undefined }) {
  const { t, locale } = useWords();
  const names = ['processing', 'success', 'failed', 'closed'] as const;
  const countedTo = overview?.counts.countedTo;
  return (
    <div>
      <dl className={styles.counters}>
        {names.map((name) => (
          <div key={name} data-name={name}>
            <dt>{t(`network.count.${name}`)}</dt>
            <dd className="figure">{overview?.counts[name].toLocaleString(locale) ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <p className={`muted small ${styles.counted}`}>
        {countedTo == null
          ? t('network.countsAll')
          : Date.parse(countedTo) === 0
            ? t('network.countsBegin')
            : t('network.countsTo', { time: momentText(countedTo, locale) })}
      </p>
    </div>
  );
}

// Counters and positions follow the payments, but are asked for at most this often.
const followEveryMs = 1_500;

/** Puts each changed payment into the shown table, and lets the sums follow a little later. */
function useLivePayments(filter: PaymentFilter): LiveState {
  const queries = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  const follow = useCallback(() => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: ['overview'] });
      void queries.invalidateQueries({ queryKey: ['positions'] });
    }, followEveryMs);
  }, [queries]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useLive('/console/api/live', {
    payment: (data) => {
      const changed = data as PaymentRow;
      queries.setQueryData(paymentsQuery(filter).queryKey, (known) =>
        known === undefined
          ? known
          : { ...known, payments: withRow(known.payments, changed, filter) },
      );
      follow();
    },
  });
}
