// Who owes the network how much: a bar against each cap, and the proof that the books balance.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import type { Position, Positions } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { positionsQuery } from '../shared/queries.ts';
import { Nothing, TroubleLine, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { capBar } from './bars.ts';
import styles from './network.module.css';

const firstShown = 6;

export function PositionsCard({ poll }: { poll: number | false }) {
  const { t } = useWords();
  const { data, error } = useQuery({ ...positionsQuery, refetchInterval: poll });
  const [all, setAll] = useState(false);
  const sorted = [...(data?.positions ?? [])].sort(byUse);
  return (
    <section className="card stack" aria-labelledby="positions">
      <div className="spread">
        <h2 id="positions">{t('network.positions')}</h2>
        {data !== undefined && <Balanced trial={data.trial} />}
      </div>
      <Link to="/network/caps">{t('caps.title')}</Link>
      <Link to="/network/positions">{t('exposure.open')}</Link>
      {data === undefined && (error !== null ? <TroubleLine /> : <Waiting lines={4} />)}
      {data?.positions.length === 0 && <Nothing title={t('network.noPositions')} />}
      {sorted.length > 0 && (
        <ul className={styles.positions}>
          {(all ? sorted : sorted.slice(0, firstShown)).map((position) => (
            <Bar key={`${position.participantId} ${position.currency}`} position={position} />
          ))}
        </ul>
      )}
      {!all && sorted.length > firstShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('network.allPositions', { count: sorted.length })}
        </Button>
      )}
    </section>
  );
}

/** Those nearest to their cap come first. */
function byUse(a: Position, b: Position): number {
  const left = capBar(a).used;
  const right = capBar(b).used;
  if (left !== right) return left > right ? -1 : 1;
  return a.name.localeCompare(b.name);
}

function Bar({ position }: { position: Position }) {
  const { t, locale } = useWords();
  const { posted, pending, owed, over } = capBar(position);
  const owes = owed >= 0n;
  const value = (owes ? owed : -owed).toString();
  return (
    <li>
      <div className="spread">
        <strong>{position.name}</strong>
        <span className="figure">{moneyText({ currency: position.currency, value }, locale)}</span>
      </div>
      {position.cap !== null && (
        <svg
          className={styles.bar}
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          data-over={over}
          aria-hidden="true"
        >
          <rect width="100" height="4" fill="var(--line)" />
          <rect width={posted} height="4" fill={over ? 'var(--not-paid)' : 'var(--indigo)'} />
          <rect x={posted} width={pending} height="4" fill="var(--unknown-bright)" />
        </svg>
      )}
      <p className="muted small">
        {owed === 0n ? t('network.even') : owes ? t('network.owes') : t('network.isOwed')}
        {position.cap !== null &&
          ` · ${t('network.cap', { cap: moneyText(position.cap, locale) })}`}
        {over && ` · ${t('network.over')}`}
      </p>
    </li>
  );
}

/** Debits equal credits in every currency, or the operator must know at once. */
function Balanced({ trial }: { trial: Positions['trial'] }) {
  const { t } = useWords();
  const wrong = trial.filter((line) => line.debits.value !== line.credits.value);
  return wrong.length === 0 ? (
    <Tag tone="paid">{t('network.balanced')}</Tag>
  ) : (
    <Tag tone="not-paid">
      {t('network.unbalanced', { currencies: wrong.map((line) => line.currency).join(' ') })}
    </Tag>
  );
}
