// Whose wallet to open: thirteen wallets, a few people each, and the one opened last.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { WalletSummary } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { marketName, usePageTitle, useWords } from '../shared/language.ts';
import { walletsQuery } from '../shared/queries.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import styles from './choose.module.css';
import { WalletBadge } from './WalletBadge.tsx';

export function ChooseCustomer() {
  const { t, locale } = useWords();
  usePageTitle(t('visitor.title'));
  const [wanted, setWanted] = useState('');
  const { data, error, refetch } = useQuery(walletsQuery);
  const wallets = data?.wallets.filter((wallet) => fits(wallet, wanted, locale)) ?? [];
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <h1>{t('choose.wallet')}</h1>
        <p className="muted">{t('choose.walletHelp')}</p>
        <TextInput
          aria-label={t('choose.find')}
          placeholder={t('choose.find')}
          leftSection={<Icon name="search" size={18} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </header>
      {data === undefined && error === null && <Waiting lines={5} height={88} />}
      {data === undefined && error !== null && (
        <Trouble error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && wallets.length === 0 && <Nothing title={t('choose.none')} />}
      <ul className={styles.cards}>
        {wallets.map((wallet) => (
          <WalletCard key={wallet.id} wallet={wallet} />
        ))}
      </ul>
    </div>
  );
}

function fits(wallet: WalletSummary, wanted: string, locale: string): boolean {
  const words = [wallet.name, wallet.currency, wallet.market, marketName(wallet.market, locale)];
  const all = [...words, ...wallet.customers.map((customer) => customer.name)].join(' ');
  return all.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}

function WalletCard({ wallet }: { wallet: WalletSummary }) {
  const { locale } = useWords();
  return (
    <li className={`card ${styles.card}`}>
      <h2>
        <WalletBadge id={wallet.id} name={wallet.name} />
        <span>
          {wallet.name}
          <span className="muted small">
            {marketName(wallet.market, locale)} · {wallet.currency}
          </span>
        </span>
      </h2>
      <ul className={styles.lines}>
        {wallet.customers.map((customer) => (
          <li key={customer.id}>
            <Link
              to="/visitor/$walletId/$customerId"
              params={{ walletId: wallet.id, customerId: customer.id }}
            >
              <span>{customer.name}</span>
              <Amount money={customer.balance} side="home" />
              <Icon name="forward" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
