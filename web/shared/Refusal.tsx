// Why a step was not taken: in the page's own words for the codes that it knows.
import { ApiProblem } from './api.ts';
import { useProblemWords } from './problem.ts';

/** `words` says a known code; for all else there are the words that every page has. */
export function Refusal<K extends string>(props: {
  error: unknown;
  known?: readonly K[];
  words?: (code: K) => string;
}) {
  const { error, known, words } = props;
  const wordsOf = useProblemWords();
  const code = known?.find((each) => error instanceof ApiProblem && each === error.code);
  return (
    <p className="refusal" role="alert">
      {code === undefined || words === undefined ? wordsOf(error) : words(code)}
    </p>
  );
}
