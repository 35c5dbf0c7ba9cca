// The network's own page of an entry code: for whoever opened the address in a browser instead of
// in a wallet.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { ApiProblem, getJson } from '../shared/api.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { QrCode } from '../shared/codes.tsx';
import type { WireMoney } from '../shared/contract.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { networkNow } from '../shared/network-time.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import styles from './entry.module.css';

interface OpenedEntry {
  readonly codeValue: string;
  readonly merchantName: string;
  readonly amount: WireMoney;
  readonly expiresAt: string;
  /** For an online shop: the wallets that can pay, each with the way to its cashier. */
  readonly wallets?: readonly { readonly walletId: string; name: string; url: string }[];
}

export function EntryAddress() {
  const { t } = useWords();
  const { token } = useParams({ from: '/entry/$token' });
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['entry', token],
    queryFn: () => getJson<OpenedEntry>(`/entry/${encodeURIComponent(token)}`),
  });
  const [isOver, setOver] = useState(false);
  usePageTitle(data?.merchantName ?? t('page.title'));
  if (data !== undefined && !isOver) {
    return (
      <section className={styles.entry}>
        <h1>{t('page.payShop', { shop: data.merchantName })}</h1>
        <div className={styles.code}>
          <QrCode text={data.codeValue} label={t('till.qr')} />
        </div>
        <Amount money={data.amount} size="large" side="shop" />
        <p className="muted">{t('page.scanInWallet')}</p>
        <Countdown
          from={new Date(networkNow(dataUpdatedAt)).toISOString()}
          until={data.expiresAt}
          label={t('till.codeLives')}
          onEnd={() => setOver(true)}
        />
        {data.wallets !== undefined && data.wallets.length > 0 && (
          <>
            <h2>{t('page.orOpen')}</h2>
            <ul className={styles.wallets}>
              {data.wallets.map((wallet) => (
                <li key={wallet.walletId}>
                  <a href={wallet.url}>{wallet.name}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    );
  }
  const isGone = error instanceof ApiProblem && (error.status === 410 || error.status === 404);
  return (
    <section className={styles.entry}>
      {error === null && !isOver ? (
        <Waiting lines={5} height={48} />
      ) : isGone || isOver ? (
        <>
          <h1>{t('page.over')}</h1>
          <p className="muted">{t('page.overHelp')}</p>
          <Link to="/visitor">{t('page.orOpen')}</Link>
        </>
      ) : (
        <Trouble whole error={error} retry={() => void refetch()} />
      )}
    </section>
  );
}
