// The map of a leg's states, with the way that this payment took drawn strong.
import { useWords } from '../shared/language.ts';
import styles from './StateDiagram.module.css';
import { type StateMap, type StatePlace, wasTaken } from './states.ts';

const box = { width: 98, height: 34 };
const gap = { x: 30, y: 16 };

function corner(place: StatePlace): { x: number; y: number } {
  return {
    x: 2 + place.column * (box.width + gap.x),
    y: 2 + place.row * (box.height + gap.y),
  };
}

/** `label` says in one sentence what the picture shows, for those who do not see it. */
export function StateDiagram({ map, label }: { map: StateMap; label: string }) {
  const { t } = useWords();
  const columns = 1 + Math.max(...map.places.map((place) => place.column));
  const rows = 1 + Math.max(...map.places.map((place) => place.row));
  const width = columns * (box.width + gap.x) - gap.x + 4;
  const height = rows * (box.height + gap.y) - gap.y + 4;
  const now = map.taken.at(-1);
  return (
    <svg
      className={styles.diagram}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      {map.steps.map((step) => (
        <path
          key={`${step.from} ${step.to}`}
          className={styles.step}
          data-taken={wasTaken(map, step)}
          d={stepPath(map, step.from, step.to)}
        />
      ))}
      {map.places.map((place) => {
        const { x, y } = corner(place);
        const taken = map.taken.includes(place.state);
        return (
          <g
            key={place.state}
            className={styles.place}
            data-taken={taken}
            data-now={place.state === now}
            data-state={place.state}
          >
            <rect x={x} y={y} width={box.width} height={box.height} rx="10" />
            <text x={x + box.width / 2} y={y + box.height / 2 + 4.5} textAnchor="middle">
              {t(`network.stateName.${place.state}`)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A line from the right of one box to the left of the next, or straight down within a column. */
function stepPath(map: StateMap, from: string, to: string): string {
  const source = map.places.find((place) => place.state === from);
  const target = map.places.find((place) => place.state === to);
  if (source === undefined || target === undefined) return '';
  const a = corner(source);
  const b = corner(target);
  if (source.column === target.column) {
    const x = a.x + box.width / 2;
    return `M${x} ${a.y + box.height}V${b.y}`;
  }
  const start = { x: a.x + box.width, y: a.y + box.height / 2 };
  const end = { x: b.x, y: b.y + box.height / 2 };
  const middle = (start.x + end.x) / 2;
  return `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
}
