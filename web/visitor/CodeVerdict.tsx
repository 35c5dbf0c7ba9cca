// What a scanned code turned out to be when it leads to no payment: whose it is, on whose side the
// cause is, and the one thing to do now.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Identity } from '../../src/codes/identify.ts';
import { isResultCode } from '../../src/wire/results.ts';
import { sentenceFor } from '../../src/wire/sentences.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { useSentenceLanguage, useWords } from '../shared/language.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';
import styles from './CodeVerdict.module.css';
import type { Refusal } from './identify.ts';
import { WalletBadge } from './WalletBadge.tsx';
import { useWallet } from './wallet-context.ts';

const iconOf: Readonly<Record<Identity['whose'], IconName>> = {
  own_code: 'code',
  wallet_code: 'phone',
  scheme_code: 'bank',
  personal_code: 'traveller',
  competitor_code: 'shop',
  damaged_code: 'cross',
  not_a_payment: 'question',
};

const toneOf = {
  visitor: 'home',
  shop: 'shop',
  wallet: 'unknown',
  network: 'unknown',
  nobody: 'plain',
} as const satisfies Record<string, Tone>;

/** The card for a text that is not paid. `again` makes the scanner ready for another. */
export function CodeVerdict({ refusal, again }: { refusal: Refusal; again: () => void }) {
  if ('identity' in refusal) return <Judged identity={refusal.identity} again={again} />;
  return <Answered refusal={refusal} />;
}

function Judged({ identity, again }: { identity: Identity; again: () => void }) {
  const { t, locale } = useWords();
  const { walletId, customerId } = useWallet();
  const { refusal, issuer, whose, reading } = identity;
  if (refusal === null) return <OpensPage identity={identity} />;
  const words = locale === 'zh-CN' ? refusal.message.zh : refusal.message.en;
  return (
    <section className={styles.card} data-whose={whose} role="alert">
      <div className={styles.head}>
        {issuer === null ? (
          <span className={styles.sign}>
            <Icon name={iconOf[whose]} size={24} />
          </span>
        ) : (
          <WalletBadge id={issuer.id} name={issuer.en} />
        )}
        <div className={styles.name}>
          <strong>{words.title}</strong>
          {issuer !== null && <span>{locale === 'zh-CN' ? issuer.zh : issuer.en}</span>}
        </div>
        <Tag tone={toneOf[refusal.side]}>{t(`scan.side.${refusal.side}`)}</Tag>
      </div>
      <p>{words.what}</p>
      <CodeSays reading={reading} />
      <div className={styles.next}>
        <Icon name="forward" size={18} />
        <p>
          <span>{t('scan.next')}</span>
          {words.next}
        </p>
      </div>
      {refusal.instead === 'show_code' && (
        <Button
          size="md"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/visitor/$walletId/$customerId/pay"
              params={{ walletId, customerId }}
            />
          )}
        >
          {t('scan.showCode')}
        </Button>
      )}
      {refusal.instead === 'scan_again' && (
        <Button size="md" variant="default" onClick={again}>
          {t('scan.again')}
        </Button>
      )}
      <CodeText text={identity.codeValue} />
    </section>
  );
}

/** What the code says of itself, where it can be read. */
function CodeSays({ reading }: { reading: Identity['reading'] }) {
  const { t } = useWords();
  const { merchantName, city, amount, currency } = reading;
  if (!reading.valid || (merchantName === null && amount === null)) return null;
  const place = [merchantName, city].filter((part) => part !== null && part !== '').join(', ');
  return (
    <dl className={styles.says}>
      {place !== '' && (
        <div>
          <dt>{t('scan.says.shop')}</dt>
          <dd>{place}</dd>
        </div>
      )}
      {amount !== null && (
        <div>
          <dt>{t('scan.says.amount')}</dt>
          <dd>{[amount, currency].filter((part) => part !== null).join(' ')}</dd>
        </div>
      )}
    </dl>
  );
}

function CodeText({ text }: { text: string }) {
  const { t } = useWords();
  if (text === '') return null;
  return (
    <details className={styles.text}>
      <summary>{t('scan.text')}</summary>
      <p className="mono muted">{text}</p>
    </details>
  );
}

/** A code whose rule opens a registered page, where the amount is asked. */
function OpensPage({ identity }: { identity: Identity }) {
  const { t, locale } = useWords();
  const { issuer, redirectUrl } = identity;
  if (redirectUrl === null) return null;
  const name = (locale === 'zh-CN' ? issuer?.zh : issuer?.en) ?? '';
  return (
    <section className={styles.card} data-whose="payable" role="status">
      <strong>{t('scan.pageTitle')}</strong>
      <p>{t('scan.page', { issuer: name, host: new URL(redirectUrl).host })}</p>
      <Button component="a" href={redirectUrl} target="_blank" rel="noreferrer" size="md">
        {t('scan.openPage')}
      </Button>
    </section>
  );
}

/** What the wallet or the hub answered to a code that looked well here. */
function Answered({ refusal }: { refusal: Extract<Refusal, { code: string }> }) {
  const { t } = useWords();
  const language = useSentenceLanguage();
  const { code, message } = refusal;
  const { what, next } = sentenceFor(code).visitor;
  // The sandbox's own faults say more than a general decline does.
  const isForeign = code !== 'UNREACHABLE' && !isResultCode(code);
  return (
    <section className={styles.card} data-whose="damaged_code" role="alert">
      <strong>{t('scan.notPayable')}</strong>
      <p>{isForeign && message !== undefined ? message : what[language]}</p>
      <div className={styles.next}>
        <Icon name="forward" size={18} />
        <p>
          <span>{t('scan.next')}</span>
          {next[language]}
        </p>
      </div>
      <CodeText text={refusal.text} />
    </section>
  );
}
