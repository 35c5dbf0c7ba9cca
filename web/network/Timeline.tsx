// Every signed message of one payment in its order: who spoke to whom, and whether the signature
// held.
import { useEffect, useState } from 'react';
import type { Message } from '../shared/console-contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { loadHanFont } from '../shared/i18n.ts';
import { useWords } from '../shared/language.ts';
import { clockText } from '../shared/moment.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { prettyBody, prettyHeaders, toneOfVerdict } from './messages.ts';
import styles from './Timeline.module.css';

const firstShown = 30;

export function Timeline({ messages }: { messages: readonly Message[] }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  if (messages.length === 0) return <Nothing title={t('payment.noMessages')} />;
  const shown = all ? messages : messages.slice(0, firstShown);
  return (
    <>
      <div className={styles.lanes} aria-hidden="true">
        <span>{t('network.role.acquirer')}</span>
        <span>Wayfare</span>
        <span>{t('network.role.wallet')}</span>
      </div>
      <ol className={styles.timeline}>
        {shown.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has no id; the list only grows
          <Line key={index} message={message} />
        ))}
      </ol>
      {shown.length < messages.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('payment.allMessages', { count: messages.length })}
        </button>
      )}
    </>
  );
}

function Line({ message }: { message: Message }) {
  const { t, locale } = useWords();
  const { direction, api, requestVerdict, responseVerdict, durationMs } = message;
  const partner = message.partnerName ?? message.partnerId ?? '?';
  const speaks =
    direction === 'in' ? t('payment.toHub', { partner }) : t('payment.fromHub', { partner });
  return (
    <li>
      <details className={styles.message}>
        <summary>
          <span className={`figure ${styles.time}`}>{clockText(message.at, locale)}</span>
          <Arrow message={message} />
          <span className={styles.what}>
            <strong>{api}</strong>
            <span className="muted small">{speaks}</span>
          </span>
          <span className={styles.verdicts}>
            <VerdictTag words={t('payment.request')} verdict={requestVerdict} />
            <VerdictTag words={t('payment.response')} verdict={responseVerdict} />
          </span>
          <span className={`figure muted small ${styles.duration}`}>
            {durationMs === null ? '' : `${durationMs} ms`}
          </span>
          <span className={styles.open}>
            <Icon name="down" size={18} />
          </span>
        </summary>
        <div className={styles.bodies}>
          <Part
            title={`${t('payment.request')} · POST ${message.path}`}
            headers={message.request.headers}
            body={message.request.body}
          />
          {message.response === null || message.response.status === null ? (
            <p className="muted">{t('payment.noResponse')}</p>
          ) : (
            <Part
              title={`${t('payment.response')} · HTTP ${message.response.status}`}
              headers={message.response.headers}
              body={message.response.body}
            />
          )}
        </div>
      </details>
    </li>
  );
}

/** An arrow between two of the three lanes: the acquirer left, the network, the wallet right. */
function Arrow({ message }: { message: Message }) {
  const wallet = message.partnerRole === 'wallet';
  const [near, far] = wallet ? [60, 112] : [60, 8];
  const [from, to] = message.direction === 'in' ? [far, near] : [near, far];
  const head = to > from ? -6 : 6;
  return (
    <svg className={styles.arrow} width="120" height="24" viewBox="0 0 120 24" aria-hidden="true">
      <path className={styles.lane} d="M8 0V24M60 0V24M112 0V24" />
      <path
        className={styles.call}
        data-wallet={wallet}
        d={`M${from} 12H${to}M${to + head} 7.5 ${to} 12 ${to + head} 16.5`}
      />
      <circle className={styles.caller} data-wallet={wallet} cx={from} cy="12" r="3.6" />
    </svg>
  );
}

/** What else is said of a signature (src/wire/envelope.ts) or of a call (src/base/world.ts). */
const verdicts = [
  'unsigned',
  'missing_header',
  'unknown_client',
  'unknown_key',
  'algorithm_mismatch',
  'bad_time',
  'stale_time',
  'bad_signature',
  'timeout',
  'unreachable',
  'broken',
  'too_large',
] as const;

/** What was thought of a signature, in a coloured word. */
export function VerdictTag({ words, verdict }: { words: string; verdict: string }) {
  const { t } = useWords();
  const tone = toneOfVerdict(verdict);
  const known = verdicts.find((each) => each === verdict);
  const name =
    verdict === 'valid'
      ? t('payment.valid')
      : verdict === 'none'
        ? t('payment.none')
        : known === undefined
          ? verdict.replace(/^http_/, 'HTTP ')
          : t(`payment.verdict.${known}`);
  return (
    <Tag tone={tone}>
      {words} {tone === 'paid' && <Icon name="check" size={13} />} {name}
    </Tag>
  );
}

/** One half of an exchange: headers and body as they were. */
export function Part(props: { title: string; headers: unknown; body: unknown }) {
  const { t } = useWords();
  const body = prettyBody(props.body);
  // Shops have Chinese names in every language of the page.
  const hasHan = /\p{Script=Han}/u.test(body);
  useEffect(() => {
    if (hasHan) void loadHanFont();
  }, [hasHan]);
  return (
    <section>
      <h3>{props.title}</h3>
      <p className="eyebrow">{t('payment.headers')}</p>
      <pre>{prettyHeaders(props.headers)}</pre>
      <p className="eyebrow">{t('payment.body')}</p>
      <pre>{body}</pre>
    </section>
  );
}
