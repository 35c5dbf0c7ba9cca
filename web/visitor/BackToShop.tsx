// After paying in an online shop: back to its page by itself, six seconds later (protocol.md §1.6).
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { WalletPayment } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { networkNow } from '../shared/network-time.ts';

const countdownSeconds = 6;
/** A receipt that is opened later must not take its reader away. */
const freshMs = 30_000;

export function BackToShop({ payment }: { payment: WalletPayment }) {
  const { t } = useWords();
  const { finishedAt } = payment;
  const returnUrl = safeReturn(payment.returnUrl);
  const [left, setLeft] = useState(() => {
    const age = finishedAt == null ? freshMs : networkNow() - new Date(finishedAt).getTime();
    return age < freshMs ? countdownSeconds : null;
  });
  useEffect(() => {
    if (left === null || returnUrl === null) return;
    if (left === 0) return window.location.assign(returnUrl);
    const timer = window.setTimeout(() => setLeft(left - 1), 1_000);
    return () => window.clearTimeout(timer);
  }, [left, returnUrl]);
  if (returnUrl === null) return null;
  return (
    <Button component="a" href={returnUrl} size="md">
      {left === null ? t('cashier.back') : t('cashier.backIn', { count: left })}
    </Button>
  );
}

/** The address is a merchant's word: nothing but a web page is opened. */
function safeReturn(text: string | null | undefined): string | null {
  if (text == null || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}
