// The world outside the hub, as four small interfaces: everything that is not pure comes through
// here.

/**
 * Time, of two kinds. Business time is what the network's rules are about: in a sandbox network it
 * may be moved forward. Real time is what machines and people wait for: it is never moved.
 */
export interface Clock {
  /** Business time: milliseconds since 1970-01-01T00:00:00Z, as an integer. */
  now(): number;
  /** Runs `task` once `delayMs` of business time are over; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
  /** Real milliseconds from a start of its own: for how long something took. */
  elapsed(): number;
  /** Runs `task` once after `delayMs` of real time; the returned function cancels it. */
  wait(delayMs: number, task: () => void): () => void;
  /** Resolves after `delayMs` of real time. */
  pause(delayMs: number): Promise<void>;
}

/** A clock whose business time can be ahead of the real one, and only ever gets further ahead. */
export interface MovableClock extends Clock {
  /** How far business time is ahead of real time now, in milliseconds. */
  offsetMs(): number;
  /**
   * Takes on an offset; a smaller one than it has is ignored. Business timers whose time is then
   * over run at once.
   */
  moveTo(offsetMs: number): void;
}

/** Chance: the only source of ids that must not be guessed and of jitter. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A text of `length` decimal digits, each equally likely. */
  digits(length: number): string;
}

/** An HTTP POST to a partner; `body` is exactly the bytes that were signed. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** The partner's HTTP answer; header names are in lower case. */
export interface IncomingResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why no HTTP answer came; after any of these the partner may or may not have acted. */
export type NetworkFailureReason = 'timeout' | 'unreachable' | 'broken' | 'too_large';

export class NetworkFailure extends Error {
  readonly reason: NetworkFailureReason;
  constructor(reason: NetworkFailureReason, message: string) {
    super(message);
    this.name = 'NetworkFailure';
    this.reason = reason;
  }
}

/** Calls to partners. Rejects only with `NetworkFailure`. */
export interface Network {
  post(request: OutgoingRequest): Promise<IncomingResponse>;
}

/**
 * One SQL statement. `name` makes it a named prepared statement on a connection.
 * Parameters are text, numbers, bigints, booleans or null; arrays are sent as array literals in
 * text.
 */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly SqlValue[];
  /** What a `copy ... from stdin` reads; sent behind it, whole. */
  readonly copied?: Uint8Array;
}

export type SqlValue = string | number | bigint | boolean | null;

/** A row as an array of columns in select order; every int8 and numeric arrives as text. */
export type Row = readonly unknown[];

/** One connection for one piece of work; statements given together travel in one round trip. */
export interface Session {
  /** Runs the statements in order and returns their rows; rejects on the first that fails. */
  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
}

/** The database: sessions are kept apart by name, so that each lane keeps its own connection. */
export interface Database {
  /** A long-lived session of its own (a lane's, a log's); after a failure it reconnects. */
  session(name: string): Session;
  /** A read outside any lane, on a shared pool; rows as objects keyed by column name. */
  query<T = Record<string, unknown>>(text: string, values?: readonly SqlValue[]): Promise<T[]>;
  close(): Promise<void>;
}

/** Everything outside, handed to those who need it; the simulator hands a seeded one. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly database: Database;
}
