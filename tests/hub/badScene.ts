// What tests of bad input begin with: codes and payments of every kind, and a hub at rest.

import { expect } from 'vitest';
import { type RawRequest, resultOf, signed } from './envelopes.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  contents,
  expectBalanced,
  korean,
  malaysian,
  orderCodeIn,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

export let rig: Rig;

/** What the cases need to be there already, so that they themselves need change nothing. */
export let scene: {
  readonly fresh: string;
  readonly expired: string;
  readonly used: string;
  readonly order: string;
  readonly expiredOrder: string;
  readonly bigOrder: string;
  readonly legId: string;
  readonly paymentId: string;
};

/** Starts the hub and makes the scene; for `beforeAll`. */
export async function openScene(): Promise<void> {
  rig = await startRig({
    lanes: 4,
    partners: [
      acquirer,
      { ...acquirer, participantId: 'HANGZHOU' },
      { ...acquirer, participantId: 'CLOSED', enabled: false },
      { ...malaysian, cap: 100_000n },
      korean,
    ],
    rates,
  });
  const expired = await codeOf(rig, 'TNG');
  const old = await rig.call('CHENGDU', 'pay', payForOrderCode('OLD', yuan(1_000)));
  await rig.advance(200_000);
  const used = await codeOf(rig, 'TNG');
  const paid = await rig.call('CHENGDU', 'pay', payWithCode('PAID', yuan(1_000), used));
  expect(paid.resultCode).toBe('SUCCESS');
  const placed = await rig.call('CHENGDU', 'pay', payForOrderCode('PLACED', yuan(12_000)));
  const big = await rig.call('CHENGDU', 'pay', payForOrderCode('BIG', yuan(200_000)));
  const codeValue = orderCodeIn(placed);
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  scene = {
    fresh: await codeOf(rig, 'TNG'),
    expired,
    used,
    order: codeValue,
    expiredOrder: orderCodeIn(old),
    bigOrder: orderCodeIn(big),
    legId: String(scan.body.paymentRequestId),
    paymentId: String(placed.body.paymentId),
  };
  await rig.rest();
}

/** Proves the books and stops the hub; for `afterAll`. */
export async function closeScene(): Promise<void> {
  await expectBalanced(rig);
  await rig.close();
}

export interface BadCase {
  readonly title: string;
  readonly code: string;
  readonly make: () => RawRequest | Promise<RawRequest>;
  /** What the message must name. */
  readonly says?: RegExp;
  /** It is a failure of a payment, and is written down as one: no money and no leg comes of it. */
  readonly isWrittenDown?: true;
}

/** Sends the request; it must be refused as it says, and must change nothing. */
export async function expectRefused(each: BadCase): Promise<void> {
  const before = await contents(rig);
  const request = await each.make();
  const answer = await (rig.hubs[0] as Rig['hubs'][number]).handle(request);
  const result = resultOf(rig, request, answer);
  expect(result.resultCode, String(result.resultMessage)).toBe(each.code);
  if (each.says !== undefined) expect(result.resultMessage).toMatch(each.says);
  await rig.rest();
  const after = await contents(rig);
  if (each.isWrittenDown) {
    // What the till may repeat must be answered alike for ever; quota may have moved for it.
    const written = ['lanes', 'payment_requests', 'payments', 'outbox', 'payment_codes'];
    for (const table of [...written, 'account_slices']) {
      delete before[table];
      delete after[table];
    }
  }
  expect(after).toEqual(before);
}

/** A signed `pay` of the acquirer. */
export const till = (body: object | string, signing = {}) =>
  signed(rig, 'CHENGDU', 'pay', body, signing);
/** A `pay` that nothing is wrong with. */
export const good = () => payForOrderCode('NEW', yuan(12_000));
