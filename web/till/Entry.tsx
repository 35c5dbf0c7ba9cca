// The till's first screen: type the amount, then show a code or scan the customer's.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { toWire } from '../../src/money/money.ts';
import { address, postJson } from '../shared/api.ts';
import type { TillPayment, WireMoney } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { Trouble } from '../shared/states.tsx';
import { Keypad } from './Keypad.tsx';
import { type Key, press, typedAmount } from './keypad.ts';
import { PushBehaviour } from './PushBehaviour.tsx';
import { Today } from './Today.tsx';
import styles from './till.module.css';
import { useTill } from './till-context.ts';

export function Entry() {
  const { t } = useWords();
  const { acquirerId, tillId, acquirer, keep } = useTill();
  const navigate = useNavigate();
  const { amount: before } = useSearch({ from: '/till/$acquirerId/$tillId/' });
  const [text, setText] = useState(before ?? '');
  const currency = acquirer?.settlementCurrency ?? 'CNY';
  const amount = typedAmount(text, currency);
  const showCode = useMutation({
    mutationFn: (order: { amount: WireMoney; ownCode?: true }) =>
      postJson<TillPayment>(`${address.till(acquirerId, tillId)}/payments`, order),
    onSuccess: (payment) => {
      keep(payment);
      void navigate({
        to: '/till/$acquirerId/$tillId/payments/$paymentRequestId',
        params: { acquirerId, tillId, paymentRequestId: payment.paymentRequestId },
      });
    },
  });
  return (
    <div className={styles.entry}>
      <section className={styles.pad} aria-labelledby="amount">
        <h1 id="amount" className="eyebrow">
          {t('till.amount')}
        </h1>
        <p className={styles.display} role="status" data-empty={text === ''}>
          <span className="figure">{text === '' ? '0.00' : text}</span> <span>{currency}</span>
        </p>
        <Keypad onKey={(key: Key) => setText((typed) => press(typed, key))} />
        <div className={styles.ways}>
          <Button
            size="xl"
            color="teal"
            className={styles.way ?? ''}
            disabled={amount === undefined}
            loading={showCode.isPending}
            leftSection={<Icon name="code" size={24} />}
            onClick={() => amount && showCode.mutate({ amount: toWire(amount) })}
          >
            {t('till.showCode')}
          </Button>
          <Button
            size="xl"
            className={styles.way ?? ''}
            disabled={amount === undefined || showCode.isPending}
            leftSection={<Icon name="scan" size={24} />}
            onClick={() =>
              void navigate({
                to: '/till/$acquirerId/$tillId/scan',
                params: { acquirerId, tillId },
                search: { amount: text },
              })
            }
          >
            {t('till.scanCode')}
          </Button>
        </div>
        {acquirer !== undefined && (
          <Button
            size="md"
            variant="default"
            disabled={amount === undefined || showCode.isPending}
            leftSection={<Icon name="code" size={20} />}
            onClick={() => amount && showCode.mutate({ amount: toWire(amount), ownCode: true })}
          >
            {acquirer.scheme === undefined
              ? t('push.ownCode', { acquirer: acquirer.name })
              : t('push.nationalCode', { scheme: acquirer.scheme })}
          </Button>
        )}
        <Link
          to="/till/$acquirerId/$tillId/printed"
          params={{ acquirerId, tillId }}
          className={styles.printedLink ?? ''}
        >
          {t('till.printed')}
        </Link>
        {showCode.error !== null && <Trouble error={showCode.error} />}
      </section>
      <div className="stack">
        <Today />
        {acquirer?.ownCodes === 'national' && <PushBehaviour acquirer={acquirer} />}
      </div>
    </div>
  );
}
