// The money of one payment: accounts as boxes, movements as bands, and the same as a table.

import { Link } from '@tanstack/react-router';
import { Amount } from '../shared/Amount.tsx';
import { amountText, rateLine } from '../shared/amount.ts';
import type { Leg, Posting } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { Nothing } from '../shared/states.tsx';
import { accountParts, type FlowPicture, flowPictures, nodeWidth } from './flow-layout.ts';
import styles from './PostingsFlow.module.css';

/** A longer id than this would stand out of its box: it is drawn narrower. */
const longestParticipant = 13;
const squeezed = { textLength: nodeWidth - 12, lengthAdjust: 'spacingAndGlyphs' } as const;

export function PostingsFlow(props: {
  postings: readonly Posting[];
  quote: Leg['quote'] | undefined;
  shopCurrency: string;
  /** Whether the table leads to its journal; not on the journal's own page. */
  linked?: boolean;
}) {
  const { t } = useWords();
  const { postings, quote, shopCurrency, linked = true } = props;
  if (postings.length === 0) {
    return <Nothing title={t('payment.noPostings')}>{t('payment.noPostingsHelp')}</Nothing>;
  }
  return (
    <div className="stack">
      <div className={styles.pictures}>
        {flowPictures(postings).map((picture) => (
          <figure
            key={picture.currency}
            className="sideways"
            data-shop={picture.currency === shopCurrency}
          >
            <figcaption>
              <strong>{picture.currency}</strong>
            </figcaption>
            <Picture picture={picture} />
          </figure>
        ))}
      </div>
      {quote != null && (
        <p className="muted small figure">
          {t('payment.atRate', { rate: rateLine(quote.pair, quote.price) })}
        </p>
      )}
      <PostingsTable postings={postings} linked={linked} />
    </div>
  );
}

function Picture({ picture }: { picture: FlowPicture }) {
  const { t, locale } = useWords();
  return (
    <svg
      className={styles.flow}
      data-wide={picture.width > 400}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={t('payment.flowLabel', { currency: picture.currency })}
    >
      {picture.bands.map((band) => (
        <path
          key={band.posting.postingId}
          className={styles.band}
          d={band.path}
          strokeWidth={band.thickness}
        />
      ))}
      {picture.bands.map((band) => (
        <path key={band.posting.postingId} className={styles.tip} d={band.tip} />
      ))}
      {picture.bands.map((band) => (
        <text key={band.posting.postingId} className={styles.label} x={band.labelX} y={band.labelY}>
          <tspan x={band.labelX} dy={-(band.thickness / 2 + 5)}>
            {amountText(band.posting.amount, locale)}
          </tspan>
          <tspan x={band.labelX} dy={band.thickness + 19} className={styles.reason}>
            {reasonName(t, band.posting.reason)}
          </tspan>
        </text>
      ))}
      {picture.nodes.map((node) => {
        const { kind, participant } = accountParts(node.account);
        const x = node.x + nodeWidth / 2;
        const y = node.y + node.height / 2;
        return (
          <g key={node.account} className={styles.node}>
            <rect x={node.x} y={node.y} width={nodeWidth} height={node.height} rx="9" />
            <text x={x} y={participant === '' ? y + 5 : y - 3} textAnchor="middle">
              {kindName(t, kind)}
            </text>
            {participant !== '' && (
              <text
                x={x}
                y={y + 13}
                textAnchor="middle"
                className={styles.participant}
                {...(participant.length > longestParticipant ? squeezed : {})}
              >
                {participant}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** Postings as they are read aloud, a row each. */
export function PostingsTable(props: { postings: readonly Posting[]; linked?: boolean }) {
  const { t } = useWords();
  const { postings, linked = true } = props;
  const journalNumber = postings[0]?.postingId.split('-')[0];
  const account = (name: string) => (
    <Link to="/network/ledger/accounts/$name" params={{ name }}>
      {name}
    </Link>
  );
  return (
    <div className="sideways">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('payment.debit')}</th>
            <th scope="col">{t('payment.credit')}</th>
            <th scope="col">{t('payment.reason')}</th>
            <th scope="col">{t('payment.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {postings.map((posting) => (
            <tr key={posting.postingId}>
              <td className={`mono ${styles.debit}`}>{account(posting.debitAccount)}</td>
              <td className={`mono ${styles.credit}`}>{account(posting.creditAccount)}</td>
              <td>{reasonName(t, posting.reason)}</td>
              <td>
                <Amount money={posting.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {linked && journalNumber !== undefined && (
        <p className="small">
          <Link to="/network/ledger/journals/$journalNumber" params={{ journalNumber }}>
            {t('ledger.journalOf', { number: journalNumber })}
          </Link>
        </p>
      )}
    </div>
  );
}

type Words = ReturnType<typeof useWords>['t'];

const kinds = [
  'position',
  'transit',
  'bank',
  'fx',
  'spread',
  'rounding',
  'fees',
  'write_off',
  'deposit',
  'safeguard',
] as const;
export const reasons = [
  'principal',
  'spread',
  'rounding',
  'settlement',
  'acquirer_service_fee',
  'wallet_service_fee',
  'interchange_from_acquirer',
  'interchange_to_wallet',
  'settlement_sent',
  'settlement_at_bank',
  'settlement_received',
  'reconciliation_write_off',
  'deposit_top_up',
  'deposit_withdrawal',
] as const;

export function kindName(t: Words, kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known === undefined ? kind : t(`payment.account.${known}`);
}

export function reasonName(t: Words, reason: string): string {
  const known = reasons.find((one) => one === reason);
  return known === undefined ? reason : t(`payment.reasonName.${known}`);
}
