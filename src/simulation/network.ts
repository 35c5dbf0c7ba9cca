// The simulated network: it loses, delays, doubles and reorders what parties say to each other.

import {
  type IncomingResponse,
  type Network,
  NetworkFailure,
  type NetworkFailureReason,
  type OutgoingRequest,
} from '../base/world.ts';
import type { Chance } from './chance.ts';
import type { Life, VirtualTime } from './time.ts';

/** How bad the network is; probabilities from 0 to 1. */
export interface Weather {
  readonly loss: number;
  readonly doubling: number;
  readonly answerLoss: number;
  /** How often something takes seconds instead of milliseconds. */
  readonly slowness: number;
  readonly latencyMs: number;
  readonly slowMs: number;
  /** Delays come in steps of this: a coarser grid lets more things happen at one instant. */
  readonly gridMs: number;
}

export const fairWeather: Weather = {
  loss: 0,
  doubling: 0,
  answerLoss: 0,
  slowness: 0,
  latencyMs: 20,
  slowMs: 0,
  gridMs: 20,
};

/** A request as it reaches a party. */
export interface Delivery {
  readonly from: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** True for the second of two deliveries of one request. */
  readonly again: boolean;
}

/** Answers a delivery; a promise that never ends is a party that never answers. */
export type Party = (delivery: Delivery) => Promise<IncomingResponse>;

/** Sees what is put on the line, whether it arrives or not. */
export type Tap = (from: string, to: string, request: OutgoingRequest) => void;

export class SimulatedNetwork {
  weather: Weather = fairWeather;
  /** Messages on their way. */
  underWay = 0;
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #tap: Tap;
  readonly #parties = new Map<string, Party>();

  constructor(time: VirtualTime, chance: Chance, tap: Tap) {
    this.#time = time;
    this.#chance = chance;
    this.#tap = tap;
  }

  /**
   * Hosts are told apart without their case. A party that rejects with `unreachable` or `broken` is
   * answered for by the network.
   */
  register(host: string, party: Party): void {
    this.#parties.set(host.toLowerCase(), party);
  }

  /** The network as one party sees it; what the dead wait for never comes. */
  of(name: string, life?: Life): Network {
    return {
      post: (request) =>
        new Promise((resolve, reject) => {
          if (life?.alive === false) return;
          const ifAlive =
            <T>(then: (value: T) => void) =>
            (value: T) => {
              if (life?.alive !== false) then(value);
            };
          this.#send(name, request, ifAlive(resolve), ifAlive(reject));
        }),
    };
  }

  #send(
    from: string,
    request: OutgoingRequest,
    resolve: (response: IncomingResponse) => void,
    reject: (failure: NetworkFailure) => void,
  ): void {
    const url = new URL(request.url);
    this.#time.stir();
    this.#tap(from, url.hostname, request);
    const { weather } = this;
    const cancel = this.#time.after(request.timeoutMs, () =>
      reject(new NetworkFailure('timeout', `${url.hostname} did not answer in time`)),
    );
    const fail = (reason: NetworkFailureReason) => {
      cancel();
      reject(new NetworkFailure(reason, `${url.hostname} is ${reason}`));
    };
    const deliver = (again: boolean) => {
      if (this.#chance.happens(weather.loss)) return;
      this.#carry(() => {
        const delivery: Delivery = {
          from,
          uri: url.pathname + url.search,
          headers: request.headers,
          body: request.body,
          again,
        };
        const party = this.#parties.get(url.hostname);
        if (party === undefined) return fail('unreachable');
        party(delivery).then(
          (response) =>
            this.#answer(response, (heard) => {
              cancel();
              resolve(heard);
            }),
          (error: unknown) => {
            if (!(error instanceof NetworkFailure)) throw error;
            this.#carry(() => fail(error.reason));
          },
        );
      });
    };
    deliver(false);
    if (this.#chance.happens(weather.doubling)) deliver(true);
  }

  #answer(response: IncomingResponse, heard: (response: IncomingResponse) => void): void {
    this.#time.stir();
    if (this.#chance.happens(this.weather.answerLoss)) return;
    this.#carry(() => heard(response));
  }

  #carry(arrive: () => void): void {
    this.underWay++;
    this.#time.after(this.#delay(), () => {
      this.underWay--;
      arrive();
    });
  }

  #delay(): number {
    const { latencyMs, slowMs, slowness, gridMs } = this.weather;
    const delay = this.#chance.happens(slowness)
      ? this.#chance.between(latencyMs, slowMs)
      : this.#chance.between(1, latencyMs * 2);
    return Math.ceil(delay / gridMs) * gridMs;
  }
}
