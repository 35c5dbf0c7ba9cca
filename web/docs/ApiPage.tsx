// The references of the partner API and of the merchant API: every operation with its fields,
// results and, where there is one, a real exchange.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { getJson } from '../shared/api.ts';
import { usePageTitle, useSentenceLanguage, useWords } from '../shared/language.ts';
import { Trouble, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './docs.module.css';
import { fieldRows, type OpenApi, type Operation, type Run, schemaOf } from './openapi.ts';

const documentQuery = (file: string) =>
  queryOptions({
    queryKey: ['openapi', file],
    queryFn: () => getJson<OpenApi>(file),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function ApiPage() {
  return <Whole name="api" file="/openapi.json" />;
}

export function MerchantApiPage() {
  return <Whole name="merchantApi" file="/openapi-merchant.json" />;
}

function Whole({ name, file }: { name: 'api' | 'merchantApi'; file: string }) {
  const { t, locale } = useWords();
  usePageTitle(t(`docs.${name}`));
  const { data, error, refetch } = useQuery(documentQuery(file));
  return (
    <div className={styles.page}>
      <h1>{t(`docs.${name}`)}</h1>
      <p className={styles.lead}>{t(`docs.${name}Lead`)}</p>
      {locale === 'zh-CN' && <p className="hint">{t('docs.inEnglish')}</p>}
      {error !== null && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={6} height={40} />}
      {data !== undefined && <Reference document={data} />}
    </div>
  );
}

function Reference({ document }: { document: OpenApi }) {
  const { t } = useWords();
  const served = Object.entries(document.paths);
  const asked = Object.entries(document.webhooks);
  return (
    <>
      <nav className={styles.contents} aria-label={t('docs.contents')}>
        <h2>{t('docs.served')}</h2>
        <Contents operations={served.map(([, { post }]) => post)} />
        <h2>{t('docs.asked')}</h2>
        <Contents operations={asked.map(([, { post }]) => post)} />
      </nav>
      {served.map(([path, { post }]) => (
        <OneOperation key={path} path={path} operation={post} document={document} />
      ))}
      {asked.map(([name, { post }]) => (
        <OneOperation key={name} path={name} operation={post} document={document} />
      ))}
    </>
  );
}

function Contents({ operations }: { operations: readonly Operation[] }) {
  return (
    <ul>
      {operations.map(({ operationId, summary }) => (
        <li key={operationId}>
          <a href={`#${operationId}`}>
            <span className="mono">{operationId}</span> <span lang="en">{summary}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function OneOperation(props: { path: string; operation: Operation; document: OpenApi }) {
  const { t } = useWords();
  const { path, operation, document } = props;
  return (
    <section id={operation.operationId} className={styles.operation}>
      <h2 lang="en">{operation.summary}</h2>
      <p className="mono">POST {path}</p>
      <p lang="en">{operation.description}</p>
      {operation['x-runs'].map((run, place) => (
        <Exchange key={run.name} run={run} path={path} isOpen={place === 0} />
      ))}
      <Fields title={t('docs.request')} schema={schemaOf(operation, 'Request')} of={document} />
      <Fields title={t('docs.answer')} schema={schemaOf(operation, 'Answer')} of={document} />
      <Results operation={operation} />
    </section>
  );
}

function Exchange({ run, path, isOpen }: { run: Run; path: string; isOpen: boolean }) {
  const { t } = useWords();
  const text = (first: string, message: Run['request']) => {
    const headers = Object.entries(message.headers).map(([name, value]) => `${name}: ${value}`);
    return `${[first, ...headers].join('\n')}\n\n${JSON.stringify(message.body, null, 2)}`;
  };
  return (
    <details className={styles.fold} open={isOpen}>
      <summary>
        {t('docs.example')} <span className="mono">{run.summary}</span>
      </summary>
      <pre>{text(`POST ${path} HTTP/1.1`, run.request)}</pre>
      <pre>{text('HTTP/1.1 200 OK', run.answer)}</pre>
    </details>
  );
}

function Fields({ title, schema, of }: { title: string; schema: string; of: OpenApi }) {
  const { t } = useWords();
  const rows = fieldRows(of.components.schemas[schema] ?? {}, of);
  return (
    <details className={styles.fold}>
      <summary>
        {title}: {t('docs.fields', { fields: rows.length })}
      </summary>
      <dl className={styles.fields}>
        {rows.map((row) => (
          <div key={row.path}>
            <dt>
              <span className="mono">{row.path}</span>
              {row.isRequired && <Tag tone="unknown">{t('docs.required')}</Tag>}
              <span className="mono muted">{row.kind}</span>
            </dt>
            <dd lang="en">{row.description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What people are told of codes that are about bytes and keys; it is not repeated at each. */
const general = sentenceFor('INVALID_SIGNATURE');

const tones = { S: 'paid', F: 'not-paid', U: 'unknown' } as const;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Results({ operation }: { operation: Operation }) {
  const { t } = useWords();
  const language = useSentenceLanguage();
  const rows = operation['x-results'];
  const inOrder = rows.some(({ when }) => when !== undefined);
  return (
    <details className={styles.fold}>
      <summary>{t(inOrder ? 'docs.results' : 'docs.resultsAny', { results: rows.length })}</summary>
      <ol className={styles.fields}>
        {rows.map(({ resultCode, resultStatus, when, meaning, next }) => (
          <li key={`${resultCode} ${when}`}>
            <p>
              <Tag tone={tones[resultStatus]}>{resultStatus}</Tag>{' '}
              <span className="mono">{resultCode}</span>
            </p>
            <p lang="en">
              {when === undefined ? meaning : `${capital(when)}.`} <strong>{next}</strong>
            </p>
            {sentenceFor(resultCode) !== general && resultStatus === 'F' && (
              <p className="muted small">
                {t('docs.visitorSees')} {sentenceFor(resultCode).visitor.what[language]}{' '}
                {sentenceFor(resultCode).visitor.next[language]}
              </p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
