// One case of a certification: its verdict, what to change, and every message that was exchanged.
import type {
  CertificationCaseReport,
  CertificationRun,
} from '../shared/certification-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useSentenceLanguage, useWords } from '../shared/language.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';
import styles from './CertificationPage.module.css';
import { caseTitles } from './case-titles.ts';
import { prettyBody } from './messages.ts';

const tones: Readonly<Record<CertificationCaseReport['verdict'], Tone>> = {
  pass: 'paid',
  fail: 'not-paid',
  skipped: 'plain',
};

/** `role` tells apart the cases that wallets and acquirers share by name. */
export function CertificationCase(props: {
  report: CertificationCaseReport;
  role: CertificationRun['role'];
}) {
  const { verdict, id, title, source, problem, hint, calls } = props.report;
  const { t } = useWords();
  const language = useSentenceLanguage();
  const shownTitle = language === 'zh' ? (caseTitles[props.role][id] ?? title) : title;
  return (
    <li>
      <details open={verdict === 'fail'}>
        <summary>
          <Tag tone={tones[verdict]}>{t(`certification.case.${verdict}`)}</Tag>
          <span>{shownTitle}</span>
          <span className="mono muted small">{id}</span>
          <Icon name="down" size={18} />
        </summary>
        {problem !== null && <p lang="en">{problem}</p>}
        {hint !== null && (
          <p className={styles.hint}>
            <strong>{t('certification.change')}</strong> <span lang="en">{hint}</span>
          </p>
        )}
        <p className="muted small">{t('certification.source', { source })}</p>
        {calls.length === 0 && <p className="muted small">{t('certification.noCalls')}</p>}
        {calls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reported case never changes
          <Call key={index} call={call} />
        ))}
      </details>
    </li>
  );
}

function Call({ call }: { call: CertificationCaseReport['calls'][number] }) {
  const { t } = useWords();
  const { api, sent, answered, signatureProblem, tookMs } = call;
  return (
    <section className={styles.call}>
      <h3>
        {api} <span className="figure muted small">{Math.round(tookMs)} ms</span>
      </h3>
      {signatureProblem !== null && (
        <p className="small" lang="en">
          {signatureProblem}
        </p>
      )}
      <div className={styles.bodies}>
        <div>
          <p className="eyebrow">{t('certification.sent')}</p>
          <pre>{prettyBody(sent)}</pre>
        </div>
        <div>
          <p className="eyebrow">{t('certification.answered')}</p>
          <pre>{answered === null ? t('payment.noResponse') : prettyBody(answered)}</pre>
        </div>
      </div>
    </section>
  );
}
