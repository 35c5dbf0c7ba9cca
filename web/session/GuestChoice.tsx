// In a demo network: as whom one wants to look around.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { Trouble } from '../shared/states.tsx';
import styles from './session.module.css';
import { type ParticipantName, type SessionView, takeSession } from './session.ts';

export function GuestChoice({ session }: { session: SessionView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: (participantId: string) =>
      postJson<SessionView>('/session/guest', { participantId }),
    onSuccess: (view) => takeSession(queries, view),
  });
  const group = (role: ParticipantName['role']) => (
    <ul className={styles.guests}>
      {session.guests
        .filter((each) => each.role === role)
        .map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => choose.mutate(each.id)}>
              <strong>{each.name}</strong>
              <span className="mono muted">{each.id}</span>
            </button>
          </li>
        ))}
    </ul>
  );
  return (
    <div className="stack">
      <header>
        <h1>{t('people.guestTitle')}</h1>
        <p className="muted">{t('people.guestHelp')}</p>
      </header>
      {choose.isError && <Trouble error={choose.error} />}
      <h2>{t('people.acquirers')}</h2>
      {group('acquirer')}
      <h2>{t('people.wallets')}</h2>
      {group('wallet')}
    </div>
  );
}
