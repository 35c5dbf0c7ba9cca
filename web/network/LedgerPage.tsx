// The books of any moment: a trial balance that sums to zero, and the chart of accounts below it.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { amountText } from '../shared/amount.ts';
import { ApiProblem } from '../shared/api.ts';
import type { WireMoney } from '../shared/contract.ts';
import figures from '../shared/figures.module.css';
import { usePageTitle, useWords } from '../shared/language.ts';
import { type AccountBalance, type Ledger, ledgerQuery } from '../shared/ledger-contract.ts';
import { dayText, networkClockText } from '../shared/moment.ts';
import stacked from '../shared/stacked.module.css';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './ledger.module.css';
import { isTypedTime, typedToIso } from './ledger-time.ts';
import { kindName } from './PostingsFlow.tsx';

export function LedgerPage() {
  const { t } = useWords();
  usePageTitle(t('ledger.title'));
  const { before } = useSearch({ from: '/network/ledger' });
  const { data, error, refetch } = useQuery(ledgerQuery(before));
  const now = useQuery(ledgerQuery(undefined));
  return (
    <div className="page">
      <header>
        <h1>{t('ledger.title')}</h1>
        <p className={`muted ${styles.about}`}>{t('ledger.about')}</p>
      </header>
      <Moment before={before} closes={now.data?.closes ?? []} />
      {data === undefined ? (
        <NotYet error={worded(error, t)} retry={refetch} />
      ) : (
        <Books ledger={data} />
      )}
    </div>
  );
}

type Words = ReturnType<typeof useWords>['t'];

/** Refusals that a person can do something about, in words. */
export function worded(error: unknown, t: Words): unknown {
  if (!(error instanceof ApiProblem)) return error;
  const { code, status } = error;
  if (code === 'IN_FUTURE') return new ApiProblem(code, status, t('ledger.inFuture'));
  if (code === 'TOO_MUCH') return new ApiProblem(code, status, t('ledger.tooMuch'));
  return error;
}

/** Now, the end of a closed day, or a time that is typed. */
function Moment(props: { before: string | undefined; closes: Ledger['closes'] }) {
  const { before, closes } = props;
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const isClose = closes.some((close) => close.before === before);
  const [typed, setTyped] = useState(
    before === undefined || isClose ? '' : networkClockText(Date.parse(before)).slice(0, 16),
  );
  const [isTyping, setTyping] = useState(false);
  const isOther = isTyping || (before !== undefined && !isClose);
  const show = (moment?: string) =>
    void navigate({
      to: '/network/ledger',
      search: moment === undefined ? {} : { before: moment },
    });
  return (
    <form
      className={`card ${styles.moment}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTypedTime(typed)) show(typedToIso(typed));
      }}
    >
      <NativeSelect
        label={t('ledger.moment')}
        value={isOther ? 'typed' : (before ?? '')}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyping(value === 'typed');
          if (value !== 'typed') show(value === '' ? undefined : value);
        }}
        data={[
          { value: '', label: t('ledger.now') },
          ...closes.map((close) => ({
            value: close.before,
            label: t('ledger.endOf', { day: dayText(close.date, locale) }),
          })),
          { value: 'typed', label: t('ledger.typed') },
        ]}
      />
      {isOther && (
        <>
          <TextInput
            label={t('ledger.time')}
            type="datetime-local"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!isTypedTime(typed)}>
            {t('ledger.show')}
          </Button>
        </>
      )}
    </form>
  );
}

function Books({ ledger }: { ledger: Ledger }) {
  const { t, locale } = useWords();
  const { before, isFinal, isBalanced, accounts } = ledger;
  const currencies = ledger.currencies.filter((each) => each.inDebit.value !== '0');
  const wrong = ledger.currencies.filter((each) => each.difference.value !== '0');
  if (accounts.length === 0) {
    return (
      <div className="card">
        <Nothing title={t('ledger.noAccounts')}>{t('ledger.noAccountsHelp')}</Nothing>
      </div>
    );
  }
  return (
    <>
      <section className="card stack" aria-labelledby="trial">
        <div className={styles.head}>
          <h2 id="trial">{t('ledger.trial')}</h2>
          {isBalanced ? (
            <Tag tone="paid">{t('ledger.balanced')}</Tag>
          ) : (
            <Tag tone="not-paid">
              {t('ledger.unbalanced', {
                currencies: wrong.map(({ currency }) => currency).join(' '),
              })}
            </Tag>
          )}
        </div>
        <p className="muted small">
          {before === null
            ? t('ledger.trialNow')
            : `${t('ledger.trialOf', { at: networkClockText(Date.parse(before)) })} ${t(
                isFinal ? 'ledger.final' : 'ledger.open',
              )}`}
        </p>
        {currencies.length + wrong.length === 0 ? (
          <Nothing title={t('ledger.none')}>{t('ledger.noneHelp')}</Nothing>
        ) : (
          <div className="sideways">
            <table className={`${figures.table} ${styles.table}`}>
              <thead>
                <tr>
                  <th scope="col">{t('ledger.currency')}</th>
                  <th scope="col">{t('ledger.inDebit')}</th>
                  <th scope="col">{t('ledger.inCredit')}</th>
                  <th scope="col">{t('ledger.sum')}</th>
                </tr>
              </thead>
              <tbody className="figure">
                {currencies.map(({ currency, inDebit, inCredit, difference }) => (
                  <tr key={currency}>
                    <th scope="row">{currency}</th>
                    <td>{amountText(inDebit, locale)}</td>
                    <td>{amountText(inCredit, locale)}</td>
                    <td data-zero={difference.value === '0'}>
                      {difference.value === '0' ? t('ledger.zero') : amountText(difference, locale)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <Accounts accounts={accounts} />
    </>
  );
}

/** The chart as a tree: currency, kind, account. */
function Accounts({ accounts }: { accounts: readonly AccountBalance[] }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const shown = accounts.filter((account) => all || hasMoved(account));
  const currencies = [...new Set(shown.map(({ currency }) => currency))].sort();
  return (
    <section className="stack" aria-labelledby="chart">
      <div className={styles.head}>
        <h2 id="chart">{t('ledger.chart')}</h2>
        <label className={styles.check}>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {t('ledger.showEmpty')}
        </label>
      </div>
      {shown.length === 0 && <p className="muted small">{t('ledger.none')}</p>}
      {currencies.map((currency) => (
        <CurrencyTree
          key={currency}
          currency={currency}
          accounts={shown.filter((account) => account.currency === currency)}
        />
      ))}
    </section>
  );
}

function hasMoved({ posted, pending }: AccountBalance): boolean {
  const sums = [posted.debits, posted.credits, pending?.debits, pending?.credits];
  return sums.some((sum) => sum !== undefined && sum.value !== '0');
}

function CurrencyTree(props: { currency: string; accounts: readonly AccountBalance[] }) {
  const { currency, accounts } = props;
  const { t } = useWords();
  const kinds = [...new Set(accounts.map(({ kind }) => kind))];
  const hasHolds = accounts.some(({ pending }) => (pending?.debits.value ?? '0') !== '0');
  return (
    <details className={`card ${styles.tree}`} open>
      <summary>
        <strong>{currency}</strong>{' '}
        <span className="muted small">{t('ledger.accountsCount', { count: accounts.length })}</span>
      </summary>
      <div className="sideways">
        <table className={`${figures.table} ${styles.table} ${stacked.stacked}`}>
          <thead>
            <tr>
              <th scope="col">{t('ledger.account')}</th>
              {hasHolds && <th scope="col">{t('ledger.held')}</th>}
              <th scope="col">{t('ledger.debits')}</th>
              <th scope="col">{t('ledger.credits')}</th>
              <th scope="col">{t('ledger.balance')}</th>
            </tr>
          </thead>
          {kinds.map((kind) => (
            <tbody key={kind} className="figure">
              <tr className={styles.kind}>
                <th scope="rowgroup" colSpan={hasHolds ? 5 : 4}>
                  {kindName(t, kind)}
                </th>
              </tr>
              {accounts
                .filter((account) => account.kind === kind)
                .map((account) => (
                  <AccountRow key={account.name} account={account} hasHolds={hasHolds} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </details>
  );
}

function AccountRow({ account, hasHolds }: { account: AccountBalance; hasHolds: boolean }) {
  const { t, locale } = useWords();
  const { name, participantName, posted, pending, balance } = account;
  const held = pending === null ? null : pending.debits;
  return (
    <tr>
      <th scope="row">
        <Link to="/network/ledger/accounts/$name" params={{ name }}>
          {participantName ?? name}
        </Link>
      </th>
      {hasHolds && (
        <td data-label={t('ledger.held')}>{held === null ? '' : amountText(held, locale)}</td>
      )}
      <td data-label={t('ledger.debits')}>{amountText(posted.debits, locale)}</td>
      <td data-label={t('ledger.credits')}>{amountText(posted.credits, locale)}</td>
      <td data-label={t('ledger.balance')}>
        <Balance balance={balance} />
      </td>
    </tr>
  );
}

/** A balance without a sign: its side is named. */
export function Balance({ balance }: { balance: WireMoney }) {
  const { t, locale } = useWords();
  const isCredit = balance.value.startsWith('-');
  const size = { ...balance, value: balance.value.replace('-', '') };
  return (
    <span className={styles.balance}>
      <strong>{amountText(size, locale)}</strong>{' '}
      {balance.value !== '0' && (
        <span className="muted small">{t(isCredit ? 'ledger.credit' : 'ledger.debit')}</span>
      )}
    </span>
  );
}
