// Virtual time: it stands still while anything can be done, then jumps to the next thing that is
// due.

import type { Clock, MovableClock } from '../base/world.ts';

interface Event {
  readonly at: number;
  /** Events of one instant happen in the order in which they were made. */
  readonly order: number;
  task: (() => void) | undefined;
}

/** How many turns of the event loop without a sign of life mean that nobody is at work any more. */
const quietTurns = 3;

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/**
 * The clock of the whole simulated world. Everything that runs in it says so by `stir` (a call to
 * the database or the network, a new timer), so that it is known when all of it waits.
 */
export class VirtualTime implements Clock {
  /** Events that have happened. */
  happened = 0;
  #now: number;
  #order = 0;
  #stirred = 0;
  readonly #heap: Event[] = [];

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, task: () => void): () => void {
    this.#stirred++;
    const event: Event = {
      at: this.#now + Math.max(0, Math.ceil(delayMs)),
      order: this.#order++,
      task,
    };
    this.#push(event);
    return () => {
      event.task = undefined;
    };
  }

  /** A sign of life of somebody who works without a timer. */
  stir(): void {
    this.#stirred++;
  }

  // Here all time is virtual, and both kinds are one.

  elapsed(): number {
    return this.#now;
  }

  wait(delayMs: number, task: () => void): () => void {
    return this.after(delayMs, task);
  }

  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  /**
   * Lets time go on until `done` says so. Rejects when nothing is left that could ever happen, or
   * when `latest` is passed: then somebody waits for what will not come.
   */
  async run(done: () => boolean, latest: number): Promise<void> {
    await this.#settle();
    while (!done()) {
      const next = this.#heap[0];
      if (next === undefined) throw new Error('nothing is left to happen');
      if (next.at > latest) throw new Error('time is over');
      this.#now = Math.max(this.#now, next.at);
      while (this.#heap[0] !== undefined && this.#heap[0].at <= this.#now) {
        const event = this.#pop();
        if (event.task === undefined) continue;
        this.happened++;
        event.task();
      }
      await this.#settle();
    }
  }

  /** Returns when everybody waits for time to pass. */
  async #settle(): Promise<void> {
    let quiet = 0;
    let seen = this.#stirred;
    while (quiet < quietTurns) {
      await turn();
      if (this.#stirred === seen) quiet++;
      else [quiet, seen] = [0, this.#stirred];
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent] as Event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event {
    const heap = this.#heap;
    const first = heap[0] as Event;
    const last = heap.pop() as Event;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Event)) child++;
      if (!isBefore(heap[child] as Event, last)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** One run of a process: when it is killed, nothing that it still waits for happens to it. */
export class Life {
  alive = true;
  readonly #endings: (() => void)[] = [];

  onEnd(ending: () => void): void {
    this.#endings.push(ending);
  }

  end(): void {
    if (!this.alive) return;
    this.alive = false;
    for (const ending of this.#endings) ending();
  }

  /** The clock as this process sees it: a timer of the dead does nothing. */
  clock(time: VirtualTime): MovableClock {
    const after: Clock['after'] = (delayMs, task) =>
      time.after(delayMs, () => {
        if (this.alive) task();
      });
    return {
      now: () => time.now(),
      after,
      elapsed: () => time.now(),
      wait: after,
      pause: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
      // Virtual time jumps by itself; nobody moves it besides.
      offsetMs: () => 0,
      moveTo: () => undefined,
    };
  }
}
