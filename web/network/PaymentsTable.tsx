// The table of payments; on a phone each payment is a card of the same facts.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { PaymentList, PaymentRow } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { clockText, dayText, momentText } from '../shared/moment.ts';
import { networkNow } from '../shared/network-time.ts';
import type { PaymentFilter } from '../shared/queries.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { mostShown } from './filter.ts';
import page from './network.module.css';
import styles from './PaymentsTable.module.css';
import { StateTag } from './StateTag.tsx';

export function PaymentsTable(props: {
  list: PaymentList | undefined;
  error: unknown;
  retry: () => void;
  filter: PaymentFilter;
  onMore: () => void;
  /** Looks from there on; from the newest where it is empty. */
  onLook: (from: string) => void;
  stale: boolean;
}) {
  const { list, error, retry, filter, onMore, onLook, stale } = props;
  const { t } = useWords();
  if (list === undefined) {
    return error !== null ? <Trouble error={error} retry={retry} /> : <Waiting lines={8} />;
  }
  const rows = list.payments;
  const mayShowMore = rows.length >= filter.limit && filter.limit < mostShown;
  const further = mayShowMore ? null : list.further;
  const looked = <Looked {...{ list, further, filter, onLook, stale }} />;
  if (rows.length === 0) {
    const narrowed =
      filter.status + filter.wallet + filter.acquirer + filter.search + filter.from !== '';
    return narrowed ? (
      <>
        <Nothing title={t(list.further === null ? 'network.noneFit' : 'network.noneFitYet')}>
          {list.further === null && t('network.noneFitHelp')}
        </Nothing>
        {looked}
      </>
    ) : (
      <Nothing title={t('network.none')}>
        {t('network.noneHelp')}
        <br />
        <Link to="/till">{t('shell.till')}</Link> · <Link to="/visitor">{t('shell.visitor')}</Link>
      </Nothing>
    );
  }
  return (
    <>
      <table className={styles.table} data-stale={stale}>
        <thead>
          <tr>
            <th scope="col">{t('network.time')}</th>
            <th scope="col">{t('network.merchant')}</th>
            <th scope="col">{t('network.wallet')}</th>
            <th scope="col" className={styles.number}>
              {t('network.shopGets')}
            </th>
            <th scope="col" className={styles.number}>
              {t('network.visitorPays')}
            </th>
            <th scope="col">{t('network.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.paymentId} row={row} />
          ))}
        </tbody>
      </table>
      {mayShowMore && (
        <Button variant="default" onClick={onMore} loading={stale}>
          {t('states.more')}
        </Button>
      )}
      {looked}
    </>
  );
}

/** How far back one look went, and the way further and back. */
function Looked(props: {
  list: PaymentList;
  /** Where to look on; null while more of what was found can be shown. */
  further: string | null;
  filter: PaymentFilter;
  onLook: (from: string) => void;
  stale: boolean;
}) {
  const { list, further, filter, onLook, stale } = props;
  const { t, locale } = useWords();
  const { lookedTo } = list;
  if (further === null && filter.from === '') return null;
  return (
    <div className={page.looked}>
      {further !== null && (
        <>
          {lookedTo !== null && (
            <p className="muted small">
              {t('network.lookedTo', { time: momentText(lookedTo, locale) })}
            </p>
          )}
          <Button variant="default" onClick={() => onLook(further)} loading={stale}>
            {t('network.lookFurther')}
          </Button>
        </>
      )}
      {filter.from !== '' && (
        <Button variant="subtle" onClick={() => onLook('')}>
          {t('network.lookNewest')}
        </Button>
      )}
    </div>
  );
}

function Line({ row }: { row: PaymentRow }) {
  const { t, locale } = useWords();
  const today = dayText(new Date(networkNow()).toISOString(), locale);
  return (
    <tr>
      <td className={`figure ${styles.time}`}>
        {clockText(row.createdAt, locale)}
        {dayText(row.createdAt, locale) !== today && (
          <span className={styles.day}>{dayText(row.createdAt, locale)}</span>
        )}
      </td>
      <td className={styles.merchant}>
        <Link to="/network/payments/$paymentId" params={{ paymentId: row.paymentId }}>
          {row.merchantName}
        </Link>
        <span className="muted small">
          {[row.city, t(`product.${row.product}`)].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className={styles.wallet}>{row.walletName ?? '–'}</td>
      <td className={`${styles.number} ${styles.gets}`}>
        <Amount money={row.amount} side="shop" />
      </td>
      <td className={`${styles.number} ${styles.pays}`}>
        {row.payToAmount === null ? '–' : <Amount money={row.payToAmount} side="home" />}
      </td>
      <td className={styles.state}>
        <StateTag state={row.state} />{' '}
        {row.refundedAmount != null && (
          <Tag>
            {t(
              row.refundedAmount.value === row.amount.value
                ? 'network.refunded'
                : 'network.partlyRefunded',
            )}
          </Tag>
        )}
        {row.resultCode !== null && row.state !== 'SUCCESS' && row.state !== 'PROCESSING' && (
          <span className={styles.code}>{breakable(row.resultCode)}</span>
        )}
      </td>
    </tr>
  );
}

/** A result code that may go on in the next line after each of its words. */
function breakable(code: string): ReactNode {
  return code.split(/(?<=_)/).map((word, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a code never move
    <Fragment key={at}>
      {word}
      <wbr />
    </Fragment>
  ));
}
