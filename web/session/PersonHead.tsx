// The head of a page whose steps are written down with a name: what the page is, and where nobody
// is signed in, a field for the name.
import { TextInput } from '@mantine/core';
import { useWords } from '../shared/language.ts';
import styles from './PersonHead.module.css';
import type { usePerson } from './session.ts';

export function PersonHead(props: {
  title: string;
  about: string;
  who: ReturnType<typeof usePerson>;
}) {
  const { title, about, who } = props;
  const { t } = useWords();
  return (
    <header className={styles.head}>
      <div>
        <h1>{title}</h1>
        <p className="muted">{about}</p>
      </div>
      {!who.isSignedIn && (
        <TextInput
          className={styles.person ?? ''}
          label={t('settlement.person')}
          description={t('settlement.personHelp')}
          value={who.typed}
          maxLength={64}
          onChange={(event) => who.setTyped(event.currentTarget.value)}
        />
      )}
    </header>
  );
}
