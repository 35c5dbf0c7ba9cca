// The log of signed messages: every exchange with a partner, as evidence, written in batches.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import { limits } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import { withoutSecrets } from '../wire/secrets.ts';
import { writeMessages } from './messageStore.ts';

/**
 * One exchange: what was sent and answered, byte for byte, with our verdict on the partner's part.
 */
export interface Exchange {
  readonly at: number;
  /** `in`: the partner called us. `out`: we called the partner. */
  readonly direction: 'in' | 'out';
  readonly participantId: string | null;
  readonly api: string;
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
  readonly requestBody: string;
  readonly requestVerdict: string;
  /** null where no answer came. */
  readonly responseStatus: number | null;
  readonly responseHeaders: Readonly<Record<string, unknown>>;
  readonly responseBody: string;
  readonly responseVerdict: string;
  readonly durationMs: number;
  readonly paymentNumber: number | null;
}

export interface LoggedExchange extends Exchange {
  readonly messageId: string;
  readonly lane: number;
}

const flushMs = 100;
const mostInBatch = 500;
const longestHeader = 1_024;
const keptHeaders = [
  'client-id',
  'request-time',
  'response-time',
  'signature',
  'content-type',
  'agent-token',
];

/**
 * Keeps exchanges until the next batch. It is not part of the money: a hub that is killed may lose
 * the last tenth of a second of it, never a payment.
 */
export class MessageLog {
  /** How many exchanges were dropped because the database could not keep up. */
  dropped = 0;
  readonly #database: Database;
  readonly #clock: Pick<Clock, 'pause'>;
  readonly #lanes: number;
  readonly #process: string;
  readonly #failed: (error: unknown) => void;
  #count = 0;
  #waiting: LoggedExchange[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: {
    database: Database;
    clock: Pick<Clock, 'pause'>;
    lanes: number;
    /** Tells this process apart from others in message ids. */
    process: string;
    failed: (error: unknown) => void;
  }) {
    this.#database = options.database;
    this.#clock = options.clock;
    this.#lanes = options.lanes;
    this.#process = options.process;
    this.#failed = options.failed;
  }

  record(exchange: Exchange): void {
    if (this.#waiting.length >= limits.messagesWaiting) {
      this.#waiting.shift();
      this.dropped++;
    }
    const count = String(++this.#count).padStart(8, '0');
    const { paymentNumber } = exchange;
    this.#waiting.push({
      ...exchange,
      requestBody: withoutSecrets(exchange.api, exchange.requestBody),
      responseBody: withoutSecrets(exchange.api, exchange.responseBody),
      requestHeaders: signedHeaders(exchange.requestHeaders),
      responseHeaders: signedHeaders(exchange.responseHeaders),
      messageId: `${exchange.at}-${this.#process}-${count}`,
      lane: paymentNumber === null ? 0 : laneOfSlot(slotOfNumber(paymentNumber), this.#lanes),
    });
    this.#flushing ??= this.#flushSoon();
  }

  /** Resolves when all that was recorded before has been written. */
  async flush(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  async #flushSoon(): Promise<void> {
    // A batch that is full already waits for nothing more.
    if (this.#waiting.length < mostInBatch) {
      await this.#clock.pause(flushMs);
    }
    const batch = this.#waiting.splice(0, mostInBatch);
    try {
      const session = this.#database.session('log');
      await session.run(writeMessages(batch));
    } catch (error) {
      // The log must not stop payments; the batch is lost and said to be.
      this.dropped += batch.length;
      this.#failed(error);
    }
    this.#flushing = this.#waiting.length > 0 ? this.#flushSoon() : undefined;
  }
}

/** The headers that the signature stands on; others are of no use as evidence. */
function signedHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, longestHeader);
  }
  return kept;
}
