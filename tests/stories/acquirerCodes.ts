// What a story can do with codes that an acquirer made: show them, and credit the shop of one.

import { withAmount } from '../../src/codes/withAmount.ts';
import { parseDecimal } from '../../src/money/money.ts';
import type { ResultCode } from '../../src/wire/results.ts';
import type { PushDecision, SimulatedAcquirer } from '../hub/acquirer.ts';
import { behindCode, codeMaker, nationalCodeOf, privateCodeOf } from '../hub/acquirerCodes.ts';
import type { Rig } from '../hub/rig.ts';

/** What these steps need of a story. */
interface CodeStage {
  readonly rig: Rig;
  readonly orderCodes: Map<string, string>;
}

type CodeVerb = (stage: CodeStage, words: readonly string[]) => Promise<string>;

function maker({ rig }: CodeStage): SimulatedAcquirer {
  const acquirer = rig.acquirers.get(codeMaker);
  if (acquirer === undefined) throw new Error(`the story has no acquirer ${codeMaker}`);
  return acquirer;
}

function show(stage: CodeStage, text: string, [name, value, currency]: readonly string[]): string {
  const amount = parseDecimal(currency ?? '', value ?? '');
  if (amount === undefined) throw new Error(`${value} ${currency} is no amount`);
  const asked = { currency: amount.currency, value: String(amount.minor) };
  maker(stage).codes.set(text, behindCode(name ?? '', asked));
  stage.orderCodes.set(name ?? '', text);
  return 'shows its own code';
}

export const acquirerCodeVerbs: Readonly<Record<string, CodeVerb>> = {
  async private(stage, words) {
    return show(stage, privateCodeOf(words[0] ?? ''), words);
  },
  async national(stage, words) {
    return show(stage, nationalCodeOf(words[0] ?? '', words[1]), words);
  },
  /** The shop's printed code with the amount that a customer typed: a code of its own. */
  async typed(stage, words) {
    const [name = '', value = '', currency = ''] = words;
    const amount = parseDecimal(currency, value);
    if (amount === undefined) throw new Error(`${value} ${currency} is no amount`);
    const { text } = withAmount(nationalCodeOf('COUNTER'), amount, name);
    if (text === null) throw new Error(`${value} ${currency} cannot be typed`);
    return show(stage, text, words);
  },
  /** From now on another order is behind the code of this name. */
  async changes(stage, words) {
    return show(stage, stage.orderCodes.get(words[0] ?? '') ?? '', words);
  },
  /** What the acquirer does with the next pushes. */
  async pushes(stage, [decision = '', failure = '']) {
    const decided: PushDecision =
      decision === 'F' ? { failure: failure as ResultCode } : (decision as PushDecision);
    maker(stage).decidePush = () => decided;
    return '';
  },
  /** The acquirer makes up its mind, and waits to be asked. */
  async credits(stage, [name = '']) {
    maker(stage).settle(name, 'SUCCESS');
    return '';
  },
  /** The acquirer says by itself what has become of a push. */
  async announce(stage, [name = '', status = '', failure = 'PROCESS_FAIL']) {
    const resultCode = status === 'S' ? 'SUCCESS' : failure;
    const push = maker(stage).settle(name, resultCode as ResultCode);
    const told = await stage.rig.call(codeMaker, 'notifyPushPayment', {
      paymentId: push.paymentId,
      paymentResult: { resultStatus: status, resultCode },
    });
    return told.resultCode;
  },
  async credited(stage, [name = '']) {
    const count = maker(stage).pushes.get(name)?.credits ?? 0;
    return count === 1 ? 'the shop was credited once' : `the shop was credited ${count} times`;
  },
};
