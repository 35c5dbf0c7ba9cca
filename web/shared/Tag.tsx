// A word in a coloured pill: paid, not paid, unknown, or just a fact.
import type { ReactNode } from 'react';
import styles from './Tag.module.css';

export type Tone = 'paid' | 'not-paid' | 'unknown' | 'plain' | 'home' | 'shop';

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
