// Beside the rates: what needs a person, the sources, dated spreads, and who did what.
import type { ReactNode } from 'react';
import { percentOfBasisPoints, percentText } from '../shared/amount.ts';
import figures from '../shared/figures.module.css';
import { useWords } from '../shared/language.ts';
import { momentText } from '../shared/moment.ts';
import type { RatesDesk } from '../shared/rates-contract.ts';
import { Nothing } from '../shared/states.tsx';
import { Tag } from '../shared/Tag.tsx';
import styles from './rates.module.css';

/** What a person must look at, with the command that does it; or that all is well. */
export function Attention({ desk }: { desk: RatesDesk }) {
  const { t, locale } = useWords();
  const old = desk.rates.filter(({ tooOld }) => tooOld).map(({ pair }) => pair);
  const failing = desk.sources.filter(({ enabled, problem }) => enabled && problem !== null);
  const well = desk.freezes.length + desk.waiting.length + old.length + failing.length === 0;
  if (well) {
    return (
      <p className={styles.well}>
        <Tag tone="paid">{t('fx.well')}</Tag> <span className="muted">{t('fx.wellHelp')}</span>
      </p>
    );
  }
  return (
    <section className="card stack" aria-labelledby="attention">
      <h2 id="attention">{t('fx.attention')}</h2>
      <ul className={styles.attention}>
        {desk.freezes.map(({ scope, reason, byWhom, frozenAt }) => (
          <Item
            key={`frozen ${scope}`}
            tag={<Tag tone="not-paid">{t('fx.state.frozen')}</Tag>}
            command={`wayfare rates thaw ${scope} --by …`}
          >
            <strong>{scope === 'ALL' ? t('fx.everything') : scope}</strong> {reason}
            <span className="muted small">
              {t('fx.byAt', { who: byWhom, at: momentText(frozenAt, locale) })}
            </span>
          </Item>
        ))}
        {desk.waiting.map((each) => (
          <Item
            key={`waits ${each.base}/${each.quote}`}
            tag={<Tag tone="unknown">{t('fx.waits')}</Tag>}
            command={approvalOf(each)}
          >
            <strong>{`${each.base}/${each.quote}`}</strong>
            <span className="figure">
              {t('fx.offered', { now: each.inForce, price: each.price })}
            </span>
            <span className="muted small">
              {t('fx.moved', {
                percent: percentOfBasisPoints(each.movedBasisPoints),
                who: each.proposedBy ?? each.source,
                at: momentText(each.proposedAt, locale),
              })}
            </span>
          </Item>
        ))}
        {failing.map(({ sourceId, problem }) => (
          <Item
            key={`source ${sourceId}`}
            tag={<Tag tone="unknown">{t('fx.sourceFails')}</Tag>}
            command={`wayfare rates source list`}
          >
            <strong>{sourceId}</strong> <span lang="en">{problem}</span>
          </Item>
        ))}
        {old.length > 0 && (
          <Item
            tag={<Tag tone="unknown">{t('fx.state.too_old')}</Tag>}
            command="wayfare rates list"
          >
            <span>{t('fx.oldRates', { count: old.length })}</span>
            <span className="mono">{old.slice(0, mostNamed).join(' ')}</span>
            {old.length > mostNamed && <span>…</span>}
          </Item>
        )}
      </ul>
    </section>
  );
}

const mostNamed = 12;

function Item(props: { tag: ReactNode; command: string; children: ReactNode }) {
  return (
    <li>
      <span>{props.tag}</span>
      <div className={styles.what}>{props.children}</div>
      <code className="mono">{props.command}</code>
    </li>
  );
}

/** What a second person types: the price is the one that is shown. */
function approvalOf({ base, quote, price }: RatesDesk['waiting'][number]): string {
  return `wayfare rates approve ${base}/${quote} --price ${price} --by …`;
}

export function Sources({ sources }: { sources: RatesDesk['sources'] }) {
  const { t, locale } = useWords();
  return (
    <section className="card stack sideways" aria-labelledby="sources">
      <h2 id="sources">{t('fx.sources')}</h2>
      {sources.length === 0 ? (
        <Nothing title={t('fx.noSources')}>{t('fx.noSourcesHelp')}</Nothing>
      ) : (
        <table className={`${figures.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('fx.source')}</th>
              <th scope="col">{t('fx.looked')}</th>
              <th scope="col">{t('fx.ageLimit')}</th>
              <th scope="col">{t('fx.jumpLimit')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {sources.map((source) => (
              <tr key={source.sourceId}>
                <th scope="row">
                  {source.sourceId}{' '}
                  {!source.enabled ? (
                    <Tag>{t('fx.off')}</Tag>
                  ) : (
                    source.problem !== null && <Tag tone="unknown">{t('fx.sourceFails')}</Tag>
                  )}
                </th>
                <td>
                  {source.lookedAgoMs === null
                    ? '–'
                    : t('fx.secondsAgo', { count: Math.floor(source.lookedAgoMs / 1_000) })}
                </td>
                <td>{t('fx.minutes', { count: Math.round(source.ageLimitMs / 60_000) })}</td>
                <td>{percentText(percentOfBasisPoints(source.jumpLimitBasisPoints), locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function Spreads({ spreads }: { spreads: RatesDesk['spreads'] }) {
  const { t, locale } = useWords();
  return (
    <section className="card stack sideways" aria-labelledby="spreads">
      <h2 id="spreads">{t('fx.spreads')}</h2>
      {spreads.length === 0 ? (
        <Nothing title={t('fx.noSpreads')}>{t('fx.noSpreadsHelp')}</Nothing>
      ) : (
        <table className={`${figures.table} ${styles.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('fx.pair')}</th>
              <th scope="col">{t('fx.party')}</th>
              <th scope="col">{t('fx.spread')}</th>
              <th scope="col">{t('fx.since')}</th>
            </tr>
          </thead>
          <tbody className="figure">
            {[...spreads].reverse().map((each) => (
              <tr key={`${each.pair} ${each.participantId} ${each.validFrom}`}>
                <th scope="row">{each.pair === '*' ? t('fx.anyPair') : each.pair}</th>
                <td>{each.participantId === '*' ? t('fx.anyParty') : each.participantId}</td>
                <td>{percentText(percentOfBasisPoints(each.basisPoints), locale)}</td>
                <td>{momentText(each.validFrom, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function LastActs({ events }: { events: RatesDesk['events'] }) {
  const { t, locale } = useWords();
  return (
    <section className="card stack" aria-labelledby="acts">
      <h2 id="acts">{t('fx.acts')}</h2>
      {events.length === 0 ? (
        <Nothing title={t('fx.noActs')} />
      ) : (
        <ol className={styles.acts}>
          {events.map(({ at, byWhom, kind, subject, detail }) => (
            <li key={`${at} ${kind} ${subject} ${detail}`}>
              <span className="figure muted">{momentText(at, locale)}</span>
              <span>
                {byWhom}: {t(`fx.act.${kind}`)} <strong>{subject}</strong> {detail}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
