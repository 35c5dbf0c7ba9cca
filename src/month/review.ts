// The afternoon after a close: each partner reads its files, and the network compares its books
// with each partner's.

import { type Calendars, dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { type Delivery, openDelivery } from '../files/deliveryCommands.ts';
import { openOnDisk } from '../files/diskStore.ts';
import { filesOfBatch } from '../files/store.ts';
import type { SettlementBatch } from '../settlement/settlement.ts';
import type { CloseAudit } from './closeAudit.ts';
import { banksWork } from './duty.ts';
import type { Office } from './office.ts';
import { type Agreed, readDay } from './partnerDesk.ts';
import { type FetchedFile, fetchFiles, isoAmount, isoText } from './partnerFiles.ts';
import type { Person } from './people.ts';
import { type PlantedFault, tamper } from './planted.ts';
import { partnerMistakes, reconcileDay } from './reconciling.ts';
import { type Parties, type Placed, placedRows } from './truth.ts';

export interface ReviewOptions {
  readonly office: Office;
  readonly audit: CloseAudit;
  readonly people: readonly Person[];
  readonly parties: Parties;
  readonly agreed: (person: Person) => Agreed;
  readonly holidays: Calendars;
  readonly faults: readonly PlantedFault[];
  readonly firstDay: ClearingDay;
  readonly blame: (violation: string) => void;
}

/** What an afternoon has come to. */
export interface ReviewCount {
  files: number;
  rows: number;
  /** Breaks that were foretold: another day by the partner's clock, too late to cancel. */
  explained: number;
  /** Mistakes that a partner has made on purpose, each found exactly. */
  mistakes: number;
}

export class Review {
  readonly #options: ReviewOptions;
  readonly #delivery: Delivery;

  constructor(options: ReviewOptions) {
    this.#options = options;
    this.#delivery = openDelivery(() => options.office.filing(), true);
  }

  /** All partners about one closed day. */
  async day(day: ClearingDay): Promise<ReviewCount> {
    const { people, parties, office, blame, firstDay } = this.#options;
    const count: ReviewCount = { files: 0, rows: 0, explained: 0, mistakes: 0 };
    const since = day - firstDay;
    for (const [index, person] of people.entries()) {
      const placed = placedRows(parties, person.id);
      count.files += await this.#readFiles(person, day, placed);
      // Each day one partner makes the next mistake of the list.
      const errs = index === (since * 4) % people.length;
      const mistake = errs ? partnerMistakes[since % partnerMistakes.length] : undefined;
      const done = await reconcileDay(office.filing(), person, day, placed, mistake, blame);
      count.rows += done.rows;
      count.explained += done.explained;
      count.mistakes += done.found;
    }
    return count;
  }

  async #readFiles(person: Person, day: ClearingDay, placed: readonly Placed[]): Promise<number> {
    const { agreed, audit, faults, people, blame } = this.#options;
    const own = placed.filter(({ networkDay }) => networkDay === day);
    const date = dateOf(day).replaceAll('-', '');
    const isOfDay = ({ batchId }: { batchId: string }) => batchId.startsWith(`C${date}`);
    const files = await fetchFiles(this.#delivery, person.id, isOfDay);
    const other = people.find(({ id }) => id !== person.id) ?? person;
    const others = faults.includes('file_of_another')
      ? await fetchFiles(this.#delivery, other.id, isOfDay)
      : [];
    const given = tamper(faults, files, others);
    const sums = readDay(person, day, given, own, agreed(person), blame);
    const cleared = audit.cleared.get(`${person.id} ${day}`);
    if (sums === undefined || cleared === undefined) return files.length;
    const about = `${person.id} of ${dateOf(day)}`;
    const pairs = [
      ['net', sums.net, cleared.net],
      ['interchange', sums.interchange, cleared.interchange],
      ['service fees', sums.serviceFee, cleared.serviceFee],
      ['rows', BigInt(sums.rows), BigInt(cleared.count)],
    ] as const;
    for (const [what, file, posted] of pairs) {
      if (file !== posted) blame(`${about}: ${what} ${file} in the files, ${posted} posted`);
    }
    return files.length;
  }

  /** The orders to the bank and its lines: amounts of batches, on days on which banks work. */
  async instructions(moved: readonly SettlementBatch[], today: ClearingDay): Promise<void> {
    const { people, blame, audit, holidays, faults } = this.#options;
    for (const batch of moved) {
      const files = tamper(faults, await this.#filesOf(batch.settlementBatchId), []);
      const person = people.find(({ id }) => files.some(({ file }) => file.participantId === id));
      const about = `batch ${batch.settlementBatchId}`;
      if (person === undefined) {
        blame(`${about} has no files`);
        continue;
      }
      const size = batch.amount < 0n ? -batch.amount : batch.amount;
      const text = (kind: string) => files.find(({ file }) => file.kind === kind)?.text;
      const [order, line, list] = [text('pacs009'), text('camt054'), text('settlement')];
      if (list === undefined) blame(`${about} has no settlement file`);
      if (line === undefined || isoAmount(line, 'Amt') !== size) {
        blame(
          `${about} of ${batch.amount}: the bank's notice is of ${isoAmount(line ?? '', 'Amt')}`,
        );
      }
      if (batch.amount > 0n) {
        const said = isoAmount(order ?? '', 'IntrBkSttlmAmt');
        if (said !== size) blame(`${about} of ${batch.amount}: the bank is ordered ${said}`);
        const date = isoText(order ?? '', 'IntrBkSttlmDt');
        if (date !== dateOf(today)) blame(`${about}: the order is for ${date}`);
      } else if (order !== undefined) blame(`${about} is to be received, and there is an order`);
      if (!banksWork(holidays, person.market, today)) {
        blame(`${about}: money moves on ${dateOf(today)}, a holiday`);
      }
      audit.received(person.id, batch.amount);
    }
  }

  async #filesOf(batchId: string): Promise<FetchedFile[]> {
    const { database, directory } = this.#options.office.filing();
    const fetched: FetchedFile[] = [];
    for (const file of await filesOfBatch(database, batchId)) {
      const handle = await openOnDisk(directory, file);
      try {
        fetched.push({ file, text: await handle.readFile('utf8') });
      } finally {
        await handle.close();
      }
    }
    return fetched;
  }
}
