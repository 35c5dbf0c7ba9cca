// The second person's step: a proposal is approved or rejected, by a name.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';

/** Posts to `path` with `/approve` or `/reject` behind it, and reads all anew that may change. */
export function Decide(props: {
  path: string;
  person: string;
  /** Nothing of it can come into force any more; it can only be rejected. */
  isOutdated?: boolean;
  refusal: (error: unknown) => ReactNode;
}) {
  const { path, person, isOutdated = false, refusal } = props;
  const { t } = useWords();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (verb: 'approve' | 'reject') => postJson(`${path}/${verb}`, { by: person }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const isDisabled = person === '' || decide.isPending;
  return (
    <div className="row">
      <Button
        size="compact-md"
        disabled={isDisabled || isOutdated}
        onClick={() => decide.mutate('approve')}
      >
        {t('people.approve')}
      </Button>
      <Button
        size="compact-md"
        variant="light"
        disabled={isDisabled}
        onClick={() => decide.mutate('reject')}
      >
        {t('people.reject')}
      </Button>
      {person === '' && <span className="small muted">{t('settlement.namePlease')}</span>}
      {decide.isError && refusal(decide.error)}
    </div>
  );
}
