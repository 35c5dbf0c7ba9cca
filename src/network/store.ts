// SQL of the network's configuration: lanes, and everything that a directory knows.

import { assert } from '../base/assert.ts';
import { numberArray } from '../base/sqlArray.ts';
import { inTurn } from '../base/turns.ts';
import type { Database, Statement } from '../base/world.ts';
import type { Account, AccountKind } from '../ledger/account.ts';
import { type Algorithm, readPublicKey } from '../wire/signature.ts';
import type { CodeIssuer, RoutingNumbers } from './codeIssuer.ts';
import { Directory } from './directory.ts';
import type { Cashier, Credential, Participant, ParticipantRole } from './participant.ts';

/** The number of lanes, fixed when the network was created. */
export async function readLanes(database: Database): Promise<number | undefined> {
  const rows = await database.query<{ value: string }>(
    "select value from settings where name = 'lanes'",
  );
  return rows[0] === undefined ? undefined : Number(rows[0].value);
}

/** Creates the network's lanes; does nothing where they exist already. */
export async function createLanes(database: Database, lanes: number): Promise<void> {
  assert(Number.isInteger(Math.log2(lanes)) && lanes <= 4096, 'lanes must be a power of two');
  await inTurn(database, 'setup', (session) =>
    session.run([
      { text: 'begin', values: [] },
      {
        text:
          "insert into settings (name, value) values ('lanes', $1::text) " +
          'on conflict (name) do nothing',
        values: [String(lanes)],
      },
      {
        text:
          'insert into lanes (lane, sequence) select u.lane, 0 from unnest($1::text::smallint[]) ' +
          'u(lane) where not exists (select 1 from lanes) on conflict (lane) do nothing',
        values: [numberArray(Array.from({ length: lanes }, (_, lane) => lane))],
      },
      { text: 'commit', values: [] },
    ]),
  );
}

/** Marks that configuration was changed, so that running hubs read it again. */
export function markConfiguration(mark: string): Statement {
  return {
    text:
      "insert into settings (name, value) values ('configuration', $1::text) " +
      'on conflict (name) do update set value = excluded.value',
    values: [mark],
  };
}

/** The mark of the last change of configuration. */
export async function readConfigurationMark(database: Database): Promise<string> {
  const rows = await database.query<{ value: string }>(
    "select value from settings where name = 'configuration'",
  );
  return rows[0]?.value ?? '';
}

/** The whole directory as stored. */
export async function readDirectory(database: Database): Promise<Directory> {
  const [participants, credentials, accounts, cashiers, numbers] = await Promise.all([
    database.query<ParticipantRow>(
      'select * from participants order by created_at, participant_id',
    ),
    database.query<CredentialRow>(
      'select * from credentials where enabled order by participant_id, created_at, key_version',
    ),
    database.query<AccountRow>('select * from accounts order by account_id'),
    database.query<CashierRow>('select * from wallet_cashiers order by participant_id'),
    database.query<RoutingNumberRow>(
      'select routing_number, participant_id from routing_numbers order by routing_number',
    ),
  ]);
  return new Directory(
    participants.map(participantFrom),
    credentials.map(credentialFrom),
    accounts.map(accountFrom),
    cashiers.map(cashierFrom),
    routingNumbersFrom(numbers),
  );
}

interface ParticipantRow {
  participant_id: string;
  role: ParticipantRole;
  name: string;
  client_id: string;
  market: string;
  currency: string;
  endpoint: string;
  order_currencies: string;
  enabled: boolean;
  service_fee_basis_points: number;
  interchange_basis_points: number;
  spread_basis_points: number;
  cap: string | null;
  code_prefix: number | null;
  code_agreement: number | null;
  routing_number: string | null;
}

/** What a row of `participants` says of its payment codes; a schema's check says all or nothing. */
function codeIssuerFrom(
  row: Pick<ParticipantRow, 'code_prefix' | 'code_agreement' | 'routing_number'>,
): CodeIssuer | null {
  const { code_prefix: prefix, code_agreement: agreement, routing_number: routingNumber } = row;
  return prefix === null || agreement === null || routingNumber === null
    ? null
    : { prefix, agreement, routingNumber };
}

interface RoutingNumberRow {
  routing_number: string;
  participant_id: string;
}

function routingNumbersFrom(rows: readonly RoutingNumberRow[]): RoutingNumbers {
  return new Map(rows.map((row) => [row.routing_number, row.participant_id]));
}

function participantFrom(row: ParticipantRow): Participant {
  return {
    participantId: row.participant_id,
    role: row.role,
    name: row.name,
    clientId: row.client_id,
    market: row.market,
    currency: row.currency,
    orderCurrencies: row.order_currencies.split(' ').filter((currency) => currency !== ''),
    endpoint: row.endpoint,
    enabled: row.enabled,
    serviceFeeBasisPoints: row.service_fee_basis_points,
    interchangeBasisPoints: row.interchange_basis_points,
    spreadBasisPoints: row.spread_basis_points,
    cap: row.cap === null ? null : BigInt(row.cap),
    codeIssuer: codeIssuerFrom(row),
  };
}

interface CredentialRow {
  participant_id: string;
  key_version: string;
  algorithm: Algorithm;
  public_key: string;
}

function credentialFrom(row: CredentialRow): Credential {
  const key = readPublicKey(row.public_key);
  assert(key !== undefined, `the stored key of ${row.participant_id} cannot be read`);
  return {
    participantId: row.participant_id,
    keyVersion: row.key_version,
    algorithm: row.algorithm,
    key,
  };
}

interface AccountRow {
  account_id: number;
  name: string;
  currency: string;
  kind: AccountKind;
  participant_id: string | null;
}

function accountFrom(row: AccountRow): Account {
  return {
    accountId: row.account_id,
    name: row.name,
    currency: row.currency,
    kind: row.kind,
    participantId: row.participant_id,
  };
}

interface CashierRow {
  participant_id: string;
  normal_url: string;
  scheme_url: string | null;
  applink_url: string | null;
  app_identifier: string | null;
  logo_url: string | null;
  scans_codes: boolean;
}

function cashierFrom(row: CashierRow): Cashier {
  return {
    participantId: row.participant_id,
    normalUrl: row.normal_url,
    schemeUrl: row.scheme_url,
    applinkUrl: row.applink_url,
    appIdentifier: row.app_identifier,
    logoUrl: row.logo_url,
    scansCodes: row.scans_codes,
  };
}
