// Transactions that begin in one round trip and end in another: one at a time on a session.

import type { Database, Session, Statement } from './world.ts';

const rollback: Statement = { text: 'rollback', values: [] };

/** The last piece of work on each session of each database. */
const turns = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * Gives `work` the session of that name once all work that asked for it before is over. A session
 * is one connection: without turns the statements of two transactions under way at once would be
 * one transaction. What `work` has begun and not ended when it fails is rolled back. Work must not
 * ask for a turn on its own session; that of other processes waits for locks, as ever.
 */
export function inTurn<T>(
  database: Database,
  name: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let ofDatabase = turns.get(database);
  if (ofDatabase === undefined) {
    ofDatabase = new Map();
    turns.set(database, ofDatabase);
  }
  const turn = (ofDatabase.get(name) ?? Promise.resolve()).then(() =>
    wholeOrNothing(database.session(name), work),
  );
  ofDatabase.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

async function wholeOrNothing<T>(
  session: Session,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  try {
    return await work(session);
  } catch (error) {
    // Where there is no transaction this does nothing. When it fails the connection is lost, and
    // the server has taken everything back: the first error is the one to be told.
    await session.run([rollback]).catch(() => undefined);
    throw error;
  }
}
