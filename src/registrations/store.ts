// SQL of registrations: what acquirers told, how wallets stand to it, and what is due to be said.

import { textArray } from '../base/sqlArray.ts';
import { inTurn } from '../base/turns.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { RegistrationBook } from '../network/registrationBook.ts';
import { markConfiguration } from '../network/store.ts';
import type { RegistrationProduct } from '../wire/registration.ts';
import {
  type KnownRegistration,
  type Registration,
  salesOf,
  type WalletStanding,
  type WalletState,
} from './registration.ts';

const columns =
  'r.registration_id, r.acquirer_id, r.registration_request_id, r.sequence, r.merchant_id, ' +
  'r.merchant_name, r.store_id, r.store_name, r.product_codes, r.body, r.notify_url, r.created_at';

function registrationFrom(row: Row): Registration {
  return {
    registrationId: row[0] as string,
    acquirerId: row[1] as string,
    registrationRequestId: row[2] as string,
    sequence: Number(row[3]),
    merchantId: row[4] as string,
    merchantName: row[5] as string,
    storeId: row[6] as string | null,
    storeName: row[7] as string | null,
    products: (row[8] as string).split(' ') as RegistrationProduct[],
    body: row[9] as string,
    notifyUrl: row[10] as string | null,
    createdAt: Number(row[11]),
  };
}

/** Takes the next mark, and with it the right to write until the commit. */
export const nextMark: Statement = {
  text:
    "update settings set value = (value::bigint + 1)::text where name = 'registrations' " +
    'returning value',
  values: [],
};

/** The last mark that was given out. */
export async function lastMark(database: Database): Promise<number> {
  const rows = await database.query<{ value: string }>(
    "select value from settings where name = 'registrations'",
  );
  return Number(rows[0]?.value ?? '0');
}

/** What is known of an acquirer's request or of its merchant, the newest first. */
export function readRegistrations(
  acquirerId: string,
  name: { readonly requestId: string } | { readonly merchantId: string },
): Statement {
  const [column, value] =
    'requestId' in name
      ? ['registration_request_id', name.requestId]
      : ['merchant_id', name.merchantId];
  return {
    text:
      `select ${columns} from registrations r where r.acquirer_id = $1 and r.${column} = $2 ` +
      'order by r.sequence desc limit 1000',
    values: [acquirerId, value],
  };
}

/** Reads the rows of `readRegistrations`. */
export function registrationsFrom(rows: readonly Row[] | undefined): Registration[] {
  return (rows ?? []).map(registrationFrom);
}

/** Writes a registration down with the calls to its wallets, which are due at once. */
export function insertRegistration(
  registration: Registration,
  walletIds: readonly string[],
): Statement[] {
  const { registrationId, sequence, createdAt } = registration;
  return [
    {
      text:
        'insert into registrations (registration_id, acquirer_id, registration_request_id, ' +
        'sequence, merchant_id, merchant_name, store_id, store_name, product_codes, body, ' +
        'notify_url, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      values: [
        registrationId,
        registration.acquirerId,
        registration.registrationRequestId,
        sequence,
        registration.merchantId,
        registration.merchantName,
        registration.storeId,
        registration.storeName,
        registration.products.join(' '),
        registration.body,
        registration.notifyUrl,
        createdAt,
      ],
    },
    {
      text:
        'insert into wallet_registrations (registration_id, wallet_id, state, ask_at, ' +
        "ask_tries, notify_tries, sequence) select $1, u.wallet_id, 'ASKED', $2::bigint, 0, 0, " +
        '$3::bigint from unnest($4::text::text[]) u(wallet_id)',
      values: [registrationId, createdAt, sequence, textArray(walletIds)],
    },
  ];
}

/** A call to a wallet, or a notice to an acquirer, that this process has taken up. */
export interface DueRow {
  readonly registration_id: string;
  readonly wallet_id: string;
  readonly state: WalletState;
  readonly tries: number;
}

/** Takes up what is due: until the lease is over nobody else does. */
export function takeDue(
  database: Database,
  what: 'ask' | 'notify',
  now: number,
  leaseMs: number,
  most: number,
): Promise<DueRow[]> {
  return database.query<DueRow>(
    `update wallet_registrations w set ${what}_at = $2, ${what}_tries = w.${what}_tries + 1 ` +
      'from (select registration_id, wallet_id from wallet_registrations ' +
      `where ${what}_at <= $1 order by ${what}_at limit $3 for update skip locked) d ` +
      'where w.registration_id = d.registration_id and w.wallet_id = d.wallet_id ' +
      `returning w.registration_id, w.wallet_id, w.state, w.${what}_tries as tries`,
    [now, now + leaseMs, most],
  );
}

/** What a call to a wallet brought that is not its word: it has it, is asked again, or no more. */
export async function noteAsked(
  database: Database,
  row: Pick<DueRow, 'registration_id' | 'wallet_id'>,
  state: Extract<WalletState, 'ASKED' | 'ACCEPTED' | 'UNANSWERED'>,
  nextAt: number | null,
): Promise<void> {
  await database.query(
    'update wallet_registrations set state = $3, ask_at = $4 ' +
      "where registration_id = $1 and wallet_id = $2 and state in ('ASKED', 'ACCEPTED')",
    [row.registration_id, row.wallet_id, state, nextAt],
  );
}

/** What a notice brought: null when it is over. */
export async function noteTold(
  database: Database,
  row: DueRow,
  nextAt: number | null,
): Promise<void> {
  await database.query(
    'update wallet_registrations set notify_at = $3 ' +
      'where registration_id = $1 and wallet_id = $2 and notify_tries = $4',
    [row.registration_id, row.wallet_id, nextAt, row.tries],
  );
}

/** How a wallet stands to a registration, for a decision that follows. */
export function readStanding(registrationId: string, walletId: string): Statement {
  return {
    text:
      'select state, reject_reasons from wallet_registrations ' +
      'where registration_id = $1 and wallet_id = $2',
    values: [registrationId, walletId],
  };
}

/** Writes a wallet's word down, with the notice of it, which is due at once. */
export function writeWord(
  name: { readonly registrationId: string; readonly walletId: string },
  word: { readonly state: 'APPROVED' | 'REJECTED'; readonly rejectReasons: string | null },
  sequence: number,
  now: number,
): Statement {
  return {
    text:
      'update wallet_registrations set state = $3, reject_reasons = $4, answered_at = $5, ' +
      'ask_at = null, notify_at = $5, notify_tries = 0, sequence = $6 ' +
      'where registration_id = $1 and wallet_id = $2',
    values: [name.registrationId, name.walletId, word.state, word.rejectReasons, now, sequence],
  };
}

interface StandingRow {
  registration_id: string;
  wallet_id: string;
  state: WalletState;
  reject_reasons: string | null;
  answered_at: string | null;
  ask_tries: number;
  notify_at: string | null;
  notify_tries: number;
}

/** Adds to registrations how every wallet stands to them. */
export async function withWallets(
  database: Database,
  registrations: readonly Registration[],
): Promise<KnownRegistration[]> {
  const rows = await database.query<StandingRow>(
    'select w.* from wallet_registrations w join participants p ' +
      'on p.participant_id = w.wallet_id where w.registration_id = any($1::text::text[]) ' +
      'order by p.created_at, p.participant_id',
    [textArray(registrations.map(({ registrationId }) => registrationId))],
  );
  return registrations.map((registration) => ({
    ...registration,
    wallets: rows
      .filter((row) => row.registration_id === registration.registrationId)
      .map(standingFrom),
  }));
}

function standingFrom(row: StandingRow): WalletStanding {
  return {
    walletId: row.wallet_id,
    state: row.state,
    rejectReasons: row.reject_reasons,
    answeredAt: row.answered_at === null ? null : Number(row.answered_at),
    askTries: row.ask_tries,
    notifyTries: row.notify_tries,
    isToBeTold: row.notify_at !== null,
  };
}

type RegistrationRow = Record<string, string | null>;

/** Registrations by one of their columns, as objects. */
export async function findRegistrations(
  database: Database,
  where: string,
  values: readonly (string | number | null)[],
): Promise<Registration[]> {
  const rows = await database.query<RegistrationRow>(
    `select ${columns} from registrations r ${where}`,
    values,
  );
  return rows.map((row) => registrationFrom(Object.values(row)));
}

interface WordRow {
  acquirer_id: string;
  merchant_id: string;
  store_id: string | null;
  product_codes: string;
  wallet_id: string;
  request: string;
  state: WalletState;
  sequence: string;
}

/** Brings the book up to date with every word after `seen`; the mark up to which it then is. */
export async function fillBook(
  database: Database,
  book: RegistrationBook,
  seen: number,
): Promise<number> {
  const rows = await database.query<WordRow>(
    'select r.acquirer_id, r.merchant_id, r.store_id, r.product_codes, w.wallet_id, ' +
      'r.sequence as request, w.state, w.sequence from wallet_registrations w ' +
      'join registrations r on r.registration_id = w.registration_id ' +
      "where w.sequence > $1 and w.state in ('APPROVED', 'REJECTED') order by w.sequence",
    [seen],
  );
  for (const row of rows) {
    const word = {
      walletId: row.wallet_id,
      sequence: Number(row.request),
      approved: row.state === 'APPROVED',
    };
    const sales = salesOf({
      acquirerId: row.acquirer_id,
      merchantId: row.merchant_id,
      storeId: row.store_id,
      products: row.product_codes.split(' ') as RegistrationProduct[],
    });
    for (const sale of sales) book.note(sale, word);
  }
  return Number(rows.at(-1)?.sequence ?? seen);
}

/** Who takes payments for registered merchants only. */
export async function readRequired(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ participant_id: string }>(
    'select participant_id from registration_terms where required',
  );
  return new Set(rows.map((row) => row.participant_id));
}

/** Sets whether a participant takes payments for registered merchants only. */
export async function writeRequired(
  database: Database,
  participantId: string,
  required: boolean,
  now: number,
): Promise<void> {
  await inTurn(database, 'setup', (session) =>
    session.run([
      { text: 'begin', values: [] },
      {
        text:
          'insert into registration_terms (participant_id, required) values ($1, $2) ' +
          'on conflict (participant_id) do update set required = excluded.required',
        values: [participantId, required],
      },
      markConfiguration(`registration ${participantId} ${required} ${now}`),
      { text: 'commit', values: [] },
    ]),
  );
}

/** The newest registration of each merchant and store, the last changed first. */
export function newestRegistrations(
  database: Database,
  filter: { readonly acquirerId: string | null; readonly search: string; readonly limit: number },
): Promise<Registration[]> {
  return findRegistrations(
    database,
    'where r.sequence = (select max(n.sequence) from registrations n ' +
      'where n.acquirer_id = r.acquirer_id and n.merchant_id = r.merchant_id ' +
      'and n.store_id is not distinct from r.store_id) ' +
      'and ($1::text is null or r.acquirer_id = $1) ' +
      "and ($2 = '' or strpos(lower(r.merchant_name || ' ' || r.merchant_id), lower($2)) > 0) " +
      'order by r.sequence desc limit $3',
    [filter.acquirerId, filter.search, filter.limit],
  );
}
