// An acquirer's answer to a dispute: a message, files, and for money what is given back.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { typedMinor } from '../shared/amount.ts';
import { postJson } from '../shared/api.ts';
import type { DisputeDetail } from '../shared/dispute-contract.ts';
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';
import { ownDisputeAddress } from './own.ts';
import styles from './participant.module.css';

const decisions = ['ACCEPT_REFUND', 'ACCEPT_PARTIAL_REFUND', 'REFUSE_REFUND'] as const;

/** What the protocol lets an answer carry (src/wire/disputes.ts). */
const kinds = 'image/jpeg,image/png,application/pdf,text/plain';
const mostFiles = 5;

export function AnswerForm({ dispute }: { dispute: DisputeDetail }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const isMoney = dispute.kind === 'ESCALATION';
  const { currency } = dispute.paid;
  const [decision, setDecision] = useState<string>('ACCEPT_REFUND');
  const [amount, setAmount] = useState('');
  const [message, setMessage] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const isPartial = isMoney && decision === 'ACCEPT_PARTIAL_REFUND';
  const minor = typedMinor(currency, amount);
  const isAmount = minor !== undefined && BigInt(minor) > 0n;
  const answer = useMutation({
    mutationFn: async () => {
      const evidences = await Promise.all(files.map(evidenceOf));
      return postJson(`${ownDisputeAddress(dispute.disputeId)}/answer`, {
        ...(message.trim() === '' ? {} : { responseMessage: message.trim() }),
        ...(evidences.length === 0 ? {} : { evidences }),
        ...(isMoney ? { refundType: decision } : {}),
        ...(isPartial ? { refundAmount: { currency, value: minor } } : {}),
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own'] }),
  });
  const saysSomething = message.trim() !== '' || files.length > 0;
  const mustSay = !isMoney || decision === 'REFUSE_REFUND';
  const isReady = (!mustSay || saysSomething) && (!isPartial || isAmount);
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) answer.mutate();
      }}
    >
      <div>
        <h2>{t('participant.answer')}</h2>
        <p className="small muted">{t('participant.answerHelp')}</p>
      </div>
      <div className={styles.form}>
        {isMoney && (
          <NativeSelect
            label={t('participant.decision')}
            value={decision}
            data={decisions.map((each) => ({
              value: each,
              label: t(`participant.word.${each}`),
            }))}
            onChange={(event) => setDecision(event.currentTarget.value)}
          />
        )}
        {isPartial && (
          <TextInput
            label={t('participant.partial', { currency })}
            value={amount}
            inputMode="decimal"
            error={amount !== '' && !isAmount ? t('caps.wrongAmount', { currency }) : undefined}
            onChange={(event) => setAmount(event.currentTarget.value.trim())}
          />
        )}
        <TextInput
          className={styles.wide ?? ''}
          label={t('participant.message')}
          value={message}
          maxLength={1024}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
      </div>
      <label className="stack">
        <span className="small">{t('participant.evidence')}</span>
        <input
          type="file"
          className={styles.files}
          multiple
          accept={kinds}
          onChange={(event) => setFiles([...(event.currentTarget.files ?? [])].slice(0, mostFiles))}
        />
      </label>
      <div className="row">
        <Button type="submit" disabled={!isReady} loading={answer.isPending}>
          {t('participant.send')}
        </Button>
      </div>
      {answer.isError && <Refusal error={answer.error} />}
    </form>
  );
}

/** A file as the answer carries it; the network says its hash. */
async function evidenceOf(file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return { fileName: file.name, contentType: file.type, fileContent: btoa(text) };
}
