// Why a change of a deposit or a cap was refused, in the reader's language.
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';

const known = [
  'SAME_PERSON',
  'WRONG_ORDER',
  'KNOWN_REFERENCE',
  'MORE_THAN_DEPOSIT',
  'IN_USE',
  'PAST',
] as const;

export function CapProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  return <Refusal error={error} known={known} words={(code) => t(`caps.problem.${code}`)} />;
}
