// The whole screen says one thing: paid, given back, not paid, not known yet, or wait.
import type { ReactNode } from 'react';
import { Amount } from '../shared/Amount.tsx';
import type { WireMoney } from '../shared/contract.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import styles from './Verdict.module.css';

export type VerdictScreen = 'paid' | 'given_back' | 'not_paid' | 'unknown' | 'waiting';

const signs: Record<VerdictScreen, IconName> = {
  paid: 'check',
  given_back: 'undo',
  not_paid: 'cross',
  unknown: 'question',
  waiting: 'clock',
};

/** Colour, sign and word all say the same, so that no one of them has to be seen. */
export function Verdict(props: {
  screen: VerdictScreen;
  amount: WireMoney;
  title: string;
  help: string;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className={styles.verdict} data-screen={props.screen}>
      <div className={styles.sign}>
        <Icon name={signs[props.screen]} size={96} />
      </div>
      <div role={props.screen === 'waiting' ? 'status' : 'alert'} className={styles.words}>
        <h1>{props.title}</h1>
        <Amount money={props.amount} size="huge" />
        <p className={styles.help}>{props.help}</p>
      </div>
      {props.detail !== undefined && <div className={styles.detail}>{props.detail}</div>}
      <div className={styles.actions}>{props.children}</div>
    </section>
  );
}
