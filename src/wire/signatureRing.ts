// The memory through which one thread hands signatures to another, which makes or judges them.

/** How many can be under way at once; a power of two. */
const places = 512;
/** What a place holds: a content and, to be judged, its signature. */
const placeBytes = 8 * 1_024;
/** Of a UTF-16 unit in UTF-8. */
const bytesPerUnit = 3;

const counter = { handed: 0, done: 1, called: 2 } as const;
const counters = 3;
const field = { kind: 0, key: 1, content: 2, signature: 3, outcome: 4 } as const;
const fields = 5;

/** What is asked of the other thread. */
export const work = { sign: 1, verify: 2 } as const;
/** `no`: the signature does not fit. `failed`: OpenSSL would not do it at all. */
export const outcomes = { yes: 1, no: 2, failed: 3 } as const;

type Values<T> = T[keyof T];

/** A piece of work as the other thread sees it; the bytes are those of the shared memory. */
export interface Piece {
  readonly kind: Values<typeof work>;
  readonly key: number;
  readonly content: Buffer;
  readonly signature: Buffer;
}

/**
 * A ring with one thread at each end. Pieces are done in the order in which they were handed over,
 * so two counters say all: how many were handed, how many are done. They may wrap around.
 */
export class SignatureRing {
  readonly memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #fields: Int32Array;
  readonly #bytes: Buffer;
  /** This side's own count: of pieces told (the asking side) or of pieces done (the other). */
  #at = 0;

  constructor(memory?: SharedArrayBuffer) {
    const numbers = counters + places * fields;
    this.memory = memory ?? new SharedArrayBuffer(numbers * 4 + places * placeBytes);
    this.#counters = new Int32Array(this.memory, 0, counters);
    this.#fields = new Int32Array(this.memory, counters * 4, places * fields);
    this.#bytes = Buffer.from(this.memory, numbers * 4);
  }

  /** Whether a piece of this content and signature would find a place now. */
  hasRoom(content: string | Buffer, signature?: Buffer): boolean {
    const units = typeof content === 'string' ? bytesPerUnit : 1;
    if (content.length * units + (signature?.length ?? 0) > placeBytes) return false;
    return ((Atomics.load(this.#counters, counter.handed) - this.#at) | 0) < places;
  }

  /** Hands over a piece, for which there must be room; its place. */
  hand(
    kind: Values<typeof work>,
    key: number,
    content: string | Buffer,
    signature?: Buffer,
  ): number {
    const handed = Atomics.load(this.#counters, counter.handed);
    const place = handed & (places - 1);
    const bytes = this.#bytesOf(place);
    const length = typeof content === 'string' ? bytes.write(content) : content.copy(bytes);
    this.#set(place, field.kind, kind);
    this.#set(place, field.key, key);
    this.#set(place, field.content, length);
    this.#set(place, field.signature, signature?.copy(bytes, length) ?? 0);
    Atomics.store(this.#counters, counter.handed, (handed + 1) | 0);
    Atomics.notify(this.#counters, counter.handed);
    return place;
  }

  /** The next place that is done and not told yet, in order; it is free at the next call. */
  told(): number | undefined {
    if (this.#at === Atomics.load(this.#counters, counter.done)) return undefined;
    const place = this.#at & (places - 1);
    this.#at = (this.#at + 1) | 0;
    return place;
  }

  outcomeOf(place: number): Values<typeof outcomes> {
    return this.#get(place, field.outcome) as Values<typeof outcomes>;
  }

  /** A copy of the signature that was made. */
  signatureOf(place: number): Buffer {
    return Buffer.from(this.#bytesOf(place).subarray(0, this.#get(place, field.signature)));
  }

  /** The call was heard: what is done from now on calls again. */
  heard(): void {
    Atomics.store(this.#counters, counter.called, 0);
  }

  /** The other side: sleeps until there is a piece. */
  take(): Piece {
    // It wakes, or does not even fall asleep, as soon as that many are no longer all.
    Atomics.wait(this.#counters, counter.handed, this.#at);
    const place = this.#at & (places - 1);
    const bytes = this.#bytesOf(place);
    const length = this.#get(place, field.content);
    return {
      kind: this.#get(place, field.kind) as Piece['kind'],
      key: this.#get(place, field.key),
      content: bytes.subarray(0, length),
      signature: bytes.subarray(length, length + this.#get(place, field.signature)),
    };
  }

  /** The piece taken last is done; true where the asking side has to be called. */
  done(outcome: Values<typeof outcomes>, signature?: Buffer): boolean {
    const place = this.#at & (places - 1);
    this.#set(place, field.outcome, outcome);
    if (signature !== undefined) {
      this.#set(place, field.signature, signature.copy(this.#bytesOf(place)));
    }
    this.#at = (this.#at + 1) | 0;
    Atomics.store(this.#counters, counter.done, this.#at);
    return Atomics.exchange(this.#counters, counter.called, 1) === 0;
  }

  #bytesOf(place: number): Buffer {
    return this.#bytes.subarray(place * placeBytes, (place + 1) * placeBytes);
  }

  #get(place: number, name: Values<typeof field>): number {
    return this.#fields[place * fields + name] as number;
  }

  #set(place: number, name: Values<typeof field>, value: number): void {
    this.#fields[place * fields + name] = value;
  }
}
