// Why a change was refused, in the reader's language; what is not known is said as it came.
import { ApiProblem } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { useProblemWords } from '../shared/problem.ts';
import styles from './caps.module.css';

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
  const wordsOf = useProblemWords();
  const code = error instanceof ApiProblem ? error.code : '';
  const found = known.find((each) => each === code);
  return (
    <p className={styles.problem} role="alert">
      {found === undefined ? wordsOf(error) : t(`caps.problem.${found}`)}
    </p>
  );
}
