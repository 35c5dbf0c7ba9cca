// Scanning a shop's code: a till on the screen, the camera, or a text; a bad code says why at once.
import { Button, Tabs, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { readCode } from '../../src/codes/read.ts';
import { address, postJson } from '../shared/api.ts';
import type { ScanAnswer } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import styles from './codes.module.css';
import { causeOf } from './flow.ts';
import { type Refusal, refusalOf } from './identify.ts';
import { PrintedCodes } from './PrintedCodes.tsx';
import { ScreenTop } from './ScreenTop.tsx';
import { TillsNearby } from './TillsNearby.tsx';
import { useWallet } from './wallet-context.ts';

const Scanner = lazy(async () => ({ default: (await import('../shared/Scanner.tsx')).Scanner }));

export function ScanCode() {
  const { t } = useWords();
  const scan = useScan();
  const [text, setText] = useState('');
  return (
    <div className="stack">
      <ScreenTop title={t('scan.title')} />
      {scan.refusal !== undefined && (
        <div className={styles.refusal} role="alert">
          <strong>{t('scan.notPayable')}</strong>
          <p>{refusalText(t, scan.refusal)}</p>
          <p className="mono muted">{scan.refusal.text.slice(0, 120)}</p>
        </div>
      )}
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

function refusalText(t: ReturnType<typeof useWords>['t'], refusal: Refusal): string {
  if ('reason' in refusal) return t(`scan.reason.${refusal.reason}`);
  const cause = causeOf(refusal.code);
  return cause === 'OTHER' ? (refusal.message ?? t('cause.OTHER.what')) : t(`cause.${cause}.what`);
}

/** Reads a code here first, then asks the wallet; a payable one leads on to its review. */
function useScan() {
  const { walletId, customerId, keep } = useWallet();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<Refusal>();
  const [round, setRound] = useState(0);
  const ask = useMutation({
    mutationFn: (text: string) =>
      postJson<ScanAnswer>(`${address.customer(walletId, customerId)}/scans`, { text }),
    onSuccess: (answer, text) => {
      if (answer.open !== undefined) {
        return void navigate({
          to: '/visitor/$walletId/$customerId/page',
          params: { walletId, customerId },
          search: answer.open,
        });
      }
      if (answer.intent === null) return refuse(fromAnswer(answer, text));
      keep(answer.intent);
      void navigate({
        to: '/visitor/$walletId/$customerId/payments/$paymentRequestId',
        params: { walletId, customerId, paymentRequestId: answer.intent.paymentRequestId },
      });
    },
  });

  function refuse(why: Refusal) {
    setRefusal(why);
    setRound((count) => count + 1);
  }
  function read(text: string) {
    const why = refusalOf(text);
    setRefusal(undefined);
    if (why === undefined) ask.mutate(text);
    else refuse(why);
  }
  function forget() {
    setRefusal(undefined);
    ask.reset();
  }
  return { read, forget, refusal, round, busy: ask.isPending, error: ask.error };
}

function fromAnswer(answer: ScanAnswer, text: string): Refusal {
  if (answer.identified.reason === 'not_a_payment') {
    return { text, reason: 'not_a_payment', reading: readCode(text) };
  }
  const code = answer.problem?.code ?? answer.identified.reason ?? 'OTHER';
  const message = answer.problem?.message ?? answer.identified.reason;
  return message === undefined ? { text, code } : { text, code, message };
}
