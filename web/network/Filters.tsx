// What the table of payments is narrowed to: state, wallet, acquirer, number.
import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Overview, Participant } from '../shared/console-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import type { PaymentFilter } from '../shared/queries.ts';
import { pageSize, states } from './filter.ts';
import styles from './network.module.css';

const searchAfterMs = 300;

export function Filters(props: {
  filter: PaymentFilter;
  onChange: (filter: PaymentFilter) => void;
  overview: Overview | undefined;
}) {
  const { filter, onChange, overview } = props;
  const { t } = useWords();
  const change = (part: Partial<PaymentFilter>) =>
    onChange({ ...filter, ...part, limit: pageSize, from: '' });
  const choices = (role: string) =>
    (overview?.participants ?? [])
      .filter((participant) => participant.role === role)
      .map(({ id, name }: Participant) => ({ value: id, label: name }));
  return (
    <search className={styles.filters}>
      <SearchBox search={filter.search} onSearch={(search) => change({ search: search.trim() })} />
      <NativeSelect
        aria-label={t('network.state')}
        value={filter.status}
        onChange={(event) => change({ status: event.currentTarget.value })}
        data={[
          { value: '', label: t('network.anyState') },
          ...states.map((value) => ({ value, label: t(`network.stateName.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('network.wallet')}
        value={filter.wallet}
        onChange={(event) => change({ wallet: event.currentTarget.value })}
        data={[{ value: '', label: t('network.anyWallet') }, ...choices('wallet')]}
      />
      <NativeSelect
        aria-label={t('network.acquirer')}
        value={filter.acquirer}
        onChange={(event) => change({ acquirer: event.currentTarget.value })}
        data={[{ value: '', label: t('network.anyAcquirer') }, ...choices('acquirer')]}
      />
    </search>
  );
}

/** A number is asked for when the typing has paused. */
function SearchBox(props: { search: string; onSearch: (search: string) => void }) {
  const { search, onSearch } = props;
  const { t } = useWords();
  const [text, setText] = useState(search);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = window.setTimeout(() => onSearch(text), searchAfterMs);
    return () => window.clearTimeout(timer);
  }, [text, search, onSearch]);
  return (
    <TextInput
      className={styles.search ?? ''}
      aria-label={t('network.search')}
      placeholder={t('network.search')}
      leftSection={<Icon name="search" size={18} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
