// The network's rates when an operator stops and allows them.

import { freezeRates, thawRates } from '../../src/fx/controlStore.ts';
import type { Rig } from './rig.ts';

/** Has every hub read the rates again. */
export async function reloadRates({ hubs }: Rig): Promise<void> {
  await Promise.all(hubs.map((hub) => hub.configuration.reloadRates()));
}

export async function freeze(rig: Rig, scope: string): Promise<void> {
  const frozenAt = rig.clock.now();
  await freezeRates(rig.fresh.database, { scope, reason: 'test', byWhom: 'ANNA', frozenAt });
  await reloadRates(rig);
}

export async function thaw(rig: Rig, scope: string): Promise<void> {
  await thawRates(rig.fresh.database, scope, 'ANNA', rig.clock.now());
  await reloadRates(rig);
}
