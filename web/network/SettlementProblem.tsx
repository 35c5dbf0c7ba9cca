// Why a step of closing or settling was refused, in the reader's language.
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';

const known = ['WRONG_ORDER', 'SAME_PERSON', 'KNOWN_REFERENCE', 'TOO_EARLY'] as const;

export function SettlementProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  return <Refusal error={error} known={known} words={(code) => t(`settlement.problem.${code}`)} />;
}
