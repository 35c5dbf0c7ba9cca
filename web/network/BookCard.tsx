// A partner's own file: a person says whose and of which day, picks it, and sees what differs.
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import { dayText } from '../shared/moment.ts';
import { Refusal } from '../shared/Refusal.tsx';
import {
  type ComparedFile,
  type FileChoices,
  fileChoicesQuery,
  type OneFile,
} from '../shared/reconciliation-contract.ts';
import { NotYet } from '../shared/states.tsx';
import { FilePick } from './FilePick.tsx';
import { foundText } from './found.ts';
import styles from './reconciliation.module.css';

/** A description of other columns than ours, as it was picked. */
interface Columns {
  readonly name: string;
  readonly text: string;
}

export function BookCard({ person }: { person: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(fileChoicesQuery);
  return (
    <section className="card stack" aria-labelledby="book">
      <h2 id="book">{t('reconciliation.file.title')}</h2>
      <p className="small muted">
        {t('reconciliation.file.about')}{' '}
        <Link to="/network/settlement">{t('reconciliation.file.statement')}</Link>
      </p>
      {data === undefined ? (
        <NotYet inCard error={error} retry={refetch} lines={3} />
      ) : data.days.length === 0 || data.agreements.length === 0 ? (
        <p>{t('reconciliation.file.noDay')}</p>
      ) : (
        <Comparison choices={data} person={person} />
      )}
    </section>
  );
}

function Comparison({ choices, person }: { choices: FileChoices; person: string }) {
  const { t, locale } = useWords();
  const { agreements, mostBytes } = choices;
  const [wantedAgreement, setAgreement] = useState<string>();
  const [wantedDay, setDay] = useState<string>();
  const [columns, setColumns] = useState<Columns>();
  const chosen = agreements.find((each) => each.agreementId === wantedAgreement) ?? agreements[0];
  const days = choices.days.filter((each) => chosen !== undefined && each >= chosen.since);
  const day = days.find((each) => each === wantedDay) ?? days[0];
  const compare = useComparison(person, mostBytes);
  const megabytes = mostBytes / 1024 / 1024;
  return (
    <>
      <div className={styles.form}>
        <NativeSelect
          label={t('reconciliation.file.agreement')}
          value={chosen?.agreementId ?? ''}
          data={agreements.map(({ agreementId, participantName, currency }) => ({
            value: agreementId,
            label: `${participantName} · ${currency}`,
          }))}
          onChange={(event) => setAgreement(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('reconciliation.file.day')}
          value={day ?? ''}
          data={days.map((each) => ({ value: each, label: dayText(each, locale) }))}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <FilePick
          words={t('reconciliation.file.pick')}
          accept=".csv,.txt,text/csv,text/plain"
          disabled={person === '' || day === undefined}
          loading={compare.isPending}
          take={(file) => {
            const agreement = chosen?.agreementId;
            if (agreement === undefined || day === undefined) return;
            compare.mutate({ file, of: { agreement, day }, columns });
          }}
        />
      </div>
      {day === undefined && <p className="small muted">{t('reconciliation.file.notYet')}</p>}
      {person === '' && <p className="small muted">{t('settlement.namePlease')}</p>}
      <p className="small muted">{t('reconciliation.file.size', { size: megabytes })}</p>
      <ColumnsChoice columns={columns} choose={setColumns} />
      {compare.isError && (
        <Refusal
          error={compare.error}
          known={known}
          words={(code) => t(`reconciliation.file.problem.${code}`, { size: megabytes })}
        />
      )}
      {compare.isSuccess && <Found {...compare.data} />}
    </>
  );
}

interface Wanted {
  readonly file: File;
  readonly of: OneFile;
  readonly columns: Columns | undefined;
}

function useComparison(person: string, mostBytes: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, of, columns }: Wanted) => {
      // What the network would not take need not be sent.
      if (file.size > mostBytes) throw new ApiProblem('TOO_LARGE', 413, file.name);
      const compared = await postJson<ComparedFile>('/console/api/reconciliation/files', {
        by: person,
        agreementId: of.agreement,
        date: of.day,
        fileName: file.name,
        contentBase64: base64Of(await file.arrayBuffer()),
        ...(columns === undefined ? {} : { mapping: columns.text }),
      });
      return { compared, of, fileName: file.name };
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['reconciliation'] }),
  });
}

/** So many bytes at once are arguments of one call. */
const bytesAtOnce = 0x8000;

/** The very bytes: as text a mark at its beginning would be lost, and it would be another file. */
function base64Of(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let from = 0; from < bytes.length; from += bytesAtOnce) {
    text += String.fromCharCode(...bytes.subarray(from, from + bytesAtOnce));
  }
  return btoa(text);
}

/** A partner with other columns: a JSON file says which are theirs. */
function ColumnsChoice(props: {
  columns: Columns | undefined;
  choose: (columns: Columns | undefined) => void;
}) {
  const { columns, choose } = props;
  const { t } = useWords();
  return (
    <details>
      <summary>
        {columns === undefined
          ? t('reconciliation.file.columns')
          : t('reconciliation.file.columnsAre', { name: columns.name })}
      </summary>
      <div className={styles.columns}>
        <p className="small muted">
          {t('reconciliation.file.columnsHelp')}{' '}
          <span className="mono">
            transactionType, requestId, currency, amountValue, completedAt
          </span>
        </p>
        <div className={styles.form}>
          <FilePick
            words={t('reconciliation.file.pickColumns')}
            accept=".json,application/json"
            take={async (file) => choose({ name: file.name, text: await file.text() })}
          />
          {columns !== undefined && (
            <Button variant="default" onClick={() => choose(undefined)}>
              {t('reconciliation.file.ourColumns')}
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}

const known = ['TOO_LARGE', 'NOT_CLOSED', 'NO_SUCH_AGREEMENT'] as const;

/** What a file came to, and the way to its breaks. */
function Found(props: { compared: ComparedFile; of: OneFile; fileName: string }) {
  const { compared, of, fileName } = props;
  const { t, locale } = useWords();
  const { lines, items, matched, found, isNew } = compared;
  return (
    <div className="stack" role="status">
      <p>
        <span className="mono">{fileName}</span> · {of.agreement} · {dayText(of.day, locale)}
      </p>
      {!isNew && <p>{t('reconciliation.file.repeated')}</p>}
      <p>
        {t('reconciliation.run', {
          lines: lines.toLocaleString(locale),
          items: items.toLocaleString(locale),
          matched: matched.toLocaleString(locale),
        })}
      </p>
      <p>
        <strong>{foundText(found, t)}</strong>
      </p>
      {Object.keys(found).length > 0 && (
        <Link to="/network/reconciliation" search={{ ...of }} hash="breaks">
          {t('reconciliation.file.toBreaks')}
        </Link>
      )}
    </div>
  );
}
