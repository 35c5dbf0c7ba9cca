// The simulated database: real SQL on one backend, with slow answers, lost connections and kills.

import { createHash } from 'node:crypto';
import type { Database, Row, Session, SqlValue, Statement } from '../base/world.ts';
import type { PostgresBackend } from './postgresWire.ts';
import type { Life, VirtualTime } from './time.ts';

/** What goes wrong around one run of statements; nothing happens to most of them. */
export type RunFault =
  /** The process dies before the server has seen the run, or after it has carried it out. */
  | 'killed_before'
  | 'killed_after'
  /** The connection breaks likewise; the process lives on and knows only that. */
  | 'lost_before'
  | 'lost_after';

export interface DatabaseFaults {
  latencyMs(): number;
  /** Asked once a run; `commits` is true where the run ends a transaction. */
  fault(commits: boolean): RunFault | undefined;
}

/** Lets a planted fault change what is sent to the server, or what comes back. */
export interface StatementShim {
  statement?(statement: Statement): Statement;
  rows?(statement: Statement, rows: readonly Row[]): readonly Row[];
}

interface Job {
  readonly life: Life;
  readonly session: string;
  /** May run inside an open transaction of the same process. */
  readonly beside: boolean;
  readonly statements: readonly Statement[];
  readonly resolve: (outcome: JobOutcome) => void;
  readonly reject: (error: unknown) => void;
}

interface JobOutcome {
  readonly rows: readonly (readonly Row[])[];
  readonly names: readonly (readonly string[])[];
}

/**
 * A reader beside a transaction begins and ends none, or it would end that one. What it asks is
 * prepared once by its own text: to plan it again and again would be most of its work.
 */
function withoutBounds(statement: Statement): Statement {
  const isBound = /^(begin|commit|rollback|set local)\b/.test(statement.text);
  const own = isBound ? { text: 'select 1 where false', values: [] } : statement;
  return { ...own, name: createHash('sha256').update(own.text).digest('hex').slice(0, 32) };
}

/** SQLSTATE class 08: nobody knows whether a commit happened. */
class ConnectionLost extends Error {
  readonly code = '08006';
  constructor() {
    super('the connection to the database was lost');
    this.name = 'ConnectionLost';
  }
}

/**
 * One backend for all processes of a simulation: whoever has begun a transaction has it to himself
 * until the end, as if it had locked everything. Coarser than Postgres, never more permissive.
 */
export class SimulatedDatabase {
  runs = 0;
  readonly #backend: PostgresBackend;
  readonly #time: VirtualTime;
  readonly #faults: DatabaseFaults;
  readonly #shim: StatementShim;
  readonly #kill: (life: Life) => void;
  #queue: Job[] = [];
  #owner: { life: Life; session: string } | undefined;
  #busy = false;

  constructor(options: {
    backend: PostgresBackend;
    time: VirtualTime;
    faults: DatabaseFaults;
    shim: StatementShim;
    /** Ends the process that the fault hit. */
    kill: (life: Life) => void;
  }) {
    this.#backend = options.backend;
    this.#time = options.time;
    this.#faults = options.faults;
    this.#shim = options.shim;
    this.#kill = options.kill;
  }

  /**
   * The database as one process sees it. Without `log`, messages for the log are thrown away. With
   * `readsBeside` its single reads do not wait for its own open transaction: on a real server they
   * would be another connection's. Nor do `readers`, sessions that only read closed days: what they
   * read is not changed by the transaction beside which they run.
   */
  connect(
    life: Life,
    options: { log: boolean; readsBeside?: true; readers?: readonly string[] },
  ): Database {
    life.onEnd(() => this.#forget(life));
    const submit = (session: string, statements: readonly Statement[], beside = false) =>
      new Promise<JobOutcome>((resolve, reject) => {
        if (!life.alive) return;
        this.#time.stir();
        this.#queue.push({ life, session, beside, statements, resolve, reject });
        this.#pump();
      });
    const session = (name: string): Session => {
      const isReader = options.readers?.includes(name) ?? false;
      return {
        run: async (statements) => {
          if (name === 'log' && !options.log) return [];
          const own = isReader ? statements.map(withoutBounds) : statements;
          return (await submit(name, own, isReader)).rows;
        },
      };
    };
    let reads = 0;
    return {
      session,
      async query<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
        const beside = options.readsBeside === true;
        const statements = [{ text, values }];
        const { rows, names } = await submit(`read ${++reads}`, statements, beside);
        return (rows[0] ?? []).map(
          (row) =>
            Object.fromEntries((names[0] ?? []).map((name, index) => [name, row[index]])) as T,
        );
      },
      close: async () => {},
    };
  }

  /** The connections of a dead process break: what it had not committed never was. */
  #forget(life: Life): void {
    this.#queue = this.#queue.filter((job) => job.life !== life);
    if (this.#owner?.life === life && !this.#busy) {
      this.#rollback();
      this.#pump();
    }
  }

  #rollback(): void {
    this.#backend.run([{ text: 'rollback', values: [] }]);
    this.#owner = undefined;
  }

  #pump(): void {
    while (!this.#busy) {
      const owner = this.#owner;
      const at = this.#queue.findIndex(
        (job) =>
          owner === undefined ||
          (job.life === owner.life && (job.beside || job.session === owner.session)),
      );
      const job = at < 0 ? undefined : this.#queue.splice(at, 1)[0];
      if (job === undefined) return;
      this.#busy = true;
      const latency = this.#faults.latencyMs();
      if (latency > 0) {
        this.#time.after(latency, () => {
          this.#execute(job);
          this.#pump();
        });
        return;
      }
      this.#execute(job);
    }
  }

  #execute(job: Job): void {
    this.#busy = false;
    const commits = job.statements.some(({ text }) => text === 'commit');
    const fault = job.life.alive ? this.#faults.fault(commits) : 'killed_before';
    if (fault === 'killed_before' || fault === 'lost_before') {
      if (this.#owner !== undefined) this.#rollback();
      this.#fail(job, fault);
      return;
    }
    this.runs++;
    const change = this.#shim.statement;
    const statements = change ? job.statements.map((each) => change(each)) : job.statements;
    const outcome = this.#backend.run(statements);
    const session = job.beside ? (this.#owner?.session ?? job.session) : job.session;
    this.#owner = outcome.inTransaction ? { life: job.life, session } : undefined;
    if (outcome.error !== undefined || fault !== undefined) {
      if (this.#owner !== undefined) this.#rollback();
      if (fault !== undefined) this.#fail(job, fault);
      else job.reject(outcome.error);
      return;
    }
    const read = this.#shim.rows;
    const rows = read
      ? outcome.rows.map((found, index) => read(statements[index] as Statement, found))
      : outcome.rows;
    this.#time.stir();
    job.resolve({ rows, names: outcome.names });
  }

  #fail(job: Job, fault: RunFault): void {
    this.#time.stir();
    if (fault === 'lost_before' || fault === 'lost_after') job.reject(new ConnectionLost());
    else this.#kill(job.life);
  }
}
