// Settlement files of the participants: names, sizes, digests, and who has fetched which.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkFile } from '../shared/files-contract.ts';
import { filesQuery } from '../shared/files-queries.ts';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import type { SettlementAgreement } from '../shared/settlement-contract.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import styles from './files.module.css';

export function FilesCard({ agreements }: { agreements: readonly SettlementAgreement[] }) {
  const { t } = useWords();
  const [participantId, setParticipantId] = useState('');
  const { data, error, refetch } = useQuery(filesQuery(participantId));
  return (
    <section className="card stack" aria-labelledby="files">
      <div className={styles.top}>
        <div>
          <h2 id="files">{t('files.title')}</h2>
          <p className="small muted">{t('files.about')}</p>
        </div>
        <NativeSelect
          label={t('files.of')}
          value={participantId}
          onChange={(event) => setParticipantId(event.currentTarget.value)}
          data={[
            { value: '', label: t('files.all') },
            ...agreements.map((each) => ({
              value: each.participantId,
              label: each.participantName,
            })),
          ]}
        />
      </div>
      {data === undefined ? (
        <NotYet inCard error={error} retry={refetch} lines={4} />
      ) : data.files.length === 0 ? (
        <Nothing title={t('files.none')}>{t('files.noneHelp')}</Nothing>
      ) : (
        <ul className={styles.files}>
          {data.files.map((file) => (
            <FileRow key={file.name} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FileRow({ file }: { file: NetworkFile }) {
  const { t, locale } = useWords();
  const { fetchedAt, fetchedBy, fetchCount } = file;
  const fetched =
    fetchedAt === null || fetchedBy === null
      ? t(file.path === null ? 'files.forBank' : 'files.notFetched')
      : t('files.fetched', {
          time: momentText(fetchedAt, locale),
          way: fetchedBy.toUpperCase(),
          count: fetchCount,
        });
  return (
    <li>
      <a
        className={`mono small ${styles.name}`}
        href={`/console/api/files/${encodeURIComponent(file.name)}`}
        download={file.name}
      >
        {file.name}
      </a>
      <span className="small muted">
        {t('files.size', { bytes: new Intl.NumberFormat(locale).format(file.sizeBytes) })}
        {' · '}
        {t('files.made', { time: momentText(file.madeAt, locale) })}
      </span>
      <span className="small" data-fetched={fetchedAt !== null}>
        {fetched}
      </span>
      <span className={`mono muted ${styles.digest}`}>SHA-256 {file.sha256}</span>
    </li>
  );
}
