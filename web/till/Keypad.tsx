// The keys for an amount, large enough for a thumb, and the keyboard's own.
import { useEffect } from 'react';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import styles from './Keypad.module.css';
import { type Key, keyOf } from './keypad.ts';

const keys: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', '00'];

export function Keypad({ onKey }: { onKey: (key: Key) => void }) {
  const { t } = useWords();
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement) return;
      const key = keyOf(event.key);
      if (key !== undefined) onKey(key);
    };
    window.addEventListener('keydown', typed);
    return () => window.removeEventListener('keydown', typed);
  });
  return (
    <fieldset className={styles.keys}>
      <legend className="visually-hidden">{t('till.keypad')}</legend>
      {keys.map((key) => (
        <button key={key} type="button" onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button
        type="button"
        className={styles.erase}
        aria-label={t('till.erase')}
        onClick={() => onKey('erase')}
      >
        <Icon name="erase" size={28} />
      </button>
    </fieldset>
  );
}
