// A small online shop of a sandbox acquirer: tickets for a boat ride, paid in the visitor's wallet.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { address, postJson } from '../shared/api.ts';
import type { TillPayment, WireMoney } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import { WalletBadge } from '../visitor/WalletBadge.tsx';
import { boats, mostTickets, ticketFen } from './boats.ts';
import { OneTap } from './OneTap.tsx';
import styles from './shop.module.css';

interface OfferedWallet {
  readonly walletId: string;
  readonly name: string;
  readonly enabled: boolean;
}

const till = address.till(boats.acquirerId, boats.tillId);

export function Shop() {
  const { t } = useWords();
  usePageTitle(t('shop.title'));
  const [tickets, setTickets] = useState(2);
  const [remembers, setRemembers] = useState(false);
  const amount: WireMoney = { currency: 'CNY', value: String(tickets * ticketFen) };
  const pay = useMutation({
    mutationFn: (walletId: string) =>
      postJson<TillPayment>(`${till}/payments`, {
        amount,
        online: { walletId, returnUrl: `${window.location.origin}/shop/orders` },
      }),
    onSuccess: ({ payUrl }) => {
      if (payUrl != null) window.location.assign(payUrl);
    },
  });
  const bind = useMutation({
    mutationFn: (walletId: string) =>
      postJson<{ goOn: string }>(`${till}/bindings`, {
        walletId,
        returnUrl: `${window.location.origin}/shop/bound`,
      }),
    onSuccess: ({ goOn }) => window.location.assign(goOn),
  });
  const trouble = pay.error ?? bind.error;
  const refusal = pay.data !== undefined && pay.data.payUrl == null ? pay.data : undefined;
  return (
    <section className={styles.page}>
      <header className={styles.top}>
        <Icon name="shop" size={34} />
        <h1>{t('shop.title')}</h1>
        <p className="muted">{t('shop.lead')}</p>
      </header>
      <div className={styles.order}>
        <div className="spread">
          <strong>{t('shop.tickets')}</strong>
          <Amount money={{ currency: 'CNY', value: String(ticketFen) }} side="shop" />
        </div>
        <fieldset className={styles.count}>
          <legend className="visually-hidden">{t('shop.howMany')}</legend>
          {Array.from({ length: mostTickets }, (_, index) => index + 1).map((count) => (
            <Button
              key={count}
              variant={count === tickets ? 'filled' : 'default'}
              aria-pressed={count === tickets}
              onClick={() => setTickets(count)}
            >
              {count}
            </Button>
          ))}
        </fieldset>
        <div className="spread">
          <span>{t('shop.total')}</span>
          <Amount money={amount} size="large" side="shop" />
        </div>
      </div>
      <OneTap amount={amount} />
      <h2>{t('shop.payWith')}</h2>
      <label className={styles.remember}>
        <input
          type="checkbox"
          checked={remembers}
          onChange={({ currentTarget }) => setRemembers(currentTarget.checked)}
        />
        {t('oneTap.remember')}
      </label>
      {trouble !== null && <Trouble error={trouble} />}
      {refusal !== undefined && <p role="alert">{t('shop.refused')}</p>}
      <Wallets
        amount={amount}
        busy={pay.isPending || bind.isPending}
        onPick={(walletId) => (remembers ? bind : pay).mutate(walletId)}
      />
    </section>
  );
}

/** The wallets that the network says can pay this amount. */
function Wallets(props: { amount: WireMoney; busy: boolean; onPick: (walletId: string) => void }) {
  const { t } = useWords();
  const { amount, busy, onPick } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ['shop-wallets', amount.value],
    queryFn: () => postJson<{ wallets: OfferedWallet[] }>(`${till}/wallets`, { amount }),
    placeholderData: (before) => before,
  });
  if (data === undefined) {
    if (error !== null) return <Trouble error={error} retry={() => void refetch()} />;
    return <Waiting lines={4} height={56} />;
  }
  const wallets = data.wallets.filter(({ enabled }) => enabled);
  if (wallets.length === 0) return <Nothing title={t('shop.noWallets')} />;
  return (
    <ul className={styles.wallets}>
      {wallets.map(({ walletId, name }) => (
        <li key={walletId}>
          <button type="button" disabled={busy} onClick={() => onPick(walletId)}>
            <WalletBadge id={walletId} name={name} />
            <span>{name}</span>
            <Icon name="forward" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
