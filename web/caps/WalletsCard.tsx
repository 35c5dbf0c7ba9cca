// Every wallet as a bar of what it may owe: owed, held, free, and the part that is its deposit.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { amountText, moneyText, percentText } from '../shared/amount.ts';
import type { CappedWallet } from '../shared/caps-contract.ts';
import type { WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Tag } from '../shared/Tag.tsx';
import styles from './caps.module.css';
import { capParts } from './draw.ts';

const firstShown = 6;

export function WalletsCard(props: {
  wallets: readonly CappedWallet[];
  chosen: string;
  choose: (participantId: string) => void;
}) {
  const { wallets, chosen, choose } = props;
  const { t } = useWords();
  const [all, setAll] = useState(false);
  return (
    <section className="card stack" aria-labelledby="wallets">
      <div className={styles.cardHead}>
        <h2 id="wallets">{t('caps.wallets')}</h2>
        <ul className={`legend ${styles.parts}`}>
          {(['owed', 'held', 'cap', 'deposit'] as const).map((name) => (
            <li key={name} data-part={name}>
              {t(`caps.part.${name}`)}
            </li>
          ))}
        </ul>
      </div>
      <ul className={styles.wallets}>
        {(all ? wallets : wallets.slice(0, firstShown)).map((wallet) => (
          <li key={wallet.participantId} data-chosen={wallet.participantId === chosen}>
            <Wallet
              wallet={wallet}
              isChosen={wallet.participantId === chosen}
              choose={() => choose(wallet.participantId)}
            />
          </li>
        ))}
      </ul>
      {!all && wallets.length > firstShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('caps.allWallets', { count: wallets.length })}
        </Button>
      )}
    </section>
  );
}

function Wallet(props: { wallet: CappedWallet; isChosen: boolean; choose: () => void }) {
  const { wallet, isChosen, choose } = props;
  const { t, locale } = useWords();
  const reached = wallet.reached.at(-1);
  return (
    <>
      <div className={styles.name}>
        <button type="button" aria-pressed={isChosen} onClick={choose}>
          {wallet.name}
        </button>
        <span className="small muted">{wallet.currency}</span>
        {reached !== undefined && (
          <Tag tone={reached >= 95 ? 'not-paid' : 'unknown'}>
            {t('caps.over', { level: reached })}
          </Tag>
        )}
      </div>
      <Bar wallet={wallet} />
      <dl className={`${styles.figures} figure`}>
        <Figure name="owed" amount={wallet.owed} />
        <Figure name="cap" amount={wallet.cap} />
        <Figure name="deposit" amount={wallet.deposit} />
        <Figure name="left" amount={wallet.left} />
        <div>
          <dt>{t('caps.used')}</dt>
          <dd>
            {wallet.usedBasisPoints === null
              ? '–'
              : percentText((wallet.usedBasisPoints / 100).toLocaleString(locale), locale)}
          </dd>
        </div>
      </dl>
    </>
  );
}

function Figure({
  name,
  amount,
}: {
  name: 'owed' | 'cap' | 'deposit' | 'left';
  amount: WireMoney | null;
}) {
  const { t, locale } = useWords();
  return (
    <div>
      <dt>{t(`caps.figure.${name}`)}</dt>
      <dd>{amount === null ? t('caps.unlimited') : amountText(amount, locale)}</dd>
    </div>
  );
}

function Bar({ wallet }: { wallet: CappedWallet }) {
  const { t, locale } = useWords();
  const parts = capParts(wallet);
  if (parts === undefined || wallet.mayOwe === null) {
    return <p className="small muted">{t('caps.noBar')}</p>;
  }
  const label = t('caps.barLabel', {
    owed: moneyText(wallet.owed, locale),
    most: moneyText(wallet.mayOwe, locale),
  });
  return (
    <svg
      className={styles.bar}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect width="100" height="10" fill="var(--line)" />
      <rect x={parts.cap} width={100 - parts.cap} height="10" fill="var(--teal-bright)" />
      <rect
        y="2"
        width={parts.posted}
        height="6"
        fill={parts.isOver ? 'var(--not-paid)' : 'var(--indigo)'}
      />
      <rect y="2" x={parts.posted} width={parts.held} height="6" fill="var(--unknown-bright)" />
      {wallet.levels.map((level) => (
        <line
          key={level}
          x1={level}
          x2={level}
          y1="0"
          y2="10"
          stroke="var(--ink-3)"
          strokeDasharray="2 2"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
