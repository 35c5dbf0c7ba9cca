// Why a calendar was not taken, in the reader's language; what a file says wrong as it came.
import { ApiProblem } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { useProblemWords } from '../shared/problem.ts';
import styles from './calendars.module.css';

const known = ['SAME_PERSON', 'WRONG_ORDER', 'OUTDATED', 'IN_FORCE'] as const;

export function CalendarProblem({ error }: { error: unknown }) {
  const { t } = useWords();
  const wordsOf = useProblemWords();
  const code = error instanceof ApiProblem ? error.code : '';
  const found = known.find((each) => each === code);
  return (
    <p className={styles.problem} role="alert">
      {code === 'WRONG_FILE' && `${t('calendars.problem.WRONG_FILE')} ${(error as Error).message}`}
      {found !== undefined && t(`calendars.problem.${found}`)}
      {found === undefined && code !== 'WRONG_FILE' && wordsOf(error)}
    </p>
  );
}
