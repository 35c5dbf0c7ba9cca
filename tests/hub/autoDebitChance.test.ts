// Auto debit by chance: debits, refreshes and revocations of many agreements at once, on two hubs,
// while answers of the wallet are lost. An auditor of its own goes by the wallet's journal alone.

import { afterEach, expect, test } from 'vitest';
import { Chance } from '../../src/simulation/chance.ts';
import { bound, cancelOf, debitOf, refreshOf } from './agreementScenes.ts';
import { type Rig, startRig, type Told } from './rig.ts';
import { acquirer, expectBalanced, malaysian, rates, yuan } from './scenes.ts';
import type { SimulatedWallet } from './wallet.ts';

let rig: Rig;
afterEach(() => rig.close());

/** One agreement as its shop and its visitor know it; each visitor has one. */
interface Held {
  readonly name: string;
  readonly customerId: string;
  readonly agreementId: string;
  accessToken: string;
  refreshToken: string;
  /** How many payments the wallet had written down for the visitor when it was over. */
  linesAtEnd: number | undefined;
}

const linesOf = (wallet: SimulatedWallet, customerId: string) =>
  [...wallet.lines.values()].filter((line) => line.customerId === customerId);

/** Starts a call and does not wait for it: what it says is heard whenever it comes. */
function begin(waiting: Set<Promise<void>>, call: Promise<Told>, heard: (told: Told) => void) {
  const done: Promise<void> = call.then((told) => {
    waiting.delete(done);
    heard(told);
  });
  waiting.add(done);
}

const visitors = 6;
const steps = 70;

test.each([1, 2, 3])('seed %i', async (seed) => {
  const chance = new Chance(`auto debit ${seed}`);
  rig = await startRig({ hubs: 2, lanes: 4, partners: [acquirer, malaysian], rates });
  const wallet = rig.wallets.get('TNG') as SimulatedWallet;
  const held: Held[] = [];
  for (let each = 0; each < visitors; each += 1) {
    const [name, customerId] = [`A${each}`, `visitor-${each}`];
    const { agreementId, accessToken, refreshToken } = await bound(rig, name, customerId);
    held.push({
      name,
      customerId,
      agreementId,
      accessToken: String(accessToken),
      refreshToken: String(refreshToken),
      linesAtEnd: undefined,
    });
  }
  /** Whose tokens each payment was asked with. */
  const askedBy = new Map<string, Set<string>>();
  const waiting = new Set<Promise<void>>();
  const isOver = (each: Held) => {
    each.linesAtEnd ??= linesOf(wallet, each.customerId).length;
  };

  const debit = (each: Held): void => {
    const again = askedBy.size > 0 && chance.happens(0.25);
    const id = again ? chance.pick([...askedBy.keys()]) : `P${askedBy.size}`;
    askedBy.set(id, (askedBy.get(id) ?? new Set()).add(each.customerId));
    const wasOver = each.linesAtEnd !== undefined;
    const call = rig.call('CHENGDU', 'pay', debitOf(id, yuan(100 + seed), each.accessToken));
    begin(waiting, call, (told) => {
      const isNew = wasOver && !again;
      if (isNew) expect([id, told.resultCode]).toEqual([id, 'INVALID_TOKEN']);
    });
  };
  const refresh = (each: Held): void =>
    begin(waiting, rig.call('CHENGDU', 'applyToken', refreshOf(each.refreshToken)), (told) => {
      if (told.resultStatus !== 'S') return;
      each.accessToken = String(told.body.accessToken);
      each.refreshToken = String(told.body.refreshToken);
    });
  const revoke = (each: Held): void =>
    begin(waiting, rig.call('CHENGDU', 'cancelToken', cancelOf(each.accessToken)), (told) => {
      if (told.resultStatus === 'S') isOver(each);
    });
  const takeBack = (each: Held): void => {
    wallet.agreements.revoke(each.agreementId);
    const notice = {
      authorizationNotifyType: 'TOKEN_CANCELED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: each.agreementId,
    };
    begin(waiting, rig.call('TNG', 'authNotify', notice), (told) => {
      if (told.resultStatus === 'S') isOver(each);
    });
  };

  for (let step = 0; step < steps; step += 1) {
    wallet.away = chance.happens(0.2);
    wallet.decide = () => (chance.happens(0.8) ? 'S' : { failure: 'USER_BALANCE_NOT_ENOUGH' });
    const each = chance.pick(held);
    const what = chance.weighted({ debit: 80, refresh: 8, revoke: 3, takeBack: 3, time: 6 });
    if (what === 'debit') debit(each);
    if (what === 'refresh') refresh(each);
    if (what === 'revoke') revoke(each);
    if (what === 'takeBack') takeBack(each);
    if (what === 'time') await rig.advance(chance.between(1_000, 6_000));
    else if (chance.happens(0.5)) await rig.rest();
  }
  wallet.away = false;
  await rig.advance(60_000);
  await Promise.all(waiting);

  for (const { customerId, linesAtEnd } of held) {
    const lines = linesOf(wallet, customerId);
    if (linesAtEnd !== undefined) {
      expect([customerId, lines.length]).toEqual([customerId, linesAtEnd]);
    }
    for (const { orderId } of lines) {
      expect([orderId, askedBy.get(orderId)?.has(customerId)]).toEqual([orderId, true]);
    }
  }
  const orders = [...wallet.lines.values()].map(({ orderId }) => orderId);
  expect(new Set(orders).size).toBe(orders.length);
  expect(rig.failures).toEqual([]);
  await expectBalanced(rig);
});
