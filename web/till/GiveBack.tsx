// Giving money back at the till: a refund of all or a part, or cancelling the payment as a whole.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { decimalText, parseDecimal, toWire } from '../../src/money/money.ts';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { moneyOf, moneyText } from '../shared/amount.ts';
import { address, postJson } from '../shared/api.ts';
import type { TillPayment, TillRefund, WireMoney } from '../shared/contract.ts';
import { useSentenceLanguage, useWords } from '../shared/language.ts';
import { Trouble } from '../shared/states.tsx';
import { givenBackOf, keptOf } from './flow.ts';
import styles from './GiveBack.module.css';
import { useTill } from './till-context.ts';

/** What became of each refund and of the wish to cancel, in words that cannot be mistaken. */
export function GivenBackLines({ payment }: { payment: TillPayment }) {
  const { t, locale } = useWords();
  const why = useReason();
  const { cancel } = payment;
  const refunds = payment.refunds ?? [];
  const back = givenBackOf(payment);
  const said = (minor: bigint) =>
    moneyText({ currency: payment.amount.currency, value: String(minor) }, locale);
  if (refunds.length === 0 && cancel == null) return null;
  return (
    <ul className={styles.lines} aria-live="polite">
      {cancel?.status === 'UNKNOWN' && <li data-open="true">{t('till.cancelUnknown')}</li>}
      {cancel?.status === 'FAILED' && <li>{t('till.cancelFailed', { why: why(cancel) })}</li>}
      {refunds.map((refund: TillRefund) => (
        <li key={refund.refundRequestId} data-open={refund.status === 'UNKNOWN'}>
          {t(`till.refundState.${refund.status}`, {
            amount: moneyText(refund.amount, locale),
            why: why(refund),
          })}
        </li>
      ))}
      {back > 0n && (
        <li>{t('till.refundedPart', { back: said(back), kept: said(keptOf(payment)) })}</li>
      )}
    </ul>
  );
}

/** Refusals of the network itself; any other code is the wallet's. */
const ownCauses = ['CANCEL_WINDOW_EXCEED', 'REFUND_WINDOW_EXCEED', 'REFUND_AMOUNT_EXCEED'] as const;

/** The reason of a refusal in the shop's language. */
function useReason() {
  const { t } = useWords();
  const language = useSentenceLanguage();
  return (ended: { resultCode?: string | null }) => {
    const own = ownCauses.find((code) => code === ended.resultCode);
    return own === undefined
      ? t('till.walletRefused', { code: ended.resultCode ?? '' })
      : sentenceFor(own).shop[language];
  };
}

type Panel = 'closed' | 'refund' | 'cancel';

/** The two ways back, each with a question before it is done. */
export function GiveBack({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const [panel, setPanel] = useState<Panel>('closed');
  const send = useGiveBack(payment, () => setPanel('closed'));
  const left = payment.refundableAmount;
  const isOpen = payment.cancel?.status === 'UNKNOWN';
  if (left == null || BigInt(left.value) === 0n || isOpen) return null;
  const untouched = left.value === payment.amount.value;
  return (
    <section className={styles.giveBack} aria-label={t('till.giveBack')}>
      {panel === 'closed' && (
        <div className={styles.ways}>
          <Button variant="white" color="dark" onClick={() => setPanel('refund')}>
            {t('till.refund')}
          </Button>
          {untouched && (
            <Button variant="white" color="dark" onClick={() => setPanel('cancel')}>
              {t('till.cancel')}
            </Button>
          )}
        </div>
      )}
      {panel === 'refund' && (
        <RefundPanel
          left={left}
          isSending={send.isPending}
          send={(amount) => send.mutate({ path: 'refunds', body: { amount } })}
          close={() => setPanel('closed')}
        />
      )}
      {panel === 'cancel' && (
        <CancelPanel
          amount={payment.amount}
          isSending={send.isPending}
          send={() => send.mutate({ path: 'cancel', body: {} })}
          close={() => setPanel('closed')}
        />
      )}
      {send.error !== null && <Trouble error={send.error} />}
    </section>
  );
}

/** Withdraws a payment that nobody has paid, as far as the till knows. */
export function Withdraw({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const send = useGiveBack(payment, () => {});
  return (
    <>
      <Button
        size="md"
        variant="default"
        loading={send.isPending}
        title={t('till.cancelOpen')}
        onClick={() => send.mutate({ path: 'cancel', body: {} })}
      >
        {t('till.cancel')}
      </Button>
      {payment.cancel?.status === 'UNKNOWN' && (
        <p className="small" role="status">
          {t('till.cancelUnknown')}
        </p>
      )}
      {send.error !== null && <Trouble error={send.error} />}
    </>
  );
}

function useGiveBack(payment: TillPayment, done: () => void) {
  const { acquirerId, tillId, keep } = useTill();
  const base = `${address.till(acquirerId, tillId)}/payments`;
  return useMutation({
    mutationFn: ({ path, body }: { path: 'refunds' | 'cancel'; body: object }) =>
      postJson<TillPayment>(
        `${base}/${encodeURIComponent(payment.paymentRequestId)}/${path}`,
        body,
      ),
    onSuccess: (changed) => {
      keep(changed);
      done();
    },
  });
}

interface PanelProps<Sent> {
  readonly isSending: boolean;
  readonly send: (sent: Sent) => void;
  readonly close: () => void;
}

function RefundPanel({
  left,
  isSending,
  send,
  close,
}: { left: WireMoney } & PanelProps<WireMoney>) {
  const { t, locale } = useWords();
  const whole = moneyOf(left);
  const [text, setText] = useState(whole === undefined ? '' : decimalText(whole));
  const typed = parseDecimal(left.currency, text.trim());
  const isGood = typed !== undefined && typed.minor > 0n && typed.minor <= BigInt(left.value);
  const amount = typed === undefined ? left : toWire(typed);
  const problem =
    typed === undefined
      ? t('till.refundWrong', { currency: left.currency })
      : isGood
        ? null
        : t('till.refundMost', { amount: moneyText(left, locale) });
  return (
    <form
      className={styles.panel}
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) send(amount);
      }}
    >
      <TextInput
        label={t('till.refundAmount', { currency: left.currency })}
        description={t('till.refundHelp', { amount: moneyText(left, locale) })}
        inputMode="decimal"
        size="lg"
        value={text}
        data-autofocus
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.ways}>
        <Button type="submit" size="md" disabled={!isGood} loading={isSending}>
          {t('till.refundDo', { amount: moneyText(amount, locale) })}
        </Button>
        <Button size="md" variant="default" onClick={close} disabled={isSending}>
          {t('visitor.back')}
        </Button>
      </div>
    </form>
  );
}

function CancelPanel(props: { amount: WireMoney } & PanelProps<void>) {
  const { t, locale } = useWords();
  return (
    <div className={styles.panel} role="alertdialog" aria-label={t('till.cancel')}>
      <p>{t('till.cancelAsk', { amount: moneyText(props.amount, locale) })}</p>
      <div className={styles.ways}>
        <Button size="md" color="red" loading={props.isSending} onClick={() => props.send()}>
          {t('till.cancelDo')}
        </Button>
        <Button size="md" variant="default" onClick={props.close} disabled={props.isSending}>
          {t('till.keepIt')}
        </Button>
      </div>
    </div>
  );
}
