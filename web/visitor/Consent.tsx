// A wallet's consent page: a shop asks to charge the customer from now on; the PIN says yes.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Amount } from '../shared/Amount.tsx';
import { ApiProblem, getJson, postJson } from '../shared/api.ts';
import type { Grant, WalletSummary } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { walletsQuery } from '../shared/queries.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import styles from './consent.module.css';
import { PinPad } from './PinPad.tsx';
import { WalletBadge } from './WalletBadge.tsx';

interface GoOn {
  readonly goOn: string;
}

/** A real wallet knows who is signed in; in the sandbox the reader says who. */
export function Consent() {
  const { t } = useWords();
  const { walletId } = useParams({ from: '/authorize/$walletId' });
  const { grant: grantId } = useSearch({ from: '/authorize/$walletId' });
  const wallets = useQuery(walletsQuery);
  const base = `/sandbox/wallets/${encodeURIComponent(walletId)}/grants`;
  const asked = useQuery({
    queryKey: ['grant', walletId, grantId],
    queryFn: () => getJson<Grant>(`${base}/${encodeURIComponent(grantId)}`),
    retry: false,
  });
  const wallet = wallets.data?.wallets.find(({ id }) => id === walletId);
  usePageTitle(wallet?.name ?? t('visitor.title'));
  const error = wallets.error ?? asked.error;
  if (error instanceof ApiProblem && error.status === 404) {
    return <NothingToAllow title={t('consent.none')} help={t('consent.noneHelp')} />;
  }
  if (error !== null) {
    return <Trouble whole error={error} retry={() => void asked.refetch()} />;
  }
  if (wallets.data === undefined || asked.data === undefined) {
    return <Waiting lines={5} height={56} />;
  }
  if (wallet === undefined) return <Nothing whole title={t('choose.none')} />;
  if (asked.data.status !== 'ASKED') {
    return <NothingToAllow title={t('consent.over')} help={t('consent.overHelp')} />;
  }
  return <Asked wallet={wallet} grant={asked.data} address={`${base}/${grantId}`} />;
}

function NothingToAllow({ title, help }: { title: string; help: string }) {
  const { t } = useWords();
  return (
    <Nothing whole title={title}>
      {help} <Link to="/shop">{t('cashier.back')}</Link>
    </Nothing>
  );
}

function Asked(props: { wallet: WalletSummary; grant: Grant; address: string }) {
  const { t } = useWords();
  const { wallet, grant, address } = props;
  const [customerId, setCustomerId] = useState<string>();
  const goOn = { onSuccess: ({ goOn }: GoOn) => window.location.assign(goOn) };
  const allow = useMutation({
    mutationFn: (pin: string) => postJson<GoOn>(`${address}/allow`, { customerId, pin }),
    ...goOn,
  });
  const refuse = useMutation({
    mutationFn: () => postJson<GoOn>(`${address}/refuse`, {}),
    ...goOn,
  });
  const busy = allow.isPending || refuse.isPending || allow.isSuccess || refuse.isSuccess;
  const isWrongPin = allow.error instanceof ApiProblem && allow.error.code === 'WRONG_PIN';
  const trouble = isWrongPin ? refuse.error : (allow.error ?? refuse.error);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <WalletBadge id={wallet.id} name={wallet.name} />
        <h1>{t('consent.title', { shop: grant.merchantName })}</h1>
        <p className="muted">{t('consent.lead', { wallet: wallet.name })}</p>
      </header>
      <ul className={styles.scopes}>
        {grant.scopes.map((scope) => (
          <li key={scope}>
            <Icon name="check" size={18} />
            {t(`consent.scope.${scope}`, { shop: grant.merchantName })}
          </li>
        ))}
      </ul>
      <p className="hint">{t('consent.until')}</p>
      {trouble !== null && <Trouble error={trouble} />}
      {customerId === undefined ? (
        <section aria-labelledby="who">
          <h2 id="who">{t('consent.who')}</h2>
          <ul className={styles.people}>
            {wallet.customers.map(({ id, name, balance }) => (
              <li key={id}>
                <button type="button" disabled={busy} onClick={() => setCustomerId(id)}>
                  <span>{name}</span>
                  <Amount money={balance} side="home" />
                  <Icon name="forward" size={16} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <section className={styles.pin} aria-labelledby="agree">
          <h2 id="agree">{t('consent.agree')}</h2>
          <PinPad
            busy={busy}
            problem={isWrongPin ? t('consent.wrongPin') : undefined}
            onPin={(pin) => allow.mutate(pin)}
          />
        </section>
      )}
      <Button variant="default" disabled={busy} onClick={() => refuse.mutate()}>
        {t('consent.refuse')}
      </Button>
    </div>
  );
}
