// A wallet's small square sign: its first letters on a colour that is always the same for it.
import styles from './WalletBadge.module.css';

const hues = [214, 2, 265, 222, 158, 28, 290, 8, 45, 140, 205, 24, 232];

/** A colour from the wallet's id; the wallets' own logos are not ours to show. */
function hueOf(id: string): number {
  const sum = [...id].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return hues[sum % hues.length] ?? 214;
}

export function WalletBadge(props: { id: string; name: string; onDark?: boolean }) {
  const letters = props.name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 2);
  const colour = `hsl(${hueOf(props.id)} 46% 38%)`;
  return (
    <svg className={styles.badge} viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="10" fill={props.onDark === true ? '#fff' : colour} />
      <text
        x="18"
        y="23"
        textAnchor="middle"
        fontSize="14"
        fontWeight="600"
        fill={props.onDark === true ? colour : '#fff'}
      >
        {letters}
      </text>
    </svg>
  );
}
