// Adding money to a simulated wallet: one button beside the balance, one field when it is pressed.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { parseDecimal, toWire } from '../../src/money/money.ts';
import { Amount } from '../shared/Amount.tsx';
import { address, postJson } from '../shared/api.ts';
import type { Customer, WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { useProblemWords } from '../shared/problem.ts';
import { customerQuery } from '../shared/queries.ts';
import styles from './visitor.module.css';
import { useWallet } from './wallet-context.ts';

/** The balance and the way to raise it; the sandbox has no bank behind it that could refuse. */
export function Balance() {
  const { t } = useWords();
  const { state } = useWallet();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const formId = useId();
  const { balance } = state.customer;
  return (
    <div className={styles.balance}>
      <h1 className="eyebrow">{t('visitor.balance')}</h1>
      <div className={`spread ${styles.raise}`}>
        <Amount money={balance} size="large" side="home" />
        <Button
          ref={opener}
          variant="default"
          size="compact-md"
          aria-expanded={open}
          aria-controls={formId}
          onClick={() => setOpen(!open)}
        >
          {t('topUp.open')}
        </Button>
      </div>
      <div id={formId}>
        {open && (
          <TopUpForm
            currency={balance.currency}
            onDone={() => {
              setOpen(false);
              // The form is gone; the keyboard goes back to where it came from.
              opener.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}

function TopUpForm({ currency, onDone }: { currency: string; onDone: () => void }) {
  const { t } = useWords();
  const wordsOf = useProblemWords();
  const [text, setText] = useState('');
  const amount = parseDecimal(currency, text.trim());
  const wanted = amount !== undefined && amount.minor > 0n ? toWire(amount) : undefined;
  const topUp = useTopUp(onDone);
  const wrong = text.trim() !== '' && wanted === undefined;
  const problem = wrong
    ? t('topUp.wrong', { currency })
    : topUp.error === null
      ? undefined
      : wordsOf(topUp.error);
  return (
    <form
      className={styles.topUp}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== undefined) topUp.mutate(wanted);
      }}
    >
      <TextInput
        label={t('topUp.amount', { currency })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        maxLength={14}
        error={problem !== undefined}
      />
      <Button type="submit" disabled={wanted === undefined} loading={topUp.isPending}>
        {t('topUp.add')}
      </Button>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </form>
  );
}

/** Adds the amount; the answer is the customer with the new balance. */
function useTopUp(onDone: () => void) {
  const { walletId, customerId } = useWallet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (amount: WireMoney) =>
      postJson<Customer>(`${address.customer(walletId, customerId)}/top-up`, { amount }),
    onSuccess: (customer) => {
      const key = customerQuery(walletId, customerId).queryKey;
      queries.setQueryData(key, (state) => (state === undefined ? state : { ...state, customer }));
      onDone();
    },
  });
}
