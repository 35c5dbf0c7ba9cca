// Keeps the book of approved merchants up to date while somebody requires registration.

import type { Database } from '../base/world.ts';
import { RegistrationBook } from '../network/registrationBook.ts';
import { fillBook, lastMark, readRequired } from './store.ts';

/** Has a lifetime, because it remembers how far it has read. */
export class BookKeeper {
  readonly book = new RegistrationBook();
  readonly #database: Database;
  #seen = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads who requires registration, and what wallets have said, before it is asked for. */
  async reload(): Promise<void> {
    const required = await readRequired(this.#database);
    if (required.size > 0) await this.#read();
    this.book.require(required);
  }

  /** Reads what wallets have said since, through this process or another. */
  async follow(): Promise<void> {
    if (this.book.isNeeded) await this.#read();
  }

  async #read(): Promise<void> {
    const mark = await lastMark(this.#database);
    if (mark !== this.#seen) await fillBook(this.#database, this.book, this.#seen);
    this.#seen = mark;
  }
}
