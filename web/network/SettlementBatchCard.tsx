// One settlement batch: how much, which way, who took which step, and the step that comes next.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText, typedMinor, typedText } from '../shared/amount.ts';
import { postJson } from '../shared/api.ts';
import type { WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import type { SettlementBatch, SettlementState } from '../shared/settlement-contract.ts';
import { Tag } from '../shared/Tag.tsx';
import { SettlementProblem } from './SettlementProblem.tsx';
import styles from './settlement.module.css';

const way = ['CLOSED', 'CHECKED', 'APPROVED', 'SENT', 'CONFIRMED', 'FINISHED'] as const;

/** What is done next in each state; `confirm` needs a line of the bank's statement. */
const nextVerb: Readonly<Record<SettlementState, Verb | undefined>> = {
  CLOSED: 'check',
  CHECKED: 'approve',
  APPROVED: 'send',
  SENT: 'confirm',
  CONFIRMED: 'finish',
  FINISHED: undefined,
};

type Verb = 'check' | 'approve' | 'send' | 'confirm' | 'finish';

/** Which way money goes is said in words. */
const sizeOf = (money: WireMoney) => ({ ...money, value: money.value.replace('-', '') });

/** What is left to move goes the other way than the batch. */
const isTooMuch = (left: WireMoney, amount: WireMoney) =>
  left.value.startsWith('-') !== amount.value.startsWith('-');

export function SettlementBatchCard(props: {
  batch: SettlementBatch;
  person: string;
  today: string;
}) {
  const { batch, person, today } = props;
  const { t, locale } = useWords();
  const { amount, state } = batch;
  const size = sizeOf(amount);
  const verb = nextVerb[state];
  return (
    <li className={`card ${styles.batch}`} data-state={state}>
      <div className={styles.head}>
        <div>
          <strong>{batch.participantName}</strong>
          <span className="mono small muted">{batch.settlementBatchId}</span>
        </div>
        <div className={styles.amount}>
          <strong className="figure">{moneyText(size, locale)}</strong>
          <span className="small muted">
            {t(batch.direction === 'C' ? 'settlement.wePay' : 'settlement.theyPay')}
          </span>
        </div>
      </div>
      <p className="small muted">
        {t('settlement.valueDay', { day: dayText(batch.valueDay, locale) })}
      </p>
      {batch.otherDay !== null && (
        <p className={`small ${styles.warning}`}>
          {t('settlement.otherDay', { day: dayText(batch.otherDay, locale) })}
        </p>
      )}
      {batch.break !== null && (
        <p className={styles.break}>
          <Tag tone="not-paid">{t(`settlement.break.${batch.break.kind}`)}</Tag>{' '}
          {t(
            isTooMuch(batch.break.difference, amount)
              ? 'settlement.tooMuch'
              : 'settlement.difference',
            {
              amount: moneyText(sizeOf(batch.break.difference), locale),
            },
          )}
        </p>
      )}
      <ol className={styles.way}>
        {way.map((each) => {
          const step = batch.steps.find((one) => one.state === each);
          return (
            <li key={each} data-done={step !== undefined}>
              <span>{t(`settlement.state.${each}`)}</span>
              {step !== undefined && (
                <span className="small muted">
                  {step.by === 'timer' ? t('settlement.timer') : step.by},{' '}
                  {momentText(step.at, locale)}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {batch.entries.length > 0 && (
        <ul className={styles.entries}>
          {batch.entries.map((entry) => (
            <li key={entry.bankReference} className="small">
              {t('settlement.entry', {
                reference: entry.bankReference,
                amount: moneyText(entry.amount, locale),
                day: dayText(entry.valueDay, locale),
              })}
            </li>
          ))}
        </ul>
      )}
      {verb !== undefined && <NextStep {...{ batch, person, today, verb }} />}
    </li>
  );
}

function NextStep(props: { batch: SettlementBatch; person: string; today: string; verb: Verb }) {
  const { batch, person, today, verb } = props;
  const { t } = useWords();
  const queries = useQueryClient();
  const [reference, setReference] = useState('');
  const { currency } = batch.amount;
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? typedText(batch.break?.difference ?? batch.amount);
  const amount = typedMinor(currency, shown);
  const step = useMutation({
    mutationFn: () =>
      postJson(`/console/api/settlement/batches/${batch.settlementBatchId}/${verb}`, {
        by: person,
        ...(verb === 'confirm' ? { bankReference: reference, amount, valueDay: today } : {}),
      }),
    onSuccess: async () => {
      setTyped(undefined);
      setReference('');
      await queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  const isReady =
    person !== '' && (verb !== 'confirm' || (reference !== '' && amount !== undefined));
  return (
    <form
      className={styles.next}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) step.mutate();
      }}
    >
      {verb === 'confirm' && (
        <>
          <TextInput
            label={t('settlement.reference')}
            value={reference}
            maxLength={64}
            onChange={(event) => setReference(event.currentTarget.value.trim())}
          />
          <TextInput
            label={t('settlement.bankAmount', { currency })}
            value={shown}
            inputMode="text"
            error={amount === undefined ? t('caps.wrongAmount', { currency }) : undefined}
            onChange={(event) => setTyped(event.currentTarget.value.trim())}
          />
        </>
      )}
      <Button type="submit" disabled={!isReady} loading={step.isPending}>
        {t(`settlement.verb.${verb}`)}
      </Button>
      {person === '' && <span className="small muted">{t('settlement.namePlease')}</span>}
      {step.isError && <SettlementProblem error={step.error} />}
    </form>
  );
}
