// Why a calendar was not taken, in the reader's language; what a file says wrong as it came.
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';

const known = ['SAME_PERSON', 'WRONG_ORDER', 'OUTDATED', 'IN_FORCE', 'WRONG_FILE'] as const;

export function CalendarProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  const fault = error instanceof Error ? error.message : '';
  const words = (code: (typeof known)[number]) =>
    code === 'WRONG_FILE'
      ? `${t('calendars.problem.WRONG_FILE')} ${fault}`
      : t(`calendars.problem.${code}`);
  return <Refusal error={error} known={known} words={words} />;
}
