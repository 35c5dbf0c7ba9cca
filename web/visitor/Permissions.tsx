// Which shops may charge this wallet by themselves, and the way to take it back.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { address, getJson, postJson } from '../shared/api.ts';
import type { Grant } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './consent.module.css';
import { ScreenTop } from './ScreenTop.tsx';
import { useWallet } from './wallet-context.ts';

export function Permissions() {
  const { t } = useWords();
  const { walletId, customerId } = useWallet();
  const key = ['grants', walletId, customerId];
  const base = `${address.customer(walletId, customerId)}/grants`;
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => getJson<{ grants: Grant[] }>(base),
    refetchInterval: 4_000,
  });
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (grantId: string) => postJson<Grant>(`${base}/${grantId}/revoke`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <div className="stack">
      <ScreenTop title={t('permissions.title')} />
      <p className="muted">{t('permissions.lead')}</p>
      {revoke.error !== null && <Trouble error={revoke.error} />}
      {data === undefined ? (
        error === null ? (
          <Waiting lines={3} height={48} />
        ) : (
          <Trouble error={error} retry={() => void refetch()} />
        )
      ) : data.grants.length === 0 ? (
        <Nothing title={t('permissions.none')}>{t('permissions.noneHelp')}</Nothing>
      ) : (
        <ul className={styles.given}>
          {data.grants.map((grant) => (
            <GrantLine
              key={grant.grantId}
              grant={grant}
              busy={revoke.isPending}
              onRevoke={() => revoke.mutate(grant.grantId)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function GrantLine(props: { grant: Grant; busy: boolean; onRevoke: () => void }) {
  const { t, locale } = useWords();
  const { grant, busy, onRevoke } = props;
  return (
    <li>
      <span>
        <strong>{grant.merchantName}</strong>
        <span className="muted small">{dayText(grant.changedAt, locale)}</span>
      </span>
      {grant.status === 'ALLOWED' ? (
        <Button
          variant="default"
          disabled={busy}
          aria-label={t('permissions.revokeOf', { shop: grant.merchantName })}
          onClick={onRevoke}
        >
          {t('permissions.revoke')}
        </Button>
      ) : (
        <Tag tone="plain">{t('permissions.revoked')}</Tag>
      )}
    </li>
  );
}
