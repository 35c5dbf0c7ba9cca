// A ring that empties until a code or an offer ends, with the time left in figures.
import { useEffect, useRef } from 'react';
import styles from './Countdown.module.css';
import { countdownText, secondsLeft, useNow } from './moment.ts';

const radius = 15;
const circumference = 2 * Math.PI * radius;

/** Calls `onEnd` once when `until` passes. The words beside it are the caller's `label`. */
export function Countdown(props: {
  from: string;
  until: string;
  label: string;
  onEnd?: () => void;
}) {
  const { from, until, label, onEnd } = props;
  const now = useNow(500);
  const left = secondsLeft(until, now);
  const whole = Math.max(1, (new Date(until).getTime() - new Date(from).getTime()) / 1_000);
  const ended = useRef('');

  useEffect(() => {
    if (left === 0 && ended.current !== until) {
      ended.current = until;
      onEnd?.();
    }
  }, [left, until, onEnd]);

  return (
    <div className={styles.countdown} data-low={left <= 10}>
      <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r={radius} className={styles.track} />
        <circle
          cx="18"
          cy="18"
          r={radius}
          className={styles.rest}
          strokeDasharray={circumference}
          strokeDashoffset={circumference * (1 - Math.min(1, left / whole))}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <span>
        {label}{' '}
        <strong className="figure" role="timer">
          {countdownText(left)}
        </strong>
      </span>
    </div>
  );
}
