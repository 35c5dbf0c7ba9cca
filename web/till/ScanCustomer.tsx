// Taking the customer's code: a hand scanner that types, the camera, or the digits by hand.
import { Button, Tabs, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { readCode } from '../../src/codes/read.ts';
import { toWire } from '../../src/money/money.ts';
import { Amount } from '../shared/Amount.tsx';
import { address, postJson } from '../shared/api.ts';
import type { TillPayment, WireMoney } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { typedAmount } from './keypad.ts';
import styles from './till.module.css';
import { useTill } from './till-context.ts';
import { Verdict } from './Verdict.tsx';

const Scanner = lazy(async () => ({ default: (await import('../shared/Scanner.tsx')).Scanner }));

export function ScanCustomer() {
  const { t } = useWords();
  const { acquirerId, tillId, acquirer } = useTill();
  const { amount: typed } = useSearch({ from: '/till/$acquirerId/$tillId/scan' });
  const money = typedAmount(typed ?? '', acquirer?.settlementCurrency);
  const charge = useCharge();
  const [code, setCode] = useState('');
  const [refused, setRefused] = useState<string>();

  if (money === undefined) {
    // Nothing to collect yet: the keypad comes first.
    const params = { acquirerId, tillId };
    return <Navigate to="/till/$acquirerId/$tillId" params={params} search={{}} replace />;
  }
  const amount = toWire(money);
  if (charge.isPending) {
    return (
      <Verdict
        screen="waiting"
        amount={amount}
        title={t('till.asking')}
        help={t('till.askingHelp')}
      />
    );
  }
  // The camera and the hand scanner both end here; a code that cannot be charged is not sent.
  const take = (text: string) => {
    const digits = text.replace(/\s/g, '');
    const reading = readCode(digits);
    setCode('');
    // Whose code it is its first digits say, and the network knows them all: only it can judge.
    if (reading.paymentCode?.slot !== undefined) {
      setRefused(undefined);
      charge.mutate({ amount, code: digits });
    } else {
      setRefused(reading.kind === 'payment_code' ? 'foreign' : 'other');
    }
  };
  return (
    <div className={`${styles.body} ${styles.narrow}`}>
      <div className="spread">
        <h1 className={styles.small}>{t('till.scanTitle')}</h1>
        <Amount money={amount} size="medium" side="shop" />
      </div>
      {refused !== undefined && (
        <p className={styles.refused} role="alert">
          {refused === 'foreign' ? t('till.foreignCode') : t('till.notACode')}
        </p>
      )}
      {charge.error !== null && <Trouble error={charge.error} />}
      <Tabs defaultValue="scanner" keepMounted={false} color="teal">
        <Tabs.List grow>
          <Tabs.Tab value="scanner">{t('till.handScanner')}</Tabs.Tab>
          <Tabs.Tab value="camera">{t('scan.camera')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="scanner" pt="md">
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              take(code);
            }}
          >
            <TextInput
              size="lg"
              label={t('till.codeLabel')}
              description={t('till.codeHelp')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
              autoFocus
              leftSection={<Icon name="scan" />}
              placeholder="2811 0102…"
            />
            <Button type="submit" size="lg" disabled={code.trim() === ''}>
              {t('till.charge')}
            </Button>
          </form>
        </Tabs.Panel>
        <Tabs.Panel value="camera" pt="md">
          <Suspense fallback={<Waiting lines={1} height={260} />}>
            <Scanner key={refused} onRead={take} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <Link
        to="/till/$acquirerId/$tillId"
        params={{ acquirerId, tillId }}
        search={typed === undefined ? {} : { amount: typed }}
      >
        {t('till.backToAmount')}
      </Link>
    </div>
  );
}

/** Charges the code; the answer comes within twelve seconds, whatever the wallet does. */
function useCharge() {
  const { acquirerId, tillId, keep } = useTill();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (request: { amount: WireMoney; code: string }) =>
      postJson<TillPayment>(`${address.till(acquirerId, tillId)}/payments`, request),
    onSuccess: (payment) => {
      keep(payment);
      void navigate({
        to: '/till/$acquirerId/$tillId/payments/$paymentRequestId',
        params: { acquirerId, tillId, paymentRequestId: payment.paymentRequestId },
        replace: true,
      });
    },
  });
}
