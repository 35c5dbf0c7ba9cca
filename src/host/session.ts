// One connection for one lane: many statements in one round trip, all of them or an error.

import pg from 'pg';
import type { Row, Session, Statement } from '../base/world.ts';
import { Batch, CommitRefused, type Prepared } from './batch.ts';

/**
 * A lane looks rows up by key and nothing else. Its tables start empty and without statistics, for
 * which the planner likes to scan; these make it use the keys whatever it believes, once and for
 * all (engine.md, "Traps met on the way").
 */
const LANE_SETTINGS = `
  set plan_cache_mode = force_generic_plan;
  set enable_seqscan = off;
  set enable_hashjoin = off;
  set enable_mergejoin = off;
  set enable_bitmapscan = off;
  set enable_memoize = off;
  set enable_material = off`;

/** The connection was lost while work was under way: nobody knows whether a commit happened. */
class ConnectionLost extends Error {
  /** SQLSTATE class 08, connection exception. */
  readonly code = '08006';
  constructor(cause: unknown) {
    super('The connection to the database was lost', { cause });
    this.name = 'ConnectionLost';
  }
}

const BEGIN = /^\s*(begin|start)\b/i;
const COMMIT = /^\s*(commit|end)\b/i;
const LONGEST_COMMAND = 60;

/** What one connection remembers. */
interface Connection {
  readonly client: pg.Client;
  /** Prepared statements by name, with how to read their columns. */
  readonly prepared: Map<string, Prepared>;
  /** Whether it is known to be unusable. */
  lost: boolean;
  /** Whether the last run left a transaction open. */
  inTransaction: boolean;
}

/**
 * Runs go one after the other. A run that fails leaves no transaction behind: it is rolled back, or
 * the connection is closed. If a connection is lost between the runs of one transaction, the next
 * run is rejected, since what it continues is gone; so is a commit behind a run that failed.
 */
export class PipelinedSession implements Session {
  readonly #name: string;
  readonly #config: pg.ClientConfig;
  readonly #onError: (error: Error) => void;
  #connection: Connection | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  #closed = false;

  constructor(name: string, config: pg.ClientConfig, onError: (error: Error) => void) {
    this.#name = name;
    this.#config = config;
    this.#onError = onError;
  }

  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    // What can go at once is sent before this returns: whoever calls may have long work to do then.
    const isFree = this.#underWay++ === 0;
    const run = isFree ? this.#run(statements) : this.#last.then(() => this.#run(statements));
    this.#last = run.then(this.#over, this.#over);
    return run;
  }

  readonly #over = (): void => {
    this.#underWay--;
  };

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#connection?.client.end();
  }

  async #run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    const connection = this.#ready() ?? (await this.#connected());
    if (statements.length === 0) return [];
    if (!connection.inTransaction && commitsWithoutBegin(statements)) throw new CommitRefused();
    try {
      const batch = new Batch(statements, connection.prepared);
      const rows = await batch.sendOn(connection.client);
      connection.inTransaction = batch.leftTransactionOpen;
      return rows;
    } catch (error) {
      await this.#recover(connection);
      throw connection.lost && !(error instanceof pg.DatabaseError)
        ? new ConnectionLost(error)
        : error;
    }
  }

  /** A failed run is over once the connection is outside any transaction, or given up. */
  async #recover(connection: Connection): Promise<void> {
    connection.inTransaction = false;
    if (connection.lost) return;
    try {
      await connection.client.query('rollback');
    } catch {
      // It does not even roll back: the server does so when the connection is closed.
      connection.lost = true;
      await connection.client.end();
    }
  }

  #ready(): Connection | undefined {
    return this.#closed || this.#connection?.lost ? undefined : this.#connection;
  }

  async #connected(): Promise<Connection> {
    if (this.#closed) throw new Error(`The session ${this.#name} is closed`);
    const present = this.#connection;
    this.#connection = undefined;
    if (present?.inTransaction) {
      throw new ConnectionLost('the transaction that this run continues is gone');
    }
    const client = new pg.Client({ ...this.#config, application_name: `wayfare ${this.#name}` });
    const connection: Connection = {
      client,
      prepared: new Map(),
      lost: false,
      inTransaction: false,
    };
    client.on('error', (error) => {
      connection.lost = true;
      this.#onError(error);
    });
    client.on('end', () => {
      connection.lost = true;
    });
    try {
      await client.connect();
      if (this.#name.startsWith('lane:')) await client.query(LANE_SETTINGS);
    } catch (error) {
      connection.lost = true;
      await client.end();
      throw error;
    }
    this.#connection = connection;
    return connection;
  }
}

/** Whether a commit comes first that ends no transaction of this batch. */
function commitsWithoutBegin(statements: readonly Statement[]): boolean {
  for (const { text } of statements) {
    // The words are short; the long statements of a tick are not looked through.
    if (text.length > LONGEST_COMMAND) continue;
    if (BEGIN.test(text)) return false;
    if (COMMIT.test(text)) return true;
  }
  return false;
}
