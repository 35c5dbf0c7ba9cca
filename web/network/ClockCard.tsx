// The network's time at UTC+8, and the buttons that move the time of a sandbox network forward.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { postJson } from '../shared/api.ts';
import type { NetworkClock } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { networkClockText, useNow } from '../shared/moment.ts';
import { networkNow } from '../shared/network-time.ts';
import { clockQuery } from '../shared/queries.ts';
import { TroubleLine, Waiting } from '../shared/states.tsx';
import styles from './ClockCard.module.css';
import { type ClockStep, clockSteps, moveOf } from './clock-steps.ts';

export function ClockCard() {
  const { t } = useWords();
  const clock = useQuery(clockQuery);
  // Drawn again every second, and at once when the time was moved.
  useNow();
  return (
    <section className="card stack" aria-labelledby="clock">
      <h2 id="clock">{t('clock.title')}</h2>
      {clock.data === undefined ? (
        clock.error !== null ? (
          <TroubleLine />
        ) : (
          <Waiting lines={2} />
        )
      ) : (
        <>
          <p className={styles.time}>
            <strong className="figure" data-clock>
              {networkClockText(networkNow())}
            </strong>
            <span className="muted small">
              UTC+8 · <Ahead offsetMs={clock.data.offsetMs} />
            </span>
          </p>
          {clock.data.movable ? <Steps /> : <p className="muted small">{t('clock.fixed')}</p>}
        </>
      )}
    </section>
  );
}

const dayMs = 86_400_000;

function Ahead({ offsetMs }: { offsetMs: number }) {
  const { t, locale } = useWords();
  if (offsetMs === 0) return t('clock.real');
  const [count, unit] =
    offsetMs >= dayMs ? [offsetMs / dayMs, 'day'] : [offsetMs / 60_000, 'minute'];
  const length = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(count);
  return t('clock.ahead', { length });
}

function Steps() {
  const { t } = useWords();
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (step: ClockStep) =>
      postJson<NetworkClock>('/console/api/clock', moveOf(step, networkNow())),
    onSuccess: async (clock) => {
      queries.setQueryData(clockQuery.queryKey, clock);
      // What was shown belongs to another time.
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <p className="muted small">{t('clock.help')}</p>
      <fieldset className={styles.steps} disabled={move.isPending}>
        <legend className="visually-hidden">{t('clock.move')}</legend>
        {clockSteps.map((step) => (
          <button key={step} type="button" onClick={() => move.mutate(step)}>
            {t(`clock.step.${step}`)}
          </button>
        ))}
      </fieldset>
      {move.isError && (
        <p className={styles.problem} role="alert">
          {t('clock.notMoved')}
        </p>
      )}
    </>
  );
}
