// Paste a signed message and see why its signature fails; nothing leaves the browser.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { diagnoseSignature } from '../../src/wire/checkSignature.ts';
import {
  type Diagnosis,
  type RegisteredKey,
  visibleText,
} from '../../src/wire/signatureDiagnosis.ts';
import { signatureFaults } from '../../src/wire/signatureFaults.ts';
import { readPastedMessage } from '../../src/wire/signatureRequest.ts';
import { getJson } from '../shared/api.ts';
import { usePageTitle, useSentenceLanguage, useWords } from '../shared/language.ts';
import styles from './docs.module.css';

interface Client {
  readonly clientId: string;
  readonly name: string;
  readonly keys: readonly RegisteredKey[];
}

const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => getJson<{ clients: readonly Client[] }>('/console/api/keys'),
});

const example = `POST /aps/api/v1/payments/inquiryPayment HTTP/1.1
Client-Id: YOUR_CLIENT_ID
Request-Time: 2026-11-21T21:45:41+08:00
Signature: algorithm=RSA256,keyVersion=1,signature=…
Content-Type: application/json; charset=UTF-8

{"paymentRequestId":"P1"}`;

type Outcome = { readonly problem: string } | Diagnosis;

export function SignaturePage() {
  const { t } = useWords();
  usePageTitle(t('docs.signature'));
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const [clientId, setClientId] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const { data } = useQuery(keysQuery);
  const clients = data?.clients ?? [];

  async function check() {
    const read = readPastedMessage(text);
    if (!read.ok) return setOutcome({ problem: read.problem });
    const chosen = clients.find((each) => each.clientId === clientId)?.keys;
    const version = /keyVersion\s*=\s*([^,\s]+)/i.exec(text)?.[1] ?? '1';
    const keys = chosen ?? [{ keyVersion: version, publicKey: key }];
    setOutcome(await diagnoseSignature({ message: read.message, keys, now: Date.now() }));
  }

  return (
    <div className={styles.page}>
      <h1>{t('docs.signature')}</h1>
      <p className={styles.lead}>{t('docs.signatureLead')}</p>
      <form
        className={styles.tester}
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <Textarea
          label={t('docs.message')}
          placeholder={example}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={9}
          maxRows={20}
          spellCheck={false}
          classNames={{ input: styles.code ?? '' }}
        />
        <NativeSelect
          label={t('docs.partner')}
          data={[
            { value: '', label: t('docs.ownKey') },
            ...clients.map((each) => ({ value: each.clientId, label: each.name })),
          ]}
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        {clientId === '' && (
          <Textarea
            label={t('docs.publicKey')}
            placeholder="-----BEGIN PUBLIC KEY-----"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            autosize
            minRows={4}
            maxRows={10}
            spellCheck={false}
            classNames={{ input: styles.code ?? '' }}
          />
        )}
        <Button type="submit" size="md" disabled={text.trim() === ''}>
          {t('docs.check')}
        </Button>
      </form>
      <div role="status">{outcome !== undefined && <Verdict outcome={outcome} />}</div>
    </div>
  );
}

function Verdict({ outcome }: { outcome: Outcome }) {
  const { t } = useWords();
  const language = useSentenceLanguage();
  if ('problem' in outcome) return <p className="card">{outcome.problem}</p>;
  const { valid, findings, content, signedContent } = outcome;
  return (
    <section className={`card ${styles.verdict}`} data-valid={valid}>
      <h2>{valid ? t('docs.valid') : t('docs.invalid')}</h2>
      {findings.map(({ fault, detail }) => (
        <p key={fault} data-fault={fault}>
          <strong>{signatureFaults[fault][language]}</strong>
          {detail !== undefined && <span className="mono"> ({detail})</span>}
        </p>
      ))}
      {content !== undefined && (
        <>
          <h3>{t('docs.toSign')}</h3>
          <pre>{visibleText(content)}</pre>
        </>
      )}
      {signedContent !== undefined && (
        <>
          <h3>{t('docs.wasSigned')}</h3>
          <pre>{visibleText(signedContent)}</pre>
        </>
      )}
      <p className="muted small">{t('docs.signs')}</p>
    </section>
  );
}
