// Beside the phone: what to try, and how to make this simulated wallet misbehave.
import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { putJson } from '../shared/api.ts';
import type { Behaviour, BehaviourMode } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { walletsQuery } from '../shared/queries.ts';
import styles from './visitor.module.css';

const modes: readonly BehaviourMode[] = [
  'normal',
  'decline',
  'delay',
  'timeout',
  'answer_late',
  'change_mind',
  'duplicate',
  'bad_signature',
  'refund_declined',
  'refund_late',
  'refund_silent',
  'registration_refused',
  'registration_silent',
];
const lateByMs = 8_000;

/** Modes that say F, and the reasons of a wallet's F (protocol.md §4). */
const failing: readonly BehaviourMode[] = ['decline', 'change_mind', 'refund_declined'];
const reasons = [
  'USER_BALANCE_NOT_ENOUGH',
  'USER_AMOUNT_EXCEED_LIMIT',
  'USER_STATUS_ABNORMAL',
  'RISK_REJECT',
  'PROCESS_FAIL',
];

export function Beside({ walletId }: { walletId: string }) {
  const { t } = useWords();
  return (
    <aside className={styles.beside}>
      <section className="stack">
        <h2>{t('beside.title')}</h2>
        <ol className={styles.steps}>
          <li>
            {t('beside.step1')}{' '}
            <Link to="/till" target="_blank">
              {t('beside.openTill')}
            </Link>
          </li>
          <li>{t('beside.step2')}</li>
          <li>
            {t('beside.step3')}{' '}
            <Link to="/network" target="_blank">
              {t('beside.openNetwork')}
            </Link>
          </li>
        </ol>
      </section>
      <BehaviourChoice walletId={walletId} />
    </aside>
  );
}

function BehaviourChoice({ walletId }: { walletId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery(walletsQuery);
  const change = useMutation({
    mutationFn: (behaviour: Behaviour) =>
      putJson<Behaviour>(`/sandbox/wallets/${encodeURIComponent(walletId)}/behaviour`, behaviour),
    onSettled: () => queries.invalidateQueries({ queryKey: walletsQuery.queryKey }),
  });
  const known = data?.wallets.find((wallet) => wallet.id === walletId)?.behaviour;
  const mode = change.isPending ? change.variables.mode : (known?.mode ?? 'normal');
  const late = (chosen: BehaviourMode) =>
    chosen === 'delay' ||
    chosen === 'answer_late' ||
    chosen === 'change_mind' ||
    chosen === 'refund_late';
  return (
    <section className="stack">
      <h2>{t('beside.behaviour')}</h2>
      <NativeSelect
        label={t('beside.behaviourLabel')}
        value={mode}
        disabled={known === undefined}
        onChange={(event) => {
          const chosen = event.currentTarget.value as BehaviourMode;
          change.mutate(late(chosen) ? { mode: chosen, delayMs: lateByMs } : { mode: chosen });
        }}
        data={modes.map((value) => ({ value, label: t(`behaviour.${value}.name`) }))}
      />
      {failing.includes(mode) && (
        <NativeSelect
          label={t('beside.reason')}
          value={(change.isPending ? change.variables : known)?.declineCode ?? reasons[0]}
          onChange={(event) => {
            const declineCode = event.currentTarget.value;
            change.mutate({ ...(late(mode) ? { delayMs: lateByMs } : {}), mode, declineCode });
          }}
          data={reasons}
        />
      )}
      <p className="small muted" role="status">
        {change.error === null ? t(`behaviour.${mode}.help`) : t('states.failed')}
      </p>
    </section>
  );
}
