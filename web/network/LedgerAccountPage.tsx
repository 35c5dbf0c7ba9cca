// One account's statement: its movements with the balance after each, narrowed down, or as a file.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { amountText } from '../shared/amount.ts';
import { ApiProblem } from '../shared/api.ts';
import figures from '../shared/figures.module.css';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import {
  type StatementFilter,
  type StatementLine,
  type StatementPage,
  statementFileAddress,
  statementQuery,
} from '../shared/ledger-contract.ts';
import { networkClockText } from '../shared/moment.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing, NotYet, Trouble } from '../shared/states.tsx';
import { Balance, worded } from './LedgerPage.tsx';
import styles from './ledger.module.css';
import { isTypedTime, typedToIso } from './ledger-time.ts';
import { kindName, reasonName, reasons } from './PostingsFlow.tsx';
import payment from './payment.module.css';

interface Search {
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly payment?: string;
}

/** What the address says, as the hub is asked: a time that is not whole is left out. */
function filterOf({ from, to, reason, payment: paymentId }: Search): StatementFilter {
  return {
    ...(from !== undefined && isTypedTime(from) ? { from: typedToIso(from) } : {}),
    ...(to !== undefined && isTypedTime(to) ? { to: typedToIso(to) } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(paymentId === undefined ? {} : { payment: paymentId.trim() }),
  };
}

export function LedgerAccountPage() {
  const { t } = useWords();
  const { name } = useParams({ from: '/network/ledger/accounts/$name' });
  const search = useSearch({ from: '/network/ledger/accounts/$name' });
  usePageTitle(name);
  const filter = filterOf(search);
  const query = useInfiniteQuery(statementQuery(name, filter));
  const [kind = ''] = name.split(':');
  const { data, error, refetch } = query;
  const isMissing = error instanceof ApiProblem && error.status === 404;
  if (data === undefined && isMissing) return <NoSuchAccount error={error} />;
  return (
    <div className="page">
      <Link to="/network/ledger" className={payment.back}>
        <Icon name="back" size={18} /> {t('ledger.back')}
      </Link>
      <header className={styles.head}>
        <div>
          <h1>
            {kindName(t, kind)} <span className={styles.whose}>{participantOf(data?.pages)}</span>
          </h1>
          <p className="mono muted">{name}</p>
        </div>
        <a href={statementFileAddress(name, filter)} download>
          {t('ledger.csv')}
        </a>
      </header>
      <Narrowing name={name} search={search} />
      {data === undefined ? (
        <NotYet error={worded(error, t)} retry={refetch} />
      ) : (
        <Statement
          pages={data.pages}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          more={() => void query.fetchNextPage()}
        />
      )}
    </div>
  );
}

/** Nothing of an account that is not there can be narrowed down or fetched. */
function NoSuchAccount({ error }: { error: ApiProblem }) {
  const { t } = useWords();
  return (
    <div className="page">
      <Link to="/network/ledger" className={payment.back}>
        <Icon name="back" size={18} /> {t('ledger.back')}
      </Link>
      <Trouble whole error={error} way={<Link to="/network/ledger">{t('ledger.title')}</Link>} />
    </div>
  );
}

function participantOf(pages: readonly StatementPage[] | undefined): string {
  const account = pages?.[0]?.account;
  if (account === undefined) return '';
  return `${account.participantName ?? ''} ${account.currency}`.trim();
}

function Narrowing({ name, search }: { name: string; search: Search }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const change = (part: Search) => {
    const all = Object.entries({ ...search, ...part }).filter(([, text]) => text !== '');
    void navigate({
      to: '/network/ledger/accounts/$name',
      params: { name },
      search: Object.fromEntries(all),
      replace: true,
    });
  };
  return (
    <search className={`card ${styles.narrowing}`}>
      <TextInput
        label={t('ledger.from')}
        type="datetime-local"
        value={search.from ?? ''}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <TextInput
        label={t('ledger.to')}
        type="datetime-local"
        value={search.to ?? ''}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('ledger.reason')}
        value={search.reason ?? ''}
        onChange={(event) => change({ reason: event.currentTarget.value })}
        data={[
          { value: '', label: t('ledger.anyReason') },
          ...reasons.map((value) => ({ value, label: reasonName(t, value) })),
        ]}
      />
      <TextInput
        label={t('ledger.payment')}
        placeholder={t('ledger.paymentHelp')}
        value={search.payment ?? ''}
        maxLength={64}
        onChange={(event) => change({ payment: event.currentTarget.value })}
      />
    </search>
  );
}

function Statement(props: {
  pages: readonly StatementPage[];
  hasMore: boolean;
  isLoading: boolean;
  more: () => void;
}) {
  const { pages, hasMore, isLoading, more } = props;
  const { t } = useWords();
  const lines = pages.flatMap((page) => page.lines);
  const closing = pages[0]?.closing ?? null;
  const lookedTo = pages.at(-1)?.lookedTo ?? null;
  return (
    <section className="card stack" aria-labelledby="statement">
      <div className={styles.head}>
        <div>
          <h2 id="statement">{t('ledger.statement')}</h2>
          <p className="muted small">{t('ledger.sideHelp')}</p>
        </div>
        {closing !== null && (
          <p className={styles.closing}>
            <span className="eyebrow">{t('ledger.standsAt')}</span>
            <Balance balance={closing} />
          </p>
        )}
      </div>
      {lines.length === 0 ? (
        <Nothing title={t('ledger.noMovements')}>
          {hasMore && lookedTo !== null
            ? t('ledger.lookedTo', { at: networkClockText(Date.parse(lookedTo)) })
            : t('ledger.noMovementsHelp')}
        </Nothing>
      ) : (
        <Lines lines={lines} />
      )}
      {hasMore && (
        <div>
          <Button variant="default" loading={isLoading} onClick={more}>
            {t(lines.length === 0 ? 'ledger.goOn' : 'ledger.older')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Lines({ lines }: { lines: readonly StatementLine[] }) {
  const { t, locale } = useWords();
  return (
    <div className="sideways">
      <table className={`${figures.table} ${styles.table} ${stacked.stacked}`}>
        <thead>
          <tr>
            <th scope="col">{t('ledger.when')}</th>
            <th scope="col" className={styles.words}>
              {t('ledger.reason')}
            </th>
            <th scope="col" className={`${styles.words} ${styles.other}`}>
              {t('ledger.other')}
            </th>
            <th scope="col">{t('payment.debit')}</th>
            <th scope="col">{t('payment.credit')}</th>
            <th scope="col">{t('ledger.balance')}</th>
          </tr>
        </thead>
        <tbody className="figure">
          {lines.map((line) => {
            const { at, journalNumber, ordinal, reason, side, amount, otherAccount } = line;
            return (
              <tr key={`${journalNumber}-${ordinal}`}>
                <th scope="row">
                  <Link to="/network/ledger/journals/$journalNumber" params={{ journalNumber }}>
                    {networkClockText(Date.parse(at))}
                  </Link>
                </th>
                <td className={styles.words} data-label={t('ledger.reason')}>
                  {reasonName(t, reason)}
                </td>
                <td
                  className={`mono ${styles.words} ${styles.other}`}
                  data-label={t('ledger.other')}
                >
                  <Link to="/network/ledger/accounts/$name" params={{ name: otherAccount }}>
                    {otherAccount}
                  </Link>
                </td>
                <td data-label={t('payment.debit')}>
                  {side === 'debit' ? amountText(amount, locale) : ''}
                </td>
                <td data-label={t('payment.credit')}>
                  {side === 'credit' ? amountText(amount, locale) : ''}
                </td>
                <td data-label={t('ledger.balance')}>
                  {line.balance !== null && <Balance balance={line.balance} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
