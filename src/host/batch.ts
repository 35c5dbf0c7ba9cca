// Statements on their way through one connection: sent as one packet with one sync at its end.
import type pg from 'pg';
import type { Row, SqlValue, Statement } from '../base/world.ts';
import { columnParser } from './columns.ts';

/** A commit of a transaction that had failed, or was lost, before: nothing was committed. */
export class CommitRefused extends Error {
  /** SQLSTATE in_failed_sql_transaction. */
  readonly code = '25P02';
  constructor() {
    super('There is no transaction to commit: it has failed or was lost before');
    this.name = 'CommitRefused';
  }
}

type ColumnReader = (text: string) => unknown;

/** A statement that a connection has parsed, and how to read its columns. */
export interface Prepared {
  readonly text: string;
  columns: readonly ColumnReader[];
}

/** The part of `pg`'s connection that a batch writes on; `pg` has no types for it. */
interface WireConnection {
  readonly stream: { cork(): void; uncork(): void; write(bytes: Uint8Array): void };
  close(message: { type: 'S'; name: string }): void;
  parse(message: { text: string; name: string }): void;
  bind(message: { statement: string; values: readonly (string | null)[] }): void;
  describe(message: { type: 'P' }): void;
  execute(message: undefined): void;
  sync(): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/**
 * Hands a whole batch to `pg` as if it were one query. `pg`'s own pipeline mode sends a sync after
 * every statement, and the server answers each of them and goes on past an error. With one sync at
 * the end the server itself skips everything behind the first error and answers in one packet.
 * A statement that the connection has parsed before is only bound and executed.
 *
 * Without BEGIN among the statements the whole batch is one transaction of its own.
 */
export class Batch {
  /** Whether the connection is inside a transaction after this batch. */
  leftTransactionOpen = false;

  readonly #statements: readonly Statement[];
  readonly #known: Map<string, Prepared>;
  /** How each statement is read; a fresh one learns its columns from the server's description. */
  readonly #plans: Prepared[] = [];
  readonly #rows: Row[][] = [];
  #index = 0;
  #failure: Error | undefined;
  #client: pg.Client | undefined;
  #resolve: (rows: Row[][]) => void = () => {};
  #reject: (error: Error) => void = () => {};

  /** `known` belongs to the connection: the statements it has parsed, by name. */
  constructor(statements: readonly Statement[], known: Map<string, Prepared>) {
    this.#statements = statements;
    this.#known = known;
  }

  /** Resolves to the rows of every statement; rejects with the first error. */
  sendOn(client: pg.Client): Promise<readonly (readonly Row[])[]> {
    this.#client = client;
    return new Promise<Row[][]>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      client.query(this as unknown as pg.Submittable);
    });
  }

  /** Called by `pg` when it is this batch's turn. */
  submit(connection: WireConnection): Error | null {
    const fresh = new Map<string, Prepared>();
    try {
      connection.stream.cork();
      for (const statement of this.#statements) this.#write(connection, statement, fresh);
    } catch (error) {
      this.#failure = error as Error;
    } finally {
      connection.sync();
      connection.stream.uncork();
    }
    return null;
  }

  #write(connection: WireConnection, statement: Statement, fresh: Map<string, Prepared>): void {
    const { name = '', text } = statement;
    let plan = name === '' ? undefined : (this.#known.get(name) ?? fresh.get(name));
    if (plan && plan.text !== text) {
      throw new Error(`The statement name ${name} is used for two different statements`);
    }
    const isFresh = !plan;
    if (!plan) {
      plan = { text, columns: [] };
      if (name !== '') {
        fresh.set(name, plan);
        // A batch that failed half-way may have left it parsed. To close nothing is no error.
        connection.close({ type: 'S', name });
      }
      connection.parse({ name, text });
    }
    connection.bind({ statement: name, values: statement.values.map(asParameter) });
    if (isFresh) connection.describe({ type: 'P' });
    connection.execute(undefined);
    if (statement.copied !== undefined) {
      // It is not waited for that the server asks: if it fails before, it skips this too.
      connection.stream.write(copyDataHead(statement.copied.length));
      connection.stream.write(statement.copied);
      connection.endCopyFrom();
    }
    this.#plans.push(plan);
    this.#rows.push([]);
  }

  handleRowDescription(message: { fields: readonly { dataTypeID: number }[] }): void {
    const plan = this.#plans[this.#index];
    if (plan) plan.columns = message.fields.map((field) => columnParser(field.dataTypeID));
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    const columns = this.#plans[this.#index]?.columns ?? [];
    const row: unknown[] = message.fields;
    try {
      for (let column = 0; column < row.length; column += 1) {
        const text = row[column];
        if (text !== null) row[column] = columns[column]?.(text as string);
      }
    } catch (error) {
      this.#failure ??= error as Error;
    }
    this.#rows[this.#index]?.push(row);
  }

  handleCommandComplete(message: { text: string }): void {
    const { name, text } = this.#statements[this.#index] as Statement;
    if (message.text === 'ROLLBACK' && !/^\s*rollback/i.test(text)) {
      this.#failure ??= new CommitRefused();
    }
    if (name !== undefined) this.#known.set(name, this.#plans[this.#index] as Prepared);
    this.#index += 1;
  }

  handleEmptyQuery(): void {
    this.#index += 1;
  }

  handleReadyForQuery(): void {
    this.leftTransactionOpen = this.#client?.getTransactionStatus() === 'T';
    if (this.#failure) this.#reject(this.#failure);
    else this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#reject(this.#failure ?? error);
  }

  handlePortalSuspended(): void {
    this.#failure ??= new Error('A batch does not read rows in portions');
  }

  handleCopyInResponse(connection: WireConnection): void {
    if (this.#statements[this.#index]?.copied !== undefined) return;
    connection.sendCopyFail('A batch has no data to copy');
  }

  handleCopyData(): void {
    this.#failure ??= new Error('A batch does not copy data out');
  }
}

/** The protocol's CopyData, without its data: `pg` would copy that into a buffer of its own. */
function copyDataHead(dataBytes: number): Uint8Array {
  const head = Buffer.from('d0000');
  head.writeInt32BE(4 + dataBytes, 1);
  return head;
}

function asParameter(value: SqlValue): string | null {
  return typeof value === 'string' || value === null ? value : String(value);
}
