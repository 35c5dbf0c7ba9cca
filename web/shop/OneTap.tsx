// Wallets that the shop may charge with one tap: pay, or have the shop forget one.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { address, getJson, postJson } from '../shared/api.ts';
import type { TillPayment, WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Trouble } from '../shared/states.tsx';
import { WalletBadge } from '../visitor/WalletBadge.tsx';
import { boats } from './boats.ts';
import styles from './shop.module.css';

/** A wallet as the shop holds it; never a token. */
export interface Binding {
  readonly bindingId: string;
  readonly walletId: string;
  readonly walletName: string;
  readonly status: 'ASKED' | 'BOUND' | 'REFUSED' | 'REVOKED';
}

const base = `${address.till(boats.acquirerId, boats.tillId)}/bindings`;
const key = ['shop-bindings'];

export function OneTap({ amount }: { amount: WireMoney }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => getJson<{ bindings: Binding[] }>(base),
    refetchInterval: 4_000,
  });
  const again = { onSettled: () => queries.invalidateQueries({ queryKey: key }) };
  const pay = useMutation({
    mutationFn: (id: string) => postJson<TillPayment>(`${base}/${id}/payments`, { amount }),
    onSuccess: ({ paymentRequestId }) =>
      navigate({ to: '/shop/orders/$paymentRequestId', params: { paymentRequestId } }),
    ...again,
  });
  const forget = useMutation({
    mutationFn: (id: string) => postJson<Binding>(`${base}/${id}/end`, {}),
    ...again,
  });
  const bound = data?.bindings.filter(({ status }) => status === 'BOUND') ?? [];
  const error = pay.error ?? forget.error;
  const busy = pay.isPending || forget.isPending;
  if (bound.length === 0 && error === null) return null;
  return (
    <section className={styles.oneTap} aria-labelledby="one-tap">
      <h2 id="one-tap">{t('oneTap.title')}</h2>
      {error !== null && <Trouble error={error} />}
      <ul>
        {bound.map(({ bindingId, walletId, walletName }) => (
          <li key={bindingId}>
            <WalletBadge id={walletId} name={walletName} />
            <span>{walletName}</span>
            <Button
              disabled={busy}
              aria-label={t('oneTap.payWith', { wallet: walletName })}
              onClick={() => pay.mutate(bindingId)}
            >
              {t('oneTap.pay')}
            </Button>
            <Button
              variant="subtle"
              disabled={busy}
              aria-label={t('oneTap.forgetOf', { wallet: walletName })}
              onClick={() => forget.mutate(bindingId)}
            >
              {t('oneTap.forget')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
