// Certifications of partners: the runs that were reported, and one of them case by case.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { moneyText } from '../shared/amount.ts';
import type { CertificationRun } from '../shared/certification-contract.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { certificationQuery, certificationsQuery, overviewQuery } from '../shared/queries.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag, type Tone } from '../shared/Tag.tsx';
import { CertificationCase } from './CertificationCase.tsx';
import styles from './CertificationPage.module.css';

export function CertificationPage() {
  const { t } = useWords();
  usePageTitle(t('certification.title'));
  const { client = '', run: named } = useSearch({ from: '/network/certification' });
  const runs = useQuery(certificationsQuery(client));
  const shown = named ?? runs.data?.runs[0]?.runId;
  return (
    <div className="page">
      <header>
        <h1>{t('certification.title')}</h1>
        <p className="muted">{t('certification.about')}</p>
      </header>
      <Choice client={client} runs={runs.data?.runs} />
      <Runs runs={runs.data?.runs} error={runs.error} retry={runs.refetch} shown={shown} />
      {shown !== undefined && <Run runId={shown} />}
    </div>
  );
}

/** Every participant, and those outside of the network that were certified. */
function Choice(props: { client: string; runs: readonly CertificationRun[] | undefined }) {
  const { client, runs = [] } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const overview = useQuery(overviewQuery);
  const names = new Map(runs.map((run) => [run.clientId, run.name]));
  for (const one of overview.data?.participants ?? []) names.set(one.clientId, one.name);
  const data = [...names].map(([value, label]) => ({ value, label }));
  return (
    <NativeSelect
      className={styles.choice}
      label={t('certification.participant')}
      value={client}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        void navigate({
          to: '/network/certification',
          search: chosen === '' ? {} : { client: chosen },
        });
      }}
      data={[{ value: '', label: t('certification.anyone') }, ...data]}
    />
  );
}

function Runs(props: {
  runs: readonly CertificationRun[] | undefined;
  error: unknown;
  retry: () => unknown;
  shown: string | undefined;
}) {
  const { runs, error, retry, shown } = props;
  const { t, locale } = useWords();
  if (runs === undefined) {
    return <NotYet error={error} retry={retry} lines={4} height={22} />;
  }
  if (runs.length === 0) {
    return (
      <div className="card">
        <Nothing title={t('certification.none')}>{t('certification.noneHelp')}</Nothing>
        <pre className={styles.command}>
          {`node bin/wayfare.mjs certify wallet … --report ${window.location.origin}`}
        </pre>
      </div>
    );
  }
  return (
    <ol className={styles.runs}>
      {runs.map((run) => (
        <li key={run.runId}>
          <Link
            to="/network/certification"
            search={(before) => ({ ...before, run: run.runId })}
            className={styles.run}
            data-shown={run.runId === shown}
            aria-current={run.runId === shown}
            resetScroll={false}
          >
            <strong>{run.name}</strong>
            <Verdict run={run} />
            <span className="figure muted small">{momentText(run.begunAt, locale)}</span>
            <span className="muted small">{t(`network.role.${run.role}`)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** How a run stands in one word. */
function Verdict({ run }: { run: CertificationRun }) {
  const { t } = useWords();
  const [tone, word] = verdictOf(run);
  return <Tag tone={tone}>{t(`certification.verdict.${word}`)}</Tag>;
}

function verdictOf({ state, counts }: CertificationRun) {
  if (state === 'running') return ['unknown', 'running'] as const satisfies [Tone, string];
  if (state === 'broken_off') return ['plain', 'brokenOff'] as const satisfies [Tone, string];
  if (counts.fail > 0) return ['not-paid', 'notCertified'] as const satisfies [Tone, string];
  return ['paid', 'certified'] as const satisfies [Tone, string];
}

function Run({ runId }: { runId: string }) {
  const { t, locale } = useWords();
  const found = useQuery(certificationQuery(runId));
  if (found.data === undefined) {
    return <NotYet error={found.error} retry={found.refetch} lines={8} height={36} />;
  }
  const { run, cases } = found.data;
  return (
    <section className={`card ${styles.one}`} aria-labelledby="run">
      <div className={styles.head}>
        <div>
          <h2 id="run">{run.name}</h2>
          <p className="muted small">
            {t(`network.role.${run.role}`)} · <span className="mono">{run.clientId}</span> ·{' '}
            <span className="mono">{run.url}</span>
          </p>
        </div>
        <Verdict run={run} />
      </div>
      <Progress run={run} />
      {run.debited !== null && (
        <p className="small">
          {t('certification.debited', { amount: moneyText(run.debited, locale) })}
        </p>
      )}
      <ol className={styles.cases}>
        {cases.map((each) => (
          <CertificationCase key={each.ordinal} report={each} role={run.role} />
        ))}
      </ol>
    </section>
  );
}

/** The three counts, and while it runs how far it is. */
function Progress({ run }: { run: CertificationRun }) {
  const { t } = useWords();
  const { pass, fail, skipped } = run.counts;
  const done = pass + fail + skipped;
  return (
    <div className={styles.progress} role="status">
      {run.state !== 'ended' && (
        <>
          <progress max={run.cases} value={done} aria-label={t('certification.progress')} />
          <span className="figure">{t('certification.done', { done, of: run.cases })}</span>
        </>
      )}
      <span>{t('certification.count.pass', { count: pass })}</span>
      <span>{t('certification.count.fail', { count: fail })}</span>
      <span>{t('certification.count.skipped', { count: skipped })}</span>
    </div>
  );
}
