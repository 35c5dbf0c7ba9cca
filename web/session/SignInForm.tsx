// Signing in with a name and its secret.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { Refusal } from '../shared/Refusal.tsx';
import styles from './session.module.css';
import { type SessionView, takeSession } from './session.ts';

export function SignInForm(props: { place: 'network' | 'own'; session: SessionView }) {
  const { t } = useWords();
  const { place, session } = props;
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const signIn = useMutation({
    mutationFn: () => postJson<SessionView>('/session', { name, secret }),
    onSuccess: (view) => {
      takeSession(queries, view);
    },
  });
  const isReady = name.trim() !== '' && secret !== '';
  return (
    <form
      className={`card stack ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) signIn.mutate();
      }}
    >
      <header>
        <h1>{t('people.title')}</h1>
        <p className="muted">{t(place === 'network' ? 'people.network' : 'people.own')}</p>
      </header>
      {session.isEmpty ? (
        <NobodyYet place={place} />
      ) : (
        <p className="small muted">{t('people.noName')}</p>
      )}
      <TextInput
        label={t('people.name')}
        value={name}
        maxLength={64}
        autoComplete="username"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="password"
        label={t('people.secret')}
        description={t('people.secretHelp')}
        value={secret}
        maxLength={128}
        autoComplete="current-password"
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isReady} loading={signIn.isPending}>
        {t('people.signIn')}
      </Button>
      {signIn.isError && <SignInProblem error={signIn.error} />}
    </form>
  );
}

function NobodyYet({ place }: { place: 'network' | 'own' }) {
  const { t } = useWords();
  const role = place === 'network' ? 'operator' : 'participant --participant ID';
  return (
    <div className="hint">
      <p>
        <strong>{t('people.empty')}</strong>
      </p>
      <p>{t('people.emptyHelp')}</p>
      <p className="mono">npx wayfare person add &quot;Ann&quot; --role {role}</p>
    </div>
  );
}

const known = ['WRONG_SECRET', 'TOO_MANY_TRIES'] as const;

function SignInProblem({ error }: { error: Error }) {
  const { t } = useWords();
  return <Refusal error={error} known={known} words={(code) => t(`people.problem.${code}`)} />;
}
