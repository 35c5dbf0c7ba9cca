// Why a calendar was not taken, in the reader's language: a fault of a file with line and field.
import { ApiProblem } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';
import { useReasonWords } from '../shared/reasons.ts';

const known = ['SAME_PERSON', 'WRONG_ORDER', 'OUTDATED', 'IN_FORCE', 'WRONG_FILE'] as const;

export function CalendarProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  const reasonWords = useReasonWords();
  const fault = error instanceof ApiProblem ? (reasonWords(error.reasons) ?? error.message) : '';
  const words = (code: (typeof known)[number]) =>
    code === 'WRONG_FILE'
      ? `${t('calendars.problem.WRONG_FILE')} ${fault}`
      : t(`calendars.problem.${code}`);
  return <Refusal error={error} known={known} words={words} />;
}
