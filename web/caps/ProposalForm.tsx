// Proposing a change of a wallet: a top-up, a withdrawal, or another cap, for a second person.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText, typedMinor } from '../shared/amount.ts';
import { postJson } from '../shared/api.ts';
import { Choices } from '../shared/Choices.tsx';
import type { CapChange, CappedWallet } from '../shared/caps-contract.ts';
import { useWords } from '../shared/language.ts';
import { CapProblem } from './CapProblem.tsx';
import styles from './caps.module.css';

const kinds = ['top_up', 'withdrawal', 'cap'] as const;
type Kind = (typeof kinds)[number];

/** `500.00` in minor units as text; undefined where it is no amount of the currency. */
function minorOf(currency: string, typed: string, isZeroAllowed: boolean): string | undefined {
  const minor = typedMinor(currency, typed);
  if (minor === undefined || minor.startsWith('-') || (minor === '0' && !isZeroAllowed)) {
    return undefined;
  }
  return minor;
}

/** The network's day begins at midnight of UTC+8. */
const beginningOf = (date: string) => `${date}T00:00:00+08:00`;

export function ProposalForm({ wallet, person }: { wallet: CappedWallet; person: string }) {
  const { t, locale } = useWords();
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>('top_up');
  const [typed, setTyped] = useState('');
  const [reference, setReference] = useState('');
  const [from, setFrom] = useState('');
  const [note, setNote] = useState('');
  const isCap = kind === 'cap';
  const amount = minorOf(wallet.currency, typed, isCap);
  const propose = useMutation({
    mutationFn: () =>
      postJson<CapChange>('/console/api/caps/changes', {
        kind,
        participantId: wallet.participantId,
        amount: isCap && typed === '' ? null : amount,
        by: person,
        note,
        ...(isCap ? {} : { bankReference: reference }),
        ...(isCap && from !== '' ? { effectiveAt: beginningOf(from) } : {}),
      }),
    onSuccess: async () => {
      setTyped('');
      setReference('');
      setNote('');
      await queries.invalidateQueries({ queryKey: ['caps'] });
    },
  });
  const isReady =
    person !== '' &&
    (isCap ? typed === '' || amount !== undefined : amount !== undefined && reference !== '');
  const isWrong = typed !== '' && amount === undefined;
  return (
    <section className="card stack" aria-labelledby="propose">
      <h2 id="propose">{t('caps.propose', { name: wallet.name })}</h2>
      <Choices
        size="small"
        label={t('caps.whatChange')}
        all={kinds}
        chosen={kind}
        words={(each) => t(`caps.kind.${each}`)}
        choose={(each) => {
          setKind(each);
          propose.reset();
        }}
      />
      <p className="small muted">
        {t(`caps.kindHelp.${kind}`, { amount: moneyText(wallet.withdrawable, locale) })}
      </p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) propose.mutate();
        }}
      >
        <TextInput
          label={t(isCap ? 'caps.newCap' : 'caps.amount', { currency: wallet.currency })}
          description={isCap ? t('caps.newCapHelp') : undefined}
          value={typed}
          inputMode="decimal"
          error={isWrong ? t('caps.wrongAmount', { currency: wallet.currency }) : undefined}
          onChange={(event) => setTyped(event.currentTarget.value.trim())}
        />
        {isCap ? (
          <TextInput
            type="date"
            label={t('caps.from')}
            description={t('caps.fromHelp')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            label={t('settlement.reference')}
            value={reference}
            maxLength={64}
            onChange={(event) => setReference(event.currentTarget.value.trim())}
          />
        )}
        <TextInput
          label={t('caps.note')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!isReady} loading={propose.isPending}>
          {t('caps.proposeNow')}
        </Button>
        {person === '' && <span className="small muted">{t('settlement.namePlease')}</span>}
        {propose.isError && <CapProblem error={propose.error} />}
        {propose.isSuccess && (
          <p className="small" role="status">
            {t('caps.proposed', { changeId: propose.data.changeId })}
          </p>
        )}
      </form>
    </section>
  );
}
