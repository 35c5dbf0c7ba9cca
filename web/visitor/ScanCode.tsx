// Scanning a shop's code: a till on the screen, the camera, or a text; a bad code says why at once.
import { Button, Tabs, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Identity } from '../../src/codes/identify.ts';
import { type Money, toWire } from '../../src/money/money.ts';
import { address, postJson } from '../shared/api.ts';
import type { ScanAnswer, WireMoney } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { codeRulesQuery } from '../shared/queries.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { CodeVerdict } from './CodeVerdict.tsx';
import { judge, type Refusal, rulesOf } from './identify.ts';
import { PrintedCodes } from './PrintedCodes.tsx';
import { ScreenTop } from './ScreenTop.tsx';
import { TillsNearby } from './TillsNearby.tsx';
import { type PrintedCode, TypeAmount } from './TypeAmount.tsx';
import { useWallet } from './wallet-context.ts';

const Scanner = lazy(async () => ({ default: (await import('../shared/Scanner.tsx')).Scanner }));

export function ScanCode() {
  const { t } = useWords();
  const scan = useScan();
  const [text, setText] = useState('');
  const { printed } = scan;
  if (printed !== undefined) {
    return (
      <>
        {scan.error !== null && <Trouble error={scan.error} />}
        <TypeAmount
          code={printed}
          busy={scan.busy}
          onAmount={(amount) => scan.pay(printed.text, amount)}
          onBack={scan.forget}
        />
      </>
    );
  }
  return (
    <div className="stack">
      <ScreenTop title={t('scan.title')} />
      {scan.refusal !== undefined && <CodeVerdict refusal={scan.refusal} again={scan.forget} />}
      {scan.error !== null && <Trouble error={scan.error} />}
      {scan.busy && <Waiting lines={1} />}
      <Tabs defaultValue="tills" keepMounted={false} onChange={scan.forget}>
        <Tabs.List grow>
          <Tabs.Tab value="tills">{t('scan.tills')}</Tabs.Tab>
          <Tabs.Tab value="camera">{t('scan.camera')}</Tabs.Tab>
          <Tabs.Tab value="paste">{t('scan.paste')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tills" pt="md">
          <div className="stack">
            <TillsNearby onPick={scan.read} />
            <PrintedCodes onPick={scan.read} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="camera" pt="md">
          <Suspense fallback={<Waiting lines={1} height={260} />}>
            <Scanner key={scan.round} onRead={scan.read} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="paste" pt="md">
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim() !== '') scan.read(text.trim());
            }}
          >
            <Textarea
              label={t('scan.pasteLabel')}
              description={t('scan.pasteHelp')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              rows={4}
              spellCheck={false}
              autoCapitalize="off"
            />
            <Button type="submit" size="md" disabled={text.trim() === ''}>
              {t('scan.read')}
            </Button>
          </form>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Reads a code here first, then asks the wallet; a payable one leads on to its review. */
function useScan() {
  const { walletId, customerId, keep } = useWallet();
  const navigate = useNavigate();
  const known = useQuery(codeRulesQuery(walletId));
  const rules = useMemo(() => rulesOf(known.data?.rules), [known.data]);
  const [refusal, setRefusal] = useState<Refusal>();
  const [round, setRound] = useState(0);
  const [printed, setPrinted] = useState<PrintedCode>();
  const ask = useMutation({
    mutationFn: (scanned: { text: string; amount?: WireMoney }) =>
      postJson<ScanAnswer>(`${address.customer(walletId, customerId)}/scans`, scanned),
    onSuccess: (answer, { text }) => {
      if (answer.open !== undefined) {
        return void navigate({
          to: '/visitor/$walletId/$customerId/page',
          params: { walletId, customerId },
          search: answer.open,
        });
      }
      // The network has a page of its own for this: a limit, with what is left of it.
      if (answer.problem?.url !== undefined) return window.location.assign(answer.problem.url);
      if (answer.intent === null) return refuse(fromAnswer(answer, text, here(text)));
      keep(answer.intent);
      void navigate({
        to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
        params: { walletId, customerId, paymentRequestId: answer.intent.paymentRequestId },
      });
    },
  });

  const here = (text: string) => judge(text, walletId, rules, Date.now());
  function refuse(why: Refusal) {
    setPrinted(undefined);
    setRefusal(why);
    setRound((count) => count + 1);
  }
  function read(text: string) {
    const identity = here(text);
    setRefusal(undefined);
    ask.reset();
    if (!identity.isSupported) return refuse({ identity });
    if (identity.needsAmount) setPrinted(printedOf(identity));
    else ask.mutate({ text });
  }
  function pay(text: string, amount: Money) {
    ask.mutate({ text, amount: toWire(amount) });
  }
  function forget() {
    setPrinted(undefined);
    setRefusal(undefined);
    ask.reset();
  }
  return { read, pay, forget, refusal, printed, round, busy: ask.isPending, error: ask.error };
}

/** What the visitor is shown of a printed code. */
function printedOf({ codeValue, reading, issuer }: Identity): PrintedCode {
  const { currency, merchantName, city } = reading;
  return {
    text: codeValue,
    currency: currency ?? '',
    merchantName: merchantName ?? '',
    city,
    issuer,
  };
}

function fromAnswer(answer: ScanAnswer, text: string, identity: Identity): Refusal {
  // A page outside the sandbox: the card names it and offers to open it.
  const opens = identity.postCodeMatchActionType === 'OPEN_URL';
  if (opens && answer.problem === undefined) return { identity };
  const code = answer.problem?.code ?? answer.identified.reason ?? 'OTHER';
  const message = answer.problem?.message ?? answer.identified.reason;
  return message === undefined ? { text, code } : { text, code, message };
}
