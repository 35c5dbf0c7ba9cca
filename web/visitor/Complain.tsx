// Asking about a paid payment: for the shop's receipt, or for the money.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { address, postJson } from '../shared/api.ts';
import type { WalletPayment } from '../shared/contract.ts';
import { DisputeLines } from '../shared/DisputeLines.tsx';
import { useWords } from '../shared/language.ts';
import { type SandboxDispute, sandboxDisputesQuery } from '../shared/sandbox-dispute.ts';
import { Trouble } from '../shared/states.tsx';
import { useWallet } from './wallet-context.ts';

export function Complain({ payment }: { payment: WalletPayment }) {
  const { t } = useWords();
  const { walletId, customerId } = useWallet();
  const queries = useQueryClient();
  const own = `/payments/${encodeURIComponent(payment.paymentRequestId)}`;
  const place = address.customer(walletId, customerId) + own;
  const query = sandboxDisputesQuery(place);
  const { data } = useQuery(query);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: (kind: SandboxDispute['kind']) =>
      postJson(`${place}/disputes`, { kind, reason: reason.trim() || t('complaint.noReason') }),
    onSuccess: () => {
      setOpen(false);
      return queries.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  const disputes = data?.disputes ?? [];
  return (
    <section className="card stack" aria-labelledby="complaint">
      <h2 id="complaint">{t('complaint.title')}</h2>
      {disputes.length > 0 && <DisputeLines disputes={disputes} />}
      {send.isError && <Trouble error={send.error} />}
      {open ? (
        <>
          <TextInput
            label={t('complaint.reason')}
            placeholder={t('complaint.noReason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button variant="light" loading={send.isPending} onClick={() => send.mutate('RETRIEVAL')}>
            {t('complaint.askReceipt')}
          </Button>
          <Button
            variant="light"
            loading={send.isPending}
            onClick={() => send.mutate('ESCALATION')}
          >
            {t('complaint.askMoney')}
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('complaint.begin')}
        </Button>
      )}
    </section>
  );
}
