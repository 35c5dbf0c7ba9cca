// Who is connected: wallets and acquirers, their market, their signature, whether they are open.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Overview } from '../shared/console-contract.ts';
import { marketName, useWords } from '../shared/language.ts';
import { TroubleLine, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './network.module.css';

const firstShown = 8;

export function Participants(props: { overview: Overview | undefined; error: unknown }) {
  const { overview, error } = props;
  const { t, locale } = useWords();
  const [all, setAll] = useState(false);
  const participants = overview?.participants ?? [];
  return (
    <section className="card stack" aria-labelledby="participants">
      <h2 id="participants">{t('network.participants')}</h2>
      {overview === undefined ? (
        error !== null ? (
          <TroubleLine />
        ) : (
          <Waiting lines={4} />
        )
      ) : (
        <ul className={styles.participants}>
          {(all ? participants : participants.slice(0, firstShown)).map((one) => (
            <li key={one.id}>
              <span>
                <strong>{one.name}</strong>
                <span className="muted small">
                  {[marketName(one.market, locale), one.currency, one.algorithm]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {one.codeIssuer !== null && (
                  <span className="muted small">
                    {t('network.codesBegin', { ...one.codeIssuer })}
                  </span>
                )}
              </span>
              <Tag tone={one.enabled ? (one.role === 'wallet' ? 'home' : 'shop') : 'not-paid'}>
                {one.enabled ? roleName(t, one.role) : t('network.disabled')}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      {!all && participants.length > firstShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('network.allParticipants', { count: participants.length })}
        </Button>
      )}
    </section>
  );
}

/** The hub may know roles that this page has no word for yet; they are shown as they are named. */
function roleName(t: ReturnType<typeof useWords>['t'], role: string): string {
  if (role === 'wallet') return t('network.role.wallet');
  return role === 'acquirer' ? t('network.role.acquirer') : role;
}
