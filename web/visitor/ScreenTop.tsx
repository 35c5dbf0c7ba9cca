// The top of a screen inside the wallet: the way back, and where one is.
import { Link } from '@tanstack/react-router';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

export function ScreenTop({ title }: { title: string }) {
  const { t } = useWords();
  const { walletId, customerId } = useWallet();
  return (
    <div className={styles.screenTop}>
      <Link
        to="/visitor/$walletId/$customerId"
        params={{ walletId, customerId }}
        aria-label={t('visitor.back')}
      >
        <Icon name="back" />
      </Link>
      <h1>{title}</h1>
    </div>
  );
}
