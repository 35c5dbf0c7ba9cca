// The way into the developer documentation: reference, signing test, guides.
import { Link } from '@tanstack/react-router';
import { usePageTitle, useWords } from '../shared/language.ts';
import styles from './docs.module.css';
import { guideGroups } from './guides.ts';

const groups = ['connect', 'money', 'run'] as const;

export function DocsPage() {
  const { t } = useWords();
  usePageTitle(t('docs.title'));
  return (
    <div className={styles.page}>
      <h1>{t('docs.title')}</h1>
      <p className={styles.lead}>{t('docs.lead')}</p>
      <ul className={styles.cards}>
        <li>
          <Link to="/docs/api">
            <strong>{t('docs.api')}</strong>
            <span>{t('docs.apiHelp')}</span>
          </Link>
        </li>
        <li>
          <Link to="/docs/merchant-api">
            <strong>{t('docs.merchantApi')}</strong>
            <span>{t('docs.merchantApiHelp')}</span>
          </Link>
        </li>
        <li>
          <Link to="/docs/signature">
            <strong>{t('docs.signature')}</strong>
            <span>{t('docs.signatureHelp')}</span>
          </Link>
        </li>
      </ul>
      {groups.map((group) => (
        <section key={group} className={styles.group}>
          <h2>{t(`docs.group.${group}`)}</h2>
          <ul className={styles.cards}>
            {guideGroups[group].map((name) => (
              <li key={name}>
                <Link to="/docs/guides/$name" params={{ name }}>
                  <strong>{t(`docs.guide.${name}.title`)}</strong>
                  <span>{t(`docs.guide.${name}.help`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        <a href="/openapi.json">openapi.json</a>,{' '}
        <a href="/openapi-merchant.json">openapi-merchant.json</a>{' '}
        <span className="muted">{t('docs.file')}</span>
      </p>
    </div>
  );
}
