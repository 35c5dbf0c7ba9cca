// Fees by dated rules: the sets in force, to come and past, what was agreed, and a calculator.
import { useQuery } from '@tanstack/react-query';
import { moneyText, percentOfBasisPoints, percentText } from '../shared/amount.ts';
import type { AgreedFees, FeeRuleRow, FeeRules, FeeSetRow } from '../shared/fees-contract.ts';
import { feesQuery } from '../shared/fees-queries.ts';
import figures from '../shared/figures.module.css';
import { usePageTitle, useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import { Nothing, NotYet } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import { Calculator } from './Calculator.tsx';
import styles from './fees.module.css';

const tones = {
  in_force: 'paid',
  coming: 'unknown',
  proposed: 'unknown',
  past: 'plain',
  withdrawn: 'plain',
} as const;

export function FeesPage() {
  const { t } = useWords();
  usePageTitle(t('fees.title'));
  const { data, error, refetch } = useQuery(feesQuery);
  return (
    <div className="page">
      <header>
        <h1>{t('fees.title')}</h1>
        <p className={`muted ${styles.about}`}>{t('fees.about')}</p>
      </header>
      {data === undefined ? <NotYet error={error} retry={refetch} /> : <Rules fees={data} />}
    </div>
  );
}

function Rules({ fees }: { fees: FeeRules }) {
  const { t } = useWords();
  const names = new Map(fees.agreements.map(({ participantId, name }) => [participantId, name]));
  return (
    <div className={styles.columns}>
      <div className={styles.sets}>
        {fees.sets.length === 0 && (
          <div className="card">
            <Nothing title={t('fees.none')}>{t('fees.noneHelp')}</Nothing>
          </div>
        )}
        {fees.sets.map((set) => (
          <SetCard key={set.version} set={set} names={names} />
        ))}
      </div>
      <div className={styles.side}>
        <Calculator agreements={fees.agreements} />
        <Agreements agreements={fees.agreements} />
      </div>
    </div>
  );
}

function SetCard({ set, names }: { set: FeeSetRow; names: ReadonlyMap<string, string> }) {
  const { t, locale } = useWords();
  const from = t('fees.from', { time: momentText(set.effectiveFrom, locale) });
  const persons =
    set.approvedBy === null
      ? t('fees.proposed', { person: set.proposedBy })
      : t('fees.approved', { person: set.proposedBy, other: set.approvedBy });
  return (
    <section className={`card ${styles.set}`} data-state={set.state} aria-label={set.version}>
      <div className={styles.head}>
        <h2>{set.version}</h2>
        <Tag tone={tones[set.state]}>{t(`fees.state.${set.state}`)}</Tag>
      </div>
      <p className="muted small">
        {from} {persons}
      </p>
      {set.rules.length === 0 ? (
        <p>{t('fees.noRules')}</p>
      ) : (
        <ul className={styles.rules}>
          {set.rules.map((rule) => (
            <RuleLine key={rule.ruleId} rule={rule} names={names} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RuleLine({ rule, names }: { rule: FeeRuleRow; names: ReadonlyMap<string, string> }) {
  const { t, locale } = useWords();
  const bound = (value: string) => moneyText({ currency: rule.currency ?? '', value }, locale);
  const named = (id: string | null) => (id === null ? [] : [names.get(id) ?? id]);
  const scope = [
    ...named(rule.wallet),
    ...named(rule.acquirer),
    ...(rule.corridor === null ? [] : [rule.corridor]),
    ...(rule.products ?? []).map((product) => t(`product.${product}`)),
    ...(rule.currency === null ? [] : [t('fees.inCurrency', { currency: rule.currency })]),
  ];
  const bounds = [
    ...(rule.minimum === null ? [] : [t('fees.atLeast', { amount: bound(rule.minimum) })]),
    ...(rule.maximum === null ? [] : [t('fees.atMost', { amount: bound(rule.maximum) })]),
  ];
  return (
    <li>
      <div className={styles.rule}>
        <div>
          <strong>{t(`fees.kind.${rule.fee}`)}</strong> <code className="small">{rule.ruleId}</code>
          <p>{scope.length === 0 ? t('fees.every') : scope.join(' · ')}</p>
        </div>
        <p className={`figure ${styles.rate}`}>
          <strong>{percentText(percentOfBasisPoints(rule.basisPoints), locale)}</strong>
          {bounds.map((text) => (
            <span key={text} className="small">
              {text}
            </span>
          ))}
        </p>
      </div>
      {rule.note !== null && <p className="muted small">{rule.note}</p>}
    </li>
  );
}

/** What holds where no rule says otherwise. */
function Agreements({ agreements }: { agreements: readonly AgreedFees[] }) {
  const { t, locale } = useWords();
  const percent = (points: number | null) =>
    points === null ? '–' : percentText(percentOfBasisPoints(points), locale);
  return (
    <section className="card" aria-labelledby="agreed">
      <h2 id="agreed">{t('fees.agreed')}</h2>
      <p className="muted small">{t('fees.agreedHelp')}</p>
      <div className="sideways">
        <table className={figures.table}>
          <thead>
            <tr>
              <th scope="col">{t('fees.participant')}</th>
              <th scope="col">{t('fees.service')}</th>
              <th scope="col">{t('fees.kind.interchange')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {agreements.map((each) => (
              <tr key={each.participantId}>
                <th scope="row">{each.name}</th>
                <td>{percent(each.serviceFeeBasisPoints)}</td>
                <td>{percent(each.interchangeBasisPoints)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
