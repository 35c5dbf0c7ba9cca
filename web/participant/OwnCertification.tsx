// The certification runs of a participant's own endpoint.
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { OwnPage } from './OwnPage.tsx';
import { ownCertificationsQuery } from './own.ts';
import styles from './participant.module.css';

export function OwnCertification() {
  const { t, locale } = useWords();
  const query = useQuery(ownCertificationsQuery);
  return (
    <OwnPage
      title={t('participant.section.certification')}
      about={t('participant.certAbout')}
      query={query}
    >
      {({ runs }) => (
        <section className="card" aria-label={t('participant.section.certification')}>
          {runs.length === 0 ? (
            <Nothing title={t('participant.noRuns')}>{t('participant.noRunsHelp')}</Nothing>
          ) : (
            <ul className={styles.rows}>
              {runs.map(({ runId, url, counts, cases, state, begunAt }) => (
                <li key={runId}>
                  <div>
                    <strong className="mono">{runId}</strong>
                    <span className={`mono small muted ${styles.long}`}>{url}</span>
                    <span className="small muted">{momentText(begunAt, locale)}</span>
                  </div>
                  <div className={styles.right}>
                    <Tag
                      tone={counts.fail > 0 ? 'not-paid' : state === 'ended' ? 'paid' : 'unknown'}
                    >
                      <span className="figure">{`${counts.pass}/${cases}`}</span>
                    </Tag>
                    <span className="small">{t('participant.cases', { ...counts, cases })}</span>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </OwnPage>
  );
}
