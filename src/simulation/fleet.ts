// The hubs of a simulation: real ones, started and killed on one database, behind one door.

import { wayBackOf } from '../api/authorized.ts';
import { entryOf } from '../api/entry.ts';
import { type Hub, startHub } from '../api/hub.ts';
import type { Timing } from '../base/limits.ts';
import { type IncomingResponse, NetworkFailure } from '../base/world.ts';
import type { CodeRule } from '../codes/codeRule.ts';
import { EngineRefusal } from '../engine/engine.ts';
import type { LimitRules } from '../limits/limitRules.ts';
import type { HubKeys } from '../network/calls.ts';
import type { Auditor } from './auditor.ts';
import type { Chance } from './chance.ts';
import type { SimulatedDatabase } from './database.ts';
import type { Delivery, SimulatedNetwork } from './network.ts';
import type { Tally } from './played.ts';
import { ServerError } from './postgresWire.ts';
import { Life, type VirtualTime } from './time.ts';
import { gistOf } from './trace.ts';

interface Running {
  readonly life: Life;
  readonly number: number;
  hub: Hub | undefined;
  stopping: boolean;
}

export interface FleetOptions {
  readonly time: VirtualTime;
  readonly network: SimulatedNetwork;
  readonly database: SimulatedDatabase;
  readonly chance: Chance;
  readonly auditor: Auditor;
  readonly keys: HubKeys;
  readonly limitRules: LimitRules;
  readonly codeRules: readonly CodeRule[];
  readonly timing: Timing;
  readonly tally: Tally;
  readonly keepsLog: boolean;
  readonly pollMs: () => number;
  readonly restartMs: () => number;
  readonly trace: (what: string, hidden?: string) => void;
}

const refreshMs = 60_000;

/** Hubs come and go; a request is taken by any that is up. */
export class Fleet {
  kills = 0;
  readonly #options: FleetOptions;
  readonly #running: Running[] = [];
  #started = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    options.network.register('hub', (delivery) => this.#receive(delivery));
  }

  /** Starts one more hub; it is up once it has read its configuration. */
  start(): void {
    const { time, network, database, chance, keys, keepsLog, trace } = this.#options;
    const { limitRules, codeRules, timing } = this.#options;
    const life = new Life();
    const number = ++this.#started;
    const running: Running = { life, number, hub: undefined, stopping: false };
    this.#running.push(running);
    trace(`hub ${number} starts`);
    startHub({
      world: {
        clock: life.clock(time),
        random: chance.fork(`hub ${number}`),
        network: network.of('hub', life),
        database: database.connect(life, { log: keepsLog }),
      },
      keys,
      limitRules,
      codeRules,
      timing: () => timing,
      publicUrl: () => 'http://hub',
      process: `h${number}`,
      failed: (what, error) => this.#failed(number, what, error),
      pollMs: this.#options.pollMs(),
      refreshMs,
    }).then(
      (hub) => {
        running.hub = hub;
      },
      // It could not read its configuration: whoever supervises it starts another.
      (error: unknown) => {
        trace(`hub ${number} does not start: ${(error as Error).message}`);
        this.killed(life);
      },
    );
  }

  /** Ends one hub that is up, if there is any: mostly by a kill, sometimes by asking it to stop. */
  endOne(): void {
    const { chance, time, trace } = this.#options;
    const up = this.#running.filter(({ hub, stopping }) => hub !== undefined && !stopping);
    if (up.length === 0) return;
    const running = chance.pick(up);
    if (chance.happens(0.8)) {
      this.killed(running.life);
      return;
    }
    trace(`hub ${running.number} is asked to stop`);
    running.stopping = true;
    // It gets no more requests; those that it has begun to answer have a while to end.
    time.after(chance.between(0, 10_000), () => {
      void running.hub?.stop().then(() => this.killed(running.life));
    });
  }

  killAll(): void {
    for (const each of [...this.#running]) this.#end(each);
  }

  /** Ends the process of this life, and has another started after a while. */
  killed(life: Life): void {
    const found = this.#running.find((each) => each.life === life);
    if (found === undefined) return;
    this.#end(found);
    this.#options.time.after(this.#options.restartMs(), () => this.start());
  }

  #end(running: Running): void {
    this.#running.splice(this.#running.indexOf(running), 1);
    this.kills++;
    this.#options.trace(`hub ${running.number} is killed`);
    running.life.end();
  }

  async #receive(delivery: Delivery): Promise<IncomingResponse> {
    const { time, auditor, chance, trace } = this.#options;
    const up = this.#running.filter(({ hub, stopping }) => hub !== undefined && !stopping);
    if (up.length === 0) throw new NetworkFailure('unreachable', 'no hub is up');
    const running = chance.pick(up);
    if (running.hub !== undefined && !delivery.uri.startsWith('/aps/')) {
      return this.#page(running, running.hub, delivery);
    }
    const api = delivery.uri.slice(delivery.uri.lastIndexOf('/') + 1);
    const arrivedAt = time.now();
    trace(
      `${delivery.from} > hub ${running.number} ${api} ${gistOf(delivery.body)}`,
      delivery.body,
    );
    const answer = await new Promise<IncomingResponse>((resolve, reject) => {
      running.life.onEnd(() => reject(new NetworkFailure('broken', 'the hub was killed')));
      const { uri, headers, body } = delivery;
      running.hub
        ?.handle({ method: 'POST', uri, headers, body: Buffer.from(body) })
        .then((response) => (running.life.alive ? resolve(response) : undefined), reject);
    });
    const about = `${gistOf(delivery.body)}: ${gistOf(answer.body)}`;
    trace(`hub ${running.number} answers ${delivery.from} ${api} ${about}`, answer.body);
    auditor.hubAnswers(delivery.from, api, delivery.body, answer.body, arrivedAt);
    const { result } = JSON.parse(answer.body) as { result?: { resultStatus: string } };
    this.#options.tally.answered(api, result?.resultStatus);
    return answer;
  }

  /** A browser opens a page of the network: what an entry code leads to, or a wallet's way back. */
  async #page({ life, number }: Running, hub: Hub, delivery: Delivery): Promise<IncomingResponse> {
    this.#options.trace(`${delivery.from} opens ${delivery.uri} at hub ${number}`);
    const { pathname, searchParams } = new URL(delivery.uri, 'http://hub');
    const [, kind, name = ''] = pathname.split('/');
    const opened = async (): Promise<IncomingResponse> => {
      if (kind === 'entry') {
        const { status, body } = await entryOf(hub, name);
        return { status, headers: {}, body: JSON.stringify(body) };
      }
      const way = await wayBackOf(hub, name, searchParams.get('authCode') ?? undefined);
      return way.kind === 'back'
        ? { status: 303, headers: {}, body: way.location }
        : { status: way.status, headers: {}, body: '' };
    };
    this.#options.tally.happened(kind === 'entry' ? 'entry pages' : 'ways back');
    return new Promise((resolve, reject) => {
      life.onEnd(() => reject(new NetworkFailure('broken', 'the hub was killed')));
      opened().then((answer) => (life.alive ? resolve(answer) : undefined), reject);
    });
  }

  /** A lost connection is weather; a decision that cannot decide, or SQL that fails, is a bug. */
  #failed(number: number, what: string, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#options.trace(`hub ${number} says: ${what}: ${text}`);
    const refusal = error instanceof EngineRefusal;
    const duplicate = error instanceof ServerError && error.code === '23505';
    const lost = (error as { code?: unknown }).code === '08006';
    if (lost || duplicate) return;
    if (refusal && !text.includes('could not decide')) return;
    const cause = error instanceof Error && error.cause ? `: ${error.cause}` : '';
    this.#options.auditor.blame(`hub ${number}: ${what}: ${text}${cause}`);
  }
}
