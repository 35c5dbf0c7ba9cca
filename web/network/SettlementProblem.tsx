// Why a step was refused, in the reader's language; what is not known is said as it came.
import { ApiProblem } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { useProblemWords } from '../shared/problem.ts';
import styles from './settlement.module.css';

const known = ['WRONG_ORDER', 'SAME_PERSON', 'KNOWN_REFERENCE', 'TOO_EARLY'] as const;

export function SettlementProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  const wordsOf = useProblemWords();
  const code = error instanceof ApiProblem ? error.code : '';
  const found = known.find((each) => each === code);
  return (
    <p className={styles.problem} role="alert">
      {found === undefined ? wordsOf(error) : t(`settlement.problem.${found}`)}
    </p>
  );
}
