// One line above the pages: who is signed in, or that nobody has to be.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import styles from './session.module.css';
import { type SessionView, takeSession } from './session.ts';

export function WhoIsIn({ session, place }: { session: SessionView; place: 'network' | 'own' }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { person, participant } = session;
  const end = useMutation({
    mutationFn: () => postJson<SessionView>('/session/end', {}),
    onSuccess: (view) => {
      takeSession(queries, view);
    },
  });
  const isGuest = person === null && place === 'own' && participant !== null;
  const words =
    person !== null
      ? t('people.as', {
          name: person.name,
          role: t(`people.role.${person.role}`, { participant: participant?.name ?? '' }),
        })
      : isGuest
        ? t('people.guest', { participant: participant.name })
        : t('people.open');
  return (
    <p className={styles.strip} data-open={person === null}>
      <span>{words}</span>
      {person === null && !isGuest && (
        <Link to="/docs/guides/$name" params={{ name: 'people-and-sign-in' }}>
          {t('people.openHow')}
        </Link>
      )}
      {(person !== null || isGuest) && (
        <button type="button" disabled={end.isPending} onClick={() => end.mutate()}>
          {t(isGuest ? 'people.leave' : 'people.signOut')}
        </button>
      )}
    </p>
  );
}
