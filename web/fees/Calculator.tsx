// A payment that there might be: who pays which fee under the rules of now, and by which rule.
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { parseDecimal } from '../../src/money/money.ts';
import { amountText, moneyText, percentOfBasisPoints } from '../shared/amount.ts';
import {
  type AgreedFees,
  type ExplainedFeeRow,
  type FeeExample,
  type FeeProduct,
  type FeeQuestion,
  feeProducts,
} from '../shared/fees-contract.ts';
import { feeExampleQuery } from '../shared/fees-queries.ts';
import { useWords } from '../shared/language.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import styles from './fees.module.css';

export function Calculator({ agreements }: { agreements: readonly AgreedFees[] }) {
  const { t } = useWords();
  const of = (role: string) => agreements.filter((each) => each.role === role);
  const [wallets, acquirers] = [of('wallet'), of('acquirer')];
  const [chosen, setChosen] = useState({ wallet: '', acquirer: '', text: '100' });
  const [product, setProduct] = useState<FeeProduct>('payment_code');
  const wallet = wallets.find((each) => each.participantId === chosen.wallet) ?? wallets[0];
  const acquirer = acquirers.find((each) => each.participantId === chosen.acquirer) ?? acquirers[0];
  const options = (list: readonly AgreedFees[]) =>
    list.map(({ participantId, name }) => ({ value: participantId, label: name }));
  const amount = parseDecimal(acquirer?.currency ?? '', chosen.text.trim());
  const isAmount = amount !== undefined && amount.minor > 0n && amount.minor < 10n ** 14n;
  return (
    <section className="card stack" aria-labelledby="calculator">
      <div>
        <h2 id="calculator">{t('fees.calculator')}</h2>
        <p className="muted small">{t('fees.calculatorHelp')}</p>
      </div>
      {wallet === undefined || acquirer === undefined ? (
        <Nothing title={t('fees.nobody')} />
      ) : (
        <>
          <div className={styles.form}>
            <TextInput
              label={t('fees.amount', { currency: acquirer.currency })}
              inputMode="decimal"
              value={chosen.text}
              error={isAmount ? undefined : t('fees.wrongAmount')}
              onChange={(event) => setChosen({ ...chosen, text: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('fees.product')}
              value={product}
              onChange={(event) =>
                setProduct(
                  feeProducts.find((each) => each === event.currentTarget.value) ?? product,
                )
              }
              data={feeProducts.map((value) => ({ value, label: t(`product.${value}`) }))}
            />
            <NativeSelect
              label={t('fees.wallet')}
              value={wallet.participantId}
              onChange={(event) => setChosen({ ...chosen, wallet: event.currentTarget.value })}
              data={options(wallets)}
            />
            <NativeSelect
              label={t('fees.acquirer')}
              value={acquirer.participantId}
              onChange={(event) => setChosen({ ...chosen, acquirer: event.currentTarget.value })}
              data={options(acquirers)}
            />
          </div>
          {isAmount && (
            <Example
              asked={{
                wallet: wallet.participantId,
                acquirer: acquirer.participantId,
                product,
                currency: acquirer.currency,
                amount: String(amount.minor),
              }}
              names={new Map(agreements.map((each) => [each.participantId, each.name]))}
            />
          )}
        </>
      )}
    </section>
  );
}

function Example(props: { asked: FeeQuestion; names: ReadonlyMap<string, string> }) {
  const { asked, names } = props;
  const { data, error, refetch } = useQuery({
    ...feeExampleQuery(asked),
    placeholderData: (before: FeeExample | undefined) => before,
  });
  if (error !== null) return <Trouble error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting lines={3} height={34} />;
  return <Worked example={data} names={names} />;
}

function Worked({ example, names }: { example: FeeExample; names: ReadonlyMap<string, string> }) {
  const { t, locale } = useWords();
  return (
    <div className={styles.worked} aria-live="polite">
      <dl className={styles.amounts}>
        <div>
          <dt>{t('fees.settled')}</dt>
          <dd className="figure">{moneyText(example.settlement, locale)}</dd>
        </div>
        <div>
          <dt>{t('fees.paysTo')}</dt>
          <dd className="figure">{moneyText(example.payTo, locale)}</dd>
        </div>
      </dl>
      <ul className={styles.rules}>
        {example.fees.map((fee) => (
          <FeeLine key={fee.fee} fee={fee} names={names} />
        ))}
      </ul>
    </div>
  );
}

function FeeLine({ fee, names }: { fee: ExplainedFeeRow; names: ReadonlyMap<string, string> }) {
  const { t, locale } = useWords();
  const name = (id: string) => (id === 'network' ? t('fees.network') : (names.get(id) ?? id));
  const how = t(`fees.by.${fee.decidedBy}`, {
    percent: percentOfBasisPoints(fee.basisPoints),
    from: amountText(fee.from, locale),
  });
  return (
    <li>
      <div className={styles.rule}>
        <div>
          <strong>{t(`fees.kind.${fee.fee}`)}</strong>
          <p>{t('fees.toWhom', { payer: name(fee.payer), payee: name(fee.payee) })}</p>
        </div>
        <p className={`figure ${styles.rate}`}>
          <strong>{moneyText(fee.amount, locale)}</strong>
          {fee.received !== null && (
            <span className="small">
              {t('fees.received', { amount: moneyText(fee.received, locale) })}
            </span>
          )}
        </p>
      </div>
      <p className="muted small">
        {how}{' '}
        {fee.rule === null
          ? t('fees.byAgreement')
          : t('fees.byRule', { rule: fee.rule.ruleId, version: fee.rule.version })}
      </p>
    </li>
  );
}
