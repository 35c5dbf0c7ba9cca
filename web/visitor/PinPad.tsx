// Six digits on a pad or on the keyboard; never shown, only counted.
import { useEffect, useState } from 'react';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import styles from './PinPad.module.css';

const pinLength = 6;
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', 'erase'];

/** Gives the PIN to `onPin` with its last digit; a problem clears what was typed. */
export function PinPad(props: {
  busy: boolean;
  problem: string | undefined;
  onPin: (pin: string) => void;
}) {
  const { busy, problem, onPin } = props;
  const { t } = useWords();
  const [pin, setPin] = useState('');

  useEffect(() => {
    if (problem !== undefined && !busy) setPin('');
  }, [problem, busy]);

  function press(key: string) {
    if (busy) return;
    if (key === 'erase') return setPin(pin.slice(0, -1));
    if (pin.length >= pinLength) return;
    const next = pin + key;
    setPin(next);
    if (next.length === pinLength) onPin(next);
  }

  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[0-9]$/.test(event.key)) press(event.key);
      else if (event.key === 'Backspace') press('erase');
    };
    window.addEventListener('keydown', typed);
    return () => window.removeEventListener('keydown', typed);
  });

  return (
    <div className={styles.pad}>
      <p className={styles.dots} role="status" data-wrong={problem !== undefined && pin === ''}>
        <span className="visually-hidden">{t('pin.typed', { typed: pin.length })}</span>
        {Array.from({ length: pinLength }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are all alike and never move
          <span key={place} aria-hidden="true" data-filled={place < pin.length} />
        ))}
      </p>
      <p className={styles.words} role="alert">
        {busy ? t('pin.busy') : (problem ?? '')}
      </p>
      <fieldset className={styles.keys} disabled={busy}>
        <legend className="visually-hidden">{t('pin.title')}</legend>
        {keys.map((key) =>
          key === '' ? (
            <span key="empty" />
          ) : (
            <button
              key={key}
              type="button"
              aria-label={key === 'erase' ? t('pin.erase') : key}
              onClick={() => press(key)}
            >
              {key === 'erase' ? <Icon name="erase" size={26} /> : key}
            </button>
          ),
        )}
      </fieldset>
      <p className="hint">{t('pin.hint')}</p>
    </div>
  );
}
