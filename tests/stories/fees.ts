// What a story can do with fee rules: write them down, propose a set, and approve it.

import { type FeeSet, feeKinds, feeProducts } from '../../src/fees/feeRules.ts';
import { readFeeRules } from '../../src/fees/readFeeRules.ts';
import { approveFeeSet, proposeFeeSet } from '../../src/fees/store.ts';
import { parseDecimal } from '../../src/money/money.ts';
import { formatTime } from '../../src/wire/time.ts';
import type { Rig } from '../hub/rig.ts';
import { durationOf } from './durations.ts';

/** What these steps need of a story. */
interface FeeStage {
  readonly rig: Rig;
  /** The rules written down for the next set. */
  readonly feeRules: object[];
}

type FeeVerb = (stage: FeeStage, words: readonly string[]) => Promise<string>;

export const feeVerbs: Readonly<Record<string, FeeVerb>> = {
  /** `fee R1 interchange 25bp wallet TNG currency CNY minimum 0.50 maximum 5`. */
  async fee(stage, [ruleId = '', fee = '', rate = '', ...words]) {
    if (!feeKinds.some((kind) => kind === fee)) throw new Error(`there is no fee ${fee}`);
    const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : '');
    const product = after('product');
    const bounds = ['minimum', 'maximum'].map((word) => {
      const text = after(word) ?? '';
      return [word, text === '' ? '' : String(parseDecimal(after('currency') ?? '', text)?.minor)];
    });
    const named = ['wallet', 'acquirer', 'corridor', 'currency'].map((word) => [word, after(word)]);
    const given = [...named, ...bounds].filter(([, value]) => value !== '');
    stage.feeRules.push({
      ruleId,
      fee,
      basisPoints: Number(rate.replace('bp', '')),
      ...Object.fromEntries(given),
      ...(product === '' ? {} : { products: feeProducts.filter((each) => each === product) }),
    });
    return '';
  },
  /** `propose V2 in 2 min by LI`: the set of the rules written down, which begins then. */
  async propose(stage, [version = '', , count = '', unit = '', , byWhom = '']) {
    const { clock, fresh } = stage.rig;
    const effectiveFrom = formatTime(clock.now() + durationOf(count, unit));
    const text = JSON.stringify({ version, effectiveFrom, rules: stage.feeRules });
    const reading = readFeeRules(text);
    if (!reading.ok) return reading.problem;
    const act = { byWhom, now: clock.now() };
    return sayOf(await proposeFeeSet(fresh.database, reading.set, text, act), 'proposed');
  },
  /** `approve V2 by WANG`. */
  async approve(stage, [version = '', , byWhom = '']) {
    const { clock, fresh, hubs } = stage.rig;
    const act = { byWhom, now: clock.now() };
    const outcome = await approveFeeSet(fresh.database, version, act);
    await Promise.all(hubs.map((hub) => hub.configuration.reload()));
    return sayOf(outcome, 'approved');
  },
};

function sayOf(outcome: { readonly kind: string; readonly set?: FeeSet }, done: string): string {
  return outcome.kind === 'done' ? done : outcome.kind;
}
