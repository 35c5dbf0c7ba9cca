// One day of a partner's book: what its file is told to have, and what comparing came to.
import { Button, NumberInput } from '@mantine/core';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moneyText } from '../shared/amount.ts';
import { postJson, putJson } from '../shared/api.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { dayText, momentText } from '../shared/moment.ts';
import { Refusal } from '../shared/Refusal.tsx';
import { breakKinds } from '../shared/reconciliation-contract.ts';
import { Tag } from '../shared/Tag.tsx';
import unfold from '../shared/unfold.module.css';
import styles from './books.module.css';
import { type BookDay, booksOf, type Comparison, mistakeKinds } from './books-contract.ts';

const tones = { compared: 'paid', waiting: 'unknown', failed: 'not-paid' } as const;

export function BookDayCard(props: { partnerId: string; day: BookDay; isToday: boolean }) {
  const { t, locale } = useWords();
  const { partnerId, day, isToday } = props;
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['sandbox', 'books', partnerId] });
  const place = `${booksOf(partnerId)}/${day.date}`;
  const compare = useMutation({ mutationFn: () => postJson(`${place}/comparison`, {}), onSettled });
  const tell = useMutation({
    mutationFn: (mistakes: object) => putJson(`${place}/mistakes`, mistakes),
    onSettled,
  });
  const { comparison } = day;
  const error = compare.error ?? tell.error;
  return (
    <li className={`card stack ${styles.day}`} data-date={day.date}>
      <div className={styles.top}>
        <h2>{dayText(day.date, locale)}</h2>
        {comparison !== null && (
          <Tag tone={tones[comparison.state]}>{t(`books.state.${comparison.state}`)}</Tag>
        )}
      </div>
      <p>{t('books.rows', { count: day.rows })}</p>
      {comparison !== null && <Outcome comparison={comparison} />}
      {comparison === null && <p className="muted small">{t('books.notYet')}</p>}
      <div className={styles.tools}>
        <Button
          variant="default"
          disabled={isToday}
          loading={compare.isPending}
          onClick={() => compare.mutate()}
        >
          {t('books.compare')}
        </Button>
        <a href={place} className="small">
          {t('books.ownFile')}
        </a>
      </div>
      <Mistakes day={day} tell={tell} />
      {error !== null && <Refusal error={error} />}
    </li>
  );
}

/** What the partner found in the network's file, and the network in the partner's. */
function Outcome({ comparison }: { comparison: Comparison }) {
  const { t, locale } = useWords();
  const { state, sent, differences, differenceCount, problem } = comparison;
  const breaks = breakKinds.filter((kind) => sent?.breaks[kind] !== undefined);
  return (
    <>
      {state === 'compared' && (
        <p>
          {t('books.theirFile', { rows: comparison.fileRows, same: comparison.same })}{' '}
          {differenceCount === 0 && t('books.allSame')}
        </p>
      )}
      {differences.length > 0 && (
        <ul className={styles.differences}>
          {differences.map(({ kind, type, requestId, own, theirs }) => (
            <li key={`${type} ${requestId}`}>
              <strong>{t(`books.difference.${kind}`)}</strong>{' '}
              <span className="mono small">{requestId}</span>{' '}
              <span className="figure">
                {[own, theirs].flatMap((each) => each && moneyText(each, locale)).join(' / ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sent !== null && (
        <p>
          {t('books.sent', { lines: sent.lineCount, matched: sent.matchedCount })}{' '}
          {breaks.length === 0
            ? t('books.noBreaks')
            : breaks
                .map((kind) => `${t(`reconciliation.kind.${kind}`)} ${sent.breaks[kind]}`)
                .join(' · ')}
        </p>
      )}
      {problem !== null && <p className={`mono small ${styles.wrong}`}>{problem}</p>}
      <p className="muted small">{momentText(comparison.at, locale)}</p>
    </>
  );
}

type Tell = UseMutationResult<unknown, Error, object>;

/** How many rows of the day's file are to be wrong, of each kind. */
function Mistakes({ day, tell }: { day: BookDay; tell: Tell }) {
  const { t } = useWords();
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>(day.mistakes);
  const told = mistakeKinds.filter((kind) => day.mistakes[kind] > 0);
  return (
    <div className={unfold.unfold}>
      <details>
        <summary>
          <Icon name="forward" size={16} />
          {told.length === 0
            ? t('books.mistakes')
            : told.map((kind) => `${t(`books.mistake.${kind}`)} ${day.mistakes[kind]}`).join(' · ')}
        </summary>
        <p className="muted small">{t('books.mistakesAbout')}</p>
        <div className={styles.mistakes}>
          {mistakeKinds.map((kind) => (
            <NumberInput
              key={kind}
              label={t(`books.mistake.${kind}`)}
              value={counts[kind] ?? 0}
              min={0}
              max={1_000}
              allowDecimal={false}
              onChange={(value) => setCounts({ ...counts, [kind]: Number(value) || 0 })}
            />
          ))}
          <Button variant="default" loading={tell.isPending} onClick={() => tell.mutate(counts)}>
            {t('books.tell')}
          </Button>
        </div>
      </details>
    </div>
  );
}
