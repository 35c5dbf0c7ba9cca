// A group of buttons of which one is pressed, with a count beside each word where there is one.
import buttons from './buttons.module.css';
import { useWords } from './language.ts';

export function Choices<K extends string>(props: {
  /** What is chosen, for those who do not see the buttons side by side. */
  label: string;
  all: readonly K[];
  chosen: K;
  words: (key: K) => string;
  count?: (key: K) => number | undefined;
  choose: (key: K) => void;
  /** In a card they are smaller than beside the heading of a page. */
  size?: 'small';
}) {
  const { locale } = useWords();
  return (
    <fieldset className={buttons.group} data-size={props.size}>
      <legend className="visually-hidden">{props.label}</legend>
      {props.all.map((each) => {
        const count = props.count?.(each);
        return (
          <button
            key={each}
            type="button"
            aria-pressed={each === props.chosen}
            onClick={() => props.choose(each)}
          >
            {props.words(each)}
            {count !== undefined && <span className="figure">{count.toLocaleString(locale)}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
