// The month's hub: one process of the real one, behind the simulated network.

import { entryOf } from '../api/entry.ts';
import { type Hub, startHub } from '../api/hub.ts';
import type { Database } from '../base/world.ts';
import { type IncomingResponse, NetworkFailure } from '../base/world.ts';
import type { Chance } from '../simulation/chance.ts';
import type { Delivery, SimulatedNetwork } from '../simulation/network.ts';
import type { PartyKeys } from '../simulation/party.ts';
import { codeRulesOf } from '../simulation/tillOrders.ts';
import { Life, type VirtualTime } from '../simulation/time.ts';

export interface DoorOptions {
  readonly time: VirtualTime;
  readonly network: SimulatedNetwork;
  readonly chance: Chance;
  readonly keys: PartyKeys;
  readonly connect: (life: Life) => Database;
  readonly acquirerIds: readonly string[];
  readonly failed: (what: string, error: unknown) => void;
  readonly trace: (what: string, hidden?: string) => void;
}

/**
 * How often the hub looks for what is due and whether its configuration changed: seldom, because
 * a month of looks is most of the work of a simulation.
 */
const lookMs = 120_000;
const refreshMs = 300_000;

/** Starts the hub, and answers what is sent to it. */
export async function openDoor(options: DoorOptions): Promise<Hub> {
  const { time, network, chance, keys, trace } = options;
  const life = new Life();
  let hub: Hub | undefined;
  network.register('hub', async (delivery) => {
    if (hub === undefined) throw new NetworkFailure('unreachable', 'the hub is not up');
    trace(`${delivery.from} > ${delivery.uri}`, delivery.body);
    const answer = await answerOf(hub, delivery);
    trace(`< ${delivery.from}`, answer.body);
    return answer;
  });
  hub = await startHub({
    world: {
      clock: life.clock(time),
      random: chance,
      network: network.of('hub', life),
      database: options.connect(life),
    },
    keys: { keyVersion: '1', key: () => keys.privateKey },
    codeRules: codeRulesOf(options.acquirerIds),
    publicUrl: () => 'http://hub',
    process: 'm1',
    failed: options.failed,
    pollMs: lookMs,
    refreshMs,
  });
  return hub;
}

async function answerOf(hub: Hub, delivery: Delivery): Promise<IncomingResponse> {
  const { uri, headers, body } = delivery;
  if (uri.startsWith('/aps/')) {
    return hub.handle({ method: 'POST', uri, headers, body: Buffer.from(body) });
  }
  const { pathname } = new URL(uri, 'http://hub');
  const [, , name = ''] = pathname.split('/');
  const page = await entryOf(hub, name);
  return { status: page.status, headers: {}, body: JSON.stringify(page.body) };
}
