// How the sandbox's acquirer treats the pushes of national codes: well, or badly in one of the ways
// that real ones do.
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { putJson } from '../shared/api.ts';
import type { AcquirerSummary, PushMode } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { acquirersQuery } from '../shared/queries.ts';
import { Trouble } from '../shared/states.tsx';

const modes: readonly PushMode[] = [
  'normal',
  'push_later',
  'push_refused',
  'push_unheard',
  'push_silent',
];

export function PushBehaviour({ acquirer }: { acquirer: AcquirerSummary }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (mode: string) => putJson(`/sandbox/acquirers/${acquirer.id}/behaviour`, { mode }),
    onSettled: () => queries.invalidateQueries({ queryKey: acquirersQuery.queryKey }),
  });
  return (
    <section className="card stack" aria-label={t('push.title')}>
      <NativeSelect
        label={t('push.title')}
        description={t('push.help')}
        data={modes.map((mode) => ({ value: mode, label: t(`push.mode.${mode}`) }))}
        value={change.isPending ? change.variables : acquirer.behaviour.mode}
        onChange={(event) => change.mutate(event.currentTarget.value)}
      />
      {change.error !== null && <Trouble error={change.error} />}
    </section>
  );
}
