// The door before the network's pages and before a participant's: who may pass, and who is told
// what to do instead.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePageTitle, useWords } from '../shared/language.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { GuestChoice } from './GuestChoice.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './session.module.css';
import { mayReadNetwork, type SessionView, sessionQuery } from './session.ts';
import { WhoIsIn } from './WhoIsIn.tsx';

/** Shows `children` to whoever may see the pages of this `place`, below their `sections`. */
export function SessionGate(props: {
  place: 'network' | 'own';
  sections?: ReactNode;
  children: ReactNode;
}) {
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data === undefined) {
    return (
      <div className="page">
        <NotYet whole error={error} retry={refetch} lines={5} />
      </div>
    );
  }
  if (!mayPass(props.place, data)) return <Closed place={props.place} session={data} />;
  return (
    <>
      {props.sections}
      <WhoIsIn session={data} place={props.place} />
      {props.children}
    </>
  );
}

function mayPass(place: 'network' | 'own', session: SessionView): boolean {
  return place === 'own' ? session.participant !== null : mayReadNetwork(session);
}

function Closed({ place, session }: { place: 'network' | 'own'; session: SessionView }) {
  const { t } = useWords();
  const { person, participant, door } = session;
  usePageTitle(t('people.title'));
  if (person !== null) {
    const name = participant?.name ?? '';
    return (
      <div className="page">
        <WhoIsIn session={session} place={place} />
        <Nothing whole title={t('people.foreign')}>
          {place === 'network'
            ? t('people.foreignNetwork', { participant: name })
            : t('people.foreignOwn')}
        </Nothing>
        <Link to={place === 'network' ? '/participant' : '/network'} className={styles.elsewhere}>
          {place === 'network' ? t('people.toOwn', { participant: name }) : t('people.toNetwork')}
        </Link>
      </div>
    );
  }
  return (
    <div className="page">
      {door === 'open' ? <GuestChoice session={session} /> : <SignInForm {...{ place, session }} />}
    </div>
  );
}
