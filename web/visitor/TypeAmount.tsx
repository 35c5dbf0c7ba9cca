// A printed national code says no amount: the visitor types it before anything is asked or paid.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Money, parseDecimal } from '../../src/money/money.ts';
import { useWords } from '../shared/language.ts';
import { ScreenTop } from './ScreenTop.tsx';
import styles from './visitor.module.css';

/** What a printed code says, as far as it is shown. */
export interface PrintedCode {
  readonly text: string;
  readonly currency: string;
  readonly merchantName: string;
  readonly city: string | null;
  readonly issuer: { readonly en: string; readonly zh: string } | null;
}

export function TypeAmount(props: {
  code: PrintedCode;
  busy: boolean;
  onAmount: (amount: Money) => void;
  onBack: () => void;
}) {
  const { t, locale } = useWords();
  const { code, busy } = props;
  const [text, setText] = useState('');
  const typed = parseDecimal(code.currency, text.trim().replace(',', '.'));
  const amount = typed !== undefined && typed.minor > 0n ? typed : undefined;
  const wrong = text.trim() !== '' && amount === undefined;
  const issuer = locale === 'zh-CN' ? code.issuer?.zh : code.issuer?.en;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (amount !== undefined) props.onAmount(amount);
      }}
    >
      <ScreenTop title={t('push.amountTitle')} />
      <section className={styles.ticket}>
        <div>
          <p className={styles.merchant}>{code.merchantName}</p>
          <p className="muted small">{[code.city, issuer].filter(Boolean).join(' · ')}</p>
        </div>
        <p>{t('push.amountHelp')}</p>
        <TextInput
          label={t('push.amount', { currency: code.currency })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          inputMode="decimal"
          autoComplete="off"
          autoFocus
          maxLength={13}
          size="lg"
          error={wrong ? t('push.amountWrong', { currency: code.currency }) : undefined}
        />
      </section>
      <Button type="submit" size="lg" disabled={amount === undefined} loading={busy}>
        {t('push.goOn')}
      </Button>
      <Button variant="subtle" color="gray" onClick={props.onBack} disabled={busy}>
        {t('push.otherCode')}
      </Button>
    </form>
  );
}
