// One payment at the till: the code that waits to be scanned, then the verdict.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { decimalText } from '../../src/money/money.ts';
import { isResultCode } from '../../src/wire/results.ts';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { moneyOf } from '../shared/amount.ts';
import { ApiProblem, address, postJson } from '../shared/api.ts';
import type { TillPayment } from '../shared/contract.ts';
import { useSentenceLanguage, useWords } from '../shared/language.ts';
import { clockText, useNow } from '../shared/moment.ts';
import { Trouble } from '../shared/states.tsx';
import { Complaints } from './Complaints.tsx';
import { mustAsk, tillScreenOf } from './flow.ts';
import { GiveBack, GivenBackLines, Withdraw } from './GiveBack.tsx';
import { OrderCode } from './OrderCode.tsx';
import styles from './till.module.css';
import { useTill } from './till-context.ts';
import { Verdict } from './Verdict.tsx';

const askEveryMs = 3_000;

export function TillPaymentScreen() {
  const { t } = useWords();
  const { paymentRequestId } = useParams({
    from: '/till/$acquirerId/$tillId/payments/$paymentRequestId',
  });
  const { payments } = useTill();
  const now = useNow();
  const payment = payments.find((one) => one.paymentRequestId === paymentRequestId);
  const ask = useAskAgain(payment);
  if (payment === undefined) return <Trouble whole error={new ApiProblem('NOT_FOUND', 404, '')} />;

  const screen = tillScreenOf(payment, now);
  switch (screen) {
    case 'show_code':
      return <OrderCode payment={payment} />;
    case 'waiting':
      return (
        <Verdict
          screen="waiting"
          amount={payment.amount}
          title={t('till.asking')}
          help={t('till.askingHelp')}
        />
      );
    case 'crediting':
      return (
        <Verdict
          screen="unknown"
          amount={payment.amount}
          title={t('push.crediting')}
          help={t('push.creditingHelp')}
          detail={<PaymentNumber payment={payment} />}
        >
          <Withdraw payment={payment} />
          <Again label={t('till.next')} variant="default" />
        </Verdict>
      );
    case 'unknown':
    case 'expired':
      return (
        <Verdict
          screen="unknown"
          amount={payment.amount}
          title={t('till.unknown')}
          help={t(`till.${unknownHelp(payment, screen)}`)}
          detail={<PaymentNumber payment={payment} />}
        >
          <Button
            size="lg"
            color="dark"
            loading={ask.isPending}
            onClick={() => ask.mutate(payment.paymentRequestId)}
          >
            {t('till.askNow')}
          </Button>
          <Withdraw payment={payment} />
          <Again label={t('till.next')} variant="default" />
        </Verdict>
      );
    case 'paid':
      return <Paid payment={payment} />;
    case 'refunded':
    case 'cancelled':
      return <GivenBack payment={payment} screen={screen} />;
    case 'not_paid':
      return <NotPaid payment={payment} />;
  }
}

/** Why it is not known: the code ran out, the customer is slow, or nobody answered. */
function unknownHelp(payment: TillPayment, screen: 'unknown' | 'expired') {
  if (screen === 'expired') return 'expiredHelp';
  return payment.status === 'PROCESSING' ? 'slowHelp' : 'unknownHelp';
}

function Paid({ payment }: { payment: TillPayment }) {
  const { t, locale } = useWords();
  const brand = payment.walletBrandName;
  return (
    <Verdict
      screen="paid"
      amount={payment.amount}
      title={t('till.paid')}
      help={brand ? t('till.paidBy', { brand }) : t('till.paidHelp')}
      detail={
        <>
          <p>{clockText(payment.finishedAt ?? payment.createdAt, locale)}</p>
          <PaymentNumber payment={payment} />
          <GivenBackLines payment={payment} />
        </>
      }
    >
      <Again label={t('till.next')} variant="white" />
      <Complaints payment={payment} />
      <GiveBack payment={payment} />
    </Verdict>
  );
}

/** Its number, which leads to every signed message of it once the network has given it one. */
function PaymentNumber({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const { paymentId, paymentRequestId } = payment;
  if (paymentId == null) return <p className="mono">{paymentRequestId}</p>;
  return (
    <p className="mono">
      <Link
        to="/network/payments/$paymentId"
        params={{ paymentId }}
        target="_blank"
        className={styles.number}
        title={t('till.messages')}
      >
        {paymentId}
      </Link>
    </p>
  );
}

/** The money went back: by refunds of the whole, or because the payment was cancelled. */
function GivenBack(props: { payment: TillPayment; screen: 'refunded' | 'cancelled' }) {
  const { t, locale } = useWords();
  const { payment, screen } = props;
  const wasPaid = payment.cancel?.wasPaid === true;
  const help = {
    refunded: t('till.refundedAllHelp'),
    cancelled: t(wasPaid ? 'till.cancelledPaid' : 'till.cancelledOpen'),
  }[screen];
  const at = payment.refunds?.at(-1)?.finishedAt ?? payment.cancel?.at ?? payment.createdAt;
  return (
    <Verdict
      screen="given_back"
      amount={payment.amount}
      title={screen === 'refunded' ? t('till.refundedAll') : t('till.cancelled')}
      help={help}
      detail={
        <>
          <p>{clockText(at, locale)}</p>
          <PaymentNumber payment={payment} />
        </>
      }
    >
      <Complaints payment={payment} />
      <Again label={t('till.next')} variant="white" />
    </Verdict>
  );
}

function NotPaid({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const code = payment.resultCode ?? '';
  const language = useSentenceLanguage();
  // A payment that was closed without any word ended by its time.
  const known = code === '' && payment.status === 'CLOSED' ? 'ORDER_IS_CLOSED' : code;
  const wasPushed = payment.push != null;
  const words = wasPushed ? t('push.notCredited') : sentenceFor(known).shop[language];
  return (
    <Verdict
      screen="not_paid"
      amount={payment.amount}
      title={t('till.notPaid')}
      help={words}
      detail={
        <>
          <p className="mono" title={isResultCode(code) ? '' : (payment.resultMessage ?? '')}>
            {code}
          </p>
          <PaymentNumber payment={payment} />
        </>
      }
    >
      <Again label={t('till.again')} variant="white" amount={payment} />
    </Verdict>
  );
}

/** The amount as the keypad would show it. */
function typedText(payment: TillPayment): string {
  const money = moneyOf(payment.amount);
  return money === undefined ? '' : decimalText(money);
}

/** Back to the keypad; after a payment that failed, with the same amount typed already. */
function Again(props: { label: string; variant: 'white' | 'default'; amount?: TillPayment }) {
  const { acquirerId, tillId } = useTill();
  const navigate = useNavigate();
  return (
    <Button
      size="lg"
      variant={props.variant}
      className={styles.again ?? ''}
      onClick={() =>
        void navigate({
          to: '/till/$acquirerId/$tillId',
          params: { acquirerId, tillId },
          search: props.amount === undefined ? {} : { amount: typedText(props.amount) },
        })
      }
    >
      {props.label}
    </Button>
  );
}

/** Asks the hub until the result is final; events usually come first. */
function useAskAgain(payment: TillPayment | undefined) {
  const { acquirerId, tillId, keep } = useTill();
  const ask = useMutation({
    mutationFn: (paymentRequestId: string) => {
      const payment = `/payments/${encodeURIComponent(paymentRequestId)}`;
      return postJson<TillPayment>(`${address.till(acquirerId, tillId)}${payment}/inquire`, {});
    },
    onSuccess: keep,
  });
  const { mutate } = ask;
  const open = payment !== undefined && mustAsk(payment) ? payment.paymentRequestId : undefined;
  useEffect(() => {
    if (open === undefined) return;
    const timer = window.setInterval(() => mutate(open), askEveryMs);
    return () => window.clearInterval(timer);
  }, [open, mutate]);
  return ask;
}
