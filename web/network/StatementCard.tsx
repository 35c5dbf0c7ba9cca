// The bank's own file: a person picks it, and hears what each statement in it came to.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getJson, postJson } from '../shared/api.ts';
import { useWords } from '../shared/language.ts';
import type { BankAccounts, ReadStatement, ReadStatements } from '../shared/settlement-contract.ts';
import { FilePick } from './FilePick.tsx';
import { foundText } from './found.ts';
import { SettlementProblem } from './SettlementProblem.tsx';
import styles from './settlement.module.css';

const path = '/console/api/settlement/bank';

export function StatementCard({ person }: { person: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['settlement', 'bank'],
    queryFn: () => getJson<BankAccounts>(path),
  });
  const read = useMutation({
    mutationFn: async (file: File) =>
      postJson<ReadStatements>(`${path}/statements`, {
        by: person,
        fileName: file.name,
        text: await file.text(),
      }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section className="card stack" aria-labelledby="statement">
      <h2 id="statement">{t('settlement.statement.title')}</h2>
      <div className={styles.closing}>
        <p className="small muted">{t('settlement.statement.about')}</p>
        <FilePick
          words={t('settlement.statement.pick')}
          accept=".xml,application/xml,text/xml"
          disabled={person === ''}
          loading={read.isPending}
          take={(file) => read.mutate(file)}
        />
      </div>
      {person === '' && <p className="small muted">{t('settlement.namePlease')}</p>}
      {data?.accounts.length === 0 && (
        <p className="small muted">
          {t('settlement.statement.noAccount')}{' '}
          <span className="mono">wayfare settle account --currency CNY --account …</span>
        </p>
      )}
      {read.isError && <SettlementProblem error={read.error} />}
      {read.isSuccess && (
        <div className="stack" role="status">
          {read.data.statements.map((each, index) => (
            // A file's statements have no other name and never change places.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Outcome key={index} statement={each} />
          ))}
        </div>
      )}
    </section>
  );
}

function Outcome({ statement }: { statement: ReadStatement }) {
  const { t } = useWords();
  if (statement.kind === 'unknown_account' || statement.kind === 'other_statement') {
    const words = { account: '', statementId: '', ...statement };
    return <p>{t(`settlement.statement.${statement.kind}`, words)}</p>;
  }
  const { confirmed, found, kind, lines } = statement;
  return (
    <div>
      <p>{t(`settlement.statement.${kind}`, { lines, confirmed: confirmed.length })}</p>
      {Object.keys(found).length > 0 && (
        <p className="small">
          <Link to="/network/reconciliation" hash="breaks">
            {foundText(found, t)}
          </Link>
        </p>
      )}
    </div>
  );
}
