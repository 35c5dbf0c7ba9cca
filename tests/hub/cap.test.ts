// A cap that allows one payment more lets exactly one through, however many come and wherever.

import { afterEach, describe, expect, test } from 'vitest';
import { laneOfSlot, slotOf } from '../../src/base/id.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codesOf,
  expectBalanced,
  malaysian,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

const rounds = 64;
const atOnce = 8;
const lanes = 4;
/** 100.00 CNY at 1.6 are 62.50 MYR, with 50 bp of spread 62.81; with the fee 62.87 are held. */
const held = 6287n;
/** What is owed in the end is less by the wallet's 30 bp of interchange. */
const owed = held - 19n;

let rig: Rig;
afterEach(() => rig.close());

/** Request ids that spread evenly over all lanes. */
function idsOver(round: number): string[] {
  const ids: string[] = [];
  for (let serial = 0; ids.length < atOnce; serial++) {
    const id = `R${round}-${serial}`;
    const lane = laneOfSlot(slotOf('CHENGDU', id), lanes);
    if (lane === ids.length % lanes) ids.push(id);
  }
  return ids;
}

async function oneRound(round: number, cap: bigint): Promise<string[]> {
  await rig.addPartner({ ...malaysian, cap });
  const codes = await codesOf(rig, 'TNG', atOnce);
  const told = await Promise.all(
    idsOver(round).map((id, index) =>
      rig.call('CHENGDU', 'pay', payWithCode(id, yuan(10_000), codes[index] ?? '')),
    ),
  );
  await rig.rest();
  return told.map((each) => each.resultCode).sort();
}

describe.each([
  { hubs: 1, title: 'one hub' },
  { hubs: 2, title: 'two hubs on one database' },
])('$title', ({ hubs }) => {
  test(`${rounds} rounds of ${atOnce} payments at once: one succeeds each time`, async () => {
    rig = await startRig({ hubs, lanes, partners: [acquirer, malaysian], rates });
    const exactlyOne = [
      ...Array.from({ length: atOnce - 1 }, () => 'PAYMENT_AMOUNT_EXCEED_LIMIT'),
      'SUCCESS',
    ];
    for (let round = 0; round < rounds; round++) {
      // What earlier rounds owe stays owed; the cap leaves room for one payment and nearly two.
      const cap = owed * BigInt(round + 1) + held - 1n;
      expect(await oneRound(round, cap), `round ${round}`).toEqual(exactlyOne);
    }
    expect(rig.wallets.get('TNG')?.lines.size).toBe(rounds);
    expect(rig.failures).toEqual([]);
    await expectBalanced(rig);
  });
});
