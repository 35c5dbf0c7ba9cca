// A participant's first page: what it may still owe is what the network would let it.

import { afterEach, expect, test } from 'vitest';
import { type CapWorld, decideChange, proposeChange } from '../../src/caps/commands.ts';
import { openPages, type Pages } from './pages.ts';
import { paid, yuan } from './scenes.ts';

let pages: Pages;
afterEach(() => pages.close());

test('a deposit is room on the page too, and each sees its own day', async () => {
  pages = await openPages({ isSandbox: false });
  const { rig } = pages;
  const hub = rig.hubs[0];
  const lanes = hub?.configuration.rules().lanes ?? 1;
  const world: CapWorld = { database: rig.fresh.database, clock: rig.clock, lanes };
  for (const change of [
    { kind: 'cap', amount: 10_000n },
    { kind: 'top_up', amount: 5_000n, bankReference: 'BK1' },
  ] as const) {
    const reply = await proposeChange(world, { participantId: 'TNG', by: 'Wang', ...change });
    const changeId = reply.kind === 'done' ? reply.change.changeId : '';
    expect(await decideChange(world, { changeId, verb: 'approve', by: 'Li' })).toMatchObject({
      kind: 'done',
    });
  }
  await hub?.configuration.reload();
  await paid(rig, 'P1', yuan(10_000));
  const tng = await pages.signedIn('Tan', 'participant', 'TNG');
  const { positions, today } = (await tng.get('/participant/api/overview')).body;
  const [{ net, cap, left }] = positions;
  expect([positions.length, cap.value]).toEqual([1, '15000']);
  expect(BigInt(left.value)).toBe(15_000n + BigInt(net.value));
  expect(today.totals).toMatchObject([{ agreementId: 'TNG-MYR', payments: { count: 1 } }]);
  const chengdu = await pages.signedIn('Liu', 'participant', 'CHENGDU');
  const other = (await chengdu.get('/participant/api/overview')).body.today.totals;
  expect(other).toMatchObject([{ agreementId: 'CHENGDU-CNY', payments: { count: 1 } }]);
});
