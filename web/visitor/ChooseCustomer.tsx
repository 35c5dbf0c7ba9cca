// Whose wallet to open: thirteen wallets, a few people each, and the one opened last.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { WalletSummary } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { marketName, usePageTitle, useWords } from '../shared/language.ts';
import { walletsQuery } from '../shared/queries.ts';
import { ChoosePage } from './ChoosePage.tsx';
import styles from './choose.module.css';
import { WalletBadge } from './WalletBadge.tsx';

export function ChooseCustomer() {
  const { t, locale } = useWords();
  usePageTitle(t('visitor.title'));
  const [wanted, setWanted] = useState('');
  const query = useQuery(walletsQuery);
  const wallets = query.data?.wallets.filter((wallet) => fits(wallet, wanted, locale)) ?? [];
  return (
    <ChoosePage
      title={t('choose.wallet')}
      help={t('choose.walletHelp')}
      find={t('choose.find')}
      wanted={wanted}
      want={setWanted}
      query={query}
      isEmpty={wallets.length === 0}
    >
      <ul className={styles.cards}>
        {wallets.map((wallet) => (
          <WalletCard key={wallet.id} wallet={wallet} />
        ))}
      </ul>
    </ChoosePage>
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
