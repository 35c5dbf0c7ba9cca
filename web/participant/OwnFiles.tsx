// A participant's settlement files: names, sizes, digests, and each to be fetched.
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { OwnPage } from './OwnPage.tsx';
import { ownFileAddress, ownFilesQuery } from './own.ts';
import styles from './participant.module.css';

export function OwnFiles() {
  const { t, locale } = useWords();
  const query = useQuery(ownFilesQuery);
  const bytes = new Intl.NumberFormat(locale);
  return (
    <OwnPage
      title={t('participant.section.files')}
      about={t('participant.filesAbout')}
      query={query}
    >
      {({ files }) => (
        <section className="card" aria-label={t('participant.section.files')}>
          {files.length === 0 ? (
            <Nothing title={t('files.none')}>{t('participant.noClearingHelp')}</Nothing>
          ) : (
            <ul className={styles.rows}>
              {files.map((file) => (
                <li key={file.name}>
                  <div>
                    <a
                      className={`mono small ${styles.long}`}
                      href={ownFileAddress(file.name)}
                      download={file.name}
                    >
                      {file.name}
                    </a>
                    <span className="small muted">
                      {t('files.size', { bytes: bytes.format(file.sizeBytes) })}
                      {' · '}
                      {t('files.made', { time: momentText(file.madeAt, locale) })}
                    </span>
                    <span className={`mono small muted ${styles.long}`}>SHA-256 {file.sha256}</span>
                  </div>
                  <div className={`small ${styles.right}`}>
                    {file.fetchedAt === null || file.fetchedBy === null
                      ? t('files.notFetched')
                      : t('files.fetched', {
                          time: momentText(file.fetchedAt, locale),
                          way: file.fetchedBy.toUpperCase(),
                          count: file.fetchCount,
                        })}
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
