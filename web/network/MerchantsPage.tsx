// Registered merchants: one line a shop, one column a wallet, and why a wallet refused.
import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../shared/api.ts';
import buttons from '../shared/buttons.module.css';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import type { Merchants, RegisteredMerchant, StandingState } from '../shared/merchants-contract.ts';
import { momentText } from '../shared/moment.ts';
import { merchantsQuery, overviewQuery } from '../shared/queries.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import styles from './MerchantsPage.module.css';

type Wallet = Merchants['wallets'][number];

/** The acquirers that the sandbox plays: it can send their shops. */
const sandboxAcquirers = ['CHENGDU_PAY', 'LAKESIDE'];

export function MerchantsPage() {
  const { t } = useWords();
  usePageTitle(t('merchants.title'));
  const [acquirer, setAcquirer] = useState('');
  const [search, setSearch] = useState('');
  const overview = useQuery(overviewQuery);
  const merchants = useQuery({
    ...merchantsQuery(acquirer, search.trim()),
    placeholderData: (before) => before,
  });
  const acquirers = (overview.data?.participants ?? [])
    .filter((one) => one.role === 'acquirer')
    .map(({ id, name }) => ({ value: id, label: name }));
  const isFiltered = acquirer !== '' || search.trim() !== '';
  return (
    <div className="page">
      <header>
        <h1>{t('merchants.title')}</h1>
        <p className="muted">{t('merchants.about')}</p>
      </header>
      <div className={styles.tools}>
        <NativeSelect
          aria-label={t('network.acquirer')}
          value={acquirer}
          onChange={(event) => setAcquirer(event.currentTarget.value)}
          data={[{ value: '', label: t('merchants.anyAcquirer') }, ...acquirers]}
        />
        <TextInput
          aria-label={t('merchants.search')}
          placeholder={t('merchants.search')}
          value={search}
          maxLength={64}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SendShops />
      </div>
      <List
        found={merchants.data}
        error={merchants.error}
        isFiltered={isFiltered}
        retry={() => void merchants.refetch()}
      />
    </div>
  );
}

/** Has the sandbox register its shops; who is not played by a sandbox is told that it failed. */
function SendShops() {
  const { t } = useWords();
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: async () => {
      const sent = await Promise.all(
        sandboxAcquirers.map((id) =>
          postJson<{ registrations: readonly { resultCode: string }[] }>(
            `/sandbox/acquirers/${id}/registrations`,
            {},
          ),
        ),
      );
      const all = sent.flatMap(({ registrations }) => registrations);
      return all.filter(({ resultCode }) => resultCode === 'SUCCESS').length;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['merchants'] }),
  });
  return (
    <div className={styles.send}>
      <button
        type="button"
        className={buttons.action}
        disabled={send.isPending}
        onClick={() => send.mutate()}
      >
        {t('merchants.send')}
      </button>
      <span role="status" className="muted small">
        {send.isSuccess && t('merchants.sent', { count: send.data })}
        {send.isError && t('merchants.notSent')}
      </span>
    </div>
  );
}

function List(props: {
  found: Merchants | undefined;
  error: unknown;
  isFiltered: boolean;
  retry: () => void;
}) {
  const { found, error, isFiltered, retry } = props;
  const { t } = useWords();
  if (found === undefined) {
    return <NotYet error={error} retry={retry} />;
  }
  if (found.merchants.length === 0) {
    const words = isFiltered ? 'noneFound' : 'none';
    return (
      <div className="card">
        <Nothing title={t(`merchants.${words}`)}>{t(`merchants.${words}Help`)}</Nothing>
      </div>
    );
  }
  return (
    <>
      <Legend />
      <div className={`card ${styles.frame}`}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('merchants.merchant')}</th>
              {found.wallets.map((wallet) => (
                <th key={wallet.id} scope="col" className={styles.wallet}>
                  <span title={wallet.required ? t('merchants.requiredHelp') : undefined}>
                    {wallet.name}
                    {wallet.required && <em>{t('merchants.required')}</em>}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.merchants.map((merchant) => (
              <Line
                key={`${merchant.acquirerId} ${merchant.merchantId} ${merchant.storeId}`}
                merchant={merchant}
                wallets={found.wallets}
              />
            ))}
          </tbody>
        </table>
      </div>
      {found.more && <p className="muted small">{t('merchants.more')}</p>}
    </>
  );
}

const shownStates: readonly StandingState[] = ['APPROVED', 'REJECTED', 'ACCEPTED', 'UNANSWERED'];

/** What the signs of the matrix mean. */
function Legend() {
  const { t } = useWords();
  return (
    <ul className={styles.legend}>
      {shownStates.map((state) => (
        <li key={state}>
          <Sign state={state} />
          {t(`merchants.state.${state}`)}
        </li>
      ))}
    </ul>
  );
}

function Line({ merchant, wallets }: { merchant: RegisteredMerchant; wallets: readonly Wallet[] }) {
  const { t, locale } = useWords();
  const refused = merchant.wallets.filter((each) => each.rejectReasons !== null);
  const nameOf = (id: string) => wallets.find((wallet) => wallet.id === id)?.name ?? id;
  const time = momentText(merchant.registeredAt, locale);
  return (
    <tr>
      <th scope="row">
        <strong>{merchant.merchantName}</strong>
        <span className="muted small">
          {[
            merchant.storeId === null
              ? t('merchants.online')
              : (merchant.storeName ?? merchant.storeId),
            merchant.acquirerName,
            ...(merchant.required ? [t('merchants.required')] : []),
          ].join(' · ')}
        </span>
        <span className="muted small">{t('merchants.registered', { time })}</span>
        {refused.map((each) => (
          <span key={each.walletId} className={`small ${styles.reason}`}>
            {nameOf(each.walletId)}: {each.rejectReasons}
          </span>
        ))}
      </th>
      {wallets.map((wallet) => {
        const standing = merchant.wallets.find((each) => each.walletId === wallet.id);
        const words =
          standing === undefined ? t('merchants.notAsked') : t(`merchants.state.${standing.state}`);
        const told = standing?.isToBeTold === true ? `; ${t('merchants.toBeTold')}` : '';
        return (
          <td key={wallet.id} data-wallet={wallet.name} title={`${wallet.name}: ${words}${told}`}>
            <Sign state={standing?.state} />
            <span className="visually-hidden">{words + told}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** A standing as one sign; its word stands beside it for who does not see it. */
function Sign({ state }: { state: StandingState | undefined }) {
  const kind = state === undefined ? 'none' : state;
  return (
    <span className={styles.sign} data-state={kind} aria-hidden="true">
      {kind === 'APPROVED' && <Icon name="check" size={16} />}
      {kind === 'REJECTED' && <Icon name="cross" size={16} />}
      {(kind === 'ASKED' || kind === 'ACCEPTED') && '…'}
      {kind === 'UNANSWERED' && '?'}
      {kind === 'none' && '–'}
    </span>
  );
}
