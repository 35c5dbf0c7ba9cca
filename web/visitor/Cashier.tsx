// A wallet's cashier: a customer arrives from a merchant's page with an order code, and goes on as
// after a scan.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { Amount } from '../shared/Amount.tsx';
import { address, postJson } from '../shared/api.ts';
import type { ScanAnswer } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useSentenceLanguage, useWords } from '../shared/language.ts';
import { walletsQuery } from '../shared/queries.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import styles from './choose.module.css';
import { WalletBadge } from './WalletBadge.tsx';

/** A real wallet knows who is signed in; in the sandbox the reader says who. */
export function Cashier() {
  const { t } = useWords();
  const { walletId } = useParams({ from: '/cashier/$walletId' });
  const { codeValue } = useSearch({ from: '/cashier/$walletId' });
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(walletsQuery);
  const wallet = data?.wallets.find(({ id }) => id === walletId);
  usePageTitle(wallet?.name ?? t('visitor.title'));
  const ask = useMutation({
    mutationFn: (customerId: string) =>
      postJson<ScanAnswer>(`${address.customer(walletId, customerId)}/scans`, { text: codeValue }),
    onSuccess: ({ intent }, customerId) => {
      if (intent === null) return;
      const { paymentRequestId } = intent;
      void navigate({
        to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
        params: { walletId, customerId, paymentRequestId },
      });
    },
  });
  if (data === undefined && error !== null) {
    return <Trouble whole error={error} retry={() => void refetch()} />;
  }
  if (data === undefined) return <Waiting lines={4} height={56} />;
  if (wallet === undefined) return <Nothing whole title={t('choose.none')} />;
  if (codeValue === '') {
    return (
      <Nothing whole title={t('cashier.noOrder')}>
        {t('cashier.noOrderHelp')} <Link to="/shop">{t('cashier.back')}</Link>
      </Nothing>
    );
  }
  return (
    <div className={`${styles.page} ${styles.cashier}`}>
      <header className={styles.top}>
        <WalletBadge id={wallet.id} name={wallet.name} />
        <h1>{t('cashier.title', { wallet: wallet.name })}</h1>
        <p className="muted">{t('cashier.who')}</p>
      </header>
      {ask.error !== null && <Trouble error={ask.error} />}
      <Refusal answer={ask.data} />
      <ul className={styles.lines}>
        {wallet.customers.map(({ id, name, balance }) => (
          <li key={id}>
            <button type="button" disabled={ask.isPending} onClick={() => ask.mutate(id)}>
              <span>{name}</span>
              <Amount money={balance} side="home" />
              <Icon name="forward" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Why the order cannot be paid here, and what to do. */
function Refusal({ answer }: { answer: ScanAnswer | undefined }) {
  const language = useSentenceLanguage();
  if (answer === undefined || answer.intent !== null) return null;
  const { what, next } = sentenceFor(answer.problem?.code).visitor;
  return (
    <div className={styles.refused} role="alert">
      <strong>{what[language]}</strong>
      <p>{next[language]}</p>
    </div>
  );
}
