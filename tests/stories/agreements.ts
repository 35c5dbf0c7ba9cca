// What stories can do with auto debit: bind, debit, evaluate, refresh, revoke from either side. The
// acquirer is CHENGDU and the wallet TNG.

import { parseDecimal } from '../../src/money/money.ts';
import { bound, cancelOf, debitOf, refreshOf } from '../hub/agreementScenes.ts';
import type { Rig } from '../hub/rig.ts';
import type { Observer } from './observer.ts';

interface Stage {
  readonly rig: Rig;
  readonly observer: Observer;
}

type Verb = (stage: Stage, words: readonly string[]) => Promise<string>;

interface Held {
  readonly agreementId: string;
  readonly accessToken: string | undefined;
  readonly refreshToken: string | undefined;
}

/** What the shop of each story holds, by the name of the agreement. */
const held = new WeakMap<Rig, Map<string, Held>>();

function heldIn({ rig }: Stage): Map<string, Held> {
  const known = held.get(rig) ?? new Map<string, Held>();
  held.set(rig, known);
  return known;
}

function heldAs(stage: Stage, name: string): Held {
  const known = heldIn(stage).get(name);
  if (known === undefined) throw new Error(`nobody has bound ${name}`);
  return known;
}

/** `debit P1 120.00 CNY by A1`, as a message. */
function debitIn(stage: Stage, words: readonly string[]) {
  const [name = '', value = '', currency = '', , agreement = ''] = words;
  const amount = parseDecimal(currency, value);
  if (amount === undefined) throw new Error(`${value} ${currency} is no amount`);
  const wire = { currency, value: String(amount.minor) };
  return { name, body: debitOf(name, wire, heldAs(stage, agreement).accessToken) };
}

export const agreementVerbs: Readonly<Record<string, Verb>> = {
  /** `bind A1 for ANNA`: prepared, consented to, and turned into tokens. */
  async bind(stage, [name = '', , customerId = '']) {
    heldIn(stage).set(name, await bound(stage.rig, name, customerId));
    return 'SUCCESS, the shop has a token';
  },
  async debit(stage, words) {
    const { name, body } = debitIn(stage, words);
    return stage.observer.await(name, 'CHENGDU', stage.rig.call('CHENGDU', 'pay', body));
  },
  async evaluate(stage, words) {
    const { body } = debitIn(stage, words);
    const paymentFactor = { ...body.paymentFactor, isPaymentEvaluation: 'true' };
    const told = await stage.rig.call('CHENGDU', 'pay', { ...body, paymentFactor });
    return told.resultCode;
  },
  async renew(stage, [name = '']) {
    const known = heldAs(stage, name);
    const told = await stage.rig.call('CHENGDU', 'applyToken', refreshOf(known.refreshToken));
    const { accessToken, refreshToken } = told.body as Partial<Held>;
    if (told.resultCode === 'SUCCESS') {
      heldIn(stage).set(name, { ...known, accessToken, refreshToken });
    }
    return told.resultCode;
  },
  async revoke(stage, [name = '']) {
    const { accessToken } = heldAs(stage, name);
    const asked = stage.rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken));
    return stage.observer.await(name, 'CHENGDU', asked);
  },
  /** The visitor takes it back in the wallet, which tells the network. */
  async takeback(stage, [name = '']) {
    const { agreementId } = heldAs(stage, name);
    stage.rig.wallets.get('TNG')?.agreements.revoke(agreementId);
    const told = await stage.rig.call('TNG', 'authNotify', {
      authorizationNotifyType: 'TOKEN_CANCELED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: agreementId,
    });
    await stage.rig.rest();
    const notices = stage.rig.authNotices.filter((each) => each.referenceAgreementId === name);
    return notices.length === 0 ? told.resultCode : `${told.resultCode}, the shop is told`;
  },
};
