// What every simulated partner is: a name on the network, a key, a server and a client of the wire.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Clock, type IncomingResponse, NetworkFailure } from '../base/world.ts';
import { createPartnerClient, type PartnerClient } from '../wire/client.ts';
import { createPartnerServer, type ReceivedCall } from '../wire/partnerServer.ts';
import { generateKeys } from '../wire/signature.ts';
import type { Chance } from './chance.ts';
import type { Delivery, SimulatedNetwork } from './network.ts';
import type { VirtualTime } from './time.ts';

/** A P-256 key pair: signing with it is cheap, and the wire is the same. */
export interface PartyKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicKeyPem: string;
}

export function newKeys(): PartyKeys {
  const { privateKeyPem, publicKeyPem } = generateKeys('ES256');
  return {
    privateKey: createPrivateKey(privateKeyPem),
    publicKey: createPublicKey(publicKeyPem),
    publicKeyPem,
  };
}

/** What a party lives in. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly network: SimulatedNetwork;
  readonly chance: Chance;
  readonly hubKey: KeyObject;
  readonly keys: PartyKeys;
  /** A key that the hub does not know, for bad signatures. */
  readonly strangeKeys: PartyKeys;
  readonly trace: (what: string, hidden?: string) => void;
  /** False once faults are switched off: then every party does what it should. */
  readonly stormy: () => boolean;
}

/** An answer to the hub; `never` sends none, `forged` signs it with a strange key. */
export interface PartyAnswer {
  readonly body: object;
  readonly afterMs?: number;
  readonly never?: boolean;
  readonly forged?: boolean;
}

export type PartyHandler = (call: ReceivedCall) => PartyAnswer;

const callTimeoutMs = 9_000;
/** While the machine is away, messages to it are refused and its own calls are lost. */
const longestAwayMs = 20_000;

/** A partner's machine: it can go away and come back; what it wrote down it still knows. */
export class Party {
  readonly name: string;
  readonly client: PartnerClient;
  readonly forger: PartnerClient;
  readonly #world: Surroundings;
  readonly #clock: Clock;
  #away = 0;

  constructor(name: string, world: Surroundings, handler: PartyHandler) {
    this.name = name;
    this.#world = world;
    this.#clock = world.time;
    const client = (keys: PartyKeys) =>
      createPartnerClient({
        baseUrl: 'http://hub',
        clientId: name,
        privateKey: keys.privateKey,
        algorithm: 'ES256',
        hubPublicKey: world.hubKey,
        network: world.network.of(name),
        clock: world.time,
        timeoutMs: callTimeoutMs,
      });
    this.client = client(world.keys);
    this.forger = client(world.strangeKeys);
    world.network.register(name, (delivery) => this.#receive(delivery, handler));
  }

  get away(): boolean {
    return this.#away > this.#clock.now();
  }

  /** The machine stops for a while: whoever waits for an answer from it gets none. */
  crash(): void {
    this.leave(this.#world.chance.between(1_000, longestAwayMs));
  }

  /** The machine is away for so long. */
  leave(forMs: number): void {
    this.#away = this.#clock.now() + forMs;
    this.#world.trace(`${this.name} is away for ${forMs} ms`);
  }

  comeBack(): void {
    this.#away = 0;
  }

  async #receive(delivery: Delivery, handler: PartyHandler): Promise<IncomingResponse> {
    if (this.away) throw new NetworkFailure('unreachable', `${this.name} is away`);
    let planned: PartyAnswer | undefined;
    const keys = this.#world.keys;
    const serve = (privateKey: KeyObject) =>
      createPartnerServer({
        clientId: this.name,
        privateKey,
        algorithm: 'ES256',
        hubKeys: () => ({ algorithm: 'ES256', key: this.#world.hubKey }),
        clock: this.#clock,
      });
    const request = {
      method: 'POST',
      uri: delivery.uri,
      headers: delivery.headers,
      body: delivery.body,
    };
    const decide = (call: ReceivedCall) => {
      planned = handler(call);
      return planned.body;
    };
    let answer = await serve(keys.privateKey).handle(request, decide);
    const plan = planned as PartyAnswer | undefined;
    if (plan?.forged === true) {
      const body = plan.body;
      answer = await serve(this.#world.strangeKeys.privateKey).handle(request, () => body);
    }
    const heardAt = this.#clock.now();
    if (plan?.afterMs !== undefined) await this.#world.time.pause(plan.afterMs);
    if (plan?.never === true) await new Promise(() => {});
    // A crash meanwhile took the connection with it.
    if (this.#away > heardAt) throw new NetworkFailure('broken', `${this.name} went away`);
    return { status: answer.status, headers: answer.headers, body: answer.body };
  }
}
