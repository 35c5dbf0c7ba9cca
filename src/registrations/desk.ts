// The registration desk: takes merchants in, passes them on to every wallet until it has answered,
// and tells acquirers what each wallet has said (protocol.md §2.12).

import { limits, type Timing } from '../base/limits.ts';
import { inTurn } from '../base/turns.ts';
import type { Clock, Database, Random, Row, Statement } from '../base/world.ts';
import type { Directory } from '../network/directory.ts';
import { isMessageRefusal } from '../wire/apiSteps.ts';
import type { InquiryRegistrationRequest, RegistrationRequest } from '../wire/registration.ts';
import { formatTime } from '../wire/time.ts';
import type { BookKeeper } from './keeper.ts';
import { type KnownRegistration, registrationOf, tooYoung } from './registration.ts';
import {
  type DueRow,
  findRegistrations,
  insertRegistration,
  nextMark,
  noteAsked,
  noteTold,
  readRegistrations,
  readStanding,
  registrationsFrom,
  takeDue,
  withWallets,
  writeWord,
} from './store.ts';

/** What a wallet said to a call: its word, that it has the request, or nothing that counts. */
export type WalletReply =
  | { readonly kind: 'word'; readonly word: RegistrationWord }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'unknown_there' }
  | { readonly kind: 'nothing' };

/** A wallet's word on a merchant. */
interface RegistrationWord {
  readonly state: 'APPROVED' | 'REJECTED';
  readonly rejectReasons: string | null;
}

export interface RegistrationDeskOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly database: Database;
  readonly keeper: BookKeeper;
  readonly directory: () => Directory;
  readonly timing: () => Timing;
  /** Sends a registration to a wallet, or asks what became of one that it has accepted. */
  readonly ask: (
    registration: KnownRegistration,
    walletId: string,
    accepted: boolean,
  ) => Promise<WalletReply>;
  /** Tells the acquirer; true when it has said that it knows. */
  readonly tell: (registration: KnownRegistration) => Promise<boolean>;
  readonly failed: (what: string, error: unknown) => void;
  /** How often it is looked at what is due, in real time. */
  readonly pollMs: number;
}

type RegistrationReply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly message: string };

const idDigits = 24;

/** Has a lifetime, because it looks at what is due. */
export class RegistrationDesk {
  readonly #options: RegistrationDeskOptions;
  #cancel: () => void = () => {};
  #polling: Promise<void> | undefined;
  #stopped = false;

  constructor(options: RegistrationDeskOptions) {
    this.#options = options;
  }

  /** Begins to look for what is due, which is also how a crash is recovered from. */
  start(): void {
    this.#later(this.#options.pollMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#polling;
    // What is under way comes to its end first.
    await inTurn(this.#options.database, 'registrations', () => Promise.resolve());
  }

  /** Takes a registration; the same id again was taken before, whatever else it says (§2.15). */
  async register(acquirerId: string, message: RegistrationRequest): Promise<RegistrationReply> {
    const { clock, random, timing, directory } = this.#options;
    const requestId = message.registrationRequestId;
    const merchantId = message.merchantInfo.referenceMerchantId;
    const registrationId = random.digits(idDigits);
    const reply = await this.#write<RegistrationReply>(
      [readRegistrations(acquirerId, { requestId }), readRegistrations(acquirerId, { merchantId })],
      (sequence, [known, earlier]) => {
        if ((known ?? []).length > 0) return { reply: { kind: 'taken' }, changes: [] };
        const createdAt = clock.now();
        const facts = { registrationId, acquirerId, sequence, createdAt };
        const registration = registrationOf(message, facts);
        const { registrationUpdateMs } = timing();
        const young = tooYoung(registration, registrationsFrom(earlier), registrationUpdateMs);
        if (young !== undefined) {
          const again = formatTime(young.createdAt + registrationUpdateMs);
          const when = `It was sent as ${young.registrationRequestId}: send it anew from ${again}.`;
          return { reply: { kind: 'refused', message: when }, changes: [] };
        }
        const wallets = directory().participants.filter(
          ({ role, enabled }) => role === 'wallet' && enabled,
        );
        const ids = wallets.map(({ participantId }) => participantId);
        return { reply: { kind: 'taken' }, changes: insertRegistration(registration, ids) };
      },
    );
    this.#soon();
    return reply;
  }

  /** Takes a wallet's word; false when it was never asked for such a registration. */
  async heard(registrationId: string, walletId: string, word: RegistrationWord): Promise<boolean> {
    const { clock, keeper } = this.#options;
    const isKnown = await this.#write(
      [readStanding(registrationId, walletId)],
      (sequence, [standing]) => {
        const [state, reasons] = standing?.[0] ?? [];
        if (state === undefined) return { reply: false, changes: [] };
        // Said before: nothing changes, and nobody is told twice.
        if (state === word.state && reasons === word.rejectReasons) {
          return { reply: true, changes: [] };
        }
        const name = { registrationId, walletId };
        return { reply: true, changes: [writeWord(name, word, sequence, clock.now())] };
      },
    );
    await keeper.follow();
    this.#soon();
    return isKnown;
  }

  /** The registration that an acquirer asks for; of several of a merchant the newest. */
  async find(
    acquirerId: string,
    name: InquiryRegistrationRequest,
  ): Promise<KnownRegistration | undefined> {
    const { database } = this.#options;
    const { registrationRequestId, referenceMerchantId, referenceStoreId } = name;
    const conditions = [
      ['registration_request_id', registrationRequestId],
      ['merchant_id', referenceMerchantId],
      ['store_id', referenceStoreId],
    ].filter((each): each is [string, string] => each[1] !== undefined);
    const where = conditions.map(([column], index) => `and r.${column} = $${index + 2} `);
    const found = await findRegistrations(
      database,
      `where r.acquirer_id = $1 ${where.join('')}order by r.sequence desc limit 1`,
      [acquirerId, ...conditions.map(([, value]) => value)],
    );
    const [known] = await withWallets(database, found);
    return known;
  }

  /** Does what is due now, once; resolves when it is done. Never rejects. */
  poll(): Promise<void> {
    this.#polling ??= this.#poll()
      .catch((error: unknown) => {
        if (!this.#stopped) this.#options.failed('registrations', error);
      })
      .finally(() => {
        this.#polling = undefined;
      });
    return this.#polling;
  }

  async #poll(): Promise<void> {
    const { database, clock, timing, keeper } = this.#options;
    await keeper.follow();
    const take = (what: 'ask' | 'notify') =>
      takeDue(database, what, clock.now(), timing().leaseMs, limits.outboxPerPoll);
    const asks = await take('ask');
    const known = await this.#registrationsOf(asks);
    await Promise.all(asks.map((row) => this.#ask(row, known)));
    // What a wallet has just answered is told in the same round.
    const notices = await take('notify');
    const told = await this.#registrationsOf(notices);
    await Promise.all(notices.map((row) => this.#tell(row, told)));
  }

  async #registrationsOf(rows: readonly DueRow[]): Promise<Map<string, KnownRegistration>> {
    const { database } = this.#options;
    if (rows.length === 0) return new Map();
    const ids = [...new Set(rows.map((row) => row.registration_id))];
    const where = `where r.registration_id in (${ids.map((_, index) => `$${index + 1}`)})`;
    const found = await withWallets(database, await findRegistrations(database, where, ids));
    return new Map(found.map((each) => [each.registrationId, each]));
  }

  async #ask(row: DueRow, known: ReadonlyMap<string, KnownRegistration>): Promise<void> {
    const { database, clock, timing } = this.#options;
    const registration = known.get(row.registration_id);
    if (registration === undefined) return;
    const accepted = row.state === 'ACCEPTED';
    const reply = await this.#options.ask(registration, row.wallet_id, accepted);
    if (reply.kind === 'word') {
      await this.heard(row.registration_id, row.wallet_id, reply.word);
      return;
    }
    const { registrationDelaysMs, registrationAnswerMs } = timing();
    const now = clock.now();
    if (now >= registration.createdAt + registrationAnswerMs) {
      await noteAsked(database, row, 'UNANSWERED', null);
      return;
    }
    const next = now + delayOf(registrationDelaysMs, row.tries - 1);
    const has = reply.kind === 'accepted' || (accepted && reply.kind === 'nothing');
    await noteAsked(database, row, has ? 'ACCEPTED' : 'ASKED', next);
  }

  async #tell(row: DueRow, known: ReadonlyMap<string, KnownRegistration>): Promise<void> {
    const { database, clock, timing } = this.#options;
    const registration = known.get(row.registration_id);
    if (registration === undefined) return;
    const isTold = await this.#options.tell(registration);
    const delay = timing().noticeDelaysMs[row.tries - 1];
    const isOver = isTold || delay === undefined;
    await noteTold(database, row, isOver ? null : clock.now() + delay);
  }

  /** One transaction: the mark, which locks; what the decision needs; then what it changes. */
  #write<Reply>(
    reads: readonly Statement[],
    decide: (
      sequence: number,
      rows: readonly (readonly Row[])[],
    ) => { readonly reply: Reply; readonly changes: readonly Statement[] },
  ): Promise<Reply> {
    return inTurn(this.#options.database, 'registrations', async (session) => {
      const rows = await session.run([{ text: 'begin', values: [] }, nextMark, ...reads]);
      const sequence = Number(rows[1]?.[0]?.[0]);
      const { reply, changes } = decide(sequence, rows.slice(2));
      const end = changes.length === 0 ? 'rollback' : 'commit';
      await session.run([...changes, { text: end, values: [] }]);
      return reply;
    });
  }

  #soon(): void {
    this.#cancel();
    this.#later(0);
  }

  #later(delayMs: number): void {
    if (this.#stopped) return;
    this.#cancel = this.#options.clock.wait(delayMs, () => {
      void this.poll().finally(() => {
        this.#cancel();
        this.#later(this.#options.pollMs);
      });
    });
  }
}

/** The n-th wait of a schedule; the last one repeats. */
function delayOf(schedule: readonly number[], tries: number): number {
  return schedule[Math.min(tries, schedule.length - 1)] ?? 1_000;
}

/** What a wallet's F to a registration is: a word on the merchant, or on the message only. */
export function wordOfRefusal(resultCode: string, message: string | undefined): WalletReply {
  if (isMessageRefusal(resultCode)) return { kind: 'nothing' };
  return { kind: 'word', word: { state: 'REJECTED', rejectReasons: message ?? resultCode } };
}
