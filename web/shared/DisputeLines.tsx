// Disputes of one payment as a visitor or a shop reads them: what is wanted, how it stands.
import type { ReactNode } from 'react';
import { moneyText } from './amount.ts';
import styles from './DisputeLines.module.css';
import { useWords } from './language.ts';
import { momentText } from './moment.ts';
import { Said } from './Said.tsx';
import type { SandboxDispute } from './sandbox-dispute.ts';

export function DisputeLines(props: {
  disputes: readonly SandboxDispute[];
  /** Buttons under a dispute. */
  actions?: (dispute: SandboxDispute) => ReactNode;
}) {
  const { t, locale } = useWords();
  return (
    <ul className={styles.list} aria-live="polite">
      {props.disputes.map((dispute) => (
        <li key={dispute.disputeRequestId} data-dispute={dispute.status}>
          <p>
            <strong>{t(`complaint.kind.${dispute.kind}`)}</strong>
            {dispute.claimed !== null && ` · ${moneyText(dispute.claimed, locale)}`}
          </p>
          {dispute.reason !== '' && <Said words={dispute.reason} />}
          <p>{t(`complaint.status.${dispute.status}`)}</p>
          {dispute.dueAt !== null && isRunning(dispute) && (
            <p className="small">
              {t('complaint.until', { time: momentText(dispute.dueAt, locale) })}
            </p>
          )}
          {dispute.message !== null && <Said words={dispute.message} />}
          {dispute.files.map((file) => (
            <details key={file.fileName}>
              <summary>{file.fileName}</summary>
              <pre>{file.text ?? ''}</pre>
            </details>
          ))}
          {props.actions?.(dispute)}
        </li>
      ))}
    </ul>
  );
}

const isRunning = ({ status }: SandboxDispute) => status === 'ASKED' || status === 'ACCEPTED';
