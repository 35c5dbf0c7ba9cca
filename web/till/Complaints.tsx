// What wallets ask the shop about one payment, and the shop's answer.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { address, postJson } from '../shared/api.ts';
import type { TillPayment } from '../shared/contract.ts';
import { DisputeLines } from '../shared/DisputeLines.tsx';
import { useWords } from '../shared/language.ts';
import { type SandboxDispute, sandboxDisputesQuery } from '../shared/sandbox-dispute.ts';
import { Trouble } from '../shared/states.tsx';
import { useTill } from './till-context.ts';

type Word = 'EVIDENCE' | 'ACCEPT' | 'REFUSE';

/** Nothing at all for a payment that nobody asks about. */
export function Complaints({ payment }: { payment: TillPayment }) {
  const { t } = useWords();
  const { acquirerId, tillId } = useTill();
  const queries = useQueryClient();
  const own = `/payments/${encodeURIComponent(payment.paymentRequestId)}`;
  const place = address.till(acquirerId, tillId) + own;
  const query = sandboxDisputesQuery(place);
  const { data } = useQuery(query);
  const answer = useMutation({
    mutationFn: ({ id, word }: { id: string; word: Word }) =>
      postJson(`${place}/disputes/${encodeURIComponent(id)}/answer`, { word }),
    onSettled: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  const disputes = data?.disputes ?? [];
  if (disputes.length === 0) return null;
  const words = (dispute: SandboxDispute): readonly Word[] => {
    if (dispute.status !== 'ASKED' && dispute.status !== 'OVERDUE') return [];
    return dispute.kind === 'RETRIEVAL' ? ['EVIDENCE'] : ['ACCEPT', 'REFUSE'];
  };
  return (
    <section aria-labelledby="complaints" className="stack">
      <h2 id="complaints">{t('complaint.atTill')}</h2>
      {answer.isError && <Trouble error={answer.error} />}
      <DisputeLines
        disputes={disputes}
        actions={(dispute) =>
          words(dispute).map((word) => (
            <Button
              key={word}
              variant="white"
              loading={answer.isPending}
              onClick={() => answer.mutate({ id: dispute.disputeRequestId, word })}
            >
              {t(`complaint.word.${word}`)}
            </Button>
          ))
        }
      />
    </section>
  );
}
