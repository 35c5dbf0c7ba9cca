// What persons do with a break: look after it, propose how it ends, approve that as another person.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usePerson } from '../session/session.ts';
import { moneyText } from '../shared/amount.ts';
import { postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';
import { causes, type OneBreak } from '../shared/reconciliation-contract.ts';
import styles from './reconciliation.module.css';

type Step =
  | { readonly verb: 'assign'; readonly owner: string }
  | { readonly verb: 'propose'; readonly [field: string]: string }
  | { readonly verb: 'approve'; readonly proposedAt: string | null }
  | { readonly verb: 'reject' };

type Steps = UseMutationResult<unknown, Error, Step>;

const known = [
  'WRONG_STATE',
  'SAME_PERSON',
  'OTHER_PROPOSAL',
  'NOTHING_TO_WRITE_OFF',
  'NOTHING_TO_BOOK',
  'NOT_BOOKED',
] as const;

export function BreakWork({ found }: { found: OneBreak }) {
  const { t } = useWords();
  const { breakId, state, proposedAt } = found;
  const queries = useQueryClient();
  const { person: by, typed, setTyped, isSignedIn } = usePerson();
  const steps = useMutation({
    mutationFn: ({ verb, ...more }: Step) =>
      postJson(`/console/api/reconciliation/breaks/${breakId}/${verb}`, { by, ...more }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['reconciliation'] }),
  });
  return (
    <section className="card stack">
      <div className={styles.form}>
        {!isSignedIn && (
          <TextInput
            label={t('reconciliation.person')}
            value={typed}
            maxLength={64}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Button
          variant="default"
          disabled={by === ''}
          onClick={() => steps.mutate({ verb: 'assign', owner: by })}
        >
          {t('reconciliation.take')}
        </Button>
      </div>
      {state === 'OPEN' ? (
        <Proposal found={found} by={by} steps={steps} />
      ) : (
        <div className={styles.form}>
          <Button
            disabled={by === ''}
            onClick={() => steps.mutate({ verb: 'approve', proposedAt })}
          >
            {t('reconciliation.approve')}
          </Button>
          <Button
            variant="default"
            disabled={by === ''}
            onClick={() => steps.mutate({ verb: 'reject' })}
          >
            {t('reconciliation.reject')}
          </Button>
        </div>
      )}
      {steps.isError && (
        <Refusal
          error={steps.error}
          known={known}
          words={(code) => t(`reconciliation.problem.${code}`)}
        />
      )}
    </section>
  );
}

/** A line of the bank is booked, a participant's difference written off, anything explained. */
function waysOf({ isBank, difference, bookableFor }: OneBreak) {
  if (isBank && bookableFor.length > 0) return ['booked', 'explained'] as const;
  const isWorth = difference !== null && difference.value !== '0';
  if (!isBank && isWorth) return ['write_off', 'explained'] as const;
  return ['explained'] as const;
}

/** The first person says how it ends, whose mistake it was, and why. */
function Proposal({ found, by, steps }: { found: OneBreak; by: string; steps: Steps }) {
  const { t } = useWords();
  const ways: readonly ('booked' | 'explained' | 'write_off')[] = waysOf(found);
  const [wanted, setHow] = useState<string>();
  const [cause, setCause] = useState<string>('unknown');
  const [note, setNote] = useState('');
  const [batch, setBatch] = useState<string>();
  // What may be done can change while the page is open.
  const how = ways.find((way) => way === wanted) ?? ways[0] ?? 'explained';
  const { bookableFor } = found;
  const chosen = bookableFor.find((each) => each.settlementBatchId === batch) ?? bookableFor[0];
  const booked =
    how === 'booked' && chosen !== undefined ? { settlementBatchId: chosen.settlementBatchId } : {};
  return (
    <>
      <div className={styles.form}>
        <NativeSelect
          label={t('reconciliation.how')}
          value={how}
          data={ways.map((way) => ({
            value: way,
            label: t(way === 'booked' ? 'reconciliation.book' : `reconciliation.resolution.${way}`),
          }))}
          onChange={(event) => setHow(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('reconciliation.cause')}
          value={cause}
          data={causes.map((each) => ({ value: each, label: t(`reconciliation.causes.${each}`) }))}
          onChange={(event) => setCause(event.currentTarget.value)}
        />
      </div>
      {how === 'booked' && chosen !== undefined && (
        <BatchChoice found={found} chosen={chosen} choose={setBatch} />
      )}
      {found.what === 'bankLine' && bookableFor.length === 0 && (
        <p className="muted small">{t('reconciliation.nothingToBook')}</p>
      )}
      <div className={styles.form}>
        <TextInput
          label={t('reconciliation.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          disabled={by === '' || note.trim() === ''}
          loading={steps.isPending}
          onClick={() => steps.mutate({ verb: 'propose', how, cause, note, ...booked })}
        >
          {t('reconciliation.propose')}
        </Button>
      </div>
    </>
  );
}

/** The batches that wait for the bank, and what becomes of the chosen one. */
function BatchChoice(props: {
  found: OneBreak;
  chosen: OneBreak['bookableFor'][number];
  choose: (settlementBatchId: string) => void;
}) {
  const { t, locale } = useWords();
  const { settlementBatchId, left } = props.chosen;
  return (
    <div className="stack">
      <NativeSelect
        label={t('reconciliation.batch')}
        value={settlementBatchId}
        data={props.found.bookableFor.map((each) => ({
          value: each.settlementBatchId,
          label: t('reconciliation.batchOption', {
            batch: each.settlementBatchId,
            who: each.participantName,
            amount: moneyText(each.outstanding, locale),
          }),
        }))}
        onChange={(event) => props.choose(event.currentTarget.value)}
      />
      <p className="muted small">
        <span className="mono">{settlementBatchId}</span>{' '}
        {left.value === '0'
          ? t('reconciliation.bookedWhole')
          : t('reconciliation.bookedRest', { amount: moneyText(left, locale) })}
      </p>
    </div>
  );
}
