// What to say in one line of a step that was not taken: in the reader's language where the pages
// have words for it. The address that was called is never shown to anybody.
import { ApiProblem } from './api.ts';
import { useWords } from './language.ts';
import { useReasonWords } from './reasons.ts';

/** Refusals that any step can meet, by the server's code. */
const door = ['NOT_SIGNED_IN', 'NOT_ALLOWED'] as const;

/** Words for an error, for a place that has none of its own for its code. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useWords();
  const reasonWords = useReasonWords();
  return (error) => {
    if (!(error instanceof ApiProblem)) return t('states.failed');
    if (error.code === 'UNREACHABLE') return t('states.notDone');
    const closed = door.find((each) => each === error.code);
    if (closed !== undefined) return t(`people.problem.${closed}`);
    // What broke inside the server is for its log; a refusal says what is wrong.
    if (error.status >= 500) return t('states.failed');
    const why = reasonWords(error.reasons) ?? error.message;
    return t('states.refused', { why });
  };
}
